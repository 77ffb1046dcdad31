package oversell.explorer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import oversell.explorer.control.Engine;
import oversell.explorer.control.Engine.Ending;
import oversell.explorer.schedule.Linearizations;
import oversell.explorer.schedule.Priorities;
import oversell.explorer.schedule.Replay;
import oversell.explorer.schedule.Schedule;
import oversell.explorer.schedule.Strategy;
import oversell.explorer.schedule.Trace;
import oversell.lab.experiment.Exploration;

/** One search through the executions of a subject, from its first to its last. */
final class Search {
  private static final long NANOS_BETWEEN_NEWS = 200_000_000;
  private static final int EXECUTIONS_BETWEEN_LOOKS = 256;
  private static final int RUN_TWICE_EACH = 100;

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
  private long runTwice;
  private String unrepeated = "";
  private String bound = "";

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
    int known = machinery.subject().matters().known();
    while (!broken && histogram.executions() < exploration.schedules()) {
      if (!strategy.begin()) {
        complete = strategy.isExhaustive();
        break;
      }
      one();
      if (machinery.subject().matters().known() != known) {
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
    switch (ending) {
      case DONE, STUCK, ENDLESS -> {
        if (strategy.end(machinery.engine().trace())) {
          count(execution.outcome(ending));
        }
      }
      case CUT -> {
        var unused = strategy.end(machinery.engine().trace());
        cut++;
      }
      // Most others would reach it, too, and none of what is left out is known.
      case BOUNDED -> {
        broken = true;
        reachBound();
      }
      case ESCAPED -> broken = true;
    }
  }

  private void count(Outcome outcome) throws IOException {
    histogram.add(
        outcome, weighs ? linearizations.of(machinery.engine().trace()) : OptionalLong.of(1));
    boolean isWanted = outcome.grade().isViolation() && !hasTold;
    boolean isSample = histogram.executions() % RUN_TWICE_EACH == 1;
    if (isWanted || isSample) {
      Schedule schedule = Schedule.of(machinery.engine().trace());
      if (isSample) {
        runAgain(outcome, schedule);
      }
      if (isWanted) {
        tell(new Storyteller(machinery.subject()).shortest(schedule));
      }
    }
  }

  private void tell(Optional<Counterexample> told) throws IOException {
    if (told.isPresent() && !hasTold) {
      listener.found(told.get());
    }
    hasTold = true;
    // The storyteller's engine was heard meanwhile.
    machinery.engine().hear();
  }

  /**
   * Runs an execution a second time: whatever it depends on but who goes next would be left out of
   * the search, and so of what it proves.
   */
  private void runAgain(Outcome outcome, Schedule schedule) {
    Engine engine = machinery.engine();
    Trace former = engine.trace().copy();
    engine.follow(new Replay(schedule, true));
    Execution execution = machinery.execution();
    Ending ending = execution.run();
    engine.follow(strategy);
    if (ending == Ending.ESCAPED) {
      broken = true;
      return;
    }
    int differs = former.firstDifference(engine.trace());
    Outcome again = execution.outcome(ending);
    if (differs < 0 && again.equals(outcome)) {
      runTwice++;
      return;
    }
    broken = true;
    int step = differs < 0 ? former.length() - 1 : differs;
    String unlike = step < 0 ? engine.unlike(0) : engine.unlike(former.thread(step));
    int site = step < 0 ? Engine.START : former.site(step);
    unrepeated =
        unlike
            + (site < 0 ? "" : ", in " + engine.sites().get(site).inMethod())
            + (differs < 0 ? ", in what came of it: %s, then %s".formatted(outcome, again) : "");
  }

  /** Whether it never ends is a question of its own, and a bound is no answer. */
  private void reachBound() throws IOException {
    String reached = machinery.engine().bound().orElseThrow();
    Schedule schedule = Schedule.of(machinery.engine().trace());
    Optional<Counterexample> endless =
        new Storyteller(machinery.subject()).tellIfEndless(new Replay(schedule, false));
    if (endless.isPresent()) {
      histogram.add(endless.get().outcome(), OptionalLong.empty());
      tell(endless);
    } else {
      bound = reached;
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

  /** Whether more was done than the explorer has a hold on. */
  boolean isUncontrolled() {
    return machinery.engine().uncontrolled().isPresent();
  }

  /** What it came to. */
  Explored explored() {
    List<String> uncontrolled =
        Stream.concat(
                machinery.engine().uncontrolled().stream(),
                Stream.of(unrepeated).filter(difference -> !difference.isEmpty()))
            .toList();
    return new Explored(
        histogram.executions(),
        cut,
        histogram.standsFor(),
        runTwice,
        complete && uncontrolled.isEmpty() && bound.isEmpty(),
        histogram.violations(),
        uncontrolled,
        bound,
        machinery.notWoven(),
        steps,
        nanoTime.getAsLong() - begunNanos,
        histogram.shares(),
        strategy instanceof Priorities priorities
            ? OptionalDouble.of(priorities.leastProbability())
            : OptionalDouble.empty());
  }
}
