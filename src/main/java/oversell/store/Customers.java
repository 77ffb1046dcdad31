package oversell.store;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Who buys from an article through one JVM: the keys of their purchases, and how they are told. */
final class Customers {
  private final String prefix;
  private final Optional<Queue<String>> unanswered;
  private final Consumer<String> told;
  private final AtomicInteger purchases = new AtomicInteger();

  private Customers(String prefix, Optional<Queue<String>> unanswered, Consumer<String> told) {
    this.prefix = prefix;
    this.unanswered = unanswered;
    this.told = told;
  }

  /**
   * Who has not been there before.
   *
   * @param process tells the JVMs that sell from the article apart
   * @param told is given the key of each purchase when its buyer is told that it was made
   */
  static Customers fresh(long article, String process, Consumer<String> told) {
    return new Customers(prefix(article, process), Optional.empty(), told);
  }

  /**
   * Who got no answer from another JVM.
   *
   * @param keys of their purchases
   */
  static Customers unanswered(List<String> keys, Consumer<String> told) {
    return new Customers("", Optional.of(new ConcurrentLinkedQueue<>(keys)), told);
  }

  private static String prefix(long article, String process) {
    return article + "-" + process + "-";
  }

  /**
   * The keys of so many fresh customers, in the order in which they get them.
   *
   * @param process as in {@link #fresh}
   */
  static List<String> keys(long article, String process, int customers) {
    return IntStream.rangeClosed(1, customers)
        .mapToObj(number -> prefix(article, process) + number)
        .toList();
  }

  String nextKey() {
    // No formatter: this is done while the clock of the buyers runs.
    return unanswered.map(Queue::remove).orElseGet(() -> prefix + purchases.incrementAndGet());
  }

  /** Whether they got no answer before. */
  boolean comeAgain() {
    return unanswered.isPresent();
  }

  Consumer<String> told() {
    return told;
  }
}
