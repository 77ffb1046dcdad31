package oversell.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiPredicate;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.TrialResult;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.RowWords;
import oversell.report.table.Table;
import oversell.report.table.Verdict;
import oversell.stats.Comparison;
import oversell.text.Words;

/**
 * Which rows differ in how long their trials took: each safe variant against the first safe one of
 * the same workload and JDK, and each JDK against the first one of the same workload. Differences
 * that are claimed have a line each; comparisons that show none share one.
 */
final class Differences {
  private static final String RULE =
      """
      A difference is claimed only where the intervals of the medians do not overlap, the Mann-Whitney
      test gives p < 0.01 and, with several forks a row, those of one side all lie on one side of the
      others.""";

  private final List<String> claimed = new ArrayList<>();
  private final List<String> notSeen = new ArrayList<>();
  private final List<Double> ratiosNotSeen = new ArrayList<>();
  private int tooFew;

  private Differences() {}

  /** The section of the page; empty if there is nothing to compare. */
  static String section(Results results, Table table) {
    Differences differences = new Differences();
    for (int i = 0; i < results.rows().size(); i++) {
      for (int against : against(results.rows(), i)) {
        differences.add(
            compare(results.rows().get(against), results.rows().get(i)),
            RowWords.label(table, against),
            RowWords.label(table, i));
      }
    }
    return differences.section(results.run().forks() > 1);
  }

  private void add(Comparison comparison, String baseline, String candidate) {
    if (comparison.doubts().contains(Comparison.Doubt.TOO_FEW_VALUES)) {
      tooFew++;
      return;
    }
    String line = line(comparison, baseline, candidate);
    if (comparison.conclusion() == Comparison.Conclusion.NO_DIFFERENCE_SEEN) {
      notSeen.add(line);
      comparison.ratio().ifPresent(ratiosNotSeen::add);
    } else {
      claimed.add(line);
    }
  }

  private String section(boolean severalForks) {
    if (claimed.isEmpty() && notSeen.isEmpty() && tooFew == 0) {
      return "";
    }
    StringBuilder section = new StringBuilder("\n## Differences in wall time\n\n");
    claimed.forEach(section::append);
    section.append(notSeen.size() > 1 ? allNotSeen() : String.join("", notSeen));
    if (tooFew > 0) {
      section.append(
          Words.text(
              "- %s with fewer than six trials on a side: *no difference seen*\n",
              Words.counted(tooFew, "comparison")));
    }
    if (claimed.isEmpty() && notSeen.isEmpty()) {
      return section.toString();
    }
    return section
        .append('\n')
        .append(RULE)
        .append(
            severalForks ? "" : " With one fork a row, the luck of a single JVM is not excluded.")
        .append('\n')
        .toString();
  }

  private String allNotSeen() {
    return Words.text(
        "- *no difference seen* in %d %scomparisons%s\n",
        notSeen.size(),
        claimed.isEmpty() ? "" : "other ",
        ratiosNotSeen.isEmpty()
            ? ""
            : Words.text(
                ": ratios from %.3f to %.3f",
                Collections.min(ratiosNotSeen), Collections.max(ratiosNotSeen)));
  }

  private static List<Integer> against(List<RowResult> rows, int candidate) {
    List<Integer> found = new ArrayList<>();
    RowResult row = rows.get(candidate);
    if (isSafe(row)) {
      add(found, rows, candidate, Differences::differInVariantOnly);
      add(found, rows, candidate, Differences::differInJdkOnly);
    }
    return found;
  }

  private static void add(
      List<Integer> found,
      List<RowResult> rows,
      int candidate,
      BiPredicate<RowResult, RowResult> isComparable) {
    for (int i = 0; i < candidate; i++) {
      RowResult row = rows.get(i);
      if (isSafe(row) && isComparable.test(row, rows.get(candidate))) {
        found.add(i);
        return;
      }
    }
  }

  // What was seen counts, too: a guard that oversells is not the better one, however fast it is.
  private static boolean isSafe(RowResult row) {
    return row.row().expected() == Expectation.SAFE
        && row.verdict().equals(Optional.of(Verdict.PASS));
  }

  private static boolean differInVariantOnly(RowResult one, RowResult other) {
    return one.row().jdk() == other.row().jdk()
        && sold(one).as(sold(other).variant()).equals(sold(other));
  }

  private static boolean differInJdkOnly(RowResult one, RowResult other) {
    return one.row().jdk() != other.row().jdk() && sold(one).equals(sold(other));
  }

  private static Workload sold(RowResult row) {
    return row.row().workload();
  }

  private static Comparison compare(RowResult baseline, RowResult candidate) {
    return Comparison.ofForks(
        baseline.sampled(TrialResult::wallNanos), candidate.sampled(TrialResult::wallNanos));
  }

  private static String line(Comparison comparison, String baseline, String candidate) {
    OptionalDouble ratio = comparison.ratio();
    String figures =
        Words.text(
            "(%s, p %s)",
            ratio.isPresent() ? Words.text("ratio %.3f", ratio.getAsDouble()) : "no ratio",
            comparison.ranks().p() < 0.0001
                ? "< 0.0001"
                : Words.text("= %.4f", comparison.ranks().p()));
    String conclusion =
        switch (comparison.conclusion()) {
          case LESS -> "**faster** than";
          case GREATER -> "**slower** than";
          case NO_DIFFERENCE_SEEN -> "*no difference seen* from";
        };
    return Words.text("- %s: %s %s %s\n", candidate, conclusion, baseline, figures);
  }
}
