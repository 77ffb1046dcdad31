package oversell.report.overview;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import oversell.lab.trial.TrialResult;
import oversell.report.table.RowResult;
import oversell.stats.Comparison;

/**
 * One row of two runs, or of one of them.
 *
 * @param key what it is a row of
 * @param first empty if only the second run has it
 * @param second empty if only the first run has it
 */
record ComparedRow(RowKey key, Optional<RowResult> first, Optional<RowResult> second) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Rejects a row that neither run has. */
  ComparedRow {
    if (first.isEmpty() && second.isEmpty()) {
      throw new IllegalArgumentException("a row of neither run: " + key);
    }
  }

  /** The two samples of wall times, fork by fork; empty unless both sides have trials. */
  Optional<Comparison> walls() {
    return first.isEmpty() || second.isEmpty() || !hasTrials(first) || !hasTrials(second)
        ? Optional.empty()
        : Optional.of(
            Comparison.ofForks(
                first.get().sampled(TrialResult::wallNanos),
                second.get().sampled(TrialResult::wallNanos)));
  }

  /**
   * Whether a difference is claimed although a side has one fork, so that it may be that of two
   * JVMs.
   */
  boolean restsOnOneFork() {
    return walls().filter(walls -> walls.doubts().isEmpty()).isPresent()
        && Math.min(first.orElseThrow().samples().size(), second.orElseThrow().samples().size())
            < 2;
  }

  /**
   * The cells of the table: the median of the first, that of the second, their ratio, and the
   * conclusion.
   */
  List<String> cells() {
    return List.of(
        median(first),
        median(second),
        decimal(walls().map(Comparison::ratio).orElse(OptionalDouble.empty())),
        conclusion());
  }

  private String conclusion() {
    if (first.isEmpty()) {
      return "only in the second";
    }
    if (second.isEmpty()) {
      return "only in the first";
    }
    return walls().map(ComparedRow::conclusion).orElseGet(this::withoutTrials) + disturbed();
  }

  private static String conclusion(Comparison walls) {
    return switch (walls.conclusion()) {
      case LESS -> "second is faster";
      case GREATER -> "second is slower";
      case NO_DIFFERENCE_SEEN ->
          walls.doubts().stream()
              .map(ComparedRow::words)
              .collect(Collectors.joining("; ", "no difference seen: ", ""));
    };
  }

  private static String words(Comparison.Doubt doubt) {
    return switch (doubt) {
      case TOO_FEW_VALUES -> "too few trials, each side needs six";
      case MEDIANS_OVERLAP -> "the intervals of the medians overlap";
      case MAY_BE_CHANCE -> "it may be chance";
      case RANKS_CONTRADICT -> "most trials say the opposite of the medians";
      case FORKS_OVERLAP -> "forks of one side differ as much";
    };
  }

  private String withoutTrials() {
    if (hasTrials(first)) {
      return "no trial ended in the second";
    }
    return "no trial ended in " + (hasTrials(second) ? "the first" : "either");
  }

  private String disturbed() {
    int forks =
        first.map(RowResult::disturbed).orElse(0) + second.map(RowResult::disturbed).orElse(0);
    return forks == 0
        ? ""
        : String.format(Locale.ROOT, " (forks disturbed by other machines: %d)", forks);
  }

  private static boolean hasTrials(Optional<RowResult> row) {
    return row.filter(RowResult::hasTrials).isPresent();
  }

  private static String median(Optional<RowResult> row) {
    return decimal(
        row.flatMap(found -> found.median(trial -> trial.wallNanos() / NANOS_PER_MILLI))
            .map(estimate -> OptionalDouble.of(estimate.median()))
            .orElse(OptionalDouble.empty()));
  }

  private static String decimal(OptionalDouble number) {
    return number.isPresent() ? String.format(Locale.ROOT, "%.3f", number.getAsDouble()) : "–";
  }
}
