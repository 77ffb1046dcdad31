package oversell.explorer.hook;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call to set the elements of an array in parallel, to sort them, or to add them
 * up. How many threads work on an array depends on its length and on the machine, so one is under
 * control that is so short that it is worked on by the thread that calls, on all of them.
 */
public final class ArrayHooks {
  // So many the JDK works on by the thread that calls, whatever the machine.
  private static final int MOST_SORTED_ALONE = 1 << 13;
  private static final int MOST_ADDED_ALONE = 16;

  private ArrayHooks() {}

  /** As the JDK does it: by a parallel stream of the numbers of the elements. */
  public static void parallelSetAll(
      @Nullable Object[] array, IntFunction<? extends @Nullable Object> generator, int site) {
    Objects.requireNonNull(generator);
    setAll(array.length, i -> array[i] = generator.apply(i), site);
  }

  public static void parallelSetAll(int[] array, IntUnaryOperator generator, int site) {
    Objects.requireNonNull(generator);
    setAll(array.length, i -> array[i] = generator.applyAsInt(i), site);
  }

  public static void parallelSetAll(long[] array, IntToLongFunction generator, int site) {
    Objects.requireNonNull(generator);
    setAll(array.length, i -> array[i] = generator.applyAsLong(i), site);
  }

  public static void parallelSetAll(double[] array, IntToDoubleFunction generator, int site) {
    Objects.requireNonNull(generator);
    setAll(array.length, i -> array[i] = generator.applyAsDouble(i), site);
  }

  private static void setAll(int length, IntConsumer set, int site) {
    IntStream numbers = (IntStream) ParallelStream.of(IntStream.range(0, length).parallel(), site);
    numbers.forEach(set);
  }

  public static void parallelSort(Comparable<?>[] array, int site) {
    parallelSort(array, Comparator.naturalOrder(), site);
  }

  public static void parallelSort(Comparable<?>[] array, int from, int to, int site) {
    parallelSort(array, from, to, Comparator.naturalOrder(), site);
  }

  public static void parallelSort(Object[] array, @Nullable Comparator<?> order, int site) {
    parallelSort(array, 0, array.length, order, site);
  }

  @SuppressWarnings("unchecked")
  public static void parallelSort(
      Object[] array, int from, int to, @Nullable Comparator<?> order, int site) {
    if (to - from > MOST_SORTED_ALONE) {
      Hooks.controller.escape(
          site, "a parallel sort of more than 8,192 elements, which threads of the JDK share");
    }
    work(
        array,
        from,
        to,
        () -> Arrays.parallelSort(array, from, to, (Comparator<Object>) order),
        site);
  }

  public static void parallelPrefix(Object[] array, BinaryOperator<Object> operator, int site) {
    parallelPrefix(array, 0, array.length, operator, site);
  }

  public static void parallelPrefix(
      Object[] array, int from, int to, BinaryOperator<Object> operator, int site) {
    addUp(array, from, to, () -> Arrays.parallelPrefix(array, from, to, operator), site);
  }

  public static void parallelPrefix(int[] array, IntBinaryOperator operator, int site) {
    parallelPrefix(array, 0, array.length, operator, site);
  }

  public static void parallelPrefix(
      int[] array, int from, int to, IntBinaryOperator operator, int site) {
    addUp(array, from, to, () -> Arrays.parallelPrefix(array, from, to, operator), site);
  }

  public static void parallelPrefix(long[] array, LongBinaryOperator operator, int site) {
    parallelPrefix(array, 0, array.length, operator, site);
  }

  public static void parallelPrefix(
      long[] array, int from, int to, LongBinaryOperator operator, int site) {
    addUp(array, from, to, () -> Arrays.parallelPrefix(array, from, to, operator), site);
  }

  public static void parallelPrefix(double[] array, DoubleBinaryOperator operator, int site) {
    parallelPrefix(array, 0, array.length, operator, site);
  }

  public static void parallelPrefix(
      double[] array, int from, int to, DoubleBinaryOperator operator, int site) {
    addUp(array, from, to, () -> Arrays.parallelPrefix(array, from, to, operator), site);
  }

  private static void addUp(Object array, int from, int to, Runnable work, int site) {
    if (to - from > MOST_ADDED_ALONE) {
      Hooks.controller.escape(
          site, "a parallel prefix of more than 16 elements, which threads of the JDK share");
    }
    work(array, from, to, work, site);
  }

  private static void work(Object array, int from, int to, Runnable work, int site) {
    Hooks.callAnything(site);
    Hooks.goThrough(array, from, to, true, site);
    try {
      work.run();
    } finally {
      Hooks.left();
    }
  }
}
