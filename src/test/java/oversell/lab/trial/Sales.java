package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import oversell.explorer.ExplorationListener;
import oversell.explorer.Findings;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;
import oversell.explorer.Subject;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Conduct.Baseline;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Conduct.Mode;
import oversell.lab.experiment.Conduct.PauseKind;
import oversell.lab.experiment.Conduct.Threads;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;

/** What tests of the explorer need of sales, to explore them in other ways than the lab does. */
public final class Sales {
  private Sales() {}

  /** A sale as what is explored. */
  public static Subject<SaleOutcome> subject(
      Workload workload, Class<? extends InventoryProvider> provider, BuyerScope scope) {
    return new SaleSubject(workload, provider, scope);
  }

  /** How it is explored. */
  public static Options options(Workload workload, long seed) {
    return Translation.options(workload, seed);
  }

  /** What came of that, as the lab has it. */
  public static Explored explored(Findings<SaleOutcome> findings) {
    return SaleExplorer.explored(findings);
  }

  /** Hears of it as the lab does. */
  public static ExplorationListener<SaleOutcome> heardBy(SaleListener listener) {
    return Translation.heardBy(listener, sold -> sold);
  }

  /** An outcome of a sale, as one. */
  public static SaleOutcome sold(Outcome outcome) {
    return (SaleOutcome) outcome;
  }

  /** A sale of five units to two buyers who want three each, of whom the fault hits the second. */
  static Workload ofTwo(Mode mode, Threads threads, Fault fault, Optional<Exploration> how) {
    Conduct conduct =
        new Conduct(mode, threads, PauseKind.SLEEP, fault, 2, false, Baseline.NONE, how);
    return new Workload(
        "any", OptionalInt.empty(), 1, 2, 5, 3, Duration.ofMillis(1), false, conduct);
  }

  /** Every order of the steps of that sale, explored to its end. */
  static Explored explore(InventoryProvider inventory, Fault fault, Granularity granularity)
      throws IOException {
    Exploration every =
        new Exploration(Strategy.EXHAUSTIVE, granularity, Reduction.SOURCE_DPOR, Long.MAX_VALUE);
    SaleListener silent =
        new SaleListener() {
          @Override
          public void progressed(
              long executions, long violations, double share, double perSecond) {}

          @Override
          public void found(Counterexample counterexample) {}
        };
    Explored explored =
        new SaleExplorer(
                ofTwo(Mode.EXPLORE, Threads.VIRTUAL, fault, Optional.of(every)),
                inventory.getClass(),
                Scopes.ofThisJvm(),
                1,
                System::nanoTime)
            .explore(silent);
    assertThat(explored.complete()).isTrue();
    return explored;
  }
}
