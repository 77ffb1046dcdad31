package oversell.lab.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys of an experiment file, and with a {@code -D} before them those of the command line. This
 * is the one place where their defaults stand.
 */
public enum Key {
  /** The question. */
  QUESTION("", "the question that the experiment answers, in one sentence"),
  /** The answer's wording. */
  ANSWER(
      "",
      "the sentence that leads its table, as a list of clauses with {column where key=value} in them; a clause whose"
          + " rows have no value is left out"),
  /** A fixed stock. */
  STOCK("10", "units of each article at the start"),
  /** A growing stock. */
  STOCK_PER_BUYER("", "instead of stock: units for each buyer, spread over the articles"),
  /** The size of a purchase. */
  UNITS("1", "units that each buyer wants"),
  /** How many buy. */
  BUYERS("5", "buyers, each making one purchase; a list runs each number"),
  /** The pause. */
  HOLD(
      "100ms",
      "how long a buyer sleeps between check and act (ns, us, ms, s, min, or 0); a list runs each"),
  /** How many guards. */
  ARTICLES(
      "1",
      "articles, each with a guard and a stock of its own; buyers take them in turn; a list runs each"),
  /** What is compared. */
  VARIANTS("", "inventories to compare; required"),
  /** Counted trials. */
  TRIALS("10", "sales that each fork runs and counts"),
  /** Trials before. */
  WARMUPS(
      "1",
      "sales that each fork runs first and does not count; in mode explore none if there is no such key, else it"
          + " explores its sale so often before"),
  /** JVMs. */
  FORKS("1", "JVMs that run each row of the table, one after the other"),
  /** Which JDKs. */
  JDKS(
      "host",
      "host (the JDK that runs the lab), all (every one found from 21 on), or feature numbers; a list runs each"),
  /** The scheduler's parallelism. */
  CARRIERS(
      "default",
      "carrier threads under the virtual ones: default (one a processor) or numbers; a list runs each"),
  /** The start gate. */
  GATE("true", "whether buyers wait until the last one exists, so that they arrive at once"),
  /** How buyers come. */
  MODE(
      "sale",
      "how buyers come: sale (each buys once), returning (each comes back until it is refused), one-by-one (each"
          + " when the one before it waits), standstill (each waits inside its guard for a lock of all), or explore"
          + " (each buys once, in every order of their steps, one execution after the other)"),
  /** Which schedules. */
  STRATEGY(
      "exhaustive",
      "which schedules are explored: exhaustive (every one), fewest-switches (every one, those with the fewest"
          + " preemptions first), random, or pct (random priorities that change twice); a list runs each"),
  /** Where threads are stopped. */
  GRANULARITY(
      "access",
      "where a buyer may be stopped: pause (where it begins and where its pause ends), guard (also where it wants"
          + " or leaves one), or access (also before each access to a field that can change); a list runs each"),
  /** What is left out. */
  REDUCTION(
      "source-dpor",
      "what exhaustive leaves out: source-dpor (schedules that differ from another only in the order of steps that"
          + " do not conflict) or none; a list runs each"),
  /** How many. */
  SCHEDULES(
      "all", "the most schedules that a row runs: all (of random and pct 100000) or a number"),
  /** What buyers run on. */
  THREADS("virtual", "what buyers run on: virtual or platform threads; a list runs each"),
  /** The pause. */
  PAUSE(
      "sleep",
      "what buyers do between check and act: sleep for the hold, or yield; a list runs each"),
  /** What goes wrong. */
  FAULT(
      "none",
      "what befalls some buyers between check and act: none, throw, interrupt, cancel (throws, and cancels all"
          + " others), timeout (hangs until the scope's deadline), or slow (three holds); a list runs each"),
  /** How often. */
  FAULT_EVERY("3", "each how manieth buyer the fault befalls"),
  /** Who suffers. */
  BYSTANDER(
      "false",
      "whether a virtual thread that never touches a guard sleeps 1 ms in a loop beside the buyers, and counts"),
  /** Pinned threads. */
  PINNING(
      "false",
      "whether each row gets one fork more, not timed, whose one trial runs under JFR and counts pinned threads"),
  /** What to compare with. */
  BASELINE(
      "none",
      "what each trial is run in turn with, in the same fork: none, bare (the same purchases in a bare scope), or"
          + " sleeps (one thread of the buyers' kind that sleeps the holds back to back)"),
  /** The memory of a fork. */
  HEAP("default", "the most memory for objects of each fork: default (the JDK's own) or MiB"),
  /** When to give up. */
  DEADLINE("auto", "when a fork is killed: a duration, or auto (from the size of its workload)"),
  /** Of the shuffle. */
  SEED("1", "of the order in which forks run"),
  /** The claim under test. */
  EXPECT(
      "",
      "for each variant, or variant on a JDK, safe, oversells, hangs or any; without it a variant that claims to be"
          + " safe must be, and of others any outcome passes");

  private static final List<Key> LISTS =
      List.of(
          BUYERS,
          HOLD,
          ARTICLES,
          VARIANTS,
          JDKS,
          CARRIERS,
          THREADS,
          PAUSE,
          FAULT,
          STRATEGY,
          GRANULARITY,
          REDUCTION,
          ANSWER);

  private final String defaultText;
  private final String meaning;

  Key(String defaultText, String meaning) {
    this.defaultText = defaultText;
    this.meaning = meaning;
  }

  /** As files write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a file that leaves it out gets, as it would write it; empty where there is no default. */
  public String defaultText() {
    return defaultText;
  }

  /** What it means, in one sentence without a full stop. */
  public String meaning() {
    return meaning;
  }

  /** Whether it takes a list, whose values are run in turn. */
  public boolean takesList() {
    return LISTS.contains(this);
  }

  /** The key written so, if there is one. */
  public static Optional<Key> of(String text) {
    return Arrays.stream(values()).filter(key -> key.toString().equals(text)).findFirst();
  }

  /** Every key as files write it. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Key::toString).toList();
  }
}
