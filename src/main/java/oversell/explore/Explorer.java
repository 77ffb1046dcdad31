package oversell.explore;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import oversell.experiment.Exploration;
import oversell.experiment.Workload;
import oversell.explore.Engine.Ending;
import oversell.inventory.InventoryProvider;
import oversell.schedule.DepthFirst;
import oversell.schedule.FewestSwitches;
import oversell.schedule.Linearizations;
import oversell.schedule.Priorities;
import oversell.schedule.RandomOrder;
import oversell.schedule.Schedule;
import oversell.schedule.Strategy;
import oversell.trial.BuyerScope;
import oversell.weave.Hooks;
import oversell.weave.WeavingLoader;

/**
 * Explores the interleavings of one sale, on the thread that asks it to. One at a time in a JVM,
 * which has to be launched with {@link #FLAGS}.
 */
public final class Explorer {
  /** What a JVM that explores needs to be told. */
  public static final List<String> FLAGS =
      List.of(
          "--add-opens=" + VirtualThreads.OPENS,
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED",
          // Threads of executions that were dropped must not be held by the JDK.
          "-Djdk.trackAllThreads=false");

  /** How many orderings a bug may take for the bound of pct to hold. */
  public static final int BUG_DEPTH = 3;

  private static final long NANOS_BETWEEN_NEWS = 200_000_000;
  private static final int EXECUTIONS_BETWEEN_LOOKS = 256;

  private final Machinery.Subject subject;
  private final Exploration exploration;
  private final long seed;
  private final LongSupplier nanoTime;

  /**
   * An explorer of one sale.
   *
   * @param workload what is sold, with an exploration
   * @param provider the class that makes its inventories, as it is: it will be woven
   * @param scope runs the buyers
   * @param seed of strategies that draw
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public Explorer(
      Workload workload,
      Class<? extends InventoryProvider> provider,
      BuyerScope scope,
      long seed,
      LongSupplier nanoTime) {
    subject = new Machinery.Subject(workload, provider, scope);
    exploration = workload.conduct().exploration().orElseThrow();
    this.seed = seed;
    this.nanoTime = nanoTime;
  }

  /**
   * Explores.
   *
   * @throws IOException if the listener does
   */
  public Explored explore(ExplorationListener listener) throws IOException {
    WeavingLoader loader = subject.loader(false);
    Search search = new Search(loader, listener);
    // Whether the clock matters shows while they run, and then others were missed so far.
    while (!search.run()) {
      search = new Search(loader, listener);
    }
    return search.explored();
  }

  /**
   * Runs one schedule once more and tells it.
   *
   * @param strict whether it must be followed to the step; otherwise threads that have to wait are
   *     passed over
   * @throws IllegalArgumentException if it must be and cannot be, as a clause
   */
  public Counterexample replay(Schedule schedule, boolean strict) {
    return new Storyteller(subject).tell(schedule, strict);
  }

  private Strategy strategy() {
    return switch (exploration.strategy()) {
      case EXHAUSTIVE ->
          new DepthFirst(exploration.reduction() == Exploration.Reduction.SLEEP_SETS);
      case RANDOM -> new RandomOrder(seed, exploration.schedules());
      case PCT -> new Priorities(seed, exploration.schedules(), BUG_DEPTH);
      case FEWEST_SWITCHES -> new FewestSwitches();
    };
  }

  /** One search through executions, from its first to its last. */
  private final class Search {
    private final Strategy strategy = strategy();
    private final ExplorationListener listener;
    private final Machinery machinery;
    private final Histogram histogram = new Histogram();
    private final Linearizations linearizations = new Linearizations();
    private final boolean weighs =
        exploration.strategy() == Exploration.Strategy.EXHAUSTIVE
            && exploration.reduction() == Exploration.Reduction.SLEEP_SETS;
    private final long begunNanos = nanoTime.getAsLong();
    private long newsNanos = begunNanos;
    private long cut;
    private long steps;
    private boolean complete;
    private boolean ended;

    Search(WeavingLoader loader, ExplorationListener listener) {
      this.listener = listener;
      machinery = subject.machinery(loader, strategy);
      warmUp();
    }

    /** Runs one execution off the record: the first one of a class initialises it. */
    private void warmUp() {
      machinery.engine().follow(new FewestSwitches());
      var unused = Execution.prepare(machinery.sale(), machinery).run();
      machinery.engine().follow(strategy);
    }

    /** Runs it; false if it has to be begun once more. */
    boolean run() throws IOException {
      boolean clockMattered = machinery.announcements().clockMatters();
      while (!ended && histogram.executions() < exploration.schedules()) {
        if (!strategy.begin()) {
          complete = strategy.isExhaustive();
          break;
        }
        one();
        if (machinery.announcements().clockMatters() != clockMattered) {
          return false;
        }
        tellNews();
      }
      return true;
    }

    private void one() throws IOException {
      Execution execution = Execution.prepare(machinery.sale(), machinery);
      Ending ending = execution.run();
      boolean counts = strategy.end(machinery.engine().trace);
      steps += machinery.engine().trace.length();
      switch (ending) {
        case CUT -> cut++;
        case ESCAPED -> ended = true;
        case DONE, STUCK, ENDLESS -> {
          if (counts) {
            count(execution.outcome(ending));
          }
          // What goes on for ever does so in many ways, and one of them is enough.
          ended = ending == Ending.ENDLESS;
        }
      }
    }

    private void count(Outcome outcome) throws IOException {
      histogram.add(
          outcome, weighs ? linearizations.of(machinery.engine().trace) : OptionalLong.of(1));
      if (outcome.grade().isViolation() && histogram.violations() == 1) {
        Schedule first = Schedule.of(machinery.engine().trace);
        listener.found(new Storyteller(subject).shortest(first));
        // The storyteller was heard meanwhile.
        Hooks.hearing(machinery.announcements());
      }
    }

    private void tellNews() throws IOException {
      if ((histogram.executions() + cut) % EXECUTIONS_BETWEEN_LOOKS == 0
          && nanoTime.getAsLong() - newsNanos > NANOS_BETWEEN_NEWS) {
        newsNanos = nanoTime.getAsLong();
        listener.progressed(histogram.executions(), histogram.violations(), strategy.share());
      }
    }

    Explored explored() {
      List<String> uncontrolled =
          machinery.engine().uncontrolled().stream()
              .map(what -> what.described(machinery.sites()))
              .toList();
      return new Explored(
          histogram.executions(),
          cut,
          histogram.standsFor(),
          complete && uncontrolled.isEmpty(),
          histogram.violations(),
          uncontrolled,
          steps,
          nanoTime.getAsLong() - begunNanos,
          histogram.shares(),
          strategy instanceof Priorities priorities
              ? OptionalDouble.of(priorities.leastProbability())
              : OptionalDouble.empty());
    }
  }
}
