package oversell.lab.trial;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Workload;

/** Runs sales of one workload. Each has fresh inventories and fresh buyers. */
public final class Trial {
  private final Workload workload;
  private final InventoryProvider variant;
  private final BuyerScope scope;
  private final Pause pause;
  private final LongSupplier nanoTime;

  /**
   * For sales of a workload.
   *
   * @param workload what is sold
   * @param variant makes the inventory of each article
   * @param scope runs the buyers
   * @param pause what buyers do between check and act
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public Trial(
      Workload workload,
      InventoryProvider variant,
      BuyerScope scope,
      Pause pause,
      LongSupplier nanoTime) {
    this.workload = workload;
    this.variant = variant;
    this.scope = scope;
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /** What buyers of a workload do between check and act. */
  public static Pause pauseOf(Workload workload) {
    return switch (workload.conduct().pause()) {
      case SLEEP -> Pause.sleeping(workload.hold());
      case YIELD -> Thread::yield;
    };
  }

  /**
   * Runs a sale and its baseline. Which of the two is first changes with each trial, so that none
   * of them gains from its place.
   *
   * @param trial its number in its fork
   * @param warmup whether it is not to be counted
   * @throws InterruptedException if the caller is interrupted; its buyers have then ended
   */
  public TrialResult run(int trial, boolean warmup) throws InterruptedException {
    boolean baselineFirst = trial % 2 == 0;
    Optional<Long> before = baselineFirst ? baselineNanos() : Optional.empty();
    cleanUp();
    MeasuredSale sale =
        new MeasuredSale(
            new Sale(workload, inventories(), new RealThreads(pause), nanoTime), nanoTime);
    sale.run(scope, threads("buyer-"));
    return sale.result(trial, warmup, baselineFirst ? before : baselineNanos());
  }

  private Conduct conduct() {
    return workload.conduct();
  }

  private List<Inventory> inventories() {
    return Stream.generate(() -> variant.create(workload.stock()))
        .limit(workload.articles())
        .toList();
  }

  private ThreadFactory threads(String name) {
    return switch (conduct().threads()) {
      case VIRTUAL -> Thread.ofVirtual().name(name, 0).factory();
      case PLATFORM -> Thread.ofPlatform().name(name, 0).factory();
    };
  }

  /**
   * Collects the garbage of what ran before. It is chance during which of the two the collector
   * would run, and that takes longer than the difference between them.
   */
  private void cleanUp() {
    if (conduct().baseline() == Conduct.Baseline.BARE) {
      System.gc();
    }
  }

  private Optional<Long> baselineNanos() throws InterruptedException {
    if (conduct().baseline() == Conduct.Baseline.NONE) {
      return Optional.empty();
    }
    cleanUp();
    // Made before the clock starts, as the buyers of a sale are: a baseline that made its own while
    // the clock runs would let the sale look better than it is.
    List<Callable<Void>> baseline =
        conduct().baseline() == Conduct.Baseline.BARE ? purchases() : List.of(this::allHolds);
    long begunNanos = nanoTime.getAsLong();
    var unused = scope.run(threads("baseline-"), baseline, Optional.empty(), () -> {});
    return Optional.of(nanoTime.getAsLong() - begunNanos);
  }

  /** In a thread of the buyers' kind: virtual ones and others sleep in different ways. */
  private Void allHolds() throws InterruptedException {
    for (int i = 0; i < workload.holders(); i++) {
      pause.pause();
    }
    return null;
  }

  private List<Callable<Void>> purchases() {
    List<Inventory> inventories = inventories();
    return IntStream.range(0, workload.buyers())
        .mapToObj(i -> purchase(inventories.get(i % inventories.size())))
        .toList();
  }

  private Callable<Void> purchase(Inventory inventory) {
    return () -> {
      var unused = inventory.purchase(workload.units(), pause);
      return null;
    };
  }
}
