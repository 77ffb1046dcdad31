package oversell.explorer.control;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import oversell.explorer.control.Engine.Ending;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Rounds;
import oversell.explorer.hook.Site;
import oversell.explorer.hook.Sites;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Strategy;
import oversell.explorer.schedule.Trace;

/**
 * Runs tasks one at a time on the platform thread that made it, and asks a strategy who is next
 * whenever one is about to take a step that others could tell. A choice is made where the step is
 * announced, on the stack of the thread that runs: one that goes on is not switched.
 */
final class Scheduler {
  private static final String HANDLER = "Reference Handler";
  // Whose map is then made by the explorer, and not by the JDK.
  private static final String KEYS =
      " (of a ConcurrentHashMap, let its keys be texts, numbers, constants or records of these; of a"
          + " CopyOnWriteArrayList, explore with Options.inside(\"java.util.concurrent.CopyOnWriteArrayList\"))";
  private static final int FIRST_WHOSE_QUEUES_PIN = 24;
  private static final boolean QUEUES_PARK = Runtime.version().feature() < FIRST_WHOSE_QUEUES_PIN;
  // Some seconds, and far more than the handler takes.
  private static final int MOST_YIELDS = 10_000_000;

  final Steps steps;
  final Tasks tasks;
  final Stage stage;
  // What can go on: a task has its bit here if and only if it waits to be chosen.
  long ready;
  private final Matters matters;
  private @Nullable Task running;
  private @Nullable Task handOff;
  private Ending ending = Ending.DONE;
  private @Nullable Bound bound;
  // Added to by threads that are not under control.
  // With one, so that its class is loaded before another thread needs it.
  private final Queue<Outside> outside =
      new ConcurrentLinkedQueue<>(List.of(new Outside(Optional.empty(), "")));
  private @Nullable Repetition repetition;
  private @Nullable LastRound lastRound;
  private boolean isCutAfterStep;
  // What ended a thread and was not caught.
  @Nullable Throwable uncaught;

  /** Which thread was unparked, if it is known, and by which. */
  private record Outside(Optional<Task> task, String thread) {}

  /**
   * A bound that was reached.
   *
   * @param what was, as a clause
   * @param site where; {@link Task#START} if that has no place or another is named
   * @param place that is named instead; empty if none is
   * @param advice what to do about it
   */
  private record Bound(String what, int site, String place, String advice) {}

  /** A scheduler of its caller's thread. */
  Scheduler(Strategy strategy, Sites sites, Matters matters) {
    this.matters = matters;
    stage = new Stage(sites);
    tasks = new Tasks(this);
    steps = new Steps(strategy);
  }

  /**
   * Forgets the last execution.
   *
   * @param announces whether the main thread announces its own steps
   */
  void clear(boolean announces) {
    steps.clear();
    if (!tasks.main().ended) {
      tasks.forgetMain();
    }
    tasks.clear(announces);
    ready = 0;
    handOff = null;
    ending = Ending.DONE;
    bound = null;
    lastRound = null;
    isCutAfterStep = false;
    outside.clear();
    uncaught = null;
  }

  void watch(Repetition watching) {
    repetition = watching;
  }

  /** Runs the main thread and all that it starts. */
  Ending run(Runnable body) {
    stage.begin();
    Task main = tasks.main();
    tasks.startMain(
        () -> {
          body.run();
          main.ended = true;
        });
    Task next = main;
    ready &= ~main.bit;
    while (next != null) {
      resume(next);
      if (ending != Ending.DONE) {
        break;
      }
      next = handOff != null ? handOff : choose();
      handOff = null;
    }
    stage.end();
    if (lastRound != null && ending != Ending.ENDLESS) {
      steps.trace.cutTo(lastRound.from);
    }
    tasks.tellKeptBack(ready, steps.trace);
    stage.stranger().ifPresent(what -> escape(Task.START, what));
    Outside who = outside.peek();
    if (who != null) {
      escapeFromOutside(who);
    } else if (steps.areInTurn() && (ending == Ending.DONE || steps.areOfSearch())) {
      reachBound(
          "a busy-wait: it ends only if another thread runs ("
              + tasks.name(tasks.get(steps.impatient()))
              + plain(" took %,d steps in a row while others could run)", Steps.MOST_ALONE),
          steps.loop(),
          "",
          adviceForABusyWait());
    }
    return ending;
  }

