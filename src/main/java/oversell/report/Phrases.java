package oversell.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import oversell.lab.experiment.Expectation;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.trial.TrialResult;
import oversell.report.table.RowResult;
import oversell.report.table.Verdict;
import oversell.stats.Interval;
import oversell.stats.Proportion;
import oversell.store.Audit;
import oversell.text.Words;

/** What pages and the console say in words. */
final class Phrases {
  private Phrases() {}

  /** What was seen in the trials of a row, and what was expected. */
  static String finding(RowResult row) {
    if (!row.hasTrials()) {
      if (row.observed().equals(Optional.of(Expectation.HANGS))) {
        return Words.text("stood still until its deadline (expected: %s)", row.row().expected());
      }
      return row.failures().isEmpty() ? "not reached" : "no trial ended";
    }
    List<String> seen = new ArrayList<>();
    add(seen, "oversold", row, TrialResult::isOversold);
    add(seen, "lost updates", row, trial -> trial.lostUpdates() > 0);
    add(seen, "units vanished", row, trial -> trial.vanished() > 0);
    addBooks(
        seen,
        "buyers gave up waiting for a connection",
        row,
        audit -> audit.withoutConnection() > 0);
    addBooks(seen, "stock and ledger did not add up", row, audit -> !audit.addsUp());
    addBooks(seen, "acknowledged purchases were lost", row, audit -> audit.ackedLost() > 0);
    addBooks(seen, "something was sold twice", row, audit -> audit.soldTwice() > 0);
    addBooks(seen, "the ledger had unexplained purchases", row, audit -> audit.unexplained() > 0);
    if (seen.isEmpty()) {
      int all = row.trials().size();
      seen.add(Words.text("safe in all of %s%s", Words.counted(all, "trial"), share(all, all)));
    }
    return Words.text(
        "%s (expected: %s)%s",
        String.join(", ", seen), row.row().expected(), thrown(row) + held(row));
  }

  private static void add(
      List<String> seen, String what, RowResult row, Predicate<TrialResult> when) {
    long trials = row.count(when);
    if (trials > 0) {
      int all = row.trials().size();
      seen.add(
          Words.text(
              "%s in %d of %s%s", what, trials, Words.counted(all, "trial"), share(trials, all)));
    }
  }

  private static void addBooks(
      List<String> seen, String what, RowResult row, Predicate<Audit> when) {
    long trials = row.stored().count(when);
    if (trials > 0) {
      seen.add(
          Words.text("%s in %d of %s", what, trials, Words.counted(row.trials().size(), "trial")));
    }
  }

  /** The share of trials for which that may be true, by the trials that were seen. */
  static String share(long trials, long all) {
    Interval share = new Proportion(trials, all).interval();
    return Words.text(" (%.0f to %.0f %% of such trials)", share.low() * 100, share.high() * 100);
  }

  private static String held(RowResult row) {
    return row.heldOrLeft() == 0
        ? ""
        : Words.text("; guards still held or buyers left behind: %d", row.heldOrLeft());
  }

  private static String thrown(RowResult row) {
    return row.trials().stream()
        .flatMap(trial -> trial.firstFailure().stream())
        .findFirst()
        .map(
            first ->
                Words.text(
                    "; %s got an exception instead of an answer, the first %s",
                    Words.counted(row.failedBuyers(), "buyer"), first))
        .orElse("");
  }

  /** The verdict on a row, or a dash if there is none. */
  static String verdict(RowResult row) {
    return row.verdict().map(Verdict::toString).orElse("–");
  }

  /** How each failed fork of a row ended, as a clause. */
  static List<String> failures(RowResult row) {
    return row.failures().stream().map(ForkOutcome::describe).toList();
  }
}
