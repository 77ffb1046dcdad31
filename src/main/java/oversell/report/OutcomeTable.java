package oversell.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Published;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleOutcome;
import oversell.lab.trial.ScenarioOutcome;
import oversell.report.table.MarkdownTable;
import oversell.report.table.RowResult;

/** The outcomes, how often each came and how it is graded, after jcstress. */
final class OutcomeTable {
  private static final List<String> OF_SALES =
      List.of("variant", "outcome", "stock", "sold", "schedules", "share", "graded");
  private static final List<String> OF_SCENARIOS =
      List.of("scenario", "outcome", "schedules", "share", "graded");
  private static final int LONGEST = 100;

  private final boolean ofScenarios;
  private final List<List<Optional<?>>> lines = new ArrayList<>();
  private final Map<Outcome.Grade, String> meanings = new EnumMap<>(Outcome.Grade.class);

  /**
   * A table without lines.
   *
   * @param ofScenarios whether its rows are of scenarios, which sell nothing
   */
  OutcomeTable(boolean ofScenarios) {
    this.ofScenarios = ofScenarios;
  }

  /** Adds the outcomes of a row; none if its exploration did not end. */
  void add(String label, RowResult row) {
    // Of a program that is held to its number of traces alone, outcomes.csv has the outcomes.
    if (row.explored().isEmpty()
        || (row.row().published().isOfTracesAlone() && row.isAsPublished())) {
      return;
    }
    Explored all = row.explored().get();
    all.outcomes().forEach(share -> lines.add(line(label, row, all, share)));
    missing(row)
        .forEach(
            outcome ->
                lines.add(
                    List.of(
                        Optional.of(label),
                        Optional.of(outcome),
                        Optional.of(BigDecimal.ZERO),
                        Optional.of("0 %"),
                        Optional.of("**published, not found**"))));
    all.distinctOutcomes()
        .filter(outcome -> !ofScenarios || outcome.grade().isViolation())
        .forEach(outcome -> meanings.putIfAbsent(outcome.grade(), outcome.meaning()));
  }

  private static Stream<String> missing(RowResult row) {
    return row.row().published().outcomes().stream()
        .filter(outcome -> !row.returned().contains(outcome));
  }

  /** The table, and below it what the outcomes in it mean. */
  String text() {
    StringBuilder text =
        new StringBuilder(MarkdownTable.of(ofScenarios ? OF_SCENARIOS : OF_SALES, lines));
    text.append(meanings.isEmpty() ? "" : "\n");
    meanings.forEach((grade, meaning) -> text.append("- *" + grade + "*: " + meaning + ".\n"));
    return text.toString();
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  private static List<Optional<?>> line(
      String label, RowResult row, Explored all, Explored.Share share) {
    List<Optional<?>> line = new ArrayList<>(List.of(Optional.of(label)));
    line.add(Optional.of(shown(share.outcome())));
    if (share.outcome() instanceof SaleOutcome sold) {
      line.add(Optional.of(BigDecimal.valueOf(sold.finalStock())));
      line.add(Optional.of(BigDecimal.valueOf(sold.soldUnits())));
    }
    line.add(Optional.of(new BigDecimal(share.count())));
    line.add(Optional.of(Claim.percent(share.count(), all.count())));
    line.add(Optional.of(graded(row, share.outcome())));
    return line;
  }

  private static String shown(Outcome outcome) {
    String text =
        outcome instanceof ScenarioOutcome one && !outcome.grade().isViolation()
            ? one.returned()
            : outcome.grade() + (outcome.failure().isEmpty() ? "" : " (" + outcome.failure() + ")");
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  private static String graded(RowResult row, Outcome outcome) {
    Published published = row.row().published();
    if (outcome instanceof ScenarioOutcome one
        && !outcome.grade().isViolation()
        && !published.outcomes().isEmpty()) {
      return published.outcomes().contains(one.returned()) ? "published" : "**not published**";
    }
    return graded(row.row().expected(), outcome.grade());
  }

  /** Whether an outcome is expected, allowed, or not expected. */
  static String graded(Expectation expected, Outcome.Grade grade) {
    boolean wanted =
        switch (expected) {
          case SAFE -> !grade.isViolation();
          case OVERSELLS -> grade.isViolation() && !grade.isStandstill();
          case HANGS -> grade.isStandstill();
          case FAILS -> grade.isViolation();
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
