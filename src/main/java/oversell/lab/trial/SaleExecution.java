package oversell.lab.trial;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Control;
import oversell.explorer.Ending;
import oversell.explorer.Execution;
import oversell.explorer.Watched;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Outcome.Grade;

/** One execution of a sale: fresh inventories, fresh buyers, and what came of it. */
final class SaleExecution implements Execution<Outcome> {
  static final String STOCK = "stock";
  static final String SOLD = "sold";

  private final SaleSubject subject;
  private final MethodHandle maker;
  private final Control control;
  private final List<Inventory> inventories = new ArrayList<>();
  private final List<ExploredBuyer> buyers = new ArrayList<>();

  /**
   * One that is about to be run.
   *
   * @param maker the constructor of what makes its inventories
   */
  SaleExecution(SaleSubject subject, MethodHandle maker, Control control) {
    this.subject = subject;
    this.maker = maker;
    this.control = control;
  }

  /** Makes the inventories, which is part of the execution, and then holds the sale. */
  @Override
  public void run() {
    stock();
    List<Callable<?>> subtasks = new ArrayList<>(buyers);
    if (subject.hasDeadline()) {
      subtasks.add(this::cancel);
    }
    try {
      var unused =
          subject
              .scope()
              .run(
                  Thread.ofVirtual().name("buyer ", 1).factory(),
                  subtasks,
                  Optional.empty(),
                  () -> {});
    } catch (InterruptedException byAnInventory) {
      Thread.currentThread().interrupt();
    }
  }

  private void stock() {
    Workload workload = subject.workload();
    InventoryProvider variant = variant();
    for (int i = 0; i < workload.articles(); i++) {
      inventories.add(variant.create(workload.stock()));
    }
    for (int i = 0; i < workload.buyers(); i++) {
      int article = i % workload.articles();
      buyers.add(
          new ExploredBuyer(
              article, inventories.get(article), workload, subject.faultOf(i), control));
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

  private @Nullable Object cancel() {
    control.touchAnything();
    throw new ExploredBuyer.Declined();
  }

  /** The scope is not woven: it forks all buyers in one step. */
  @Override
  public boolean isAnnounced() {
    return false;
  }

  @Override
  public Watched watched() {
    Optional<Long> stock = stockNow();
    return new Shown(stock, sold(), stock.isEmpty() || isRight(stock.get()));
  }

  /** The stock and what was sold, after a step. */
  private record Shown(Optional<Long> stock, long sold, boolean holds) implements Watched {
    @Override
    public Map<String, ?> watched() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put(STOCK, stock.map(String::valueOf).orElse(""));
      shown.put(SOLD, sold);
      return shown;
    }
  }

  private boolean isRight(long left) {
    return left >= 0 && sold() + left <= subject.stock();
  }

  /** The units left, asked for in the middle of a sale; empty if they cannot be told now. */
  private Optional<Long> stockNow() {
    return control.ask(() -> sum(stocks()));
  }

  /** The units that buyers were told they got. */
  private long sold() {
    long sold = 0;
    for (ExploredBuyer buyer : buyers) {
      sold += buyer.answer == null ? 0 : buyer.answer.sold();
    }
    return sold;
  }

  @Override
  public boolean isFailure(Outcome outcome) {
    return outcome.grade().isViolation();
  }

  @Override
  public Outcome outcome(Ending ending) {
    // Loops, not streams: this is done once for each execution, of which there are very many.
    int unanswered = 0;
    String failure = "";
    for (ExploredBuyer buyer : buyers) {
      if (buyer.isUnanswered(subject)) {
        unanswered++;
        failure = failure.isEmpty() && buyer.failure != null ? buyer.failure.toString() : failure;
      }
    }
    Optional<long[]> left = control.ask(this::stocks);
    Grade grade =
        switch (ending) {
          case DEADLOCK -> Grade.DEADLOCK;
          case ENDLESS -> Grade.ENDLESS;
          case DONE -> left.isPresent() ? grade(unanswered, left.get()) : Grade.DEADLOCK;
        };
    long all = left.isPresent() ? sum(left.get()) : subject.stock() - sold();
    return new Outcome(grade, all, sold(), unanswered, failure);
  }

  private long[] stocks() {
    long[] stocks = new long[inventories.size()];
    for (int article = 0; article < stocks.length; article++) {
      stocks[article] = inventories.get(article).stock();
    }
    return stocks;
  }

  private static long sum(long[] units) {
    long sum = 0;
    for (long one : units) {
      sum += one;
    }
    return sum;
  }

  private Grade grade(int unanswered, long[] left) {
    Grade worst = unanswered > 0 ? Grade.UNANSWERED : Grade.SAFE;
    for (int article = 0; article < inventories.size(); article++) {
      Grade grade = gradeOf(article, left[article]);
      worst = grade.compareTo(worst) < 0 ? grade : worst;
    }
    return worst;
  }

  private Grade gradeOf(int article, long left) {
    long sold = 0;
    long lowest = left;
    for (ExploredBuyer buyer : buyers) {
      Answer answer = buyer.answer;
      if (buyer.article == article && answer != null) {
        sold += answer.sold();
        lowest = Math.min(lowest, answer.left());
      }
    }
    int stock = subject.workload().stock();
    if (lowest < 0) {
      return Grade.NEGATIVE;
    }
    if (sold > stock) {
      return Grade.OVERSOLD;
    }
    if (sold + left > stock) {
      return Grade.LOST_UPDATE;
    }
    return sold + left < stock ? Grade.VANISHED : Grade.SAFE;
  }
}
