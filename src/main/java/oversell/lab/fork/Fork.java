package oversell.lab.fork;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import oversell.boot.Jdk;
import oversell.explorer.Explorer;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.store.StoreAccess;

/**
 * One JVM to launch.
 *
 * @param index its place in the order of launches, from 0
 * @param row the row of the table that its trials count for
 * @param jdk what it runs on; empty where no such JDK is installed
 * @param purpose what it is for
 * @param heapMebibytes the most memory for its objects; empty leaves the JDK's default
 * @param trials the trials that it counts
 * @param warmups the trials that it runs before those
 * @param deadline when it is killed, from its launch on
 * @param seed of an exploration that draws
 * @param schedule what it replays; empty if it does not
 */
public record Fork(
    int index,
    ForkPlan.Row row,
    Optional<Jdk> jdk,
    Purpose purpose,
    OptionalInt heapMebibytes,
    int trials,
    int warmups,
    Duration deadline,
    long seed,
    String schedule) {

  /** What a fork is for. */
  public enum Purpose {
    /** Its trials count. */
    TRIALS,
    /**
     * It counts pinned threads under JFR, which changes what it watches: its trials count for
     * nothing.
     */
    PINNING,
    /** It explores the interleavings of one sale. */
    EXPLORATION,
    /** It runs one schedule of a sale once more. */
    REPLAY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Rejects a fork without a place. */
  public Fork {
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative: " + index);
    }
  }

  /** The same at another place in the order of launches. */
  Fork at(int place) {
    return new Fork(
        place, row, jdk, purpose, heapMebibytes, trials, warmups, deadline, seed, schedule);
  }

  /** A fork that runs one trial of the same to count pinned threads. */
  Fork countingPinned() {
    return new Fork(
        index, row, jdk, Purpose.PINNING, heapMebibytes, 1, 0, deadline, seed, schedule);
  }

  /** A fork that runs a schedule of the same sale. */
  public Fork replaying(String what) {
    return new Fork(
        index, row, jdk, Purpose.REPLAY, heapMebibytes, trials, warmups, deadline, seed, what);
  }

  /** Whether it explores: the lab chooses the interleaving, not the machine. */
  private boolean chooses() {
    return purpose == Purpose.EXPLORATION || purpose == Purpose.REPLAY;
  }

  /** How many results it has to send: one for each trial, or one for its exploration. */
  public int results() {
    return chooses() ? 1 : warmups + trials;
  }

  /** The JVM flags that it is launched with, without its class path. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>();
    if (chooses()) {
      flags.addAll(Explorer.flags(row.jdk()));
      // An exploration uses one core; no collector shall use another beside it.
      flags.add("-XX:+UseSerialGC");
      if (row.workload().isExploredBy(Exploration.Tool.LINCHECK)) {
        // Its agent comes in while the JVM runs.
        flags.add("-XX:+EnableDynamicAgentLoading");
      }
    }
    flags.addAll(flags(row.workload(), heapMebibytes));
    return flags;
  }

  /** The flags of any JVM that sells a workload. */
  static List<String> flags(Workload workload, OptionalInt heapMebibytes) {
    List<String> flags =
        new ArrayList<>(List.of("--enable-preview", "-XX:+ExitOnOutOfMemoryError"));
    // The same size from the start: a heap that grows makes trials differ.
    heapMebibytes.ifPresent(
        mebibytes -> flags.addAll(List.of("-Xms" + mebibytes + "m", "-Xmx" + mebibytes + "m")));
    workload
        .carriers()
        .ifPresent(
            carriers -> {
              flags.add("-Djdk.virtualThreadScheduler.parallelism=" + carriers);
              flags.add("-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers);
            });
    return flags;
  }

  /**
   * What the forked JVM is told.
   *
   * @param store how to reach it; empty if the stock is in memory
   */
  Assignment assignment(Optional<StoreAccess> store) {
    return new Assignment(
        index, row.workload(), purpose, heapMebibytes, trials, warmups, seed, schedule, store);
  }

  /**
   * The first line that the host sends to a fork.
   *
   * @param fork its index
   * @param workload what each trial sells
   * @param purpose what the fork is for
   * @param heapMebibytes as in {@link Fork}
   * @param trials the trials to count
   * @param warmups the trials before those
   * @param seed of an exploration that draws
   * @param schedule what is replayed; empty if nothing is
   * @param store how to reach the store, which no other program knows; empty without one
   */
  record Assignment(
      int fork,
      Workload workload,
      Purpose purpose,
      OptionalInt heapMebibytes,
      int trials,
      int warmups,
      long seed,
      String schedule,
      Optional<StoreAccess> store) {}
}
