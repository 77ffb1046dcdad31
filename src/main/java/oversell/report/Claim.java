package oversell.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import oversell.explorer.Granularity;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.Translation;
import oversell.report.table.MarkdownTable;
import oversell.text.Words;

/**
 * What may be claimed of a sale or a scenario after its exploration: a certificate, a refutation,
 * or neither.
 *
 * @param workload what was sold, or the scenario
 * @param explored what its exploration came to
 */
record Claim(Workload workload, Explored explored) {
  private static final List<Outcome.Grade> STANDSTILLS =
      List.of(Outcome.Grade.DEADLOCK, Outcome.Grade.ENDLESS);
  private static final double NEARLY_CERTAIN = 0.9999;
  private static final String OF_INTERLEAVINGS =
      "weak memory (interleavings are sequentially consistent), what the JDK does inside one call, ";
  private static final String OF_WAKE_UPS =
      ", wake-ups that are spurious or in another order than HotSpot's";

  /** Whether it claims that nothing can go wrong, within what it covers. */
  boolean isCertificate() {
    return explored.isProof() && explored.executions() > 0;
  }

  /** The claim as a sentence without a full stop, as Markdown. */
  String sentence() {
    if (!explored.uncontrolled().isEmpty()) {
      return "**not under control:** "
          + explored.uncontrolled().stream()
              .map(MarkdownTable::escaped)
              .collect(Collectors.joining("; "))
          + "; no certificate is given; "
          + upToThatPoint();
    }
    if (!explored.bound().isEmpty()) {
      return Words.text("**%s:** ", ended())
          + MarkdownTable.escaped(explored.bound())
          + "; this is no violation, and no certificate is given; "
          + upToThatPoint();
    }
    if (explored.violations() > 0) {
      return refutation();
    }
    return isCertificate() ? certificate() : noProof();
  }

  private String upToThatPoint() {
    return explored.violations() > 0
        ? refutation()
        : "nothing is decided: no violation in " + run() + " up to that point";
  }

  /** Why an exploration decided nothing, and what to do; a line for each reason. */
  List<String> undecided() {
    List<String> lines = new ArrayList<>();
    explored.uncontrolled().forEach(what -> lines.add("not under control: " + what));
    if (!explored.bound().isEmpty()) {
      lines.add(ended() + ": " + explored.bound());
    }
    return lines;
  }

  /** What it was that ended an exploration before it had decided anything. */
  private String ended() {
    return how().tool() == Exploration.Tool.OVERSELL ? "bound reached" : "error";
  }

  private String certificate() {
    return all() + of() + ": 0 violations" + repeated() + "; not covered: " + limits() + notWoven();
  }

  /** What a certificate claims and does not cover, in sentences that leave out its numbers. */
  String proof() {
    return Words.text(
        "Every schedule at `%s` was run%s, with 0 violations%s. Not covered: %s%s.",
        how().granularity(),
        how().isReduced() ? " or is stood for by one that was" : "",
        explored.runTwice() == 0
            ? ""
            : "; executions that were run a second time took the same steps to the same outcome",
        limits(),
        notWoven());
  }

  private String notWoven() {
    return explored.notWoven().isEmpty()
        ? ""
        : ", what is not woven (" + String.join(", ", explored.notWoven()) + ")";
  }

  /** Empty for a log of an older lab, which ran no execution twice. */
  private String repeated() {
    return explored.runTwice() == 0
        ? ""
        : Words.text(
            "; %s run twice, with the same steps and outcome",
            explored.runTwice() == 1
                ? "1 of them was"
                : Words.text("%,d of them were", explored.runTwice()));
  }

  private String limits() {
    Granularity granularity = how().granularity();
    return (granularity == Granularity.ACCESS
            ? ""
            : "switches anywhere but at `" + granularity + "`, ")
        + OF_INTERLEAVINGS
        + (workload.isScenario() ? "other inputs" : "other numbers of buyers")
        + OF_WAKE_UPS
        + explored.assumed().stream().map(what -> ", " + what).collect(Collectors.joining());
  }

  private String noProof() {
    return "no violation in "
        + run()
        + of()
        + "; not complete, so no proof"
        + explored.leastProbability().stream().mapToObj(this::bound).collect(Collectors.joining());
  }

