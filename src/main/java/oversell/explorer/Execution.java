package oversell.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Outcome.Grade;
import oversell.explorer.control.Engine;
import oversell.explorer.control.Engine.Ending;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Workload;

/** One execution of a sale: fresh inventories, fresh buyers, and what came of it. */
final class Execution {
  private final Machinery machinery;
  private final Subject subject;
  private final Engine engine;
  private final List<Inventory> inventories = new ArrayList<>();
  private final List<ExploredBuyer> buyers = new ArrayList<>();
  private @Nullable Throwable notMade;

  private Execution(Machinery machinery) {
    this.machinery = machinery;
    subject = machinery.subject();
    engine = machinery.engine();
  }

  /** Prepares one. Nobody is run yet. */
  static Execution prepare(Machinery machinery) {
    machinery.setBack();
    return new Execution(machinery);
  }

  /** Runs it. */
  Ending run() {
    Ending ending = engine.run(this::hold);
    switch (notMade) {
      case null -> {}
      case RuntimeException thrown -> throw thrown;
      case Error thrown -> throw thrown;
      default -> throw new IllegalStateException(notMade);
    }
    return ending;
  }

  /** Makes the inventories, which is part of the execution, and then holds the sale. */
  private void hold() {
    try {
      stock();
    } catch (Engine.Dropped dropped) {
      throw dropped;
    } catch (Throwable thrown) {
      // The provider may be anybody's.
      notMade = thrown;
      return;
    }
    List<Callable<?>> subtasks = new ArrayList<>(buyers);
    if (subject.hasDeadline()) {
      subtasks.add(this::cancel);
    }
    try {
      var unused = subject.scope().run(engine::buyer, subtasks, Optional.empty(), () -> {});
    } catch (InterruptedException nobodyInterruptsTheOwner) {
      Thread.currentThread().interrupt();
    }
  }

  private void stock() {
    Workload workload = subject.workload();
    InventoryProvider variant = machinery.variant();
    for (int i = 0; i < workload.articles(); i++) {
      inventories.add(variant.create(workload.stock()));
    }
    for (int i = 0; i < workload.buyers(); i++) {
      int article = i % workload.articles();
      buyers.add(
          new ExploredBuyer(
              article, inventories.get(article), workload, subject.faultOf(i), engine));
    }
  }

  private Object cancel() {
    engine.touchAnything();
    throw new ExploredBuyer.Declined();
  }

  /** The units left, asked for in the middle of a sale; empty if they cannot be told now. */
  Optional<Long> stockIfItCanBeTold() {
    return engine.ask(() -> sum(stocks()));
  }

  /** The units that buyers were told they got. */
  long sold() {
    long sold = 0;
    for (ExploredBuyer buyer : buyers) {
      sold += buyer.answer == null ? 0 : buyer.answer.sold();
    }
    return sold;
  }

  /** What it came to. */
  Outcome outcome(Ending ending) {
    // Loops, not streams: this is done once for each execution, of which there are very many.
    int unanswered = 0;
    String failure = "";
    for (ExploredBuyer buyer : buyers) {
      if (buyer.isUnanswered(subject)) {
        unanswered++;
        failure = failure.isEmpty() && buyer.failure != null ? buyer.failure.toString() : failure;
      }
    }
    Optional<long[]> left = engine.ask(this::stocks);
    Grade grade =
        switch (ending) {
          case STUCK -> Grade.DEADLOCK;
          case ENDLESS -> Grade.ENDLESS;
          case DONE, CUT, BOUNDED, ESCAPED ->
              left.isPresent() ? grade(unanswered, left.get()) : Grade.DEADLOCK;
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