  private String adviceForABusyWait() {
    return "wait for a signal instead of asking again and again, or "
        + (matters.ofRounds()
            ? "give up after a few rounds: one that others can see, since it counts, or takes a lock"
                + " and gives it back, is not left out; or explore"
            : "explore at access, where a round that changes nothing is left out, or")
        + " with strategy random, which lets the others run";
  }

  private void escapeFromOutside(Outside who) {
    escape(
        who.task().map(task -> task.site).orElse(Task.START),
        "%s was unparked by code that is not under control, on the thread \"%s\"; let only the"
                .formatted(who.task().map(tasks::name).orElse("a thread"), who.thread())
            + " threads of the scenario take part"
            + who.task().map(task -> "; it waited").orElse(""));
  }

  private void resume(Task task) {
    if (task.isEnding) {
      endNow(task);
      return;
    }
    running = task;
    task.goOn();
    while ((isHeldUp(task) && awaitHandler(task)) || (task.isBlocked() && awaitMonitor(task))) {
      task.goOn();
    }
    running = null;
    if (task.atomicCalls > 0 && ending == Ending.DONE) {
      escape(task.site, Points.IN_STEP);
    }
    if ((ready & task.bit) == 0 && tasks.isOver(task)) {
      end(task);
      if (matters.ofThreadEnds() && task.goesOnAfterItsCode()) {
        endLater(task);
      }
    }
    if (task.isBlocked()) {
      escape(
          task.site,
          "a wait for a monitor that the JDK has for itself, as some collections have while they call"
              + " a function"
              + KEYS);
    }
  }

  /**
   * Whether it has parked, for a moment, in a lock that the JVM's handler of references has or had.
   * The JDK looks into a queue of collected references when a pool, an executor or a scope is made
   * or a weak map is asked, and up to JDK 23 a virtual thread parks there while the handler adds to
   * that queue. This is not the end of its step. Whose limit has passed is in the lock of a
   * barrier.
   */
  private static boolean isHeldUp(Task task) {
    return QUEUES_PARK
        && task.limit != Task.Limit.HAS_PASSED
        && task.waitsInLock()
        && task.blockedBy().map(holder -> holder.getName().equals(HANDLER)).orElse(true);
  }

  /** Whether the handler has let it go on, and nobody else. */
  @SuppressWarnings("ThreadPriorityCheck")
  private boolean awaitHandler(Task task) {
    int yields = 0;
    Outside byHandler = new Outside(Optional.of(task), HANDLER);
    // Let go on before it was parked, it has arrived already.
    while ((ready & task.bit) == 0 && !outside.remove(byHandler)) {
      // The handler may have come just now.
      boolean isByOthers = outside.stream().anyMatch(who -> !who.equals(byHandler));
      if (isByOthers || ++yields > MOST_YIELDS) {
        escape(task.site, "a lock of the JDK is held by code that is not under control");
        return false;
      }
      Thread.yield();
    }
    ready &= ~task.bit;
    return true;
  }

  /**
   * Whether a thread that is not under control leaves a monitor of the JDK's that it had for a
   * moment, as its cleaner does. This is not the end of the step of whoever wants it. Until that
   * goes on nobody else gets the monitor, and to load a class or to link a lambda may take it: so
   * neither is done here.
   */
  // A task is itself and no other.
  @SuppressWarnings({"ReferenceEquality", "ThreadPriorityCheck"})
  private boolean awaitMonitor(Task task) {
    // Should a controlled thread have it, nobody leaves it.
    for (int yields = 0; yields < MOST_YIELDS / 10; yields++) {
      for (Iterator<Outside> all = outside.iterator(); all.hasNext(); ) {
        if (all.next().task().orElse(null) == task) {
          all.remove();
          return true;
        }
      }
      Thread.yield();
    }
    return false;
  }

