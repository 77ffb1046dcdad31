package oversell.explore;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import oversell.control.Engine.Ending;
import oversell.experiment.Exploration;
import oversell.schedule.Linearizations;
import oversell.schedule.Priorities;
import oversell.schedule.Schedule;
import oversell.schedule.Strategy;

/** One search through the executions of a subject, from its first to its last. */
final class Search {
  private static final long NANOS_BETWEEN_NEWS = 200_000_000;
  private static final int EXECUTIONS_BETWEEN_LOOKS = 256;

  private final Machinery machinery;
  private final Strategy strategy;
  private final ExplorationListener listener;
  private final LongSupplier nanoTime;
  private final Exploration exploration;
  private final Histogram histogram = new Histogram();
  private final Linearizations linearizations = new Linearizations();
  private final boolean weighs;
  private final long begunNanos;
  private long newsNanos;
  private long cut;
  private long steps;
  private boolean complete;
  private boolean broken;
  private boolean hasTold;

  /**
   * A search.
   *
   * @param hasTold whether the listener knows of a counterexample already
   */
  Search(
      Machinery machinery,
      Strategy strategy,
      ExplorationListener listener,
      boolean hasTold,
      LongSupplier nanoTime) {
    this.hasTold = hasTold;
    this.machinery = machinery;
    this.strategy = strategy;
    this.listener = listener;
    this.nanoTime = nanoTime;
    exploration = machinery.subject().exploration();
    weighs =
        exploration.strategy() == Exploration.Strategy.EXHAUSTIVE
            && exploration.reduction() == Exploration.Reduction.SOURCE_DPOR;
    begunNanos = nanoTime.getAsLong();
    newsNanos = begunNanos;
  }

  /** Runs it; false if it has to be begun once more. */
  boolean run() throws IOException {
    boolean clockMattered = machinery.engine().clockMatters();
    while (!broken && histogram.executions() < exploration.schedules()) {
      if (!strategy.begin()) {
        complete = strategy.isExhaustive();
        break;
      }
      one();
      if (machinery.engine().clockMatters() != clockMattered) {
        return false;
      }
      tellNews();
    }
    return true;
  }

  private void one() throws IOException {
    Execution execution = machinery.execution();
    Ending ending = execution.run();
    steps += machinery.engine().trace().length();
    // What goes on for ever does so in many ways, and one of them is enough.
    broken = ending == Ending.ESCAPED || ending == Ending.ENDLESS;
    boolean counts =
        ending != Ending.ESCAPED && (broken || strategy.end(machinery.engine().trace()));
    if (ending == Ending.CUT) {
      cut++;
    } else if (counts) {
      count(execution.outcome(ending));
    }
  }

  private void count(Outcome outcome) throws IOException {
    histogram.add(
        outcome, weighs ? linearizations.of(machinery.engine().trace()) : OptionalLong.of(1));
    if (outcome.grade().isViolation() && !hasTold) {
      hasTold = true;
      Schedule first = Schedule.of(machinery.engine().trace());
      var told = new Storyteller(machinery.subject()).shortest(first);
      if (told.isPresent()) {
        listener.found(told.get());
      }
      // The storyteller's engine was heard meanwhile.
      machinery.engine().hear();
    }
  }

  private void tellNews() throws IOException {
    if ((histogram.executions() + cut) % EXECUTIONS_BETWEEN_LOOKS == 0
        && nanoTime.getAsLong() - newsNanos > NANOS_BETWEEN_NEWS) {
      newsNanos = nanoTime.getAsLong();
      double seconds = (newsNanos - begunNanos) / 1e9;
      listener.progressed(
          histogram.executions(),
          histogram.violations(),
          strategy.share(),
          histogram.executions() / seconds);
    }
  }

  /** Whether the listener knows of a counterexample. */
  boolean hasTold() {
    return hasTold;
  }

  /** What it came to. */
  Explored explored() {
    List<String> uncontrolled = machinery.engine().uncontrolled().stream().toList();
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
