package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.checkOutcomesAgainstAllSchedules;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** Arrays that are made by the JVM or by a call of the JDK: each element is a location. */
public class ArraysTest {
  private static final String TWO_THREADS =
      """
      var used = %s;
      int[] seen = new int[2];
      Thread beside = Thread.startVirtualThread(() -> {
        %s
      });
      %s
      beside.join();
      return Objects.hash(seen[0], seen[1], Arrays.deepToString(new Object[] {used}));
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new int[2][3]                                             | used[0][0] = 1; | used[0][1] = 2;
          new String[2][3][1]                                       | used[1][0][0] = ""; | used[1][1][0] = "";
          new int[] {1, 2}.clone()                                  | used[0] = 1;    | used[1] = 2;
          new String[][] {{"a"}, {"b"}}.clone()                     | used[0] = null; | used[1] = null;
          Arrays.copyOf(new int[] {1, 2}, 3)                        | used[0] = 1;    | used[2] = 2;
          Arrays.copyOfRange(new String[] {"a", "b", "c"}, 1, 3)    | used[0] = "";   | used[1] = "";
          "a,b".split(",")                                          | used[0] = "";   | used[1] = "";
          "__".toCharArray()                                        | used[0] = 'X';  | used[1] = 'X';
          List.of("a", "b").toArray()                               | used[0] = "";   | used[1] = "";
          java.util.stream.IntStream.range(0, 3).toArray()          | used[0] = 1;    | used[1] = 2;
          new Object[] {"a", 1}                                     | String.format("%s %s", used); | Objects.hash(used);
          new int[] {1, 2}                                          | Arrays.toString(used); | Arrays.hashCode(used);
          Thread.State.values()                                     | used[0] = null; | used[1] = null;
          new int[] {1, 2}                                          | seen[0] = used.clone()[0]; | seen[1] = Arrays.copyOf(used, 2)[1];
          """)
  void threadsThatUseOtherElementsConflictInNothing(String made, String beside, String mine) {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(TWO_THREADS.formatted(made, beside, mine)), Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.executions()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new int[2][2]         | used[0][0] = 1; used[0][1] = 1;     | seen[0] = used[0][1]; seen[1] = used[0][0];
          new int[2]            | used[0] = 1; used[1] = 1;           | var copy = used.clone(); seen[0] = copy[0]; seen[1] = copy[1];
          new int[2]            | used[0] = 1; used[1] = 1;           | var copy = Arrays.copyOf(used, 2); seen[0] = copy[0]; seen[1] = copy[1];
          new int[100]          | used[0] = 1; used[99] = 1;          | var copy = Arrays.copyOfRange(used, 0, 100); seen[0] = copy[0]; seen[1] = copy[99];
          new int[2][2]         | used[1] = new int[] {7, 7}; used[0][0] = 1; | var copy = used.clone(); seen[0] = copy[0][0]; seen[1] = copy[1][0];
          new int[][] {{0}, {0}} | used[0][0] = 1; used[1][0] = 1;    | var copy = Arrays.stream(used).map(int[]::clone).toArray(int[][]::new); seen[0] = copy[0][0]; seen[1] = copy[1][0];
          new Object[] {1, 1}   | used[0] = 2; used[1] = 2;           | seen[0] = "%s %s".formatted(used).hashCode(); seen[1] = Objects.hash(used);
          new String[] {"", ""} | used[0] = "1"; used[1] = "1";       | seen[0] = String.join(",", used).hashCode(); seen[1] = Arrays.toString(used).hashCode();
          new char[] {'a', 'b'} | used[0] = 'c'; used[1] = 'd';       | seen[0] = String.valueOf(used).hashCode(); seen[1] = used[0];
          new char[] {'a', 'b'} | "xy".getChars(0, 2, used, 0);       | seen[0] = used[0]; seen[1] = used[1];
          new char[] {'a', 'b'} | Character.toChars('x', used, 1);    | seen[0] = used[0]; seen[1] = used[1];
          new Object[] {1, 1}   | used[1] = new java.util.concurrent.atomic.AtomicInteger(5); ((java.util.concurrent.atomic.AtomicInteger) used[1]).set(6); | seen[0] = String.format("%s %s", used).hashCode(); seen[1] = Arrays.toString(used).hashCode();
          new Object[] {new java.util.concurrent.atomic.AtomicInteger(1)} | ((java.util.concurrent.atomic.AtomicInteger) used[0]).set(6); | seen[0] = String.format("%s", used).hashCode();
          new Object[] {new Object() { int n; public String toString() { n++; return "" + n; } }} | seen[1] = used[0].toString().hashCode(); | seen[0] = String.format("%s", used).hashCode();
          new String[] {"", ""} | used[0] = "1"; used[1] = "1";       | var copy = Arrays.asList(used).toArray(); seen[0] = copy[0].hashCode(); seen[1] = copy[1].hashCode();
          new java.util.concurrent.atomic.AtomicReference<int[]>(new int[] {1, 1}) | for (;;) { int[] now = used.get(); int[] next = now.clone(); next[0]--; if (used.compareAndSet(now, next)) break; } | for (;;) { int[] now = used.get(); int[] next = Arrays.copyOf(now, 2); next[1]--; if (used.compareAndSet(now, next)) break; } int[] end = used.get(); seen[0] = end[0]; seen[1] = end[1];
          """)
  void aCopyHasWhatOthersHaveWrittenBefore(String made, String beside, String mine) {
    checkOutcomesAgainstAllSchedules(
        Sources.scenario(
            TWO_THREADS
                .formatted(made, beside, mine)
                .replace("Arrays.deepToString(new Object[] {used})", "0")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new int[0]     | try { seen[0] = Arrays.copyOf(used, -1).length; } catch (NegativeArraySizeException e) { seen[0] = 5; }
          (int[]) null   | try { seen[0] = used.clone().length; } catch (NullPointerException e) { seen[0] = 5; }
          (Object[]) null | try { seen[0] = Arrays.copyOfRange(used, 0, 1).length; } catch (NullPointerException e) { seen[0] = 5; }
          """)
  void aCopyThatFailsLeavesNothingBehind(String made, String copies) {
    checkAgainstAllSchedules(
        Sources.scenario(TWO_THREADS.formatted(made, copies + " count++;", "count++;")));
  }

  /** One thread sets the elements of an array, and a field, and another one copies them. */
  abstract static class CopiesAnArray implements Scenario<Integer> {
    private final int[] shared = new int[2];
    private int beside;
    private int seen;

    abstract int[] copyOf(int[] array);

    @Override
    public Integer run() throws InterruptedException {
      Thread other =
          Thread.startVirtualThread(
              () -> {
                int[] copy = copyOf(shared);
                seen = 10 * copy[0] + copy[1];
              });
      shared[0] = 1;
      beside = 1;
      shared[1] = beside;
      other.join();
      return seen;
    }
  }

  static class Clones extends CopiesAnArray {
    @Override
    int[] copyOf(int[] array) {
      return array.clone();
    }
  }

  static class Copies extends CopiesAnArray {
    @Override
    int[] copyOf(int[] array) {
      return Arrays.copyOf(array, 2);
    }
  }

  static class ReadsTheText extends CopiesAnArray {
    @Override
    int[] copyOf(int[] array) {
      String text = Arrays.toString(array);
      return new int[] {text.charAt("[".length()) - '0', text.charAt("[0, ".length()) - '0'};
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Clones.class, Copies.class, ReadsTheText.class})
  void aCopyIsMadeInOneStep(Class<? extends CopiesAnArray> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).outcomes())
        .containsOnlyKeys(0, 10, 11);
  }
}
