package oversell.control;

import org.jspecify.annotations.Nullable;
import oversell.schedule.Strategy;
import oversell.schedule.Trace;

/** The steps of an execution: what each touches, and what the strategy says comes next. */
final class Steps {
  final Trace trace = new Trace();
  private Strategy strategy;
  private Engine.@Nullable Listener listener;
  // What the step that is being taken has touched so far.
  private long reads;
  private long writes;
  // Not where nobody else could go: the owner's first step, and its last.
  private boolean recorded;

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
    recorded = false;
    reads = 0;
    writes = 0;
  }

  /** The step that is being taken reads and writes this. */
  void touch(long read, long written) {
    reads |= read;
    writes |= written;
  }

  /** It has ended, and the next one of any thread has touched nothing yet. */
  void end() {
    if (recorded) {
      trace.end(reads, writes);
      if (listener != null) {
        listener.stepEnded(trace.length() - 1);
      }
    }
    recorded = false;
    reads = 0;
    writes = 0;
  }

  /** Who of these takes the next one, as the strategy says. */
  int choose(long ready) {
    int last = trace.length() == 0 ? -1 : trace.thread(trace.length() - 1);
    boolean goesOn = last >= 0 && (ready & (1L << last)) != 0;
    return strategy.choose(trace, ready, goesOn ? last : -1);
  }

  /** The owner of the scope goes on to its end, and nobody else is left. */
  Task last(Task owner) {
    trace.close(owner.index, owner.cause, owner.reads, owner.writes);
    return owner;
  }

  /** One begins: it touches what the calls do that its thread is in. */
  void begin(Task task) {
    touch(task.reads, task.writes);
    trace.begin(task.index, task.cause, task.site, task.conditional);
    recorded = true;
  }
}
