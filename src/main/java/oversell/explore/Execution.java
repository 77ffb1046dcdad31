package oversell.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import oversell.control.Engine;
import oversell.control.Engine.Ending;
import oversell.experiment.Workload;
import oversell.explore.Outcome.Grade;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;

/** One execution of a sale: fresh inventories, fresh buyers, and what came of it. */
final class Execution {
  private final Subject subject;
  private final Engine engine;
  private final List<Inventory> inventories = new ArrayList<>();
  private final List<ExploredBuyer> buyers = new ArrayList<>();

  private Execution(Machinery machinery) {
    subject = machinery.subject();
    engine = machinery.engine();
    Workload workload = subject.workload();
    int articles = workload.articles();
    stock(machinery, articles);
    for (int i = 0; i < workload.buyers() && inventories.size() == articles; i++) {
      int article = i % articles;
      buyers.add(
          new ExploredBuyer(
              article, inventories.get(article), workload, subject.faultOf(i), engine));
    }
  }

  /** Prepares one. Nobody is run yet. */
  static Execution prepare(Machinery machinery) {
    machinery.engine().clear();
    return new Execution(machinery);
  }

  /** Makes the inventories; fewer if one of them does what cannot be controlled. */
  private void stock(Machinery machinery, int articles) {
    try {
      for (int i = 0; i < articles; i++) {
        inventories.add(machinery.variant().create(subject.workload().stock()));
      }
    } catch (Engine.Dropped uncontrolled) {
      // The engine knows, and will run nothing.
      return;
    }
  }

  /** Runs it. */
  Ending run() {
    return engine.run(this::hold);
  }

  private void hold() {
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

  private Object cancel() {
    engine.touchAnything();
    throw new ExploredBuyer.Declined();
  }

  /** The units left of all articles. */
  long stock() {
    long stock = 0;
    for (Inventory inventory : inventories) {
      stock += inventory.stock();
    }
    return stock;
  }

  /** The units left, asked for in the middle of a sale; empty if they cannot be told now. */
  Optional<Long> stockIfItCanBeTold() {
    return engine.ask(this::stock);
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
    List<ExploredBuyer> unserved =
        buyers.stream().filter(buyer -> buyer.isUnanswered(subject)).toList();
    String failure =
        unserved.stream()
            .map(buyer -> buyer.failure)
            .filter(Objects::nonNull)
            .map(Throwable::toString)
            .findFirst()
            .orElse("");
    Optional<long[]> left =
        engine.ask(() -> inventories.stream().mapToLong(Inventory::stock).toArray());
    Grade grade =
        switch (ending) {
          case STUCK -> Grade.DEADLOCK;
          case ENDLESS -> Grade.ENDLESS;
          case DONE, CUT, ESCAPED ->
              left.map(units -> grade(unserved.size(), units)).orElse(Grade.DEADLOCK);
        };
    long all =
        left.map(units -> Arrays.stream(units).sum()).orElseGet(() -> subject.stock() - sold());
    return new Outcome(grade, all, sold(), unserved.size(), failure);
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
