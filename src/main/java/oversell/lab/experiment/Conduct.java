package oversell.lab.experiment;

import java.util.Locale;
import java.util.Optional;

/**
 * How a sale is conducted.
 *
 * @param mode how buyers come
 * @param threads what they run on
 * @param pause what they do between check and act
 * @param fault what happens to some of them there
 * @param faultEvery the fault hits every n-th buyer; 1 or more
 * @param bystander whether a virtual thread that never touches a guard runs beside them
 * @param baseline what runs in turn with each trial
 * @param exploration how its interleavings are explored; empty if they are left to chance
 */
public record Conduct(
    Mode mode,
    Threads threads,
    PauseKind pause,
    Fault fault,
    int faultEvery,
    boolean bystander,
    Baseline baseline,
    Optional<Exploration> exploration) {
  /** Rejects a sale that cannot be conducted. */
  public Conduct {
    if (faultEvery < 1) {
      throw new IllegalArgumentException("faultEvery must be 1 or more: " + faultEvery);
    }
  }

  /** A sale to virtual threads that sleep and make one purchase each, without a fault. */
  public static Conduct plain() {
    return new Conduct(
        Mode.SALE,
        Threads.VIRTUAL,
        PauseKind.SLEEP,
        Fault.NONE,
        1,
        false,
        Baseline.NONE,
        Optional.empty());
  }

  /** The same sale, explored. */
  public Conduct explored(Exploration how) {
    return new Conduct(
        Mode.EXPLORE, threads, pause, fault, faultEvery, bystander, baseline, Optional.of(how));
  }

  /** How buyers come. */
  public enum Mode {
    /** Each makes one purchase. */
    SALE,
    /** Each comes back until it is refused. */
    RETURNING,
    /**
     * The first one holds the guard until the others have come, one by one, each when the one
     * before it waits.
     */
    ONE_BY_ONE,
    /**
     * Each waits, inside the guard of its article, for one lock that all share. The next in line
     * for that lock is a thread that holds no guard.
     */
    STANDSTILL,
    /** Each makes one purchase, in every order of their steps. */
    EXPLORE;

    @Override
    public String toString() {
      return written(this);
    }
  }

  /** What buyers run on. */
  public enum Threads {
    /** Virtual threads. */
    VIRTUAL,
    /** Platform threads. */
    PLATFORM;

    @Override
    public String toString() {
      return written(this);
    }
  }

  /** What buyers do between check and act. */
  public enum PauseKind {
    /** They sleep, for as long as the hold says. */
    SLEEP,
    /** They yield once. */
    YIELD;

    @Override
    public String toString() {
      return written(this);
    }
  }

  /** What happens to a buyer between check and act. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Its pause throws: the payment is declined. */
    THROW,
    /** It is interrupted, and its pause then sleeps. */
    INTERRUPT,
    /** Its pause throws, the buyer throws, and the scope cancels all others. */
    CANCEL,
    /** Its pause does not end until the scope reaches its deadline and cancels all buyers. */
    TIMEOUT,
    /** Its pause lasts three times as long. */
    SLOW,
    /** Every process of the database is killed, and the database started again. */
    KILL_DATABASE,
    /**
     * Every process of the database is killed when it has written the next commit to its disk and
     * not answered yet, and the database started again.
     */
    LOSE_ANSWER,
    /** Its JVM is killed after the commit and before it is told, and another one takes over. */
    KILL_JVM,
    /** Its JVM is stopped until a buyer of another one has bought. */
    STOP_JVM;

    /** Whether it hits a process, once in a sale, and not every n-th buyer. */
    public boolean isOfProcess() {
      return kills() || this == STOP_JVM;
    }

    /** Whether it kills a process. */
    public boolean kills() {
      return killsDatabase() || this == KILL_JVM;
    }

    /** Whether it kills those of the database. */
    public boolean killsDatabase() {
      return this == KILL_DATABASE || this == LOSE_ANSWER;
    }

    @Override
    public String toString() {
      return written(this);
    }
  }

  /**
   * What runs in turn with each trial, in the same fork, so that the ratio of their times means
   * something.
   */
  public enum Baseline {
    /** Nothing. */
    NONE,
    /** The same purchases by threads of the same kind in a bare scope, without any measurement. */
    BARE,
    /** One thread of the buyers' kind that sleeps the holds of the floor, one after the other. */
    SLEEPS;

    @Override
    public String toString() {
      return written(this);
    }
  }

  private static String written(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
