package oversell.explorer.hook;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes get for a parallel stream of the JDK: one that splits its source as far as
 * that can be split, and then works on each part in a task of its own, as {@link TaskPool} runs
 * tasks. A stream of the JDK may make fewer parts, and work on some of them on the thread that asks
 * for the result, which the certificate names.
 *
 * <p>What needs to know of other elements (a sorted stream, a limit), what ends when an element is
 * found, and what goes through the elements in their order is not under control.
 */
final class ParallelStream implements InvocationHandler {
  /** Operations that go on with a stream, and do the same to each element. */
  private static final Set<String> GOING_ON =
      Set.of(
          "filter",
          "map",
          "mapToInt",
          "mapToLong",
          "mapToDouble",
          "mapToObj",
          "flatMap",
          "flatMapToInt",
          "flatMapToLong",
          "flatMapToDouble",
          "mapMulti",
          "mapMultiToInt",
          "mapMultiToLong",
          "mapMultiToDouble",
          "peek",
          "boxed",
          "asLongStream",
          "asDoubleStream",
          "unordered",
          "onClose");

  private static final List<Class<?>> SHAPES =
      List.of(Stream.class, IntStream.class, LongStream.class, DoubleStream.class);

  // More than an execution can have threads.
  private static final int MOST_PARTS = 2 * Long.SIZE;
  private static final String STREAMS = "java.util.stream.";

  private final BaseStream<?, ?> stream;
  private final int site;
  private int parts = 1;

  private ParallelStream(BaseStream<?, ?> stream, int site) {
    this.stream = stream;
    this.site = site;
  }

  /**
   * What stands for a stream: itself, unless it is a parallel one of the JDK in an exploration.
   *
   * @param site where it is made parallel
   */
  static BaseStream<?, ?> of(BaseStream<?, ?> stream, int site) {
    if (!stream.isParallel()
        || !stream.getClass().getName().startsWith(STREAMS)
        || Hooks.controller instanceof Uncontrolled) {
      return stream;
    }
    Class<?> shape =
        SHAPES.stream().filter(type -> type.isInstance(stream)).findFirst().orElseThrow();
    return (BaseStream<?, ?>)
        Proxy.newProxyInstance(
            ParallelStream.class.getClassLoader(),
            new Class<?>[] {shape},
            new ParallelStream(stream, site));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    try {
      return answer(proxy, method, given == null ? new Object[0] : given);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable checked) {
      // A proxy would wrap it.
      throw refused(checked, site);
    }
  }

  // A stream is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  private @Nullable Object answer(Object proxy, Method method, @Nullable Object[] arguments)
      throws Throwable {
    if (GOING_ON.contains(method.getName())) {
      return of((BaseStream<?, ?>) call(method, arguments), site);
    }
    return switch (method.getName()) {
      case "isParallel" -> true;
      case "parallel" -> proxy;
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      case "sequential", "close", "toString" -> call(method, arguments);
      default -> result(method, arguments);
    };
  }