  /** Others may come between what the JDK has done on a thread and the end of that. */
  private void endLater(Task task) {
    task.isEnding = true;
    task.outlivesItsCode = !task.isWaitedForByScope();
    task.ended = task.outlivesItsCode;
    task.isServing = false;
    task.site = Task.END;
    task.conditional = false;
    task.cause = Trace.NO_CAUSE;
    ready |= task.bit;
    if (task.serves != null) {
      task.serves.announce();
    }
  }

  private void endNow(Task task) {
    task.isEnding = false;
    if (task.ended) {
      Rounds.changed();
      steps.touchEnd();
    } else {
      end(task);
    }
  }

  void end(Task task) {
    tasks.end(task);
    Rounds.changed();
    steps.touchEnd();
    if (task.serves != null) {
      task.serves.end(steps);
    }
    if (task.scope != null) {
      task.scope.end(task);
    }
  }

  /** A thread has ended with what nobody caught. */
  void uncaught(Throwable thrown) {
    if (uncaught == null && !(thrown instanceof Engine.Dropped)) {
      uncaught = thrown;
    }
  }

  /** Whether the caller is no part of this. */
  boolean isStranger() {
    return stage.isStranger(running == null ? null : running.thread);
  }

  /** The JDK lets a thread go on. */
  void arrived(Task task) {
    if (isStranger()) {
      arrivedFromOutside(Optional.of(task));
    } else if (!task.yielding) {
      ready |= task.bit;
      task.hasArrived = true;
      // One with a limit could have gone on before, by that.
      task.cause = task.isWithinLimit() ? Trace.NO_CAUSE : steps.trace.length() - 1;
    }
  }

  /** Somebody who is no part of this lets a thread go on, which is a task if that is known. */
  void arrivedFromOutside(Optional<Task> task) {
    outside.add(new Outside(task, Thread.currentThread().getName()));
  }

  /** Whether there is no thread yet but the main one, whose steps are one. */
  boolean isAlone() {
    return tasks.hasOnlyMain();
  }

  /** Who takes a step; null where nobody does who is controlled. */
  @Nullable Task running() {
    return running;
  }

  /**
   * A thread is about to take a step, and others may go first; returns when it is its turn.
   *
   * @param goesOn whether it could take that step now
   */
  void pass(Task task, int site, boolean goesOn) {
    if (ending != Ending.DONE) {
      throw drop(ending);
    }
    task.hasSteppedInCall = true;
    if (task.serves != null) {
      task.serves.announce();
    }
    task.site = site;
    task.conditional = !goesOn;
    task.cause = Trace.NO_CAUSE;
    if (goesOn) {
      ready |= task.bit;
    }
    if (!steps.areTold()) {
      Task next = choose();
      if (next == task) {
        return;
      }
      handOff = next;
    }
    task.giveWay();
    if (handOff != null) {
      handOff = null;
      escape(
          site,
          "a thread cannot be stopped while it is pinned to its carrier, as it is in a function that"
              + " the JDK calls with a monitor of its own, before JDK 24"
              + KEYS);
    }
    if (ending != Ending.DONE) {
      throw new Engine.Dropped();
    }
  }

  /** Who is next; null if the execution has ended, or is to be dropped. */
  private @Nullable Task choose() {
    steps.end();
    if (isCutAfterStep) {
      ending = Ending.CUT;
      return null;
    }
    ready = tasks.correct(ready);
    long spurious = matters.wakesSpuriously() ? tasks.thoseThatEndSpuriously() : 0;
    if (ready == 0 && steps.endSpuriously(spurious)) {
      ready = spurious;
    }
    if (ready == 0) {
      stop();
      if (lastRound != null && ending != Ending.ESCAPED) {
        ending = Ending.CUT;
      }
      return null;
    }
    long able = ready;
    if (repetition != null) {
      able = repetition.others(ready);
      able = able == 0 ? tasks.thoseThatEndLast() : able;
      if (lastRound != null || (able == 0 && repetition.stopsRounds())) {
        return goRound(repetition, able);
      }
      if (able == 0 && repetition.isEndless(ready)) {
        ending = isLeftToDaemons() ? Ending.DONE : Ending.ENDLESS;
        return null;
      }
      able = able == 0 ? ready : able;
    }
    if (steps.areTooMany()) {
      int last = steps.trace.length() - 1;
      reachBound(
          plain("the execution had not ended after %,d steps, the last of ", Steps.MOST)
              + tasks.name(tasks.get(steps.trace.thread(last))),
          steps.trace.site(last),
          "",
          "look there for a loop that waits for what does not come; if it is no loop, explore fewer"
              + " threads or a coarser granularity");
      return null;
    }
    Task chosen = ask(able | spurious);
    return chosen == null ? null : take(chosen);
  }

