package oversell.lab.trial;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import oversell.inventory.Inventory;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Conduct.Mode;
import oversell.stats.Latencies;

/** Runs a sale in real time, and measures it. */
final class MeasuredSale {
  private static final Duration TO_GET_A_FREE_GUARD = Duration.ofSeconds(5);

  private final Sale sale;
  private final LongSupplier nanoTime;

  private long endedNanos;
  private long spanNanos;
  private int guardsHeld;
  private Optional<Observations.Beats> beats = Optional.empty();

  /** To measure a sale that has not begun. */
  MeasuredSale(Sale sale, LongSupplier nanoTime) {
    this.sale = sale;
    this.nanoTime = nanoTime;
  }

  /** Runs it. */
  void run(BuyerScope scope, ThreadFactory threads) throws InterruptedException {
    Conduct conduct = sale.conduct();
    Optional<Bystander> bystander =
        conduct.bystander() ? Optional.of(Bystander.start(nanoTime)) : Optional.empty();
    long begunNanos = nanoTime.getAsLong();
    sale.run(scope, threads);
    endedNanos = nanoTime.getAsLong();
    spanNanos = endedNanos - begunNanos;
    if (bystander.isPresent()) {
      beats = Optional.of(bystander.get().watched(begunNanos));
      bystander.get().stop();
    }
    boolean isOfBuyers = conduct.fault() != Fault.NONE && !conduct.fault().isOfProcess();
    guardsHeld = isOfBuyers ? guardsHeld() : 0;
  }

  /** How many guards are still held: a purchase of more units than there can be gets no answer. */
  private int guardsHeld() throws InterruptedException {
    int held = 0;
    for (Inventory inventory : sale.inventories()) {
      // A platform thread: a virtual one that waits for a monitor for ever would pin a carrier.
      Thread asking =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      var unused = inventory.purchase(Integer.MAX_VALUE, () -> {});
                    } catch (InterruptedException stopped) {
                      Thread.currentThread().interrupt();
                    }
                  });
      if (!asking.join(TO_GET_A_FREE_GUARD)) {
        asking.interrupt();
        held++;
      }
    }
    return held;
  }

  /**
   * What came of it.
   *
   * @param trial its number in its fork
   * @param warmup whether it is not to be counted
   * @param baselineNanos how long its baseline took
   */
  TrialResult result(int trial, boolean warmup, Optional<Long> baselineNanos) {
    Tally tally = sale.tally();
    tally.compare(sale.inventories().stream().mapToInt(Inventory::stock).toArray());
    Waits waits = Waits.of(sale.buyers());
    OptionalLong ended = waits.endedNanos(endedNanos);
    return new TrialResult(
        trial,
        warmup,
        tally.sold(),
        tally.purchases(),
        tally.refused(),
        tally.failed(),
        tally.firstFailure(),
        tally.finalStock(),
        tally.lowestStock(),
        tally.oversold(),
        tally.lostUpdates(),
        tally.vanished(),
        ended.isPresent() ? ended.getAsLong() - sale.gate().openedNanos() : 0,
        waits.longestNanos(),
        // Those of a warmup are not used, and they would be most of its line in the raw log.
        (warmup ? Latencies.empty() : waits.latencies()).encoded(),
        observations(baselineNanos));
  }

  private Observations observations(Optional<Long> baselineNanos) {
    List<Buyer> buyers = sale.buyers();
    long pauses = 0;
    int faulted = 0;
    int leftBehind = 0;
    // One pass: a million buyers are more than a cache holds.
    for (Buyer buyer : buyers) {
      pauses += buyer.pauses();
      faulted += sale.isFaulted(buyer) ? 1 : 0;
      leftBehind += buyer.isLeftBehind() ? 1 : 0;
    }
    Mode mode = sale.conduct().mode();
    return new Observations(
        spanNanos,
        pauses,
        faulted,
        guardsHeld,
        leftBehind,
        mode == Mode.RETURNING ? buyers.stream().map(Buyer::purchases).toList() : List.of(),
        mode == Mode.ONE_BY_ONE ? OneByOne.served(buyers) : List.of(),
        beats,
        baselineNanos);
  }
}
