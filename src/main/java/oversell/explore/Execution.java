package oversell.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import oversell.explore.Outcome.Grade;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;

/** One execution of a sale: fresh inventories, fresh buyers, and what came of it. */
final class Execution {
  private final SaleToExplore sale;
  private final Machinery machinery;
  private final List<Inventory> inventories;
  private final List<ExploredBuyer> buyers;

  private Execution(SaleToExplore sale, Machinery machinery) {
    this.sale = sale;
    this.machinery = machinery;
    int articles = sale.workload().articles();
    inventories = new ArrayList<>(articles);
    stock(articles);
    buyers = new ArrayList<>(sale.workload().buyers());
    for (int i = 0; i < sale.workload().buyers() && inventories.size() == articles; i++) {
      buyers.add(
          new ExploredBuyer(
              i % articles, inventories.get(i % articles), sale, sale.faultOf(i), machinery));
    }
  }

  /** Prepares one. Nobody is run yet. */
  static Execution prepare(SaleToExplore sale, Machinery machinery) {
    machinery.engine().clear();
    machinery.announcements().clear();
    return new Execution(sale, machinery);
  }

  /** Makes the inventories; fewer if one of them does what cannot be controlled. */
  private void stock(int articles) {
    try {
      for (int i = 0; i < articles; i++) {
        inventories.add(sale.variant().create(sale.workload().stock()));
      }
    } catch (Dropped uncontrolled) {
      // The engine knows, and will run nothing.
      return;
    }
  }

  /** Runs it. */
  Engine.Ending run() {
    return machinery.engine().run(this::hold);
  }

  private void hold() {
    List<Callable<?>> subtasks = new ArrayList<>(buyers);
    if (sale.hasDeadline()) {
      subtasks.add(this::cancel);
    }
    try {
      var unused =
          sale.scope().run(machinery.engine()::buyer, subtasks, Optional.empty(), () -> {});
    } catch (InterruptedException nobodyInterruptsTheOwner) {
      Thread.currentThread().interrupt();
    }
  }

  private Object cancel() {
    machinery.engine().touch(Locations.ANYTHING, Locations.ANYTHING);
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

  /** The units that buyers were told they got. */
  long sold() {
    long sold = 0;
    for (ExploredBuyer buyer : buyers) {
      sold += buyer.answer == null ? 0 : buyer.answer.sold();
    }
    return sold;
  }

  /** What it came to. */
  Outcome outcome(Engine.Ending ending) {
    List<ExploredBuyer> unserved =
        buyers.stream().filter(buyer -> buyer.isUnanswered(sale)).toList();
    int unanswered = unserved.size();
    String failure =
        unserved.stream()
            .map(buyer -> buyer.failure)
            .filter(Objects::nonNull)
            .map(Throwable::toString)
            .findFirst()
            .orElse("");
    // Whoever kept a guard may keep it from those, too, who ask for the stock.
    Optional<long[]> left =
        Engine.asked(() -> inventories.stream().mapToLong(Inventory::stock).toArray());
    Grade grade =
        switch (ending) {
          case STUCK -> Grade.DEADLOCK;
          case ENDLESS -> Grade.ENDLESS;
          case DONE, CUT, ESCAPED ->
              left.map(units -> grade(unanswered, units)).orElse(Grade.DEADLOCK);
        };
    long all = left.map(units -> Arrays.stream(units).sum()).orElseGet(this::unsold);
    return new Outcome(grade, all, sold(), unanswered, failure);
  }

  /** The units that must be left, as far as buyers were told what they got. */
  private long unsold() {
    return (long) sale.workload().stock() * sale.workload().articles() - sold();
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
    int stock = sale.workload().stock();
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
