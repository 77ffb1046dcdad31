package oversell.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** A sale to virtual threads, for tests: what its buyers were told, and what the books say. */
record Sale(int sold, int refused, List<Throwable> failures, int left, Audit audit) {
  /** Five buyers who want three of ten each. */
  static Sale ofFive(GuardedStore stock, Pause pause) throws InterruptedException {
    return of(stock, 10, 5, 3, pause);
  }

  static Sale of(GuardedStore stock, int start, int buyers, int units, Pause pause)
      throws InterruptedException {
    Inventory inventory = stock.create(start);
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < buyers; i++) {
        answers.add(threads.submit(() -> inventory.purchase(units, pause)));
      }
    }
    int sold = 0;
    int refused = 0;
    List<Throwable> failures = new ArrayList<>();
    for (Future<Answer> answer : answers) {
      try {
        sold += answer.get().sold();
        refused += answer.get().isRefusal() ? 1 : 0;
      } catch (ExecutionException thrown) {
        failures.add(thrown.getCause());
      }
    }
    return new Sale(sold, refused, failures, inventory.stock(), stock.audit());
  }
}
