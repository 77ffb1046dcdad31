package oversell.lab.experiment;

import java.util.Locale;
import java.util.Optional;

/**
 * How a sale is conducted, whatever is sold in it.
 *
 * @param mode how buyers come
 * @param threads what they run on
 * @param pause what they do between check and act
 * @param fault what befalls some of them there
 * @param faultEvery each how manieth buyer it befalls, 1 or more
 * @param bystander whether a virtual thread that never touches a guard beats beside them
 * @param baseline what each trial is run in turn with
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
  /** Rejects what cannot be conducted. */
  public Conduct {
    if (faultEvery < 1) {
      throw new IllegalArgumentException("faultEvery must be 1 or more: " + faultEvery);
    }
  }

  /** Of virtual threads that sleep and make one purchase each, undisturbed. */
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

  /** The same, explored. */
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
     * Each waits, inside the guard of its article, for one lock of all that somebody without a
     * guard is the next to get.
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
    /** They give others their carrier, once, and go on. */
    YIELD;

    @Override
    public String toString() {
      return written(this);
    }
  }

  /** What befalls a buyer between check and act. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Its pause throws: the payment is declined. */
    THROW,
    /** It is interrupted, and its pause then sleeps. */
    INTERRUPT,
    /** Its pause throws and so does the buyer, which cancels all others by way of the scope. */
    CANCEL,
    /** Its pause does not end, until the scope misses its deadline and cancels all. */
    TIMEOUT,
    /** Its pause lasts three times as long. */
    SLOW;

    @Override
    public String toString() {
      return written(this);
    }
  }

  /** What a trial is run in turn with, in the same fork, so that their ratio means something. */
  public enum Baseline {
    /** Nothing. */
    NONE,
    /** The same purchases by the same threads in a bare scope, where nobody watches or notes. */
    BARE,
    /**
     * One thread of the buyers' kind that sleeps the holds that must follow one another, back to
     * back.
     */
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
