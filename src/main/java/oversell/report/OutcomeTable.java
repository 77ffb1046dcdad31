package oversell.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import oversell.lab.experiment.Expectation;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.report.table.MarkdownTable;
import oversell.report.table.RowResult;

/** The outcomes, how often each came and how it is graded, after jcstress. */
final class OutcomeTable {
  private static final List<String> HEADINGS =
      List.of("variant", "outcome", "stock", "sold", "schedules", "share", "graded");

  private final List<List<Optional<?>>> lines = new ArrayList<>();
  private final Set<Outcome.Grade> grades = EnumSet.noneOf(Outcome.Grade.class);

  /** Adds the outcomes of a row; none if its exploration did not end. */
  void add(String label, RowResult row) {
    row.explored()
        .ifPresent(
            all ->
                all.outcomes()
                    .forEach(share -> lines.add(line(label, row.row().expected(), all, share))));
    row.explored().stream()
        .flatMap(Explored::distinctOutcomes)
        .map(Outcome::grade)
        .forEach(grades::add);
  }

  /** The table, and below it what the outcomes in it mean. */
  String text() {
    StringBuilder text = new StringBuilder(MarkdownTable.of(HEADINGS, lines)).append('\n');
    grades.forEach(grade -> text.append("- *" + grade + "*: " + grade.meaning() + ".\n"));
    return text.toString();
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  private static List<Optional<?>> line(
      String label, Expectation expected, Explored all, Explored.Share share) {
    Outcome outcome = share.outcome();
    return List.of(
        Optional.of(label),
        Optional.of(
            outcome.grade() + (outcome.failure().isEmpty() ? "" : " (" + outcome.failure() + ")")),
        Optional.of(BigDecimal.valueOf(outcome.finalStock())),
        Optional.of(BigDecimal.valueOf(outcome.soldUnits())),
        Optional.of(new BigDecimal(share.count())),
        Optional.of(Claim.percent(share.count(), all.count())),
        Optional.of(graded(expected, outcome.grade())));
  }

  /** Whether an outcome is expected, allowed, or not expected. */
  static String graded(Expectation expected, Outcome.Grade grade) {
    boolean wanted =
        switch (expected) {
          case SAFE -> !grade.isViolation();
          case OVERSELLS -> grade.isViolation() && !grade.isStandstill();
          case HANGS -> grade.isStandstill();
          // Buyers who are explored need no connection.
          case STARVES, ANY -> false;
        };
    if (wanted) {
      return "expected";
    }
    boolean allowed = expected == Expectation.ANY || !grade.isViolation();
    return allowed ? "allowed" : "**not expected**";
  }
}