  private Task take(Task chosen) {
    chosen.noteInterrupt();
    if (chosen.isWithinLimit() && !chosen.hasArrived) {
      chosen.passLimit();
    }
    chosen.hasWokenInterrupted |= chosen.hasArrived && chosen.isInterrupted();
    chosen.hasArrived = false;
    ready &= ~chosen.bit;
    tasks.stopWanting(chosen);
    return chosen;
  }

  /**
   * Chooses who goes on when all who can have gone round in vain, without asking the strategy: each
   * of them goes round once more. If that changes nothing the execution never ends. If it does, the
   * execution is cut, since another one shows the same without the rounds before.
   *
   * @param able those who can go on and have not gone round in vain
   */
  private @Nullable Task goRound(Repetition watching, long able) {
    LastRound round = lastRound;
    if (round == null) {
      round = new LastRound(steps.trace.length(), watching.changes());
      lastRound = round;
    }
    boolean isOnTheWay = round.task != null && able == round.task.bit;
    if (watching.changes() != round.changes || (able != 0 && !isOnTheWay)) {
      ending = Ending.CUT;
      return null;
    }
    if (!isOnTheWay) {
      if (round.task != null && round.task.ended) {
        ending = Ending.CUT;
        return null;
      }
      round.task = watching.goRoundAgain(ready);
    }
    if (round.task == null && watching.isEndless(ready)) {
      ending = isLeftToDaemons() ? Ending.DONE : Ending.ENDLESS;
      return null;
    }
    if (round.task == null || steps.trace.length() - round.from > Steps.MOST_ALONE) {
      reachBound(
          "a busy-wait: nothing is known of what it waits for",
          steps.trace.site(steps.trace.length() - 1),
          "",
          "wait for a signal instead of asking again and again");
      return null;
    }
    begin(round.task);
    return take(round.task);
  }

  /** Whether the main thread has ended, and a JVM would end, since only daemons can go on. */
  private boolean isLeftToDaemons() {
    boolean areLeft = tasks.main().ended;
    for (long left = ready; left != 0; left &= left - 1) {
      Thread thread = tasks.get(Long.numberOfTrailingZeros(left)).asShown();
      areLeft &= thread != null && thread.isDaemon();
    }
    return areLeft;
  }

  /** The steps that the strategy has chosen, and what was wanted at the end. */
  Trace chosenTrace() {
    Trace chosen = steps.trace;
    if (lastRound != null) {
      chosen = chosen.copy();
      chosen.cutTo(lastRound.from);
      tasks.tellKeptBack(ready, chosen);
    }
    return chosen;
  }

  /** The last rounds of an execution, of threads that have all gone round in vain before. */
  private static final class LastRound {
    /** Its first step. */
    final int from;

    /** As of which change. */
    final long changes;

    /** Who goes round. */
    @Nullable Task task;

    LastRound(int from, long changes) {
      this.from = from;
      this.changes = changes;
    }
  }

  /** Nobody can go on. Threads that serve others may wait for ever once the main one has ended. */
  private void stop() {
    ending = tasks.main().ended ? Ending.DONE : Ending.STUCK;
    if (ending == Ending.STUCK) {
      tasks.tellWaitsOutside(this::escape);
      // Somebody who is not controlled may let them go on yet.
      stage.outsider().ifPresent(what -> escape(Task.START, what));
    }
  }

  private @Nullable Task ask(long able) {
    int index = steps.choose(able);
    if (index < 0) {
      ending = Ending.CUT;
      if (index == Strategy.DIVERGED) {
        int last = steps.trace.length() - 1;
        escape(
            last < 0 ? Task.START : steps.trace.site(last),
            unlike(last < 0 ? tasks.main().index : steps.trace.thread(last)));
      }
      return null;
    }
    Task chosen = tasks.get(index);
    begin(chosen);
    return chosen;
  }

