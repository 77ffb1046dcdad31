package oversell.lab.trial;

import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Control;
import oversell.explorer.Ending;
import oversell.explorer.Execution;
import oversell.explorer.Watched;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Outcome.Grade;

/** One execution of an explored sale: fresh inventories, a sale of them, and what came of it. */
final class SaleExecution implements Execution<SaleOutcome> {
  private final Workload workload;
  private final MethodHandle maker;
  private final BuyerScope scope;
  private final Control control;
  private final ThreadControl threads;
  private final List<Inventory> inventories = new ArrayList<>();
  private @Nullable Sale sale;

  /**
   * One that is about to be run.
   *
   * @param maker the constructor of what makes its inventories
   * @param scope runs the buyers
   */
  SaleExecution(Workload workload, MethodHandle maker, BuyerScope scope, Control control) {
    this.workload = workload;
    this.maker = maker;
    this.scope = scope;
    this.control = control;
    threads = new ExploredThreads(control, workload.hold());
  }

  /** Makes the inventories, which is part of the execution, and then holds the sale. */
  @Override
  public void run() {
    stock();
    // Nothing is timed.
    Sale fresh = new Sale(workload, inventories, threads, () -> 0);
    sale = fresh;
    try {
      fresh.run(this::runInScope, Thread.ofVirtual().name("buyer ", 1).factory());
    } catch (InterruptedException byAnInventory) {
      Thread.currentThread().interrupt();
    }
  }

  private void stock() {
    InventoryProvider variant = variant();
    for (int i = 0; i < workload.articles(); i++) {
      inventories.add(variant.create(workload.stock()));
    }
  }

  /** What makes inventories, made afresh. */
  private InventoryProvider variant() {
    try {
      return (InventoryProvider) maker.invokeExact();
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  /** The scope's time may be up at any step, so one more thread cancels it, instead of a timer. */
  private BuyerScope.Ending runInScope(
      ThreadFactory factory,
      Iterable<? extends Callable<?>> buyers,
      Optional<Duration> timeout,
      BuyerScope.WhenForked whenForked)
      throws InterruptedException {
    if (timeout.isEmpty()) {
      return join(factory, buyers, whenForked);
    }
    List<Callable<?>> subtasks = new ArrayList<>();
    buyers.forEach(subtasks::add);
    subtasks.add(
        () -> {
          threads.beforeCancel();
          throw new Hold.Declined();
        });
    return join(factory, subtasks, whenForked);
  }

  private BuyerScope.Ending join(
      ThreadFactory factory,
      Iterable<? extends Callable<?>> subtasks,
      BuyerScope.WhenForked whenForked)
      throws InterruptedException {
    return scope.run(
        factory,
        subtasks,
        Optional.empty(),
        () -> {
          whenForked.run();
          control.joinForked();
        });
  }

  /** The scope is not woven: it forks all buyers in one step. */
  @Override
  public boolean isAnnounced() {
    return false;
  }

  @Override
  public Watched watched() {
    Optional<int[]> left = control.ask(this::stocks);
    return new Shown(left.map(SaleExecution::sum), sold(), initialStock());
  }

  /** The stock and what was sold, after a step; no stock where it cannot be told. */
  private record Shown(Optional<Long> stock, long sold, long initial) implements Watched {
    @Override
    public Map<String, ?> watched() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put(Counterexample.STOCK, stock.map(String::valueOf).orElse(""));
      shown.put(Counterexample.SOLD, sold);
      return shown;
    }

    @Override
    public boolean holds() {
      return stock.isEmpty() || (stock.get() >= 0 && sold + stock.get() <= initial);
    }
  }

  private long initialStock() {
    return (long) workload.stock() * workload.articles();
  }

  private long sold() {
    return sale == null ? 0 : sale.sold();
  }

  private int[] stocks() {
    // A loop, no stream: this is done once for each execution, of which there are very many.
    int[] stocks = new int[inventories.size()];
    for (int article = 0; article < stocks.length; article++) {
      stocks[article] = inventories.get(article).stock();
    }
    return stocks;
  }

  private static long sum(int[] units) {
    long sum = 0;
    for (int one : units) {
      sum += one;
    }
    return sum;
  }

  @Override
  public boolean isFailure(SaleOutcome outcome) {
    return outcome.grade().isViolation();
  }

  @Override
  public SaleOutcome outcome(Ending ending) {
    Tally tally = sale == null ? new Tally(workload.stock(), workload.articles()) : sale.tally();
    Optional<int[]> left = control.ask(this::stocks);
    left.ifPresent(tally::compare);
    Grade grade =
        switch (ending) {
          case DEADLOCK -> Grade.DEADLOCK;
          case ENDLESS -> Grade.ENDLESS;
          case DONE -> left.isPresent() ? tally.grade() : Grade.DEADLOCK;
        };
    long remaining = left.isPresent() ? tally.finalStock() : initialStock() - tally.sold();
    return new SaleOutcome(
        grade, remaining, tally.sold(), tally.failed(), tally.firstFailure().orElse(""));
  }
}
