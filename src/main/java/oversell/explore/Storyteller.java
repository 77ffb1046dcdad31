package oversell.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oversell.control.Engine;
import oversell.control.Engine.Ending;
import oversell.explore.Counterexample.Step;
import oversell.hook.Operation;
import oversell.hook.Site;
import oversell.schedule.FewestSwitches;
import oversell.schedule.Replay;
import oversell.schedule.Schedule;

/** Finds the shortest execution that fails a check, and tells an execution step by step. */
final class Storyteller {
  private static final int MOST_TRIED = 20_000;
  private static final int LONGEST = 24;
  private static final Site NOWHERE = new Site("", "", "", 0, Operation.CALL, "");

  private final Subject subject;

  Storyteller(Subject subject) {
    this.subject = subject;
  }

  /**
   * The execution with the fewest switches, and of those with the fewest steps, that fails a check.
   *
   * @param known one that does
   */
  Counterexample shortest(Schedule known) {
    FewestSwitches strategy = new FewestSwitches();
    Machinery machinery = Machinery.of(subject, subject.loader(false), strategy);
    Schedule best = known;
    long least = Long.MAX_VALUE;
    int bound = Integer.MAX_VALUE;
    for (int tried = 0; tried < MOST_TRIED && strategy.begin(); tried++) {
      if (strategy.bound() > bound) {
        break;
      }
      Execution execution = machinery.execution();
      Ending ending = execution.run();
      boolean counts = strategy.end(machinery.engine().trace());
      boolean ended = ending != Ending.CUT && ending != Ending.ESCAPED;
      if (counts && ended && execution.outcome(ending).grade().isViolation()) {
        long length =
            ((long) machinery.engine().trace().switches() << Integer.SIZE)
                + machinery.engine().trace().length();
        if (length < least) {
          least = length;
          best = Schedule.of(machinery.engine().trace());
          bound = strategy.bound();
        }
      }
    }
    return tell(new Replay(best, true))
        .orElseThrow(() -> new IllegalStateException("a schedule was not repeated to the step"));
  }

  /** Runs a schedule and tells it; empty if it does not lead to an end. */
  Optional<Counterexample> tell(Replay strategy) {
    Machinery machinery = Machinery.of(subject, subject.loader(true), strategy);
    var unused = strategy.begin();
    Execution execution = machinery.execution();
    Story story = new Story(machinery, execution);
    machinery.engine().tell(story);
    Ending ending = execution.run();
    return ending == Ending.CUT || ending == Ending.ESCAPED
        ? Optional.empty()
        : Optional.of(story.end(ending));
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
      Outcome outcome = execution.outcome(ending);
      boolean failed = outcome.grade().isViolation();
      return new Counterexample(
          Schedule.of(engine.trace()).toString(),
          outcome,
          engine.names(),
          engine.trace().switches(),
          steps,
          failed && brokenAt < 0 ? steps.size() - 1 : failed ? brokenAt : -1,
          ending == Ending.STUCK ? engine.waits() : List.of());
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
      default -> "a " + value.getClass().getSimpleName();
    };
  }
}