  private void begin(Task chosen) {
    if (repetition != null && chosen == tasks.main() && !tasks.announcesMain()) {
      repetition.changedUnseen();
    }
    Task.Wanted wants = chosen.wants;
    if (wants != null) {
      int enabledBy = wants.enabledBy(chosen);
      if (enabledBy != Trace.NO_CAUSE) {
        chosen.cause = enabledBy;
        chosen.conditional = false;
      }
    }
    long awaited = wants == null ? tasks.awaited(chosen, chosen.joins) : wants.awaited(chosen);
    chosen.conditional &= wants == null || !wants.isOfEnds();
    steps.begin(chosen, awaited);
    if (chosen.lastStep == Trace.NO_CAUSE && chosen != tasks.main() && matters.ofStarts()) {
      steps.touch(Locations.SCOPE, Locations.SCOPE);
    }
    chosen.lastStep = steps.trace.length() - 1;
  }

  String unlike(int thread) {
    return "the same choices did not lead to the same steps: something is kept from one execution to"
        + " the next (in a static field, a cache) or differs each time (the date, a random number, the"
        + " order of a HashSet of lambdas or threads); make it anew in each execution, or pass it in;"
        + " it shows after a step of "
        + tasks.name(tasks.get(thread));
  }

  /** Something was done that cannot be controlled: the execution ends here. */
  void escape(int site, String what) {
    ending = Ending.ESCAPED;
    stage.escape(site, what, running == null ? "" : tasks.name(running));
  }

  /** Drops the execution that the caller is in, who never goes on if it can be stopped at all. */
  Engine.Dropped drop(Ending how) {
    ending = how;
    if (running != null) {
      running.giveWay();
    }
    return new Engine.Dropped();
  }

  /** The same where a thread went round so often without a step. */
  Engine.Dropped dropAtRounds(Task task, int rounds) {
    reachBound(
        tasks.name(task)
            + plain(" went round %,d times without a step that another thread could see", rounds),
        Task.START,
        placeOfCaller(),
        "look there for a loop without an end; if it has one, give it less to do");
    return drop(Ending.BOUNDED);
  }

  /** Where the woven class stands that called a hook. */
  private static String placeOfCaller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(
                        frame ->
                            !frame
                                .getClassName()
                                .matches("oversell\\.explorer\\.(control|hook)\\..*"))
                    .findFirst())
        .map(
            frame ->
                new Site(
                    frame.getClassName().replaceFirst(".*[.$]", ""),
                    frame.getMethodName(),
                    frame.getFileName() == null ? "" : frame.getFileName(),
                    Math.max(0, frame.getLineNumber()),
                    Operation.CALL,
                    ""))
        .map(Site::inMethod)
        .orElse("");
  }

  /** There are more threads than a set of them can hold. */
  void reachBoundOfThreads() {
    reachBound(
        "more than %d threads were started, which is the most that can be explored"
            .formatted(Tasks.most()),
        running == null ? Task.START : running.site,
        "",
        "explore fewer threads");
  }

  /** A number as every reader knows it, whatever the locale is or was set to. */
  private static String plain(String format, int number) {
    return String.format(Locale.ROOT, format, number);
  }

  private void reachBound(String what, int site, String place, String advice) {
    ending = Ending.BOUNDED;
    if (bound == null) {
      bound = new Bound(what, site, place, advice);
    }
  }

  Optional<String> bound(Sites sites) {
    return Optional.ofNullable(bound)
        .map(
            reached -> {
              String place =
                  reached.site() < 0 ? reached.place() : sites.get(reached.site()).inMethod();
              return reached.what()
                  + (place.isEmpty() ? "" : ", in " + place)
                  + "; "
                  + reached.advice();
            });
  }

  /** The execution is cut when the step has ended that is being taken. */
  void cutAfterStep() {
    isCutAfterStep = true;
  }

  boolean isDropped() {
    return ending != Ending.DONE;
  }
}
