package oversell.lab.trial;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import oversell.explorer.ExplorationListener;
import oversell.explorer.Findings;
import oversell.explorer.Found;
import oversell.explorer.Options;
import oversell.explorer.SubjectExplorer;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;

/**
 * Explores the interleavings of one sale, on the thread that asks it to. The JVM has to be launched
 * with {@link oversell.explorer.Explorer#FLAGS}.
 */
public final class SaleExplorer {
  /** How many orderings a bug may take for the bound of pct to hold. */
  public static final int BUG_DEPTH = 3;

  private static final Comparator<Explored.Share> WORST_FIRST =
      Comparator.comparing((Explored.Share share) -> share.outcome().grade())
          .thenComparingLong(share -> share.outcome().finalStock())
          .thenComparingLong(share -> share.outcome().soldUnits())
          .thenComparing(share -> share.outcome().failure());

  private final SubjectExplorer<Outcome> explorer;

  /**
   * An explorer of one sale.
   *
   * @param workload what is sold, with an exploration
   * @param provider the class that makes its inventories, as it is: it will be woven
   * @param scope runs the buyers
   * @param seed of strategies that draw
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public SaleExplorer(
      Workload workload,
      Class<? extends InventoryProvider> provider,
      BuyerScope scope,
      long seed,
      LongSupplier nanoTime) {
    Options options = options(workload, seed);
    explorer = new SubjectExplorer<>(new SaleSubject(workload, provider, scope), options, nanoTime);
  }

  /**
   * The options of a sale's exploration.
   *
   * @throws IllegalArgumentException if it has none
   */
  static Options options(Workload workload, long seed) {
    Exploration how =
        workload
            .conduct()
            .exploration()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a sale that is left to chance cannot be explored"));
    Options search =
        switch (how.strategy()) {
          case EXHAUSTIVE -> Options.exhaustive();
          case RANDOM -> Options.random(how.schedules(), seed);
          case PCT -> Options.pct(BUG_DEPTH, how.schedules(), seed);
          case FEWEST_SWITCHES -> Options.fewestSwitches();
        };
    return search
        .granularity(how.granularity())
        .reduction(how.reduction())
        .schedules(how.schedules());
  }

  /**
   * Explores. To do so again leads to the same, and the counterexample is not found a second time.
   *
   * @throws IOException if the listener does
   */
  public Explored explore(SaleListener listener) throws IOException {
    return explored(explorer.explore(heardBy(listener)));
  }

  static ExplorationListener<Outcome> heardBy(SaleListener listener) {
    return new ExplorationListener<>() {
      @Override
      public void progressed(long executions, long failures, double share, double perSecond)
          throws IOException {
        listener.progressed(executions, failures, share, perSecond);
      }

      @Override
      public void found(Found<Outcome> failure) throws IOException {
        listener.found(Counterexample.of(failure));
      }
    };
  }

  static Explored explored(Findings<Outcome> findings) {
    List<Explored.Share> shares =
        findings.outcomes().stream()
            .map(
                share -> new Explored.Share(share.outcome(), share.executions(), share.standsFor()))
            .sorted(WORST_FIRST)
            .toList();
    return new Explored(
        findings.executions(),
        findings.blocked(),
        findings.standsFor(),
        findings.runTwice(),
        findings.complete(),
        findings.failures(),
        findings.uncontrolled(),
        findings.bound(),
        findings.notWoven(),
        findings.steps(),
        findings.wallNanos(),
        shares,
        findings.leastProbability());
  }

  /**
   * One execution, told again.
   *
   * @param strictly whether to the step
   * @param passedOver how often a thread should have gone on and had to wait
   */
  public record Replayed(boolean strictly, int passedOver, Counterexample told) {}

  /**
   * Runs one schedule once more: to the step if it is one of this sale, and otherwise so that
   * threads that should go on and have to wait are passed over.
   *
   * @throws IllegalArgumentException if the text is no schedule
   */
  public Replayed replay(String schedule) {
    SubjectExplorer.Replayed<Outcome> replayed = explorer.replay(schedule);
    return new Replayed(
        replayed.isStrict(), replayed.passedOver(), Counterexample.of(replayed.found()));
  }
}
