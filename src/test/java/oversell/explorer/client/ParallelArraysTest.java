package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Scenario;

/** Arrays that are set, sorted or added up in parallel. */
class ParallelArraysTest {
  /** The elements are numbered by a counter that all threads share. */
  static class Numbers implements Scenario<String> {
    private int count;

    int next() {
      return ++count;
    }

    @Override
    public String run() {
      int[] numbers = new int[2];
      Arrays.parallelSetAll(numbers, i -> next());
      return Arrays.toString(numbers);
    }
  }

  static class NumbersUnderALock extends Numbers {
    @Override
    synchronized int next() {
      return super.next();
    }
  }

  @Test
  void aGeneratorIsCalledByThreadsAtTheSameTime() {
    assertThat(explored(Numbers.class).outcomes()).containsOnlyKeys("[1, 2]", "[2, 1]", "[1, 1]");
    assertThat(explored(NumbersUnderALock.class).outcomes()).containsOnlyKeys("[1, 2]", "[2, 1]");
    assertThat(explored(NumbersUnderALock.class).certificate().orElseThrow().toString())
        .contains("a parallel stream");
    checkAgainstAllSchedules(Numbers.class);
    checkAgainstAllSchedules(NumbersUnderALock.class);
  }

  static class OtherKinds implements Scenario<String> {
    @Override
    public String run() {
      String[] texts = new String[1];
      long[] longs = new long[1];
      double[] doubles = new double[1];
      Arrays.parallelSetAll(texts, i -> "t" + i);
      Arrays.parallelSetAll(longs, i -> i + 1);
      Arrays.parallelSetAll(doubles, i -> i + 0.5);
      return texts[0] + longs[0] + doubles[0];
    }
  }

  @Test
  void arraysOfEachKindAreSet() {
    assertThat(explored(OtherKinds.class).outcomes()).containsOnlyKeys("t010.5");
    assertThat(explored(OtherKinds.class).certificate()).isPresent();
  }

  /** Counts how often it is called, beside another thread that counts, too. */
  abstract static class Counts implements Scenario<Integer> {
    private int count;

    abstract void work();

    void count() {
      count++;
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread beside = Thread.startVirtualThread(this::count);
      work();
      beside.join();
      return count;
    }
  }

  static class Sorts extends Counts {
    @Override
    void work() {
      Arrays.parallelSort(
          new Integer[] {2, 1},
          (one, other) -> {
            count();
            return one - other;
          });
    }
  }

  static class SortsUnderALock extends Sorts {
    @Override
    synchronized void count() {
      super.count();
    }
  }

  static class AddsUp extends Counts {
    @Override
    void work() {
      Arrays.parallelPrefix(
          new int[] {2, 1},
          (one, other) -> {
            count();
            return one + other;
          });
    }
  }

  static class AddsUpUnderALock extends AddsUp {
    @Override
    synchronized void count() {
      super.count();
    }
  }

  @Test
  void whatIsHandedOverIsCalledBesideOtherThreads() {
    assertThat(explored(Sorts.class).outcomes()).containsOnlyKeys(1, 2);
    assertThat(explored(AddsUp.class).outcomes()).containsOnlyKeys(1, 2);
    assertThat(explored(SortsUnderALock.class).outcomes()).containsOnlyKeys(2);
    assertThat(explored(SortsUnderALock.class).certificate()).isPresent();
    assertThat(explored(AddsUpUnderALock.class).outcomes()).containsOnlyKeys(2);
    assertThat(explored(AddsUpUnderALock.class).certificate()).isPresent();
    checkAgainstAllSchedules(Sorts.class);
    checkAgainstAllSchedules(AddsUp.class);
    checkAgainstAllSchedules(SortsUnderALock.class);
    checkAgainstAllSchedules(AddsUpUnderALock.class);
  }

  static class SortsInEachWay implements Scenario<String> {
    @Override
    public String run() {
      String[] all = {"b", "a", "c"};
      Arrays.parallelSort(all, 0, 2);
      String[] reversed = all.clone();
      Arrays.parallelSort(reversed, 1, 3, (one, other) -> other.compareTo(one));
      int[] numbers = {2, 1};
      Arrays.parallelSort(numbers);
      Arrays.parallelSort(all);
      return String.join("", all) + String.join("", reversed) + Arrays.toString(numbers);
    }
  }

  @Test
  void aShortArrayIsSorted() {
    assertThat(explored(SortsInEachWay.class).outcomes()).containsOnlyKeys("abcacb[1, 2]");
  }

  static class AddsUpInEachWay implements Scenario<String> {
    @Override
    public String run() {
      String[] texts = {"a", "b", "c"};
      int[] numbers = {1, 2, 3};
      long[] longs = {1, 2, 3};
      double[] doubles = {1, 2, 3};
      Arrays.parallelPrefix(texts, (one, other) -> one + other);
      Arrays.parallelPrefix(numbers, 1, 3, (one, other) -> one + other);
      Arrays.parallelPrefix(longs, (one, other) -> one * other);
      Arrays.parallelPrefix(doubles, (one, other) -> one - other);
      return texts[2] + numbers[2] + longs[2] + doubles[2];
    }
  }

  @Test
  void aShortArrayIsAddedUp() {
    assertThat(explored(AddsUpInEachWay.class).outcomes()).containsOnlyKeys("abc56-4.0");
  }

  static class SortsMany implements Scenario<Integer> {
    @Override
    public Integer run() {
      Integer[] many = new Integer[8_193];
      Arrays.setAll(many, i -> -i);
      Arrays.parallelSort(many);
      return many[0];
    }
  }

  static class AddsUpMany implements Scenario<Integer> {
    @Override
    public Integer run() {
      int[] many = new int[17];
      Arrays.parallelPrefix(many, (one, other) -> one + other);
      return many[0];
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {SortsMany.class, AddsUpMany.class})
  void anArrayThatThreadsOfTheJdkShareIsNamed(Class<? extends Scenario<Integer>> scenario) {
    assertThat(explored(scenario).certificate()).isEmpty();
    assertThat(explored(scenario).uncontrolled().toString()).contains("a parallel ");
  }
}
