package oversell.explorer.control;

import org.jspecify.annotations.Nullable;
import oversell.explorer.schedule.LocationSet;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.ObjectUse;
import oversell.explorer.schedule.Strategy;
import oversell.explorer.schedule.Trace;

/** The steps of an execution: what each touches, and what the strategy says comes next. */
final class Steps {
  /** More than a scan of some ten thousand elements takes, and few enough to be kept. */
  static final int MOST = 100_000;

  /** Well above what a thread does before another matters to it, unless it scans that much. */
  static final int MOST_ALONE = 20_000;

  final Trace trace = new Trace();
  private Strategy strategy;
  private Engine.@Nullable Listener listener;
  // What the step that is being taken has touched so far.
  private final LocationSet reads = new LocationSet();
  private final LocationSet writes = new LocationSet();
  // What it calls that two threads must not use at once.
  private @Nullable ObjectUse uses;
  // How often something was touched, and whether that is all in any execution.
  private int touches;
  private boolean certain;
  // Not before the main thread starts another one.
  private boolean recorded;
  final Completions completions = new Completions();
  // Of the last steps, which one thread took, those where another could have gone instead. Where
  // none could it may only be kept from it for a while, by the one that goes on.
  private int alone;
  private int loop;
  private int impatient;

  Steps(Strategy strategy) {
    this.strategy = strategy;
  }

  void follow(Strategy other) {
    strategy = other;
  }

  void tell(Engine.Listener hearer) {
    listener = hearer;
  }

  /** Whether somebody hears of each step, which is not to be on the stack of who took it. */
  boolean areTold() {
    return listener != null;
  }

  void clear() {
    trace.clear();
    alone = 0;
    loop = Task.START;
    completions.clear();
    clearTouched();
  }

  private void clearTouched() {
    recorded = false;
    touches = 0;
    certain = false;
    reads.clear();
    writes.clear();
    uses = null;
  }

  /** The step that is being taken reads and writes this. */
  void touch(long read, long written) {
    reads.add(read);
    writes.add(written);
    touches++;
  }

  /** The step that is being taken calls an object that two threads must not use at once. */
  void use(ObjectUse use) {
    uses = use.before(uses);
  }

  /**
   * What has been touched is all that the step touches, whatever it finds: in another order it
   * touches no more, unless its thread ends with it.
   */
  void setCertain() {
    // It may come to the end of a task.
    certain = touches == 1 && completions.isEmpty();
  }

  /** It ends its thread. Any step may, so this does not count as a touch. */
  void touchEnd() {
    reads.add(Locations.SCOPE);
  }

  /** It reads and writes what the calls do that a thread is in. */
  void touch(Task task) {
    reads.addAll(task.reads);
    writes.addAll(task.writes);
    touches += task.touchesInCall() ? 1 : 0;
    if (task.isServing && task.serves != null) {
      task.serves.touch(this);
    }
  }

  /** Whether a step is being taken that is kept: not before there is a second thread. */
  boolean isRecorded() {
    return recorded;
  }

  /** It has ended, and the next one of any thread has touched nothing yet. */
  void end() {
    completions.touchWhatIsNew(this);
    if (recorded) {
      trace.end(reads, writes);
      trace.use(uses);
      if (certain && touches == 1) {
        trace.setCertain();
      }
      if (listener != null) {
        listener.stepEnded(trace.length() - 1);
      }
    }
    clearTouched();
  }

  /**
   * Who of these takes the next one, as the strategy says: unless that has let one thread go on for
   * so long that it may be waiting for the others. From then on each goes in its turn.
   */
  int choose(long ready) {
    int last = trace.length() == 0 ? -1 : trace.thread(trace.length() - 1);
    boolean goesOn = last >= 0 && (ready & (1L << last)) != 0;
    if (areInTurn()) {
      long later = ready & -(2L << last);
      return Long.numberOfTrailingZeros(later != 0 ? later : ready);
    }
    int chosen = strategy.choose(trace, ready, goesOn ? last : -1);
    if (chosen != last) {
      alone = 0;
    } else if (Long.bitCount(ready) > 1) {
      alone++;
    }
    if (areInTurn()) {
      loop = trace.site(trace.length() - 1);
      impatient = last;
    }
    return chosen;
  }

  /** How a wait ends that may end for nothing, and that the step begins which is being taken. */
  Strategy.WaitEnd endOfWait() {
    // Who is alone has taken no step, and waits for nobody.
    return recorded ? strategy.endOfWait(trace) : Strategy.WaitEnd.SIGNALLED;
  }

  /** Whether one of these waits ends for nothing although nobody can go on. */
  boolean endSpuriously(long waiting) {
    return waiting != 0 && strategy.endsSpuriously(waiting);
  }

  /** Whether the strategy is asked no more. */
  boolean areInTurn() {
    return alone >= MOST_ALONE;
  }

  /** Whether the strategy has to know all of them, or it would leave some execution out. */
  boolean areOfSearch() {
    return strategy.isExhaustive();
  }

  /** Where the one went round that it let go on alone; {@link Task#START} if that has no place. */
  int loop() {
    return loop;
  }

  /** Whom it let go on alone. */
  int impatient() {
    return impatient;
  }

  /** Whether there are more than are worth running. */
  boolean areTooMany() {
    return trace.length() >= MOST;
  }

  /**
   * One begins: it touches and uses what the calls do that its thread is in.
   *
   * @param awaited the threads, as bits, that had to end before
   */
  void begin(Task task, long awaited) {
    Task.Wanted wants = task.wants;
    trace.begin(
        task.index, task.cause, task.site, task.conditional, wants == null ? null : wants.guard());
    touch(task);
    for (ObjectUse use = task.uses; use != null; use = use.next()) {
      uses = use.before(uses);
    }
    trace.await(awaited);
    recorded = true;
  }

  /** The step that has just begun is of a thread that has this, so that no other can take it. */
  void hold(Object guard) {
    trace.hold(guard);
  }
}
