package oversell.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import oversell.experiment.Expectation;
import oversell.fork.ForkOutcome;
import oversell.results.RowResult;
import oversell.results.Table;
import oversell.results.Verdict;
import oversell.stats.Interval;
import oversell.stats.Proportion;
import oversell.trial.TrialResult;

/** What tables and console say in words. */
final class Phrases {
  private Phrases() {}

  /**
   * What tells the rows of a table apart: the variant, and what else varies.
   *
   * @param without columns that are told in another way
   */
  static String label(Table table, int row, String... without) {
    StringBuilder label = new StringBuilder(table.text(row, "variant"));
    for (String name : Table.VARIED) {
      if (table.varies(name) && !List.of(without).contains(name)) {
        label.append(", ").append(described(name, table.text(row, name)));
      }
    }
    return label.toString();
  }

  /** A value of a column that varies, in words. */
  static String described(String column, String value) {
    return switch (column) {
      case "jdk" -> "JDK " + value;
      case "threads" -> value + " threads";
      case "fault" -> value.equals("none") ? "no fault" : value;
      case "articles" -> counted(Long.parseLong(value), "article");
      case "buyers" -> counted(Long.parseLong(value), "buyer");
      case "stock" -> "stock " + value;
      case "hold_ms" -> "hold " + value + " ms";
      default -> column + " " + value;
    };
  }

  /** A number and what there are so many of. */
  static String counted(long number, String noun) {
    return text("%d %s%s", number, noun, number == 1 ? "" : "s");
  }

  /** What was seen of a row, against what was expected. */
  static String finding(RowResult row) {
    if (!row.hasTrials()) {
      if (row.observed().equals(Optional.of(Expectation.HANGS))) {
        return text("stood still until its deadline (expected: %s)", row.row().expected());
      }
      return row.failures().isEmpty() ? "not reached" : "no trial ended";
    }
    List<String> seen = new ArrayList<>();
    add(seen, "oversold", row, TrialResult::isOversold);
    add(seen, "lost updates", row, trial -> trial.lostUpdates() > 0);
    add(seen, "units vanished", row, trial -> trial.vanished() > 0);
    if (seen.isEmpty()) {
      int all = row.trials().size();
      seen.add(text("safe in all of %s%s", counted(all, "trial"), share(all, all)));
    }
    return text(
        "%s (expected: %s)%s",
        String.join(", ", seen), row.row().expected(), thrown(row) + held(row));
  }

  private static void add(
      List<String> seen, String what, RowResult row, Predicate<TrialResult> when) {
    long trials = row.count(when);
    if (trials > 0) {
      int all = row.trials().size();
      seen.add(text("%s in %d of %s%s", what, trials, counted(all, "trial"), share(trials, all)));
    }
  }

  /** Of how many trials that may be true, by those that were seen. */
  private static String share(long trials, long all) {
    Interval share = new Proportion(trials, all).interval();
    return text(" (%.0f to %.0f %% of such trials)", share.low() * 100, share.high() * 100);
  }

  private static String held(RowResult row) {
    return row.heldOrLeft() == 0
        ? ""
        : text("; guards still held or buyers left behind: %d", row.heldOrLeft());
  }

  private static String thrown(RowResult row) {
    return row.trials().stream()
        .flatMap(trial -> trial.firstFailure().stream())
        .findFirst()
        .map(
            first ->
                text(
                    "; %s got an exception instead of an answer, the first %s",
                    counted(row.failedBuyers(), "buyer"), first))
        .orElse("");
  }

  /** The verdict on a row, or what stands for one where there is none. */
  static String verdict(RowResult row) {
    return row.verdict().map(Verdict::toString).orElse("–");
  }

  /** What went wrong with the forks of a row, a clause each. */
  static List<String> failures(RowResult row) {
    return row.failures().stream().map(ForkOutcome::describe).toList();
  }

  /** A decimal number with a point, whatever the locale. */
  static String decimal(double number, int decimals) {
    return text("%." + decimals + "f", number);
  }

  /** {@link String#format} with digits and points that every reader knows, whatever the locale. */
  @SuppressWarnings(
      "AnnotateFormatMethod") // Its annotation is in a library that nothing else needs.
  static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
