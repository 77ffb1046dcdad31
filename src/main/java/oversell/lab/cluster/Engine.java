package oversell.lab.cluster;

import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * What gives each share of a sale to one JVM, and to another one if nothing is heard of the first.
 *
 * <p>It is db-scheduler. Hazelcast's executor service was run beside it: 21.4 MB against 0.5 MB,
 * 7.8 s until a member had joined against 2.4 s until a JVM had executed its first task, and a
 * network of its own between all machines; it gave the work of a killed member to another one after
 * 0.4 s, where db-scheduler waits for missed heartbeats, and would wait a minute for one that
 * stands still.
 */
interface Engine extends Closeable {
  /** A JVM is given up when so much time has passed without a word of it. */
  Duration SILENCE = Duration.ofSeconds(5);

  /** Hands out shares, by their ids, to whoever is free. */
  void schedule(List<String> shares) throws SQLException;

  /**
   * Executes shares from now on, one at a time.
   *
   * @param member the name of this JVM
   * @param execution is given the id of each
   */
  void start(String member, Consumer<String> execution) throws SQLException;

  /**
   * Waits for a signal that has been sent since this was opened, or for some time.
   *
   * @param longest how long
   */
  void awaitSignal(Duration longest) throws SQLException;

  /** Stops; what is being executed goes on until its JVM ends. */
  @Override
  void close();

  /** Makes one. */
  @FunctionalInterface
  interface Maker {
    /**
     * Makes one that has connections.
     *
     * @param nanoTime the clock, as {@link System#nanoTime()}
     * @throws SQLException if it cannot listen for signals
     */
    Engine make(DataSource connections, LongSupplier nanoTime) throws SQLException;
  }

  /**
   * The one that there is.
   *
   * @throws IllegalStateException if its library is not there; the text says how to get it
   */
  static Maker maker() {
    try {
      Class<?> found = Class.forName(Engine.class.getPackageName() + ".PostgresEngine$Making");
      return Maker.class.cast(found.getDeclaredConstructor().newInstance());
    } catch (InvocationTargetException thrown) {
      throw new IllegalStateException(thrown.getCause());
    } catch (ReflectiveOperationException | LinkageError lacking) {
      throw new IllegalStateException(
          "db-scheduler is not on the class path: Maven fetches it for the experiments in"
              + " experiments/stores, and for -Djoin",
          lacking);
    }
  }
}
