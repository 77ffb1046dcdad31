package oversell.explorer.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What has been found to matter while executions ran, so that it has to be a step in all of them:
 * an exploration that finds one more begins again. Shared by all that run executions of one
 * program, and used by one thread at a time.
 */
public final class Matters {
  private final boolean wakesSpuriously;
  private boolean clock;
  private boolean ends;
  private boolean threadEnds;
  private boolean starts;
  private boolean conditions;
  private boolean queues;
  private boolean longLimits;
  private boolean chance;
  private boolean hashes;
  private boolean commonPool;
  private boolean parallelStreams;
  private boolean weakAttempts;
  private boolean carriers;
  private boolean handOvers;
  private boolean interrupts;
  private boolean sums;
  private boolean stages;
  private boolean leftInterrupts;
  private boolean comparedTasks;
  private final Set<String> inside = new TreeSet<>();
  private long unparked;
  private boolean rounds;
  private boolean hiddenRounds;
  private boolean orderOfSignals;
  private boolean schedule;
  private boolean periods;

  /**
   * Nothing is found yet.
   *
   * @param wakesSpuriously whether waits may end without a signal
   */
  public Matters(boolean wakesSpuriously) {
    this.wakesSpuriously = wakesSpuriously;
    // The JDK's own do not end so.
    conditions = wakesSpuriously;
  }

  /** Whether a wait may end without a signal, once for each thread. */
  boolean wakesSpuriously() {
    return wakesSpuriously;
  }

  /** A signal was given for which several threads waited: it goes to the first of them. */
  void noteOrderOfSignals() {
    orderOfSignals = true;
  }

  /** How much is known; it grows and never shrinks. */
  public int known() {
    return (clock ? 1 : 0)
        + (ends ? 1 : 0)
        + (threadEnds ? 1 : 0)
        + (starts ? 1 : 0)
        + (conditions ? 1 : 0)
        + (rounds ? 1 : 0)
        + (hiddenRounds ? 1 : 0)
        + (queues ? 1 : 0)
        + Long.bitCount(unparked)
        + inside.size();
  }

  /** The classes of the JDK that have to be explored from the inside, by name. */
  public Set<String> inside() {
    return Set.copyOf(inside);
  }

  /** Says that one has to be; false if it is already. */
  boolean addInside(String type) {
    return inside.add(type);
  }

  /** Whether anybody has ever asked what time it is: before that no two sleeps conflict. */
  boolean ofClock() {
    return clock;
  }

  void addClock() {
    clock = true;
  }

  /**
   * Whether anybody has ever asked whether a thread, or what it computes, has come to its end: then
   * that is a step of its own, after the last one that its code takes.
   */
  boolean ofEnds() {
    return ends;
  }

  void addEnds() {
    ends = true;
  }

  /**
   * Whether anybody has ever asked whether a thread has ended on which the JDK does something after
   * the last step of its code: then that it ends is a step of its own, after that.
   */
  boolean ofThreadEnds() {
    return threadEnds;
  }

  void addThreadEnds() {
    threadEnds = true;
  }

  /**
   * Whether the JDK may do something before the first step of a thread's code that others can tell:
   * it runs a task only if that was not cancelled, and no other thread runs it.
   */
  boolean ofStarts() {
    return starts;
  }

  void addStarts() {
    starts = true;
  }

  /** Whether a thread is stopped that has gone round a loop in vain: see {@link Repetition}. */
  public boolean ofRounds() {
    return rounds && !hiddenRounds;
  }

  /** Says that they matter; false if nothing can be known of them, or they do already. */
  public boolean addRounds() {
    boolean isNews = !rounds && !hiddenRounds;
    rounds = true;
    return isNews;
  }

  /** Says that what a thread does in a round may not be seen. */
  public void hideRounds() {
    hiddenRounds = true;
  }

  void addLongLimits() {
    longLimits = true;
  }

  /**
   * Why its executions are not all that there are, and what to do about it, as a clause; empty if
   * they may be. A periodic task could run any number of times between two steps of another thread.
   */
  public Optional<String> bound() {
    return periods
        ? Optional.of(
            "a periodic task was run again only when each thread that could go on had taken a step;"
                + " hand it to the pool once, or a few times, to have all of that explored")
        : Optional.empty();
  }

