package oversell.explorer;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import oversell.explorer.control.Census;
import oversell.explorer.control.Engine;
import oversell.explorer.control.Matters;
import oversell.explorer.schedule.DepthFirst;
import oversell.explorer.schedule.FewestSwitches;
import oversell.explorer.schedule.Priorities;
import oversell.explorer.schedule.RandomOrder;
import oversell.explorer.schedule.Replay;
import oversell.explorer.schedule.Schedule;
import oversell.explorer.weave.JdkCalls;
import oversell.explorer.weave.WeavingLoader;

/**
 * Explores one subject, any number of times, on the platform thread that calls it. In a JVM one
 * exploration runs at a time, and others wait for it.
 *
 * @param <R> the type of outcomes
 */
public final class SubjectExplorer<R> {
  // Woven classes call static methods, which pass calls to one controller at a time.
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private final Machinery.Setting<R> setting;
  private final LongSupplier nanoTime;
  // One loader for all explorations of this object: the JIT has compiled its classes. Only if it is
  // found that rounds of loops matter, or the inside of a class, there is another one.
  private WeavingLoader loader;
  private boolean isOfRounds;
  private Set<String> inside = Set.of();
  // One census for all of them, too: what one exploration started may still run in the next.
  private final Census census = Census.take();
  private boolean hasFound;

  /**
   * Makes an explorer of one subject.
   *
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public SubjectExplorer(Subject<R> subject, Options options, LongSupplier nanoTime) {
    this(subject, options, JdkCalls.standard(), nanoTime);
  }

  SubjectExplorer(Subject<R> subject, Options options, JdkCalls calls, LongSupplier nanoTime) {
    setting =
        new Machinery.Setting<>(subject, options, calls, new Matters(options.wakesSpuriously()));
    if (options.granularity() != Granularity.ACCESS) {
      // A round may be part of a longer step, and there is no execution without it then.
      setting.matters().hideRounds();
    }
    this.nanoTime = nanoTime;
    loader = setting.loader(false);
  }

  /**
   * Explores. A second call comes to the same result, but does not report the failure again.
   *
   * @throws IOException if the listener does
   * @throws IllegalStateException if this thread explores already, or is a virtual one
   */
  public Findings<R> explore(ExplorationListener<R> listener) throws IOException {
    begin();
    try {
      long untilNanos = until();
      Search<R> search = search(listener);
      // Only the executions show which kinds of steps matter; when that changes, some were left out
      // so far.
      while (!search.run(untilNanos) && !search.isUncontrolled()) {
        hasFound |= search.hasFound();
        search = search(listener);
      }
      hasFound |= search.hasFound();
      return search.findings();
    } finally {
      end();
    }
  }

  private static void begin() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          "an exploration runs virtual threads on its own thread, so that has to be a platform"
              + " thread; call it from one");
    }
    if (ONE_AT_A_TIME.isHeldByCurrentThread()) {
      throw new IllegalStateException("an exploration cannot explore; call it from outside");
    }
    ONE_AT_A_TIME.lock();
  }

  private static void end() {
    Engine.uninstall();
    ONE_AT_A_TIME.unlock();
  }

  private long until() {
    return nanoTime.getAsLong() + setting.options().within().toNanos();
  }

  private Search<R> search(ExplorationListener<R> listener) {
    if (isOfRounds != setting.matters().ofRounds()) {
      isOfRounds = setting.matters().ofRounds();
      loader = setting.loader(false);
    }
    var strategy = strategy(setting.options());
    Machinery<R> machinery = Machinery.of(setting, loader, strategy);
    while (!inside.equals(setting.matters().inside())) {
      // It was found in this execution, which does not count, or in the search before.
      inside = setting.matters().inside();
      loader = setting.loader(false);
      machinery = Machinery.of(setting, loader, strategy);
    }
    machinery.engine().doubt(census::newcomer);
    return new Search<>(machinery, strategy, listener, hasFound, nanoTime);
  }

  private static oversell.explorer.schedule.Strategy strategy(Options options) {
    return switch (options.strategy()) {
      case EXHAUSTIVE -> new DepthFirst(options.isReduced());
      case RANDOM -> new RandomOrder(options.seed(), options.schedules());
      case PCT -> new Priorities(options.seed(), options.schedules(), options.depth());
      case FEWEST_SWITCHES -> new FewestSwitches();
    };
  }

  /**
   * One execution that was run again.
   *
   * @param isStrict whether each step was the one that the schedule says
   * @param passedOver how often a thread should have run and was blocked
   * @param found the execution
   * @param <R> the outcomes
   */
  public record Replayed<R>(boolean isStrict, int passedOver, Found<R> found) {}

  /**
   * Runs one schedule again and records it: step by step as it says if it is one of this subject,
   * and otherwise so that a thread is skipped that should run but is blocked.
   *
   * @throws IllegalArgumentException if the text is no schedule
   * @throws IllegalStateException if the execution reaches a bound or is not under control
   */
  public Replayed<R> replay(String text) {
    Schedule schedule = Schedule.parse(text);
    begin();
    try {
      int known = setting.matters().known();
      Optional<Replayed<R>> replayed = replayOnce(schedule);
      if (setting.matters().known() != known) {
        // The exploration that found it knew the kinds of steps that matter; this one has just
        // learned of one.
        replayed = replayOnce(schedule);
      }
      return replayed.orElseThrow(
          () ->
              new IllegalStateException(
                  "it reaches a bound or is not under control: explore to see where"));
    } finally {
      end();
    }
  }

  /** As an exploration runs it that has found that rounds of loops matter. */
  private Optional<Found<R>> tellByRounds(Storyteller<R> storyteller, Schedule schedule) {
    if (!setting.matters().addRounds()) {
      return Optional.empty();
    }
    Optional<Found<R>> found = storyteller.tell(new Replay(schedule, true));
    if (found.isEmpty()) {
      setting.matters().hideRounds();
    }
    return found;
  }

  /** Empty if it reaches a bound or is not under control. */
  private Optional<Replayed<R>> replayOnce(Schedule schedule) {
    Storyteller<R> storyteller = new Storyteller<>(setting);
    Optional<Found<R>> found =
        storyteller
            .tell(new Replay(schedule, true))
            .or(() -> storyteller.tellIfEndless(new Replay(schedule, true)))
            .or(() -> tellByRounds(storyteller, schedule));
    if (found.isPresent()) {
      return Optional.of(new Replayed<>(true, 0, found.get()));
    }
    Replay loose = new Replay(schedule, false);
    return storyteller
        .tell(loose)
        .map(followed -> new Replayed<>(false, loose.passedOver(), followed));
  }
}
