package oversell.lab.trial;

import java.io.IOException;
import java.util.Comparator;
import java.util.function.LongSupplier;
import oversell.explorer.Findings;
import oversell.explorer.SubjectExplorer;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Workload;

/** Explores the interleavings of one sale. */
public final class SaleExplorer implements TrialExplorer {
  private static final Comparator<SaleOutcome> WORST_FIRST =
      Comparator.comparing(SaleOutcome::grade)
          .thenComparingLong(SaleOutcome::finalStock)
          .thenComparingLong(SaleOutcome::soldUnits)
          .thenComparing(SaleOutcome::failure);

  private final SubjectExplorer<SaleOutcome> explorer;

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
    explorer =
        new SubjectExplorer<>(
            new SaleSubject(workload, provider, scope),
            Translation.options(workload, seed),
            nanoTime);
  }

  @Override
  public Explored explore(SaleListener listener) throws IOException {
    return explored(explorer.explore(Translation.heardBy(listener, sold -> sold)));
  }

  @Override
  public Replayed replay(String schedule) {
    return Translation.replay(explorer, sold -> sold, schedule);
  }

  static Explored explored(Findings<SaleOutcome> findings) {
    return Translation.explored(findings, WORST_FIRST, sold -> sold);
  }
}
