package oversell.lab.fork;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Writes down outside of this JVM who was told that it has bought, many at once: a transaction for
 * each would take as long as the purchase itself. Who is not in there yet when this JVM is killed
 * has not been told, as far as anybody can know.
 */
final class Telling implements Closeable {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Thread writer;

  private Telling(Consumer<List<String>> book) {
    writer = Thread.ofPlatform().daemon().name("telling").unstarted(() -> write(book));
  }

  /**
   * Begins.
   *
   * @param book takes the keys of purchases
   */
  static Telling start(Consumer<List<String>> book) {
    Telling telling = new Telling(book);
    telling.writer.start();
    return telling;
  }

  /** A buyer was told that it has bought. */
  void told(String purchase) {
    told.add(purchase);
  }

  private void write(Consumer<List<String>> book) {
    try {
      while (true) {
        List<String> some = new ArrayList<>();
        some.add(told.take());
        told.drainTo(some);
        book.accept(some);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends at once: who lives to close this reports whom it has told. */
  @Override
  public void close() {
    writer.interrupt();
  }
}
