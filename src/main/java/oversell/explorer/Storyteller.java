package oversell.explorer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oversell.explorer.control.Engine;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Site;
import oversell.explorer.picture.Story;
import oversell.explorer.schedule.FewestSwitches;
import oversell.explorer.schedule.Replay;
import oversell.explorer.schedule.Schedule;
import oversell.explorer.weave.WeavingLoader;

/** Finds the shortest execution that fails, and records an execution step by step. */
final class Storyteller<R> {
  private static final int MOST_TRIED = 20_000;
  private static final int MOST_STEPS = 5_000_000;
  private static final int LONGEST = 24;
  private static final Site NOWHERE = new Site("", "", "", 0, Operation.CALL, "");

  private final Machinery.Setting<R> setting;

  Storyteller(Machinery.Setting<R> setting) {
    this.setting = setting;
  }

  /**
   * Shrinks a failure: every context switch is removed that it does not need, and of equally many
   * switches the fewest steps are kept. Empty if the execution cannot be stopped at each of its
   * steps, as on JDK 21 inside a monitor of the JDK.
   *
   * @param known a schedule that fails
   * @param loader the loader of the search that found it, whose classes the JIT has compiled
   */
  Optional<Found<R>> shortest(Schedule known, WeavingLoader loader) {
    FewestSwitches strategy = new FewestSwitches();
    Machinery<R> machinery = Machinery.of(setting, loader, strategy);
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
      // Of equally short ones the first is kept, whichever was known.
      if (counts && isShorter(failed, best, !found)) {
        found = true;
        best = failed.orElseThrow();
        bound = strategy.bound();
      }
    }
    return tell(new Replay(best, true));
  }

  /** Removes each context switch that the failure does not need. */
  private Schedule shrunk(Machinery<R> machinery, Schedule known) {
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

  /** Runs an execution, and returns its schedule if it fails. */
  private Optional<Schedule> failed(Machinery<R> machinery) {
    Machinery.Ran<R> ran = machinery.run();
    if (!ran.hasEnded()) {
      machinery.engine().setBackJvmState();
      return Optional.empty();
    }
    return ran.execution().isFailure(ran.outcome())
        ? Optional.of(Schedule.of(machinery.engine().trace()))
        : Optional.empty();
  }

  /** Runs a schedule and records it step by step; empty if it does not come to an end. */
  Optional<Found<R>> tell(Replay strategy) {
    return tell(Machinery.of(setting, setting.loader(true), strategy), strategy);
  }

  /**
   * Finds out whether an execution that reached a bound never ends, and records it: it is run once
   * more, and a thread that repeats its steps is not chosen as long as another one can run.
   *
   * @return empty if that is not certain
   */
  Optional<Found<R>> tellIfEndless(Replay strategy) {
    WeavingLoader loader = setting.watchingLoader();
    Machinery<R> machinery = Machinery.of(setting, loader, strategy, true);
    return tell(machinery, strategy)
        .filter(found -> found.ending() == Ending.ENDLESS && !loader.hides());
  }

  private Optional<Found<R>> tell(Machinery<R> machinery, Replay strategy) {
    var unused = strategy.begin();
    Execution<R> execution = machinery.prepare();
    Telling telling = new Telling(machinery.engine(), execution);
    machinery.engine().tell(telling);
    Machinery.Ran<R> ran = machinery.run(execution);
    if (!ran.hasEnded()) {
      machinery.engine().setBackJvmState();
      return Optional.empty();
    }
    R outcome = ran.outcome();
    boolean isFailure = execution.isFailure(outcome);
    return Optional.of(
        new Found<>(outcome, isFailure, ran.ending(), telling.end(ran.ending(), isFailure)));
  }

  /** The record of one execution so far. */
  private static final class Telling implements Engine.Listener {
    private final Engine engine;
    private final Execution<?> execution;
    private final List<Story.Step> steps = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private int brokenAt = -1;

    Telling(Engine engine, Execution<?> execution) {
      this.engine = engine;
      this.execution = execution;
    }

    @Override
    public void told(@Nullable Object value) {
      values.add(shown(value));
    }

    @Override
    public void stepEnded(int step) {
      int thread = engine.trace().thread(step);
      if (isShown(thread)) {
        Watched watched = execution.watched();
        steps.add(step(step, watched));
        if (brokenAt < 0 && !watched.holds()) {
          brokenAt = steps.size() - 1;
        }
      }
      values.clear();
    }

    private Story.Step step(int step, Watched watched) {
      int thread = engine.trace().thread(step);
      int site = engine.trace().site(step);
      boolean isOfNoClass = site < 0;
      Site known = isOfNoClass ? NOWHERE : engine.sites().get(site);
      return new Story.Step(
          thread,
          known.place(),
          isOfNoClass ? "" : known.sourceMethod(),
          switch (site) {
            case Engine.START -> thread == 0 ? "goes on" : "begins";
            case Engine.PAUSE -> "ends its pause";
            case Engine.OUTCOME -> "reads what it returns";
            case Engine.END -> "ends";
            default ->
                known.operation() == Operation.WAIT && engine.trace().isConditional(step)
                    ? "wakes up"
                    : known.action();
          },
          known.operation() == Operation.READ || known.operation() == Operation.WRITE
              ? values
              : values.stream().filter(value -> !value.startsWith("a ")).toList(),
          texts(watched),
          engine.waiting().stream().filter(this::isShown).toList());
    }

    private boolean isShown(int thread) {
      return thread > 0 || execution.isAnnounced();
    }

    private static Map<String, String> texts(Watched watched) {
      Map<String, String> texts = new LinkedHashMap<>();
      watched.watched().forEach((name, value) -> texts.put(name, text(value)));
      return texts;
    }

    /** The context switches, without those to a main thread that is not shown. */
    private int switches() {
      int switches = 0;
      for (int i = 1; i < steps.size(); i++) {
        switches += steps.get(i).thread() == steps.get(i - 1).thread() ? 0 : 1;
      }
      return switches;
    }

    private static String text(@Nullable Object value) {
      return value instanceof Number || value instanceof CharSequence
          ? value.toString()
          : shown(value);
    }

    Story end(Ending ending, boolean isFailure) {
      Schedule schedule = Schedule.of(engine.trace());
      return new Story(
          schedule.toString(),
          engine.names(),
          switches(),
          steps,
          !isFailure ? -1 : brokenAt < 0 ? steps.size() - 1 : brokenAt,
          ending == Ending.DONE ? List.of() : engine.waits());
    }
  }

  /** A value as a reader sees it: a number or a text as it is, anything else by its class. */
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
      // Its toString might read fields, and each read would be a step.
      default -> value.getClass().isHidden() ? "a lambda" : "a " + simpleName(value.getClass());
    };
  }

  private static String simpleName(Class<?> type) {
    String simple = type.getSimpleName();
    return simple.isEmpty() ? type.getName().replaceFirst(".*[.]", "") : simple;
  }
}
