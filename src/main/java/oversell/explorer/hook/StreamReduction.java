package oversell.explorer.hook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;
import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.Collector;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the elements of a parallel stream become its result: those of each part go into a container,
 * and containers are combined. It does what the operation of a stream does that it is made of, with
 * the functions that this is given.
 *
 * @param <A> the containers
 * @param container makes an empty one
 * @param accumulator adds an element
 * @param combiner makes one of the containers of two parts, in their order
 * @param finisher makes the result
 */
// Elements and containers may be null, and a generic method knows nothing of their types.
@SuppressWarnings({"unchecked", "NullAway"})
record StreamReduction<A>(
    Supplier<A> container,
    BiConsumer<A, Object> accumulator,
    BinaryOperator<A> combiner,
    Function<A, @Nullable Object> finisher) {

  /** What may be there or not. */
  private static final class Box {
    boolean isThere;
    @Nullable Object value;

    void put(@Nullable Object next, BinaryOperator<Object> operator) {
      value = isThere ? operator.apply(value, next) : next;
      isThere = true;
    }
  }

  /**
   * The one of an operation; empty of an operation that is none, or that needs the order of the
   * elements.
   *
   * @param ordered whether the elements have an order
   */
  static Optional<StreamReduction<?>> of(
      Method operation, @Nullable Object[] arguments, boolean ordered) {
    Class<?>[] types = operation.getParameterTypes();
    return switch (operation.getName()) {
      case "forEach" -> Optional.of(ofAction(consumer(types[0], arguments[0])));
      case "collect" ->
          Optional.of(
              types.length == 1
                  ? ofCollector((Collector<Object, Object, Object>) arguments[0], ordered)
                  : ofContainers(types[1], arguments));
      case "reduce" -> Optional.of(ofReduce(operation, arguments));
      case "min", "max" ->
          Optional.of(
              types.length == 0
                  ? ofSequential(operation, arguments)
                  : ofOperator(extreme(operation, arguments), operation.getReturnType()));
      case "toList", "toArray", "count", "sum", "average", "summaryStatistics" ->
          Optional.of(ofSequential(operation, arguments));
      default -> Optional.empty();
    };
  }

  private static StreamReduction<?> ofAction(Consumer<Object> action) {
    return new StreamReduction<Box>(
        Box::new, (box, element) -> action.accept(element), (left, right) -> left, box -> null);
  }

  private static StreamReduction<?> ofCollector(
      Collector<Object, Object, Object> collector, boolean ordered) {
    boolean isShared =
        collector.characteristics().contains(Collector.Characteristics.CONCURRENT)
            && (!ordered
                || collector.characteristics().contains(Collector.Characteristics.UNORDERED));
    boolean isFinished =
        collector.characteristics().contains(Collector.Characteristics.IDENTITY_FINISH);
    Supplier<Object> supplier = collector.supplier();
    if (isShared) {
      Object shared = supplier.get();
      supplier = () -> shared;
    }
    return new StreamReduction<>(
        supplier,
        collector.accumulator(),
        isShared ? (left, right) -> left : collector.combiner(),
        isFinished ? Function.identity() : collector.finisher());
  }

  private static StreamReduction<?> ofContainers(
      Class<?> accumulator, @Nullable Object[] arguments) {
    Object given = Objects.requireNonNull(arguments[1]);
    BiConsumer<Object, Object> combiner =
        (BiConsumer<Object, Object>) Objects.requireNonNull(arguments[2]);
    BiConsumer<Object, Object> adding;
    if (accumulator == ObjIntConsumer.class) {
      ObjIntConsumer<Object> ints = (ObjIntConsumer<Object>) given;
      adding = (container, element) -> ints.accept(container, (Integer) element);
    } else if (accumulator == ObjLongConsumer.class) {
      ObjLongConsumer<Object> longs = (ObjLongConsumer<Object>) given;
      adding = (container, element) -> longs.accept(container, (Long) element);
    } else if (accumulator == ObjDoubleConsumer.class) {
      ObjDoubleConsumer<Object> doubles = (ObjDoubleConsumer<Object>) given;
      adding = (container, element) -> doubles.accept(container, (Double) element);
    } else {
      adding = (BiConsumer<Object, Object>) given;
    }
    return new StreamReduction<Object>(
        (Supplier<Object>) Objects.requireNonNull(arguments[0]),
        adding,
        (left, right) -> {
          combiner.accept(left, right);
          return left;
        },
        Function.identity());
  }

  private static StreamReduction<?> ofReduce(Method operation, @Nullable Object[] arguments) {
    Class<?>[] types = operation.getParameterTypes();
    if (types.length == 1) {
      return ofOperator(operator(types[0], arguments[0]), operation.getReturnType());
    }
    BiFunction<Object, Object, Object> adding = operator(types[1], arguments[1]);
    BinaryOperator<Object> combining =
        types.length == 2 ? (BinaryOperator<Object>) adding : operator(types[2], arguments[2]);
    return new StreamReduction<Box>(
        () -> {
          Box box = new Box();
          box.isThere = true;
          box.value = arguments[0];
          return box;
        },
        (box, element) -> box.value = adding.apply(box.value, element),
        (left, right) -> {
          left.value = combining.apply(left.value, right.value);
          return left;
        },
        box -> box.value);
  }

  /** Of elements of which there may be none. */
  private static StreamReduction<?> ofOperator(BinaryOperator<Object> operator, Class<?> result) {
    return new StreamReduction<Box>(
        Box::new,
        (box, element) -> box.put(element, operator),
        (left, right) -> {
          if (right.isThere) {
            left.put(right.value, operator);
          }
          return left;
        },
        box -> optional(result, box.isThere, box.value));
  }

  private static Object optional(Class<?> type, boolean isThere, @Nullable Object value) {
    if (type == OptionalInt.class) {
      return isThere ? OptionalInt.of((Integer) value) : OptionalInt.empty();
    }
    if (type == OptionalLong.class) {
      return isThere ? OptionalLong.of((Long) value) : OptionalLong.empty();
    }
    if (type == OptionalDouble.class) {
      return isThere ? OptionalDouble.of((Double) value) : OptionalDouble.empty();
    }
    return isThere ? Optional.of(value) : Optional.empty();
  }

  private static BinaryOperator<Object> extreme(Method operation, @Nullable Object[] arguments) {
    Comparator<Object> comparator = (Comparator<Object>) Objects.requireNonNull(arguments[0]);
    return operation.getName().equals("min")
        ? BinaryOperator.minBy(comparator)
        : BinaryOperator.maxBy(comparator);
  }

  /** Of an operation that calls nothing while it goes through the elements: the JDK's own. */
  private static StreamReduction<?> ofSequential(Method operation, @Nullable Object[] arguments) {
    return new StreamReduction<List<Object>>(
        ArrayList::new,
        List::add,
        (left, right) -> {
          left.addAll(right);
          return left;
        },
        elements -> {
          try {
            return operation.invoke(stream(operation, elements), arguments);
          } catch (InvocationTargetException thrown) {
            throw unchecked(thrown.getCause());
          } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
          }
        });
  }

  private static BaseStream<?, ?> stream(Method operation, List<Object> elements) {
    Class<?> shape = operation.getDeclaringClass();
    Stream<Object> stream = elements.stream();
    return shape == IntStream.class
        ? stream.mapToInt(Integer.class::cast)
        : shape == LongStream.class
            ? stream.mapToLong(Long.class::cast)
            : shape == DoubleStream.class ? stream.mapToDouble(Double.class::cast) : stream;
  }

  /** What a stream throws, which declares nothing. */
  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  private static Consumer<Object> consumer(Class<?> type, @Nullable Object action) {
    Objects.requireNonNull(action);
    if (type == IntConsumer.class) {
      return element -> ((IntConsumer) action).accept((Integer) element);
    }
    if (type == LongConsumer.class) {
      return element -> ((LongConsumer) action).accept((Long) element);
    }
    if (type == DoubleConsumer.class) {
      return element -> ((DoubleConsumer) action).accept((Double) element);
    }
    return (Consumer<Object>) action;
  }

  private static BinaryOperator<Object> operator(Class<?> type, @Nullable Object operator) {
    Objects.requireNonNull(operator);
    if (type == IntBinaryOperator.class) {
      return (left, right) ->
          ((IntBinaryOperator) operator).applyAsInt((Integer) left, (Integer) right);
    }
    if (type == LongBinaryOperator.class) {
      return (left, right) ->
          ((LongBinaryOperator) operator).applyAsLong((Long) left, (Long) right);
    }
    if (type == DoubleBinaryOperator.class) {
      return (left, right) ->
          ((DoubleBinaryOperator) operator).applyAsDouble((Double) left, (Double) right);
    }
    return ((BiFunction<Object, Object, Object>) operator)::apply;
  }
}
