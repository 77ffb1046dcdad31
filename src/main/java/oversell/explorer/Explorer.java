package oversell.explorer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import oversell.explorer.control.Census;
import oversell.explorer.control.Engine;
import oversell.explorer.schedule.DepthFirst;
import oversell.explorer.schedule.FewestSwitches;
import oversell.explorer.schedule.Priorities;
import oversell.explorer.schedule.RandomOrder;
import oversell.explorer.schedule.Replay;
import oversell.explorer.schedule.Schedule;
import oversell.explorer.schedule.Strategy;
import oversell.explorer.weave.JdkCalls;
import oversell.explorer.weave.WeavingLoader;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.BuyerScope;

/**
 * Explores the interleavings of one sale, on the thread that asks it to. One at a time in a JVM,
 * which has to be launched with {@link #FLAGS}.
 */
public final class Explorer {
  /** What a JVM that explores needs to be told. */
  public static final List<String> FLAGS = Engine.FLAGS;

  /** How many orderings a bug may take for the bound of pct to hold. */
  public static final int BUG_DEPTH = 3;

  private final Subject subject;
  private final long seed;
  private final LongSupplier nanoTime;
  // Of all explorations: what the JIT made of the woven classes stays.
  private final WeavingLoader loader;
  // Of all explorations, too: what one of them started may still run in the next.
  private final Census census = Census.take();
  private boolean hasTold;

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
    this(new Subject(workload, provider, scope, JdkCalls.standard()), seed, nanoTime);
  }

  Explorer(Subject subject, long seed, LongSupplier nanoTime) {
    this.subject = subject;
    this.seed = seed;
    this.nanoTime = nanoTime;
    loader = subject.loader(false);
  }

  /**
   * Explores. To do so again leads to the same, and the counterexample is not told a second time.
   *
   * @throws IOException if the listener does
   */
  public Explored explore(ExplorationListener listener) throws IOException {
    Search search = search(listener);
    // What matters shows while they run, and then others were missed so far.
    while (!search.run() && !search.isUncontrolled()) {
      hasTold |= search.hasTold();
      search = search(listener);
    }
    hasTold |= search.hasTold();
    return search.explored();
  }

  private Search search(ExplorationListener listener) {
    Strategy strategy = strategy(subject.exploration());
    Machinery machinery = Machinery.of(subject, loader, strategy);
    machinery.engine().doubt(census::newcomer);
    return new Search(machinery, strategy, listener, hasTold, nanoTime);
  }

  /**
   * One execution, told again.
   *
   * @param strictly whether to the step
   * @param passedOver how often a thread should have gone on and had to wait
   */
  public record Replayed(boolean strictly, int passedOver, Counterexample told) {}

  /**
   * Runs one schedule once more and tells it: to the step if it is one of this sale, and otherwise
   * so that threads that should go on and have to wait are passed over.
   */
  public Replayed replay(Schedule schedule) {
    int known = subject.matters().known();
    Replayed replayed = replayOnce(schedule);
    // What it shows to matter the exploration knew that found it.
    return subject.matters().known() == known ? replayed : replayOnce(schedule);
  }

  private Replayed replayOnce(Schedule schedule) {
    Storyteller storyteller = new Storyteller(subject);
    Optional<Counterexample> told = storyteller.tell(new Replay(schedule, true));
    if (told.isPresent()) {
      return new Replayed(true, 0, told.get());
    }
    Optional<Counterexample> endless = storyteller.tellIfEndless(new Replay(schedule, true));
    if (endless.isPresent()) {
      return new Replayed(true, 0, endless.get());
    }
    Replay loose = new Replay(schedule, false);
    Counterexample followed =
        storyteller
            .tell(loose)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "it reaches a bound or cannot be kept under control: explore the sale to"
                            + " see where"));
    return new Replayed(false, loose.passedOver(), followed);
  }

  private Strategy strategy(Exploration exploration) {
    return switch (exploration.strategy()) {
      case EXHAUSTIVE ->
          new DepthFirst(exploration.reduction() == Exploration.Reduction.SOURCE_DPOR);
      case RANDOM -> new RandomOrder(seed, exploration.schedules());
      case PCT -> new Priorities(seed, exploration.schedules(), BUG_DEPTH);
      case FEWEST_SWITCHES -> new FewestSwitches();
    };
  }
}
