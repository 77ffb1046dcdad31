package oversell.report;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;
import oversell.explorer.picture.Story.Step;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleOutcome;

/** Explorations and counterexamples, for tests. */
final class Told {
  private Told() {}

  static Workload workload(Strategy strategy, Granularity granularity, Reduction reduction) {
    Exploration how = new Exploration(strategy, granularity, reduction, Long.MAX_VALUE);
    return new Workload(
        "any",
        OptionalInt.empty(),
        1,
        5,
        10,
        3,
        Duration.ZERO,
        true,
        Conduct.plain().explored(how));
  }

  static Outcome outcome(Outcome.Grade grade) {
    return new SaleOutcome(grade, 1, 9, 0, "");
  }

  /** Of 100 executions that stand for 7000 schedules, so many of the first with a violation. */
  static Explored explored(
      boolean complete, int violations, List<String> uncontrolled, Outcome.Grade wrong) {
    List<Explored.Share> shares = new ArrayList<>();
    if (violations > 0) {
      shares.add(share(wrong, violations));
    }
    shares.add(share(Outcome.Grade.SAFE, 100 - violations));
    return new Explored(
        100,
        3,
        Optional.of(BigInteger.valueOf(7000)),
        2,
        complete,
        violations,
        uncontrolled,
        "",
        List.of(),
        List.of(),
        1200,
        1_000_000,
        shares,
        OptionalDouble.empty());
  }

  private static Explored.Share share(Outcome.Grade grade, int executions) {
    return new Explored.Share(
        outcome(grade), executions, Optional.of(BigInteger.valueOf(executions * 70L)));
  }

  static Step step(int thread, String action, String value, String stock, Integer... waiting) {
    // In this order a picture draws them.
    Map<String, String> watched = new LinkedHashMap<>();
    watched.put(Counterexample.STOCK, stock);
    watched.put(Counterexample.SOLD, "0");
    return new Step(
        thread,
        "Shelf.java:18",
        "Shelf.purchase",
        action,
        value.isEmpty() ? List.of() : List.of(value),
        watched,
        List.of(waiting));
  }

  static Counterexample counterexample(int threads, int brokenAt, List<Step> steps) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= threads; i++) {
      names.add("buyer " + i);
    }
    return new Counterexample(
        "0001", outcome(Outcome.Grade.OVERSOLD), names, 1, steps, brokenAt, List.of());
  }
}
