package oversell.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oversell.boot.Jdk;
import oversell.experiment.Workload;

/**
 * One JVM to launch.
 *
 * @param index its place in the order of launches, from 0
 * @param row the row of the table that its trials count for
 * @param jdk what it runs on; empty where no such JDK is installed
 * @param trials the trials that it counts
 * @param warmups the trials that it runs before those
 * @param deadline when it is killed, from its launch on
 */
public record Fork(
    int index, ForkPlan.Row row, Optional<Jdk> jdk, int trials, int warmups, Duration deadline) {
  /** Rejects a fork without a place. */
  public Fork {
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative: " + index);
    }
  }

  /** The JVM flags that it is launched with, without its class path. */
  public List<String> flags() {
    List<String> flags =
        new ArrayList<>(List.of("--enable-preview", "-XX:+ExitOnOutOfMemoryError"));
    row.workload()
        .carriers()
        .ifPresent(
            carriers -> {
              flags.add("-Djdk.virtualThreadScheduler.parallelism=" + carriers);
              flags.add("-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers);
            });
    return flags;
  }

  /** What the forked JVM needs to know of it. */
  public Assignment assignment() {
    return new Assignment(index, row.workload(), trials, warmups);
  }

  /**
   * The first line that the host says to a fork.
   *
   * @param fork its index
   * @param workload what each trial sells
   * @param trials the trials to count
   * @param warmups the trials before those
   */
  public record Assignment(int fork, Workload workload, int trials, int warmups) {}
}
