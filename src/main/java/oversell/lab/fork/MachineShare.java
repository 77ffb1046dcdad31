package oversell.lab.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * How busy the machine was while a fork ran, as shares of all processors' time from 0 to 1. Source:
 * the first line of {@code /proc/stat}, as <a
 * href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a> describes it.
 *
 * @param stolen time that other virtual machines of the same host took
 * @param busy time that all programs of this one took, the fork included
 */
public record MachineShare(double stolen, double busy) {
  /** Nothing is known. */
  public static final MachineShare UNKNOWN = new MachineShare(0, 0);

  private static final double MUCH_STOLEN = 0.05;
  private static final double BUSY = 0.5;
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STEAL = 7;
  private static final int FIELDS = 8;

  /** Whether so much was stolen that times say little. */
  public boolean isDisturbed() {
    return stolen > MUCH_STOLEN;
  }

  /** Whether other programs take so much that a fork which begins now would have to share. */
  public boolean isBusy() {
    return busy > BUSY;
  }

  /** How busy it is while the caller sleeps for some tenths of a second. */
  public static MachineShare now() throws InterruptedException {
    Optional<long[]> before = counters();
    Thread.sleep(LOOK);
    return since(before);
  }

  /** The counters of the moment, in ticks; empty where the system has none. */
  public static Optional<long[]> counters() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      return lines
          .filter(line -> line.startsWith("cpu "))
          .findFirst()
          .map(line -> line.substring(4).strip().split(" +"))
          .filter(fields -> fields.length >= FIELDS)
          .map(fields -> Arrays.stream(fields).limit(FIELDS).mapToLong(Long::parseLong).toArray());
    } catch (IOException | NumberFormatException notLinux) {
      return Optional.empty();
    }
  }

  /** How busy it was since then. */
  public static MachineShare since(Optional<long[]> before) {
    Optional<long[]> now = counters();
    if (before.isEmpty() || now.isEmpty()) {
      return UNKNOWN;
    }
    long[] ticks = new long[FIELDS];
    Arrays.setAll(ticks, i -> now.get()[i] - before.get()[i]);
    double all = Arrays.stream(ticks).sum();
    return all <= 0
        ? UNKNOWN
        : new MachineShare(ticks[STEAL] / all, 1 - (ticks[IDLE] + ticks[IO_WAIT]) / all);
  }
}
