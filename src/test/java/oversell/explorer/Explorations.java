package oversell.explorer;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import oversell.explorer.weave.JdkCalls;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Conduct.Baseline;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Conduct.Mode;
import oversell.lab.experiment.Conduct.PauseKind;
import oversell.lab.experiment.Conduct.Threads;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.BuyerScope;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleExplorer;
import oversell.lab.trial.SaleListener;
import oversell.lab.trial.SaleOutcome;
import oversell.lab.trial.Sales;
import oversell.lab.trial.Scopes;

/**
 * A sale to be explored, as tests put it together.
 *
 * @param faultEvery the fault hits every n-th buyer
 * @param schedules the most that are run
 */
record Explorations(
    int buyers,
    int stock,
    int units,
    Strategy strategy,
    Granularity granularity,
    Reduction reduction,
    Fault fault,
    int faultEvery,
    long schedules,
    long seed) {
  static final BuyerScope SCOPE = Scopes.ofThisJvm();

  /** Every interleaving of undisturbed buyers at every access, without what shows nothing new. */
  static Explorations of(int buyers, int stock, int units) {
    return new Explorations(
        buyers,
        stock,
        units,
        Strategy.EXHAUSTIVE,
        Granularity.ACCESS,
        Reduction.SOURCE_DPOR,
        Fault.NONE,
        1,
        Long.MAX_VALUE,
        1);
  }

  Explorations at(Granularity other) {
    return new Explorations(
        buyers, stock, units, strategy, other, reduction, fault, faultEvery, schedules, seed);
  }

  Explorations with(Reduction other) {
    return new Explorations(
        buyers, stock, units, strategy, granularity, other, fault, faultEvery, schedules, seed);
  }

  Explorations with(Fault other, int every) {
    return new Explorations(
        buyers, stock, units, strategy, granularity, reduction, other, every, schedules, seed);
  }

  Explorations by(Strategy other, long otherSeed) {
    return new Explorations(
        buyers,
        stock,
        units,
        other,
        granularity,
        reduction,
        fault,
        faultEvery,
        schedules,
        otherSeed);
  }

  Explorations atMost(long other) {
    return new Explorations(
        buyers, stock, units, strategy, granularity, reduction, fault, faultEvery, other, seed);
  }

  Workload workload() {
    Conduct conduct =
        new Conduct(
            Mode.EXPLORE,
            Threads.VIRTUAL,
            PauseKind.SLEEP,
            fault,
            faultEvery,
            false,
            Baseline.NONE,
            Optional.of(new Exploration(strategy, granularity, reduction, schedules)));
    return new Workload(
        "any", OptionalInt.empty(), 1, buyers, stock, units, Duration.ofMillis(20), false, conduct);
  }

  SaleExplorer explorer(Class<? extends InventoryProvider> provider) {
    return new SaleExplorer(workload(), provider, SCOPE, seed, System::nanoTime);
  }

  private SubjectExplorer<SaleOutcome> explorer(
      Class<? extends InventoryProvider> provider, JdkCalls calls) {
    return new SubjectExplorer<>(
        Sales.subject(workload(), provider, SCOPE),
        Sales.options(workload(), seed),
        calls,
        System::nanoTime);
  }

  Found explore(Class<? extends InventoryProvider> provider) {
    return explore(provider, JdkCalls.standard());
  }

  /** With another table of what calls mean. */
  Found explore(Class<? extends InventoryProvider> provider, JdkCalls calls) {
    List<Counterexample> counterexamples = new ArrayList<>();
    try {
      SaleListener listener =
          new SaleListener() {
            @Override
            public void progressed(
                long executions, long violations, double share, double perSecond) {}

            @Override
            public void found(Counterexample counterexample) {
              counterexamples.add(counterexample);
            }
          };
      Explored explored =
          Sales.explored(explorer(provider, calls).explore(Sales.heardBy(listener)));
      return new Found(explored, counterexamples);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * What came of it.
   *
   * @param counterexamples that the listener heard of
   */
  record Found(Explored explored, List<Counterexample> counterexamples) {
    /** Every outcome, with the schedules that it stands for. */
    Map<String, BigInteger> outcomes() {
      Map<String, BigInteger> outcomes = new TreeMap<>();
      explored
          .outcomes()
          .forEach(
              share ->
                  outcomes.merge(
                      text(share.outcome()), share.standsFor().orElseThrow(), BigInteger::add));
      return outcomes;
    }

    private static String text(Outcome any) {
      SaleOutcome outcome = Sales.sold(any);
      return "%s: %d left, %d sold, %d unanswered%s"
          .formatted(
              outcome.grade(),
              outcome.finalStock(),
              outcome.soldUnits(),
              outcome.unanswered(),
              outcome.failure().isEmpty() ? "" : ", " + outcome.failure());
    }

    Counterexample counterexample() {
      return counterexamples.getFirst();
    }
  }
}
