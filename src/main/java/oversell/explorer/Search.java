package oversell.explorer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import oversell.explorer.control.Engine;
import oversell.explorer.schedule.LargeLinearizations;
import oversell.explorer.schedule.Linearizations;
import oversell.explorer.schedule.Priorities;
import oversell.explorer.schedule.Replay;
import oversell.explorer.schedule.Schedule;
import oversell.explorer.schedule.Strategy;
import oversell.explorer.schedule.Trace;

/** One search through the executions of a subject, from the first one to the last. */
final class Search<R> {
  // Of a thread, as in Thread[#35,main], or of an object, as in java.lang.Object@1b2c3d.
  private static final Pattern NUMBER = Pattern.compile("#\\d+|@\\p{XDigit}+");

  private static final long NANOS_BETWEEN_NEWS = 200_000_000;
  private static final int RUN_TWICE_EACH = 100;
  // This takes less than a tenth of a second: counting must not take longer than exploring.
  private static final int MOST_SETS = 1 << 16;

  private final Machinery<R> machinery;
  private final Strategy strategy;
  private final ExplorationListener<R> listener;
  private final LongSupplier nanoTime;
  private final Options options;
  private final Histogram<R> histogram = new Histogram<>();
  private final Linearizations linearizations = new Linearizations();
  private final long begunNanos;
  // What was known to matter when it began.
  private final int known;
  private long newsNanos;
  private long blocked;
  private long steps;
  private boolean complete;
  private boolean broken;
  private boolean hasFound;
  private long runTwice;
  private int setsLeft = MOST_SETS;
  private String unrepeated = "";
  private String bound = "";

  /**
   * Makes a search.
   *
   * @param hasFound whether the listener knows of a failure already
   */
  Search(
      Machinery<R> machinery,
      Strategy strategy,
      ExplorationListener<R> listener,
      boolean hasFound,
      LongSupplier nanoTime) {
    this.hasFound = hasFound;
    this.machinery = machinery;
    this.strategy = strategy;
    this.listener = listener;
    this.nanoTime = nanoTime;
    options = machinery.setting().options();
    known = machinery.setting().matters().known();
    begunNanos = nanoTime.getAsLong();
    newsNanos = begunNanos;
  }

  /**
   * Runs it; false if it has to be started again from the beginning.
   *
   * @param untilNanos the reading of the clock after which no execution is begun
   */
  boolean run(long untilNanos) throws IOException {
    try {
      return runAll(untilNanos);
    } finally {
      machinery.engine().setBackJvmState();
    }
  }

  private boolean runAll(long untilNanos) throws IOException {
    while (!broken && histogram.executions() < options.schedules() && isInTime(untilNanos)) {
      if (!strategy.begin()) {
        complete = strategy.isExhaustive();
        break;
      }
      runOne();
      if (machinery.loader().hides()) {
        machinery.setting().matters().hideRounds();
      }
      if (machinery.setting().matters().known() != known) {
        return false;
      }
      tellNews();
      if (options.stopsAtFirstFailure() && histogram.failures() > 0) {
        break;
      }
    }
    return true;
  }

  private boolean isInTime(long untilNanos) {
    if (untilNanos - nanoTime.getAsLong() > 0) {
      return true;
    }
    bound = "the time was over; explore for longer, or fewer steps";
    return false;
  }

  private void runOne() throws IOException {
    Machinery.Ran<R> ran = machinery.run();
    steps += machinery.engine().trace().length();
    switch (ran.how()) {
      case DONE, STUCK, ENDLESS -> {
        if (strategy.end(machinery.engine().chosenTrace())) {
          count(ran);
        }
      }
      case CUT -> {
        var unused = strategy.end(machinery.engine().trace());
        blocked++;
      }
      // Most other executions would reach the bound, too, and what they would show is not known.
      case BOUNDED -> {
        broken = true;
        reachBound();
      }
      case ESCAPED -> broken = true;
    }
  }

  private void count(Machinery.Ran<R> ran) throws IOException {
    R outcome = ran.outcome();
    boolean isFailure = ran.execution().isFailure(outcome);
    add(outcome, isFailure);
    boolean isWanted = isFailure && !hasFound;
    boolean isSample = histogram.executions() % RUN_TWICE_EACH == 1;
    if (isWanted || isSample) {
      Schedule schedule = Schedule.of(machinery.engine().trace());
      if (isSample) {
        runAgain(outcome, schedule);
      }
      if (isWanted) {
        tell(new Storyteller<>(machinery.setting()).shortest(schedule, machinery.loader()));
      }
    }
  }

  private void add(R outcome, boolean isFailure) {
    if (!options.isReduced()) {
      histogram.add(outcome, isFailure, 1);
      return;
    }
    Trace trace = machinery.engine().chosenTrace();
    OptionalLong few = histogram.isCountable() ? linearizations.of(trace) : OptionalLong.empty();
    if (few.isPresent()) {
      histogram.add(outcome, isFailure, few.getAsLong());
    } else if (histogram.isCountable()) {
      LargeLinearizations.Counted many = LargeLinearizations.of(trace, setsLeft);
      setsLeft -= many.sets();
      histogram.add(outcome, isFailure, many.schedules());
    } else {
      histogram.add(outcome, isFailure, Optional.empty());
    }
  }

