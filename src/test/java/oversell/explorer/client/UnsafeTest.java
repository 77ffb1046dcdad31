package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/**
 * Programs that do without Unsafe if it refuses what they want, and lose an update if it does not.
 * They are compiled by the JDK that runs them: each use of Unsafe is a warning.
 */
public class UnsafeTest {
  private static final String PROGRAM =
      """
      class Tries {
        final int fixed = Integer.parseInt("1");
        int number;
        long large;

        sun.misc.Unsafe unsafe() throws Exception {
          var field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
          field.setAccessible(true);
          return (sun.misc.Unsafe) field.get(null);
        }

        void tryIt() throws Exception {
          %s
        }

        void add() {
          try {
            tryIt();
          } catch (Throwable refused) {
            synchronized (lock) {
              count++;
            }
            return;
          }
          count++;
        }
      }
      Thread other = Thread.ofVirtual().start(() -> new Tries().add());
      new Tries().add();
      other.join();
      return count;
      """;

  /** One that wants this. */
  public static Class<? extends Scenario<Integer>> scenario(String tried) {
    return Sources.scenario(PROGRAM.formatted(tried));
  }

  private static Exploration<Integer> explored(String tried) {
    return Explorer.explore(scenario(tried), Options.exhaustive());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unsafe().arrayIndexScale(byte[].class);",
        "unsafe().putInt(new byte[8], unsafe().arrayBaseOffset(byte[].class), 1);",
        "unsafe().getLong(new int[2], unsafe().arrayBaseOffset(int[].class));",
        "unsafe().putInt(this, unsafe().objectFieldOffset(Tries.class.getDeclaredField(\"fixed\")), 2);",
        "unsafe().getInt(this, unsafe().objectFieldOffset(Tries.class.getDeclaredField(\"large\")));",
        "long offset = sun.misc.Unsafe.ARRAY_INT_BASE_OFFSET;",
        "var field = Class.forName(\"sun.misc.Unsafe\").getDeclaredField(\"theUnsafe\");"
            + "field.setAccessible(true);"
            + "sun.misc.Unsafe unsafe = (sun.misc.Unsafe) field.get(null);"
      })
  void nothingIsProvedIfUnsafeIsAskedForWhatOnlyTheJdksDoes(String tried) {
    Exploration<Integer> explored = explored(tried);

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.uncontrolled()).isNotEmpty();
  }

  /** The twin: what is there shows the update that is lost. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "unsafe().arrayIndexScale(int[].class);",
        "unsafe().putInt(this, unsafe().objectFieldOffset(Tries.class.getDeclaredField(\"number\")), 1);",
        "unsafe().getLong(this, unsafe().objectFieldOffset(Tries.class.getDeclaredField(\"large\")));",
      })
  void anUpdateIsLostByWhatUnsafeDoes(String tried) {
    Exploration<Integer> explored = explored(tried);

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.outcomes()).containsKeys(1, 2);
  }

  private static final String WAITING =
      """
      class Cell {
        volatile int value;
      }
      var field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      var unsafe = (sun.misc.Unsafe) field.get(null);
      long value = unsafe.objectFieldOffset(Cell.class.getDeclaredField("value"));
      Cell cell = new Cell();
      Thread other = Thread.ofVirtual().start(() -> cell.value = %d);
      while (unsafe.getIntVolatile(cell, value) == 0) {
        Thread.onSpinWait();
      }
      return cell.value;
      """;

  private static Exploration<Integer> waitedFor(int value) {
    return Explorer.explore(Sources.scenario(WAITING.formatted(value)), Options.exhaustive());
  }

  @Test
  void aBusyWaitForWhatUnsafeReadsEndsIfItIsWritten() {
    Exploration<Integer> right = waitedFor(1);
    Exploration<Integer> broken = waitedFor(0);

    assertThat(right.certificate()).as(right.toString()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(1);
    assertThat(broken.failure())
        .hasValueSatisfying(found -> assertThat(found.kind()).isEqualTo(FailureKind.ENDLESS));
  }
}
