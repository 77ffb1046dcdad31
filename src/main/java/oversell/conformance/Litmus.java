package oversell.conformance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Scenario;

/**
 * A program of threads that read and write a few variables. What it comes to is what each thread
 * read, in order, and what the variables are at the end: so executions that come to the same may
 * still be different traces.
 */
abstract class Litmus implements Scenario<String> {
  /** The property that names how variables are made; a {@link Cell.Means}. */
  static final String MEANS = "oversell.conformance.means";

  private final Cell[] xy = Cell.pair(means());
  private final Cell[] zw = Cell.pair(means());
  final Cell x = xy[0];
  final Cell y = xy[1];
  final Cell z = zw[0];
  final Cell w = zw[1];

  private static Cell.Means means() {
    return Cell.Means.valueOf(System.getProperty(MEANS, Cell.Means.ATOMIC.name()));
  }

  /** What each thread does. */
  abstract List<Runnable> threads();

  /** A thread, and those that come after it: to read this takes no steps. */
  private record Chain(Thread thread, @Nullable Chain next) {}

  @Override
  public String run() throws InterruptedException {
    Chain first = null;
    for (Runnable body : threads().reversed()) {
      first = new Chain(Thread.ofVirtual().unstarted(body), first);
    }
    for (Chain chain = first; chain != null; chain = chain.next()) {
      chain.thread().start();
    }
    for (Chain chain = first; chain != null; chain = chain.next()) {
      chain.thread().join();
    }
    return "x=" + x.get() + " y=" + y.get() + " z=" + z.get() + " w=" + w.get();
  }

  /** Reads, and does nothing with it. */
  static void read(Cell cell) {
    int unused = cell.get();
  }

  /** The same of two, the first of them first. To read them out of an array would take steps. */
  static void read(Cell first, Cell second) {
    read(first);
    read(second);
  }

  /** The same of three. */
  static void read(Cell first, Cell second, Cell third) {
    read(first, second);
    read(third);
  }

  /** As many threads that all do the same. */
  static List<Runnable> times(int count, Runnable body) {
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(body);
    }
    return all;
  }
}
