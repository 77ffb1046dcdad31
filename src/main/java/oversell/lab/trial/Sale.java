package oversell.lab.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import oversell.inventory.Inventory;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Conduct.Mode;
import oversell.lab.experiment.Workload;

/**
 * One sale: fresh buyers of fresh inventories, forked in one scope. The same whether it is measured
 * or explored; what differs is the {@link ThreadControl}.
 */
final class Sale {
  private static final Duration BEYOND_HOLDS = Duration.ofMillis(200);

  private final Workload workload;
  private final Conduct conduct;
  private final List<Inventory> inventories;
  private final Gate gate;
  private final List<Buyer> buyers;

  /**
   * A sale that has not begun.
   *
   * @param inventories one an article
   * @param nanoTime the clock of what is measured
   */
  Sale(
      Workload workload,
      List<Inventory> inventories,
      ThreadControl threads,
      LongSupplier nanoTime) {
    this.workload = workload;
    this.conduct = workload.conduct();
    this.inventories = inventories;
    gate = gate(nanoTime);
    buyers = buyers(threads, nanoTime);
  }

  /** Runs it, and returns when all its buyers have ended. */
  void run(BuyerScope scope, ThreadFactory threads) throws InterruptedException {
    Iterable<Buyer> arriving = this::arriving;
    BuyerScope.Ending ending = scope.run(threads, arriving, timeout(), gate::open);
    if (ending == BuyerScope.Ending.CANCELLED && !cancelsAll()) {
      throw new IllegalStateException("the scope was cancelled, and no fault was to do that");
    }
  }

  private Gate gate(LongSupplier nanoTime) {
    return switch (conduct.mode()) {
      case SALE, RETURNING ->
          workload.gate() ? Gate.shut(workload.buyers(), nanoTime) : Gate.none(nanoTime);
      case ONE_BY_ONE -> new OneByOne(nanoTime);
      case STANDSTILL -> new StandstillGate(workload.buyers(), nanoTime);
      // A gate would only keep buyers from coming in every order.
      case EXPLORE -> Gate.none(nanoTime);
    };
  }

  private List<Buyer> buyers(ThreadControl threads, LongSupplier nanoTime) {
    Buyer.Plan plan =
        new Buyer.Plan(
            workload.units(),
            conduct.mode() == Mode.RETURNING,
            conduct.mode() == Mode.ONE_BY_ONE || hitsBuyers());
    Hold plain = new Hold(Fault.NONE, threads);
    // What hits a process is seen to by its store, which knows where in a purchase a buyer is.
    Hold faulty = hitsBuyers() ? new Hold(conduct.fault(), threads) : plain;
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

  private boolean hitsBuyers() {
    return conduct.fault() != Fault.NONE && !conduct.fault().isOfProcess();
  }

  private boolean hasStopwatch(int buyer) {
    return switch (conduct.mode()) {
      // The order in which buyers are served is known only of those that have one.
      case ONE_BY_ONE -> true;
      case SALE, RETURNING, STANDSTILL -> Stopwatch.isFor(buyer, workload.buyers());
      case EXPLORE -> false;
    };
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

  /** Whether the fault that hits one buyer cancels all. */
  private boolean cancelsAll() {
    return switch (conduct.fault()) {
      case CANCEL, TIMEOUT -> true;
      case NONE, THROW, INTERRUPT, SLOW, KILL_DATABASE, LOSE_ANSWER, KILL_JVM, STOP_JVM -> false;
    };
  }

  /**
   * Whether what a buyer threw, or that it never came, was caused by the fault and not by the
   * inventory.
   */
  boolean isFaulted(Buyer buyer) {
    if (!cancelsAll() && !buyer.isFaulty()) {
      return false;
    }
    return buyer
        .failure()
        .map(thrown -> thrown instanceof Hold.Declined || thrown instanceof InterruptedException)
        .orElse(!buyer.isEnded());
  }

  /** What its buyers were told so far. */
  Tally tally() {
    Tally tally = new Tally(workload.stock(), inventories.size());
    for (int i = 0; i < buyers.size(); i++) {
      Buyer buyer = buyers.get(i);
      tally.add(i % inventories.size(), buyer, !buyer.isAnswered() && isFaulted(buyer));
    }
    return tally;
  }

  /** The units that its buyers were told they got so far. */
  long sold() {
    long sold = 0;
    for (Buyer buyer : buyers) {
      sold += buyer.sold();
    }
    return sold;
  }

  List<Buyer> buyers() {
    return buyers;
  }

  List<Inventory> inventories() {
    return inventories;
  }

  Gate gate() {
    return gate;
  }

  Conduct conduct() {
    return conduct;
  }
}