  /**
   * Published as: S. Burckhardt et al., "A Randomized Scheduler with Probabilistic Guarantees of
   * Finding Bugs".
   */
  private String bound(double each) {
    double together = -Math.expm1(explored.executions() * Math.log1p(-each));
    return Words.text(
        "; a bug of depth %d or less, if there is one, shows in each of them with a probability of"
            + " at least %.2g, and so in one or more of them with a probability of %s (the bound of PCT, Burckhardt et"
            + " al. 2010)",
        Translation.BUG_DEPTH,
        each,
        together > NEARLY_CERTAIN
            ? "more than " + NEARLY_CERTAIN
            : Words.text("at least %.4f", Math.floor(together * 1e4) / 1e4));
  }

  private String refutation() {
    List<String> parts = new ArrayList<>();
    BigInteger wrong = count(false);
    parts.add(
        Words.text(
            "violations in %,d of %s%s (%s)",
            wrong, explored.complete() ? all() : run(), of(), percent(wrong, explored.count())));
    for (Outcome.Grade grade : STANDSTILLS) {
      meaning(grade)
          .ifPresent(what -> parts.add(Words.many(countOf(grade), "schedule") + ": " + what));
    }
    if (!explored.complete()) {
      parts.add("there are more schedules, which were not run");
    }
    return String.join("; ", parts);
  }

  /** How many schedules were run, and whether those are all. */
  String coverage() {
    if (!explored.uncontrolled().isEmpty()) {
      return run() + ", NOT UNDER CONTROL";
    }
    if (!explored.bound().isEmpty()) {
      return run() + ", " + ended().toUpperCase(Locale.ROOT);
    }
    return explored.complete() ? all() : run() + ", not all";
  }

  /** How many schedules fail a check. */
  BigInteger violations() {
    return count(false);
  }

  private String all() {
    boolean uncounted = explored.standsFor().isEmpty() && how().isReduced();
    String schedules =
        uncounted ? "all schedules" : "all " + Words.many(explored.count(), "schedule");
    return how().isReduced()
        ? schedules + " (" + Words.many(explored.executions(), "trace") + " after reduction)"
        : schedules;
  }

  private String run() {
    return how().isReduced() && explored.standsFor().isPresent()
        ? Words.text(
            "%s (%s)",
            Words.many(explored.count(), "schedule"), Words.many(explored.executions(), "trace"))
        : Words.many(explored.executions(), "schedule");
  }

  private String of() {
    return how().tool() == Exploration.Tool.OVERSELL
        ? ofBuyers() + " at `" + how().granularity() + "`"
        : Words.text(", of at most %,d", how().schedules());
  }

  private String ofBuyers() {
    if (workload.isScenario()) {
      return "";
    }
    Conduct conduct = workload.conduct();
    return " of "
        + Words.counted(workload.buyers(), "buyer")
        + (conduct.fault() == Conduct.Fault.NONE
            ? ""
            : Words.text(", `%s` hitting %s", conduct.fault(), share(conduct)));
  }

  private static String share(Conduct conduct) {
    return conduct.faultEvery() == 1 ? "each" : "one in " + conduct.faultEvery();
  }

  private BigInteger count(boolean safe) {
    return explored.outcomes().stream()
        .filter(share -> share.outcome().grade().isViolation() != safe)
        .map(Explored.Share::count)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** What a grade means here; empty if no execution came to it. */
  private Optional<String> meaning(Outcome.Grade grade) {
    return explored
        .distinctOutcomes()
        .filter(outcome -> outcome.grade() == grade)
        .map(Outcome::meaning)
        .findFirst();
  }

  private BigInteger countOf(Outcome.Grade grade) {
    return explored.outcomes().stream()
        .filter(share -> share.outcome().grade() == grade)
        .map(Explored.Share::count)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private Exploration how() {
    return workload.conduct().exploration().orElseThrow();
  }

  /** A share that is never rounded to 0 % if there is a part, nor to 100 % if it is not all. */
  static String percent(BigInteger part, BigInteger all) {
    if (part.equals(all)) {
      return "100 %";
    }
    BigDecimal share =
        new BigDecimal(part)
            .movePointRight(2)
            .divide(new BigDecimal(all), 12, RoundingMode.HALF_UP);
    BigDecimal shown = share.setScale(1, RoundingMode.HALF_UP);
    if (part.signum() > 0 && shown.signum() == 0) {
      return "under 0.1 %";
    }
    return shown.compareTo(BigDecimal.valueOf(100)) == 0
        ? "over 99.9 %"
        : shown.toPlainString() + " %";
  }
}
