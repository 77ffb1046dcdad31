package oversell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.TrialResult;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.stats.Comparison;

/**
 * How often does the lab claim a difference where there is none? Runs one and the same inventory
 * under two names, in a hundred workloads, as any experiment is run, and counts the pairs of which
 * it claims that one is faster: at most 5 of 100. A program rather than a test, since it takes a
 * quarter of an hour: {@code java -cp … oversell.SameTwice FOLDER}.
 *
 * <p>Its broken twin is of the same run: workloads that do differ, by a hold of 1 or 2 ms, must be
 * told apart more often than that, or a lab that never claims anything would pass.
 *
 * <p>What came out on 2026-11-26, on JDK 25.0.3 and two processors that other programs kept busy (a
 * load of 7 to 13), with 8 trials a fork:
 *
 * <pre>
 * forks a row   claimed of 100 pairs of the same   claimed of 50 pairs that differ
 *           1                                  2                                21
 *           2                                  3                                45
 *           3                                  4                                47
 * </pre>
 */
final class SameTwice {
  private static final String EXPERIMENT =
      """
      question: How often is a difference claimed where there is none?
      stock-per-buyer: 1
      buyers: [5, 10, 20, 40, 60]
      hold: [0, 100us, 1ms, 2ms]
      articles: [1, 2, 5, 10, 20]
      variants: [twin-one, twin-two]
      forks: %d
      trials: %d
      warmups: 3
      seed: 12
      """;
  private static final String TWIN =
      """
      package twin;

      public class %1$s implements oversell.inventory.InventoryProvider {
        public String name() { return "twin-%2$s"; }
        public oversell.inventory.Inventory create(int stock) { return new Guarded(stock); }
      }
      """;
  private static final String GUARDED =
      """
      package twin;

      import oversell.inventory.*;

      class Guarded implements Inventory {
        private int left;
        Guarded(int stock) { left = stock; }
        public synchronized Answer purchase(int units, Pause pause) throws InterruptedException {
          if (left < units) return Answer.refused(left);
          pause.pause();
          left -= units;
          return new Answer(units, left);
        }
        public int stock() { return left; }
      }
      """;
  private static final int FORKS = 3;
  private static final int TRIALS = 8;
  private static final double MOST_FALSE = 0.05;
  private static final double LEAST_TRUE = 0.25;

  private SameTwice() {}

  /**
   * Runs it, or counts once more.
   *
   * @param arguments a folder: of a run that has ended, or for a new one
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path log = folder.resolve(Path.of("lab", "results", "twins", "trials.jsonl"));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (!Files.exists(log)) {
      run(folder, out);
    }
    report(Results.read(log), out);
  }

  private static void run(Path folder, PrintStream out) throws IOException {
    OwnProject.in(folder.resolve("twins"))
        .compile("twin.Guarded", GUARDED)
        .compile("twin.One", TWIN.formatted("One", "one"))
        .compile("twin.Two", TWIN.formatted("Two", "two"))
        .provides("twin.One", "twin.Two");
    Path experiments = Files.createDirectories(folder.resolve(Path.of("lab", "experiments")));
    Files.writeString(experiments.resolve("twins.yaml"), EXPERIMENT.formatted(FORKS, TRIALS));
    Main.run(
        folder.resolve("lab"),
        List.of("exp=twins", "classpath=" + folder.resolve(Path.of("twins", "target", "classes"))),
        out);
  }

  private static void report(Results results, PrintStream out) {
    List<RowResult> rows = results.rows();
    for (int forks = 1; forks <= FORKS; forks++) {
      Count same = new Count();
      Count different = new Count();
      for (int i = 0; i < rows.size(); i++) {
        for (int j = i + 1; j < rows.size(); j++) {
          if (isSame(rows.get(i), rows.get(j))) {
            same.add(rows.get(i), rows.get(j), forks);
          } else if (isTwiceTheHold(rows.get(i), rows.get(j))) {
            different.add(rows.get(i), rows.get(j), forks);
          }
        }
      }
      out.printf(
          "%d forks a row, %d trials each: of %d pairs of the same, a difference is claimed of %d;"
              + " of %d that differ, of %d%n",
          forks, TRIALS, same.pairs, same.claims, different.pairs, different.claims);
      if (same.share() > MOST_FALSE || different.share() < LEAST_TRUE) {
        throw new IllegalStateException("too many claims of the same, or too few of others");
      }
    }
  }

  private static final class Count {
    private int pairs;
    private int claims;

    double share() {
      return (double) claims / pairs;
    }

    void add(RowResult one, RowResult other, int forks) {
      pairs++;
      Comparison comparison = Comparison.ofForks(walls(one, forks), walls(other, forks));
      claims += comparison.conclusion() == Comparison.Conclusion.NO_DIFFERENCE_SEEN ? 0 : 1;
    }
  }

  private static double[][] walls(RowResult row, int forks) {
    double[][] all = row.sampled(TrialResult::wallNanos);
    return IntStream.range(0, forks).mapToObj(i -> all[i]).toArray(double[][]::new);
  }

  private static Workload sold(RowResult row) {
    return row.row().workload();
  }

  private static boolean isSame(RowResult one, RowResult other) {
    return sold(one).as("any").equals(sold(other).as("any"));
  }

  /** Where the hold is most of what a trial takes. */
  private static boolean isTwiceTheHold(RowResult one, RowResult other) {
    Duration[] holds = {sold(one).hold(), sold(other).hold()};
    Arrays.sort(holds);
    return holds[0].equals(Duration.ofMillis(1))
        && holds[1].equals(Duration.ofMillis(2))
        && sold(one).variant().equals(sold(other).variant())
        && sold(one).buyers() == sold(other).buyers()
        && sold(one).articles() == sold(other).articles();
  }
}
