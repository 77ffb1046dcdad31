package oversell.explorer.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A parallel stream comes to what a stream of the JDK comes to. */
class StreamReductionTest {
  /** A stream whose elements are reduced in two parts, of which the second has but one. */
  private static <S> S inParts(Class<S> shape, Object... elements) {
    return shape.cast(
        Proxy.newProxyInstance(
            shape.getClassLoader(),
            new Class<?>[] {shape},
            (proxy, operation, given) ->
                reduce(
                    StreamReduction.of(operation, given == null ? new Object[0] : given, true)
                        .orElseThrow(),
                    List.of(elements))));
  }

  private static <A> @Nullable Object reduce(StreamReduction<A> reduction, List<Object> elements) {
    List<A> containers = new ArrayList<>();
    int middle = Math.max(0, elements.size() - 1);
    for (List<Object> part :
        List.of(elements.subList(0, middle), elements.subList(middle, elements.size()))) {
      A container = reduction.container().get();
      part.forEach(element -> reduction.accumulator().accept(container, element));
      containers.add(container);
    }
    return reduction
        .finisher()
        .apply(reduction.combiner().apply(containers.get(0), containers.get(1)));
  }

  static final List<Function<Stream<String>, Object>> OF_OBJECTS =
      List.of(
          stream -> seen(into -> stream.forEach(into::add)),
          stream -> stream.collect(Collectors.joining(",")),
          stream -> stream.collect(Collectors.toList()),
          stream -> stream.collect(Collectors.groupingBy(String::length)),
          stream -> stream.collect(Collectors.toConcurrentMap(name -> name, String::length)),
          stream ->
              stream
                  .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                  .toString(),
          stream -> stream.reduce("", String::concat),
          stream -> stream.reduce(String::concat),
          stream -> stream.reduce(0, (sum, name) -> sum + name.length(), Integer::sum),
          Stream::toList,
          stream -> stream.toList().getClass(),
          stream -> List.of(stream.toArray()),
          stream -> List.of(stream.toArray(String[]::new)),
          stream -> stream.toArray(String[]::new).getClass(),
          Stream::count,
          stream -> stream.min(Comparator.naturalOrder()),
          stream -> stream.max(Comparator.naturalOrder()));

  static final List<Function<IntStream, Object>> OF_INTS =
      List.of(
          stream -> seen(into -> stream.forEach(into::add)),
          stream -> stream.collect(ArrayList::new, ArrayList::add, ArrayList::addAll),
          stream -> stream.reduce(1, (one, other) -> one * other),
          stream -> stream.reduce(Math::addExact),
          stream -> stream.summaryStatistics().toString(),
          IntStream::sum,
          IntStream::count,
          IntStream::min,
          IntStream::max,
          IntStream::average,
          IntStream::toArray);

  static final List<Function<LongStream, Object>> OF_LONGS =
      List.of(
          stream -> seen(into -> stream.forEach(into::add)),
          stream -> stream.collect(ArrayList::new, ArrayList::add, ArrayList::addAll),
          stream -> stream.reduce(1, (one, other) -> one * other),
          stream -> stream.reduce(Math::addExact),
          stream -> stream.summaryStatistics().toString(),
          LongStream::sum,
          LongStream::count,
          LongStream::min,
          LongStream::max,
          LongStream::average,
          LongStream::toArray);

  static final List<Function<DoubleStream, Object>> OF_DOUBLES =
      List.of(
          stream -> seen(into -> stream.forEach(into::add)),
          stream -> stream.collect(ArrayList::new, ArrayList::add, ArrayList::addAll),
          stream -> stream.reduce(1, (one, other) -> one * other),
          stream -> stream.reduce(Math::max),
          stream -> stream.summaryStatistics().toString(),
          DoubleStream::sum,
          DoubleStream::count,
          DoubleStream::min,
          DoubleStream::max,
          DoubleStream::average,
          DoubleStream::toArray);

  private static List<Object> seen(Consumer<List<Object>> loop) {
    List<Object> seen = new ArrayList<>();
    loop.accept(seen);
    return seen;
  }

  @ParameterizedTest
  @FieldSource("OF_OBJECTS")
  @SuppressWarnings("unchecked")
  void objectsAreReducedAsTheJdkDoes(Function<Stream<String>, Object> operation) {
    assertThat(operation.apply(inParts(Stream.class, "b", "cc", "a")))
        .isEqualTo(operation.apply(Stream.of("b", "cc", "a")));
    assertThat(operation.apply(inParts(Stream.class))).isEqualTo(operation.apply(Stream.of()));
  }

  @ParameterizedTest
  @FieldSource("OF_INTS")
  void intsAreReducedAsTheJdkDoes(Function<IntStream, Object> operation) {
    assertThat(operation.apply(inParts(IntStream.class, 5, 2, 9)))
        .isEqualTo(operation.apply(IntStream.of(5, 2, 9)));
    assertThat(operation.apply(inParts(IntStream.class)))
        .isEqualTo(operation.apply(IntStream.of()));
  }

  @ParameterizedTest
  @FieldSource("OF_LONGS")
  void longsAreReducedAsTheJdkDoes(Function<LongStream, Object> operation) {
    assertThat(operation.apply(inParts(LongStream.class, 5L, 2L, 9L)))
        .isEqualTo(operation.apply(LongStream.of(5, 2, 9)));
    assertThat(operation.apply(inParts(LongStream.class)))
        .isEqualTo(operation.apply(LongStream.of()));
  }

  @ParameterizedTest
  @FieldSource("OF_DOUBLES")
  void doublesAreReducedAsTheJdkDoes(Function<DoubleStream, Object> operation) {
    assertThat(operation.apply(inParts(DoubleStream.class, 5.5, 2.0, 9.0)))
        .isEqualTo(operation.apply(DoubleStream.of(5.5, 2, 9)));
    assertThat(operation.apply(inParts(DoubleStream.class)))
        .isEqualTo(operation.apply(DoubleStream.of()));
  }

  @Test
  void aStreamIsTheJdksWhereNothingIsExplored() {
    Stream<?> stream = (Stream<?>) StreamHooks.parallelStream(List.of(2, 1), 0);

    assertThat(stream.isParallel()).isTrue();
    assertThat(stream.sorted().toList()).isEqualTo(List.of(1, 2));
  }

  @Test
  void whatNeedsTheOrderIsNoReduction() throws NoSuchMethodException {
    Method first = Stream.class.getMethod("findFirst");

    assertThat(StreamReduction.of(first, new Object[0], true)).isEmpty();
  }
}
