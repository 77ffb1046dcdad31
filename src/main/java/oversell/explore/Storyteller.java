package oversell.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oversell.explore.Counterexample.Step;
import oversell.explore.Engine.Ending;
import oversell.schedule.FewestSwitches;
import oversell.schedule.Replay;
import oversell.schedule.Schedule;
import oversell.schedule.Strategy;
import oversell.weave.WeavingLoader;

/** Finds the shortest execution that fails a check, and tells an execution step by step. */
final class Storyteller {
  private static final int MOST_TRIED = 20_000;

  private final Machinery.Subject subject;

  Storyteller(Machinery.Subject subject) {
    this.subject = subject;
  }

  /**
   * The execution with the fewest switches, and of those with the fewest steps, that fails a check.
   *
   * @param known one that does
   */
  Counterexample shortest(Schedule known) {
    FewestSwitches strategy = new FewestSwitches();
    Machinery machinery = subject.machinery(subject.loader(false), strategy);
    Schedule best = known;
    long least = Long.MAX_VALUE;
    int bound = Integer.MAX_VALUE;
    for (int tried = 0; tried < MOST_TRIED && strategy.begin(); tried++) {
      if (strategy.bound() > bound) {
        break;
      }
      Execution execution = Execution.prepare(machinery.sale(), machinery);
      Ending ending = execution.run();
      boolean counts = strategy.end(machinery.engine().trace);
      boolean ended = ending != Ending.CUT && ending != Ending.ESCAPED;
      if (counts && ended && execution.outcome(ending).grade().isViolation()) {
        long length =
            ((long) machinery.engine().trace.switches() << Integer.SIZE)
                + machinery.engine().trace.length();
        if (length < least) {
          least = length;
          best = Schedule.of(machinery.engine().trace);
          bound = strategy.bound();
        }
      }
    }
    return tell(best, true);
  }

  /**
   * Runs a schedule and tells it.
   *
   * @throws IllegalArgumentException if it must be followed to the step and cannot be
   */
  Counterexample tell(Schedule schedule, boolean strict) {
    Strategy strategy = new Replay(schedule, strict);
    WeavingLoader loader = subject.loader(true);
    Machinery machinery = subject.machinery(loader, strategy);
    warmUp(machinery);
    machinery.engine().follow(strategy);
    var unused = strategy.begin();
    Execution execution = Execution.prepare(machinery.sale(), machinery);
    Story story = new Story(machinery, execution);
    machinery.engine().tell(story::stepEnded);
    machinery.announcements().tell(story::told);
    Ending ending = execution.run();
    if (ending == Ending.CUT || ending == Ending.ESCAPED) {
      throw new IllegalArgumentException(
          "which leads nowhere after %d steps".formatted(machinery.engine().trace.length()));
    }
    return story.end(ending);
  }

  private static void warmUp(Machinery machinery) {
    machinery.engine().follow(new FewestSwitches());
    var unused = Execution.prepare(machinery.sale(), machinery).run();
  }

  /** What has been told of one execution so far. */
  private static final class Story {
    private final Machinery machinery;
    private final Execution execution;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private int brokenAt = -1;

    Story(Machinery machinery, Execution execution) {
      this.machinery = machinery;
      this.execution = execution;
    }

    void told(Object value) {
      values.add(Values.shown(value));
    }

    void stepEnded(int step) {
      Engine engine = machinery.engine();
      Optional<Long> stock = new StockTaking(execution).stock();
      long sold = execution.sold();
      steps.add(
          Phrasing.of(machinery.sites(), engine.trace.site(step))
              .step(
                  engine.trace.thread(step),
                  List.copyOf(values),
                  stock.map(String::valueOf).orElse(""),
                  sold,
                  engine.waiting()));
      values.clear();
      long initial =
          (long) machinery.sale().workload().stock() * machinery.sale().workload().articles();
      boolean broken = stock.filter(left -> left < 0 || sold + left > initial).isPresent();
      if (broken && brokenAt < 0) {
        brokenAt = step;
      }
    }

    Counterexample end(Ending ending) {
      Engine engine = machinery.engine();
      Outcome outcome = execution.outcome(ending);
      boolean failed = outcome.grade().isViolation();
      return new Counterexample(
          Schedule.of(engine.trace).toString(),
          outcome,
          engine.names(),
          engine.trace.switches(),
          steps,
          failed && brokenAt < 0 ? steps.size() - 1 : failed ? brokenAt : -1,
          ending == Ending.STUCK ? new WaitsFor(engine).lines() : List.of());
    }
  }
}
