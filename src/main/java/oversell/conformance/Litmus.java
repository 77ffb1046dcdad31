package oversell.conformance;

import java.util.ArrayList;
import java.util.List;
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

  @Override
  public String run() throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (Runnable body : threads()) {
      all.add(Thread.ofVirtual().unstarted(body));
    }
    for (Thread thread : all) {
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    return "x=%d y=%d z=%d w=%d".formatted(x.get(), y.get(), z.get(), w.get());
  }

  /** Reads, and does nothing with it. */
  static void read(Cell... cells) {
    for (Cell cell : cells) {
      int unused = cell.get();
    }
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
