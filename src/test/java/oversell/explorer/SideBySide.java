package oversell.explorer;

import java.io.IOException;
import java.util.function.LongSupplier;
import oversell.explorer.Lap.Job;
import oversell.explorer.Lap.Tool;
import oversell.inventory.Inventories;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Explored;
import oversell.lab.trial.SaleListener;
import oversell.lab.trial.Sales;

/**
 * The main of a JVM in which Lincheck and the explorer take turns at the same sale, and which
 * prints each lap. It has to be a JVM of its own: Lincheck instruments the JDK's classes, too.
 */
public final class SideBySide {
  /** Those that count, after one that warms up. */
  static final int ROUNDS = 5;

  /** How often Lincheck runs every interleaving in a lap; the explorer runs as many schedules. */
  static final int TIMES = 30;

  private static final int STOCK = 3;

  private final LongSupplier nanoTime;

  private SideBySide(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Runs the rounds. */
  public static void main(String[] args) throws IOException {
    SideBySide turns = new SideBySide(System::nanoTime);
    for (int round = 0; round <= ROUNDS; round++) {
      for (Job job : Job.values()) {
        Lap lincheck = turns.lincheck(round, job);
        Lap oversell =
            job == Job.FIRST_FAILURE
                ? turns.firstFailure(round)
                : turns.every(round, job, lincheck.schedules());
        System.out.println(lincheck.line());
        System.out.println(oversell.line());
      }
    }
  }

  private Lap lincheck(int round, Job job) {
    long begun = nanoTime.getAsLong();
    LincheckSale.Checked checked =
        switch (job) {
          case FIRST_FAILURE -> LincheckSale.check(LincheckSale.Unlocked.class, 1, false);
          case EVERY_UNLOCKED -> LincheckSale.check(LincheckSale.Unlocked.class, TIMES, true);
          case EVERY_SYNCHRONIZED ->
              LincheckSale.check(LincheckSale.Synchronized.class, TIMES, false);
        };
    long wall = nanoTime.getAsLong() - begun;
    return new Lap(round, Tool.LINCHECK, job, checked.invocations(), checked.failures(), wall);
  }

  /** Each exploration weaves the classes anew, which is part of what it takes. */
  private Lap every(int round, Job job, long atLeast) {
    long schedules = 0;
    long failures = 0;
    long begun = nanoTime.getAsLong();
    while (schedules < atLeast) {
      Explored explored = explored(sale(), job);
      schedules += explored.executions();
      failures += explored.violations();
    }
    long wall = nanoTime.getAsLong() - begun;
    return new Lap(round, Tool.OVERSELL, job, schedules, failures, wall);
  }

  private Lap firstFailure(int round) throws IOException {
    Job job = Job.FIRST_FAILURE;
    long begun = nanoTime.getAsLong();
    boolean failed = isRefuted(job);
    long wall = nanoTime.getAsLong() - begun;
    // How many it took is asked for later, by explorations that may run one more and one more.
    long schedules = 1;
    while (failed && explored(sale().atMost(schedules), job).violations() == 0) {
      schedules++;
    }
    return new Lap(round, Tool.OVERSELL, job, schedules, failed ? 1 : 0, wall);
  }

  /** Explores until a counterexample is told, and no further. */
  private static boolean isRefuted(Job job) throws IOException {
    try {
      var unused =
          sale()
              .explorer(Inventories.onClassPath().get(job.variant).getClass())
              .explore(new FirstOnly());
      return false;
    } catch (FirstOnly.Enough told) {
      return true;
    }
  }

  private static Explored explored(Explorations sale, Job job) {
    return sale.explore(Inventories.onClassPath().get(job.variant).getClass()).explored();
  }

  private static Explorations sale() {
    return Explorations.of(2, STOCK, 3).with(Reduction.NONE);
  }

  /** Ends the exploration when more was sold than there was. */
  private static final class FirstOnly implements SaleListener {
    /** Thrown, since that is how a listener ends an exploration. */
    static final class Enough extends IOException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public void progressed(long executions, long violations, double share, double perSecond) {}

    @Override
    public void found(Counterexample counterexample) throws IOException {
      if (Sales.sold(counterexample.outcome()).soldUnits() > STOCK) {
        throw new Enough();
      }
    }
  }
}