  private void tell(Optional<Found<R>> found) throws IOException {
    if (found.isPresent() && !hasFound) {
      listener.found(found.get());
    }
    // If the storyteller has found more that matters, the search begins again, and finds a failure
    // that can be told.
    hasFound |= found.isPresent() || machinery.setting().matters().known() == known;
    // The engine of the storyteller was installed meanwhile.
    machinery.engine().install();
  }

  /**
   * Runs an execution a second time. If it differs, it depends on something beside the order of
   * steps, which the search does not cover and so must not claim to prove.
   */
  private void runAgain(R outcome, Schedule schedule) {
    Engine engine = machinery.engine();
    Trace former = engine.trace().copy();
    engine.follow(new Replay(schedule, true));
    Machinery.Ran<R> ran = machinery.run();
    engine.follow(strategy);
    if (ran.how() == Engine.Ending.ESCAPED) {
      broken = true;
      return;
    }
    int differs = former.firstDifference(engine.trace());
    Optional<R> again = ran.hasEnded() ? Optional.of(ran.outcome()) : Optional.empty();
    if (differs < 0 && again.filter(outcome::equals).isPresent()) {
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
            + (differs < 0 && again.isPresent()
                ? ", in what came of it: %s, then %s%s"
                    .formatted(outcome, again.get(), whatDiffers(outcome, again.get()))
                : "");
  }

  /** Says why two texts differ that differ in nothing but the numbers of objects, as a clause. */
  private static String whatDiffers(Object outcome, Object again) {
    return withoutNumbers(outcome).equals(withoutNumbers(again))
        ? "; the JVM numbers threads and objects as they are made, and the JDK's text of one (as of"
            + " a Thread, or of an object without a toString of its own) has its number: leave it"
            + " out of what you return, or return a name that you gave"
        : "";
  }

  private static String withoutNumbers(Object outcome) {
    return NUMBER.matcher(outcome.toString()).replaceAll("");
  }

  /**
   * Handles an execution that reached a bound: it may never end, which takes another run to find
   * out.
   */
  private void reachBound() throws IOException {
    String reached = machinery.engine().bound().orElseThrow();
    Schedule schedule = Schedule.of(machinery.engine().trace());
    Optional<Found<R>> endless =
        new Storyteller<>(machinery.setting()).tellIfEndless(new Replay(schedule, false));
    if (endless.isPresent()) {
      histogram.add(endless.get().outcome(), true, Optional.empty());
      tell(endless);
      if (options.stopsAtFirstFailure()) {
        return;
      }
    }
    machinery.engine().install();
    // Once rounds of loops are left out, no execution that is endless reaches the bound.
    boolean beginsAgain = strategy.isExhaustive() && machinery.setting().matters().addRounds();
    if (!beginsAgain && endless.isEmpty()) {
      bound = reached;
    }
  }

  private void tellNews() throws IOException {
    long now = nanoTime.getAsLong();
    if (now - newsNanos > NANOS_BETWEEN_NEWS) {
      newsNanos = now;
      double seconds = (newsNanos - begunNanos) / 1e9;
      listener.progressed(
          histogram.executions(),
          histogram.failures(),
          strategy.share(),
          histogram.executions() / seconds);
    }
  }

  /** Whether the listener knows of a failure. */
  boolean hasFound() {
    return hasFound;
  }

  /** Whether anything was not under control. */
  boolean isUncontrolled() {
    return machinery.engine().uncontrolled().isPresent();
  }

  /** The result. */
  Findings<R> findings() {
    List<String> uncontrolled = new ArrayList<>(2);
    machinery.engine().uncontrolled().ifPresent(uncontrolled::add);
    if (histogram.failures() == 0) {
      machinery.engine().overlap().ifPresent(uncontrolled::add);
    }
    if (!unrepeated.isEmpty()) {
      uncontrolled.add(unrepeated);
    }
    machinery
        .loader()
        .refused()
        .forEach(
            (type, why) ->
                uncontrolled.add(
                    "class %s, which this JVM refuses once it is woven (%s)".formatted(type, why)));
    Optional<String> bounded = machinery.setting().matters().bound();
    String reached = bound.isEmpty() ? bounded.orElse("") : bound;
    return new Findings<>(
        histogram.executions(),
        blocked,
        bounded.isPresent() ? Optional.empty() : histogram.standsFor(),
        runTwice,
        complete && uncontrolled.isEmpty() && reached.isEmpty(),
        histogram.failures(),
        uncontrolled,
        reached,
        machinery.notWoven(),
        machinery.setting().matters().assumed(),
        steps,
        nanoTime.getAsLong() - begunNanos,
        histogram.shares(),
        strategy instanceof Priorities priorities
            ? OptionalDouble.of(priorities.leastProbability())
            : OptionalDouble.empty());
  }
}
