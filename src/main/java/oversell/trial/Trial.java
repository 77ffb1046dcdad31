package oversell.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import oversell.experiment.Workload;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/**
 * One sale of a workload, as often as it is run. Each run has fresh inventories and fresh buyers.
 */
public final class Trial {
  private final Workload workload;
  private final InventoryProvider variant;
  private final BuyerScope scope;
  private final Pause hold;
  private final LongSupplier nanoTime;

  /**
   * A sale to be held.
   *
   * @param workload what is sold
   * @param variant makes the inventory of each article
   * @param scope runs the buyers
   * @param hold what buyers do between check and act
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public Trial(
      Workload workload,
      InventoryProvider variant,
      BuyerScope scope,
      Pause hold,
      LongSupplier nanoTime) {
    this.workload = workload;
    this.variant = variant;
    this.scope = scope;
    this.hold = hold;
    this.nanoTime = nanoTime;
  }

  /**
   * Holds the sale.
   *
   * @param trial its number in its fork
   * @param warmup whether it is not to be counted
   * @throws InterruptedException if the caller is interrupted; its buyers have then ended
   */
  public TrialResult run(int trial, boolean warmup) throws InterruptedException {
    List<Inventory> inventories =
        Stream.generate(() -> variant.create(workload.stock())).limit(workload.articles()).toList();
    Gate gate = workload.gate() ? Gate.shut(workload.buyers(), nanoTime) : Gate.none(nanoTime);
    List<Buyer> buyers = new ArrayList<>(workload.buyers());
    for (int i = 0; i < workload.buyers(); i++) {
      buyers.add(
          new Buyer(
              inventories.get(i % inventories.size()), workload.units(), hold, gate, nanoTime));
    }
    // Each arrives when it is forked: the iterator takes one step for each fork.
    Iterable<Buyer> arriving = () -> buyers.stream().peek(Buyer::arrive).iterator();
    scope.run(arriving, gate::open);
    return Tally.of(workload.stock(), inventories, buyers)
        .result(trial, warmup, gate.openedNanos());
  }
}