  /** What its executions have in common that others might not have, as clauses. */
  public List<String> assumed() {
    List<String> assumed = new ArrayList<>();
    if (wakesSpuriously) {
      assumed.add(
          "a second wake-up of a thread for nothing, one out of a wait with a limit before that has"
              + " passed, one out of LockSupport.park, or one out of a condition of another lock than"
              + " an unfair ReentrantLock");
    }
    if (clock) {
      assumed.add("time that passes while no thread sleeps or waits with a limit");
    }
    if (chance) {
      assumed.add("other random numbers");
    }
    if (hashes) {
      assumed.add("other identity hash codes");
    }
    if (longLimits) {
      assumed.add("a limit of a minute or more that passes while another thread can go on");
    }
    if (ofRounds()) {
      assumed.add("a JVM that never runs the thread that a busy-wait waits for");
    }
    if (orderOfSignals) {
      assumed.add("a notify that wakes another thread than the one that has waited longest");
    }
    if (schedule) {
      assumed.add(
          "a thread so slow that of two scheduled tasks the one with the longer delay is due first");
    }
    if (parallelStreams) {
      assumed.add(
          "a parallel stream that splits its elements less far or while others work on them, or that"
              + " works on some of them on the thread that asks for its result");
    }
    if (leftInterrupts) {
      assumed.add(
          "a ForkJoinPool whose thread begins a task while it is interrupted since the one before"
              + " was cancelled");
    }
    if (comparedTasks) {
      assumed.add("what other threads do while the queue of a pool compares two tasks");
    }
    if (stages) {
      assumed.add(
          "a CompletableFuture that is found not to be complete when one is on which it depends");
    }
    if (sums) {
      assumed.add(
          "a size() of a concurrent collection, or a sum() of an adder, that misses a change made"
              + " just before");
    }
    if (interrupts) {
      assumed.add(
          "a thread that learns that it is about to be interrupted (by shutdownNow, by cancel, or"
              + " with its scope) before it is");
    }
    if (handOvers) {
      assumed.add("a limit of invokeAll that passes before all tasks have been handed over");
    }
    if (!inside.isEmpty()) {
      assumed.add(
          "what the JDK does with its own "
              + String.join(", ", inside)
              + " (a copy was explored from the inside)");
    }
    if (weakAttempts) {
      assumed.add("a weak compare-and-set that fails for no reason");
    }
    if (carriers) {
      assumed.add("a virtual thread that says in its text that another thread carries it");
    }
    if (commonPool) {
      assumed.add(
          "a common pool, or a ForkJoinPool, with fewer threads than tasks, or one whose threads"
              + " run other tasks while they wait");
    }
    return assumed;
  }

  /** A pool has been made whose tasks are due at times. */
  void noteSchedule() {
    schedule = true;
  }

  /** A task has been scheduled periodically. */
  void notePeriod() {
    periods = true;
  }

  void noteChance() {
    chance = true;
  }

  /** Somebody has asked for the number that the JVM gives to an object. */
  void noteHashes() {
    hashes = true;
  }

  void noteParallelStream() {
    parallelStreams = true;
  }

  void noteLeftInterrupt() {
    leftInterrupts = true;
  }

  void noteHandOver() {
    handOvers = true;
  }

  /** Somebody has asked a future that depends on others whether it is complete. */
  void noteStages() {
    stages = true;
  }

  /** One thread has summed up what others may change meanwhile. */
  void noteSum() {
    sums = true;
  }

  /** One step has interrupted a thread, and told others of it, which the JDK does before. */
  void noteInterrupts() {
    interrupts = true;
  }

  void noteComparedTasks() {
    comparedTasks = true;
  }

  void noteWeakAttempt() {
    weakAttempts = true;
  }

  void noteCarrier() {
    carriers = true;
  }

  void noteCommonPool() {
    commonPool = true;
  }

  /** Whether the program has ever given this thread a permit, by LockSupport.unpark. */
  boolean isUnparked(Task task) {
    return (unparked & task.bit) != 0;
  }

  void addUnparked(Task task) {
    unparked |= task.bit;
  }

  /** Whether anybody has ever waited for a condition with a time limit. */
  boolean ofConditions() {
    return conditions;
  }

  void addConditions() {
    conditions = true;
  }

  /**
   * Whether anybody has ever asked which tasks of a pool are still in its queue: then that a thread
   * takes one is a step of its own, after the end of the task before.
   */
  boolean ofQueues() {
    return queues;
  }

  void addQueues() {
    queues = true;
  }

  void addEndsIf(boolean isAsked) {
    ends |= isAsked;
  }
}