  // What is called may return nothing.
  @SuppressWarnings("NullAway")
  private Object call(Method method, @Nullable Object[] arguments) throws Throwable {
    try {
      return method.invoke(stream, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private @Nullable Object result(Method operation, @Nullable Object[] arguments) throws Throwable {
    if (Stages.mayNeedOthers(stream)) {
      refuse(
          "a parallel stream that is sorted, cut or made of distinct elements (call sequential before"
              + " that)");
    }
    Spliterator<?> source = stream.spliterator();
    if (operation.getName().equals("count") && source.getExactSizeIfKnown() >= 0) {
      // No element is asked for, as in the JDK.
      return source.getExactSizeIfKnown();
    }
    boolean isOrdered = source.hasCharacteristics(Spliterator.ORDERED);
    Optional<StreamReduction<?>> reduction = StreamReduction.of(operation, arguments, isOrdered);
    if (reduction.isEmpty()) {
      refuse(operation.getName() + " of a parallel stream (call sequential before it)");
    }
    Hooks.controller.noteParallelStream();
    Object action = operation.getName().equals("forEach") ? arguments[0] : null;
    return new Run<>(reduction.orElseThrow(), action == null, reach(source, action), site)
        .of(split(source));
  }

  private static Reach reach(Spliterator<?> source, @Nullable Object action) {
    if (action == null || !(action.getClass().getClassLoader() instanceof Woven)) {
      return Reach.CHANGES;
    }
    return source.getClass().getName().startsWith(STREAMS + "Streams$Range")
        ? Reach.NOTHING
        : Reach.LOOKS;
  }

  /**
   * What the JDK reaches of that which threads share, between the calls of functions that announce
   * what they do.
   */
  private enum Reach {
    NOTHING,
    LOOKS,
    CHANGES;

    void enter(int site) {
      switch (this) {
        case NOTHING -> {}
        case LOOKS -> Hooks.controller.lookAtAnything(site);
        case CHANGES -> Hooks.callAnything(site);
      }
    }

    void leave() {
      if (this != NOTHING) {
        Hooks.left();
      }
    }
  }

  private void refuse(String what) {
    Hooks.controller.escape(site, what);
    throw new UnsupportedOperationException(what);
  }

  private static RuntimeException refused(Throwable checked, int site) {
    Hooks.controller.escape(
        site, "a checked exception that a parallel stream throws (throw a RuntimeException)");
    return new UnsupportedOperationException(checked);
  }

  private Part split(Spliterator<?> source) {
    Spliterator<?> left =
        source.estimateSize() > 1 && parts < MOST_PARTS ? source.trySplit() : null;
    if (left == null) {
      return new Part(source, null, null);
    }
    parts++;
    return new Part(source, split(left), split(source));
  }

  /**
   * A part of the source.
   *
   * @param left of two that it was split into, the one that comes first; null if it was not split
   * @param right the other one
   */
  private record Part(Spliterator<?> elements, @Nullable Part left, @Nullable Part right) {}

  /**
   * What came of a part.
   *
   * @param container with its elements; null if one was refused
   * @param thrown why; null if none was
   */
  private record Result<A>(@Nullable A container, @Nullable Throwable thrown) {}

  /** A run of the tasks of a stream. */
  private static final class Run<A> {
    private final StreamReduction<A> reduction;
    private final boolean combines;
    private final Reach reach;
    private final int site;
    // What came of all parts, or what the first one has thrown that was refused: never run, but
    // completed, so that the caller gets a copy of that, as it does of the JDK.
    private final ForkJoinTask<Result<A>> whole = ForkJoinTask.adapt(() -> null);

    /**
     * A run.
     *
     * @param combines whether what comes of two parts is combined
     * @param reach what adding an element reaches
     */
    Run(StreamReduction<A> reduction, boolean combines, Reach reach, int site) {
      this.reduction = reduction;
      this.combines = combines;
      this.reach = reach;
      this.site = site;
    }

    // The container may be null if the program says so.
    @SuppressWarnings("NullAway")
    @Nullable Object of(Part source) {
      // The caller works on what is not split, and else waits.
      A container = source.left() == null ? accumulate(source.elements()) : await(source);
      return reduction.finisher().apply(container);
    }

    @SuppressWarnings("NullAway")
    private A await(Part source) {
      ForkJoinTask<?> unused = fork(() -> complete(work(source)));
      return join(whole).container();
    }

    private <T> ForkJoinTask<T> fork(Callable<T> work) {
      ForkJoinTask<T> task = ForkJoinTask.adapt(work);
      ForkJoinTask<?> unused = ForkHooks.fork(task, site);
      return task;
    }

    @SuppressWarnings("unchecked")
    private <T> T join(ForkJoinTask<T> task) {
      return (T) Objects.requireNonNull(ForkHooks.joinTask(task, site));
    }

    /** Lets the caller go on, unless it does already. */
    private Result<A> complete(Result<A> result) {
      Hooks.controller.enterTask(whole, true, site);
      if (result.thrown() != null) {
        whole.completeExceptionally(result.thrown());
      } else if (!whole.isDone()) {
        whole.complete(result);
      }
      Hooks.left();
      return result;
    }

    @SuppressWarnings("NullAway")
    private Result<A> work(Part part) {
      Part left = part.left();
      if (left == null) {
        return resultOf(() -> accumulate(part.elements()));
      }
      ForkJoinTask<Result<A>> other = fork(() -> work(left));
      Result<A> right = work(Objects.requireNonNull(part.right()));
      if (right.thrown() != null) {
        return right;
      }
      Result<A> first = join(other);
      return first.thrown() != null || !combines
          ? first
          : resultOf(() -> combine(first.container(), right.container()));
    }

    /** What is thrown ends the stream, while others still work. */
    private Result<A> resultOf(Supplier<A> work) {
      try {
        return new Result<>(work.get(), null);
      } catch (RuntimeException | Error thrown) {
        return complete(new Result<>(null, thrown));
      } catch (Throwable checked) {
        throw refused(checked, site);
      }
    }

    private A accumulate(Spliterator<?> elements) {
      reach.enter(site);
      try {
        A container = reduction.container().get();
        elements.forEachRemaining(element -> reduction.accumulator().accept(container, element));
        return container;
      } finally {
        reach.leave();
      }
    }

    private A combine(A left, A right) {
      Hooks.callAnything(site);
      try {
        return reduction.combiner().apply(left, right);
      } finally {
        Hooks.left();
      }
    }
  }

  /** The operations that a stream of the JDK goes through, which that keeps to itself. */
  private static final class Stages {
    private static final Method IS_STATEFUL;
    private static final Field PREVIOUS;

    static {
      try {
        Method open = Module.class.getDeclaredMethod("implAddOpensToAllUnnamed", String.class);
        open.setAccessible(true);
        open.invoke(Object.class.getModule(), "java.util.stream");
        Class<?> stage = Class.forName(STREAMS + "AbstractPipeline");
        IS_STATEFUL = stage.getDeclaredMethod("opIsStateful");
        IS_STATEFUL.setAccessible(true);
        PREVIOUS = stage.getDeclaredField("previousStage");
        PREVIOUS.setAccessible(true);
      } catch (ReflectiveOperationException | RuntimeException closed) {
        throw new IllegalStateException(
            "this JDK does not tell what a stream goes through", closed);
      }
    }

    private Stages() {}

    /** Whether one of them does not go on with each element by itself. */
    static boolean mayNeedOthers(BaseStream<?, ?> stream) {
      try {
        Object stage = stream;
        for (Object previous = PREVIOUS.get(stage);
            previous != null;
            previous = PREVIOUS.get(stage)) {
          if ((boolean) IS_STATEFUL.invoke(stage)) {
            return true;
          }
          stage = previous;
        }
        return false;
      } catch (ReflectiveOperationException changed) {
        throw new IllegalStateException(changed);
      }
    }
  }
}
