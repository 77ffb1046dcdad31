package oversell.lab.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Workload;

/** One sale, from fresh inventories to its result. */
final class Sale {
  private static final Duration BEYOND_HOLDS = Duration.ofMillis(200);
  private static final Duration TO_GET_A_FREE_GUARD = Duration.ofSeconds(5);

  private final Workload workload;
  private final Conduct conduct;
  private final List<Inventory> inventories;
  private final Gate gate;
  private final List<Buyer> buyers;
  private final LongSupplier nanoTime;

  private long endedNanos;
  private long spanNanos;
  private int guardsHeld;
  private Optional<Observations.Beats> beats = Optional.empty();

  /**
   * A sale that has not begun.
   *
   * @param inventories one an article
   */
  Sale(Workload workload, List<Inventory> inventories, Pause pause, LongSupplier nanoTime) {
    this.workload = workload;
    this.conduct = workload.conduct();
    this.inventories = inventories;
    this.nanoTime = nanoTime;
    gate = gate();
    buyers = buyers(pause);
  }

  /** Runs it. */
  void run(BuyerScope scope, ThreadFactory threads) throws InterruptedException {
    Optional<Bystander> bystander =
        conduct.bystander() ? Optional.of(Bystander.start(nanoTime)) : Optional.empty();
    long begunNanos = nanoTime.getAsLong();
    Iterable<Buyer> arriving = this::arriving;
    BuyerScope.Ending ending = scope.run(threads, arriving, timeout(), gate::open);
    endedNanos = nanoTime.getAsLong();
    spanNanos = endedNanos - begunNanos;
    if (bystander.isPresent()) {
      beats = Optional.of(bystander.get().watched(begunNanos));
      bystander.get().stop();
    }
    if (ending == BuyerScope.Ending.CANCELLED && timeout().isEmpty() && !throwsOn()) {
      throw new IllegalStateException("the scope was cancelled, and no fault was to do that");
    }
    guardsHeld = conduct.fault() == Fault.NONE ? 0 : guardsHeld();
  }

  /**
   * What came of it.
   *
   * @param baselineNanos how long its baseline took
   */
  TrialResult result(int trial, boolean warmup, Optional<Long> baselineNanos) {
    Observations seen =
        new Observations(
            spanNanos,
            buyers.stream().mapToLong(Buyer::pauses).sum(),
            (int) buyers.stream().filter(this::isFaulted).count(),
            guardsHeld,
            (int) buyers.stream().filter(Buyer::isLeftBehind).count(),
            conduct.mode() == Conduct.Mode.RETURNING
                ? buyers.stream().map(Buyer::purchases).toList()
                : List.of(),
            conduct.mode() == Conduct.Mode.ONE_BY_ONE ? OneByOne.served(buyers) : List.of(),
            beats,
            baselineNanos);
    return Tally.of(workload.stock(), inventories, buyers, this::isFaulted)
        .result(trial, warmup, gate.openedNanos(), endedNanos, seen);
  }

  private Gate gate() {
    return switch (conduct.mode()) {
      case SALE, RETURNING ->
          workload.gate() ? Gate.shut(workload.buyers(), nanoTime) : Gate.none(nanoTime);
      case ONE_BY_ONE -> new OneByOne(nanoTime);
      case STANDSTILL -> new StandstillGate(workload.buyers(), nanoTime);
      case EXPLORE ->
          throw new IllegalStateException("a sale that is explored is not left to chance");
    };
  }

  private List<Buyer> buyers(Pause pause) {
    Buyer.Plan plan =
        new Buyer.Plan(
            workload.units(),
            conduct.mode() == Conduct.Mode.RETURNING,
            throwsOn(),
            conduct.mode() == Conduct.Mode.ONE_BY_ONE || conduct.fault() != Fault.NONE);
    Hold plain = Hold.plain(pause);
    Hold faulty = Hold.faulty(conduct.fault(), pause);
    List<Buyer> all = new ArrayList<>(workload.buyers());
    for (int i = 0; i < workload.buyers(); i++) {
      // The last of each group, so that some are served before the first fault hits.
      boolean isFaulty = (i + 1) % conduct.faultEvery() == 0;
      all.add(
          new Buyer(
              inventories.get(i % inventories.size()),
              plan,
              isFaulty ? faulty : plain,
              gate,
              hasStopwatch(i) ? new Stopwatch(nanoTime) : null));
    }
    return all;
  }

  /** The order in which buyers are served is known only of those that have one. */
  private boolean hasStopwatch(int buyer) {
    return conduct.mode() == Conduct.Mode.ONE_BY_ONE || Stopwatch.isFor(buyer, workload.buyers());
  }

  /** Each arrives when it is forked: the iterator takes one step for each fork. */
  private Iterator<Buyer> arriving() {
    Iterator<Buyer> all = buyers.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Buyer next() {
        Buyer next = all.next();
        arrive(next);
        return next;
      }
    };
  }

  private void arrive(Buyer buyer) {
    try {
      gate.beforeFork(buyer);
    } catch (InterruptedException interrupted) {
      // The owner finds the flag when it opens the gate or joins.
      Thread.currentThread().interrupt();
    }
    buyer.arrive();
  }

  private Optional<Duration> timeout() {
    return conduct.fault() == Fault.TIMEOUT
        ? Optional.of(workload.allHolds().plus(BEYOND_HOLDS))
        : Optional.empty();
  }

  private boolean throwsOn() {
    return conduct.fault() == Fault.CANCEL;
  }

  /**
   * Whether what a buyer threw, or that it never came, was caused by the fault and not by the
   * inventory.
   */
  private boolean isFaulted(Buyer buyer) {
    return conduct.fault() != Fault.NONE
        && buyer
            .failure()
            .map(
                thrown -> thrown instanceof Hold.Declined || thrown instanceof InterruptedException)
            .orElse(!buyer.isEnded());
  }

  /** How many guards are still held: a purchase of more units than there can be gets no answer. */
  private int guardsHeld() throws InterruptedException {
    int held = 0;
    for (Inventory inventory : inventories) {
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
}
