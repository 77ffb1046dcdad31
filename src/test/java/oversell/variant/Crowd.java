package oversell.variant;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;

/** Many buyers at once, each in a virtual thread of its own. */
final class Crowd {
  private Crowd() {}

  /** Has each of them make the same purchase, and waits for all. */
  static List<Answer> purchase(int buyers, Callable<Answer> purchase)
      throws ExecutionException, InterruptedException {
    List<Future<Answer>> purchases = new ArrayList<>();
    try (ExecutorService executor = Executors.newThreadPerTaskExecutor(evenAndOddInTurn())) {
      for (int i = 0; i < buyers; i++) {
        purchases.add(executor.submit(purchase));
      }
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> ended : purchases) {
      answers.add(ended.get());
    }
    return answers;
  }

  static int sold(List<Answer> answers) {
    return answers.stream().mapToInt(Answer::sold).sum();
  }

  /** Threads of which no two neighbours take the same one of two locks. */
  private static ThreadFactory evenAndOddInTurn() {
    AtomicInteger made = new AtomicInteger();
    return buyer -> {
      int parity = made.getAndIncrement() % 2;
      Thread thread = Thread.ofVirtual().unstarted(buyer);
      while (thread.threadId() % 2 != parity) {
        thread = Thread.ofVirtual().unstarted(buyer);
      }
      return thread;
    };
  }
}
