package oversell.explorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Counterexample.Step;
import oversell.explorer.control.Engine;
import oversell.explorer.control.Engine.Ending;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Site;
import oversell.explorer.schedule.FewestSwitches;
import oversell.explorer.schedule.Replay;
import oversell.explorer.schedule.Schedule;
import oversell.explorer.weave.WeavingLoader;

/** Finds the shortest execution that fails a check, and tells an execution step by step. */
final class Storyteller {
  private static final int MOST_TRIED = 20_000;
  private static final int MOST_STEPS = 5_000_000;
  private static final int LONGEST = 24;
  private static final Site NOWHERE = new Site("", "", "", 0, Operation.CALL, "");

  private final Subject subject;

  Storyteller(Subject subject) {
    this.subject = subject;
  }

  /**
   * The execution with the fewest switches, and of those with the fewest steps, that fails a check;
   * empty if it cannot be stopped at each of its steps, as on JDK 21 inside a monitor of the JDK.
   *
   * @param known one that does
   */
  Optional<Counterexample> shortest(Schedule known) {
    FewestSwitches strategy = new FewestSwitches();
    Machinery machinery = Machinery.of(subject, subject.loader(false), strategy);
    Schedule best = shrunk(machinery, known);
    boolean found = false;
    machinery.engine().follow(strategy);
    int bound = Integer.MAX_VALUE;
    long steps = 0;
    for (int tried = 0; tried < MOST_TRIED && steps < MOST_STEPS && strategy.begin(); tried++) {
      if (strategy.bound() > bound) {
        break;
      }
      Optional<Schedule> failed = failed(machinery);
      steps += machinery.engine().trace().length();
      boolean counts = strategy.end(machinery.engine().trace());
      // Of those that are as short the first is told, whichever was known.
      if (counts && isShorter(failed, best, !found)) {
        found = true;
        best = failed.orElseThrow();
        bound = strategy.bound();
      }
    }
    return tell(new Replay(best, true));
  }

  /** Does without each switch that the failure does not need. */
  private static Schedule shrunk(Machinery machinery, Schedule known) {
    Schedule best = known;
    long steps = 0;
    for (int at = 0; at < best.switches() && steps < MOST_STEPS; at++) {
      for (Schedule without : best.withoutSwitch(at)) {
        machinery.engine().follow(new Replay(without, false));
        Optional<Schedule> failed = failed(machinery);
        steps += machinery.engine().trace().length();
        if (isShorter(failed, best, false)) {
          best = failed.orElseThrow();
          at = -1;
          break;
        }
      }
    }
    return best;
  }

  private static boolean isShorter(Optional<Schedule> failed, Schedule than, boolean orAsShort) {
    int most = orAsShort ? 0 : -1;
    return failed.filter(one -> Schedule.SHORTEST_FIRST.compare(one, than) <= most).isPresent();
  }

  /** Runs an execution; its schedule if it fails a check. */
  private static Optional<Schedule> failed(Machinery machinery) {
    Execution execution = machinery.execution();
    Ending ending = execution.run();
    return isEnd(ending) && execution.outcome(ending).grade().isViolation()
        ? Optional.of(Schedule.of(machinery.engine().trace()))
        : Optional.empty();
  }

  private static boolean isEnd(Ending ending) {
    return switch (ending) {
      case DONE, STUCK, ENDLESS -> true;
      case BOUNDED, CUT, ESCAPED -> false;
    };
  }

  /** Runs a schedule and tells it; empty if it does not lead to an end. */
  Optional<Counterexample> tell(Replay strategy) {
    return tell(Machinery.of(subject, subject.loader(true), strategy), strategy);
  }

  /**
   * Finds out whether an execution that reached a bound never ends, and tells it: it is run once
   * more, and threads that repeat what they do are passed over as long as others can go on.
   *
   * @return empty if that is not certain
   */
  Optional<Counterexample> tellIfEndless(Replay strategy) {
    WeavingLoader loader = subject.watchingLoader();
    Machinery machinery = Machinery.of(subject, loader, strategy, true);
    return tell(machinery, strategy)
        .filter(told -> told.outcome().grade() == Outcome.Grade.ENDLESS && !loader.hides());
  }

  private static Optional<Counterexample> tell(Machinery machinery, Replay strategy) {
    var unused = strategy.begin();
    Execution execution = machinery.execution();
    Story story = new Story(machinery, execution);
    machinery.engine().tell(story);
    Ending ending = execution.run();
    return isEnd(ending) ? Optional.of(story.end(ending)) : Optional.empty();
  }

  /** What has been told of one execution so far. */
  private static final class Story implements Engine.Listener {
    private final Machinery machinery;
    private final Execution execution;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private int brokenAt = -1;

    Story(Machinery machinery, Execution execution) {
      this.machinery = machinery;
      this.execution = execution;
    }

    @Override
    public void told(@Nullable Object value) {
      values.add(shown(value));
    }

    @Override
    public void stepEnded(int step) {
      Engine engine = machinery.engine();
      Optional<Long> stock = execution.stockIfItCanBeTold();
      long sold = execution.sold();
      steps.add(step(engine.trace().thread(step), engine.trace().site(step), stock, sold));
      values.clear();
      boolean broken =
          stock.filter(left -> left < 0 || sold + left > machinery.subject().stock()).isPresent();
      if (broken && brokenAt < 0) {
        brokenAt = step;
      }
    }

    private Step step(int thread, int site, Optional<Long> stock, long sold) {
      boolean isOfNoClass = site == Engine.START || site == Engine.PAUSE;
      Site known = isOfNoClass ? NOWHERE : machinery.engine().sites().get(site);
      return new Step(
          thread,
          known.place(),
          isOfNoClass ? "" : known.sourceMethod(),
          site == Engine.START
              ? "begins"
              : site == Engine.PAUSE ? "ends its pause" : known.action(),
          values,
          stock.map(String::valueOf).orElse(""),
          sold,
          machinery.engine().waiting());
    }

    Counterexample end(Ending ending) {
      Engine engine = machinery.engine();
      Schedule schedule = Schedule.of(engine.trace());
      Outcome outcome = execution.outcome(ending);
      boolean failed = outcome.grade().isViolation();
      return new Counterexample(
          schedule.toString(),
          outcome,
          engine.names(),
          schedule.switches(),
          steps,
          failed && brokenAt < 0 ? steps.size() - 1 : failed ? brokenAt : -1,
          ending == Ending.STUCK || ending == Ending.ENDLESS ? engine.waits() : List.of());
    }
  }

  /** A value as a reader of steps sees it: what is no number and no text by its class. */
  static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Integer whole -> whole.toString();
      case Long whole -> whole.toString();
      case Double decimal -> decimal.toString();
      case Float decimal -> decimal.toString();
      case Boolean flag -> flag.toString();
      case Character character -> "'" + character + "'";
      case Enum<?> constant -> constant.name();
      case String text ->
          '"' + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + '"';
      // Its own text might be made of fields, whose reading would be a step.
      default -> value.getClass().isHidden() ? "a lambda" : "a " + simpleName(value.getClass());
    };
  }

  private static String simpleName(Class<?> type) {
    String simple = type.getSimpleName();
    return simple.isEmpty() ? type.getName().replaceFirst(".*[.]", "") : simple;
  }
}
