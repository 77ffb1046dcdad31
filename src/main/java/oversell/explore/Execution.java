package oversell.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import oversell.control.Engine;
import oversell.control.Engine.Ending;
import oversell.experiment.Workload;
import oversell.explore.Outcome.Grade;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;

/** One execution of a sale: fresh inventories, fresh buyers, and what came of it. */
final class Execution {
  private static final long PATIENCE_MILLIS = 200;

  private final Subject subject;
  private final Engine engine;
  private final List<Inventory> inventories = new ArrayList<>();
  private final List<ExploredBuyer> buyers = new ArrayList<>();

  private Execution(Machinery machinery) {
    subject = machinery.subject();
    engine = machinery.engine();
    Workload workload = subject.workload();
    int articles = workload.articles();
    for (int i = 0; i < articles; i++) {
      inventories.add(machinery.variant().create(workload.stock()));
    }
    for (int i = 0; i < workload.buyers(); i++) {
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

  /**
   * The units left, asked for in the middle of a sale, from a thread of its own: somebody's
   * inventory may want a guard for that, which a buyer that is stopped has. Empty if they cannot be
   * told now.
   */
  Optional<Long> stockIfItCanBeTold() {
    AtomicReference<@Nullable Long> told = new AtomicReference<>();
    Thread asking =
        Thread.ofPlatform()
            .daemon()
            .name("stock-taking")
            .start(
                () -> {
                  try {
                    told.set(stock());
                  } catch (RuntimeException cannotBeTold) {
                    // Then it stays unknown.
                  }
                });
    try {
      asking.join(PATIENCE_MILLIS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    asking.interrupt();
    return Optional.ofNullable(told.get());
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
    int unanswered = 0;
    String failure = "";
    for (ExploredBuyer buyer : buyers) {
      if (buyer.isUnanswered(subject.isFaulty())) {
        unanswered++;
        failure = failure.isEmpty() && buyer.failure != null ? buyer.failure.toString() : failure;
      }
    }
    Grade grade =
        switch (ending) {
          case STUCK -> Grade.DEADLOCK;
          case ENDLESS -> Grade.ENDLESS;
          case DONE, CUT, ESCAPED -> grade(unanswered);
        };
    return new Outcome(grade, stock(), sold(), unanswered, failure);
  }

  private Grade grade(int unanswered) {
    Grade worst = unanswered > 0 ? Grade.UNANSWERED : Grade.SAFE;
    for (int article = 0; article < inventories.size(); article++) {
      Grade grade = gradeOf(article);
      worst = grade.compareTo(worst) < 0 ? grade : worst;
    }
    return worst;
  }

  private Grade gradeOf(int article) {
    long left = inventories.get(article).stock();
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
