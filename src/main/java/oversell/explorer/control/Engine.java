package oversell.explorer.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Hooks;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Rounds;
import oversell.explorer.hook.Sites;
import oversell.explorer.hook.Uncontrolled;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Strategy;
import oversell.explorer.schedule.Trace;

/**
 * Runs a main thread and the virtual threads that are started in it, one at a time, on the platform
 * thread that made it: that one alone may call it. One execution after the other: {@link #clear},
 * then whatever is to be run is made, then {@link #run}.
 *
 * <p>An execution that is not run to its end is dropped: nobody holds its threads any more, so they
 * and all they hold are garbage.
 */
public final class Engine {
  /** The site of the first step of a thread. */
  public static final int START = Task.START;

  /** The site of the end of a pause. */
  public static final int PAUSE = Task.PAUSE;

  /** The site of the step that reads what the main thread returns. */
  public static final int OUTCOME = Task.OUTCOME;

  /** The site of the step that ends a thread whose code has ended before. */
  public static final int END = Task.END;

  // Since then the JVM warns whoever sets a final field.
  private static final int FIRST_WITH_FINAL_FIELDS = 26;

  /** What this JVM needs to be told to control threads. */
  public static final List<String> FLAGS = flags(Runtime.version().feature());

  /**
   * What a JVM needs to be told to control threads.
   *
   * @param feature the version of its JDK
   */
  public static List<String> flags(int feature) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED",
                // Threads of executions that were dropped must not be held by the JDK.
                "-Djdk.trackAllThreads=false",
                // Once compiled, an exception that is often thrown would lose its message.
                "-XX:-OmitStackTraceInFastThrow"));
    if (feature >= FIRST_WITH_FINAL_FIELDS) {
      flags.add("--enable-final-field-mutation=ALL-UNNAMED");
    }
    return List.copyOf(flags);
  }

  private final Scheduler scheduler;
  private final Locations locations = new Locations();
  private final Points points;
  private final Monitors monitors;
  private final VirtualTime time;
  private final Announcements announcements;
  private final Sites sites;
  private @Nullable ClassLoader context;
  private boolean asked;
  private @Nullable Repetition repetition;

  /** How an execution ended. */
  public enum Ending {
    /** All its threads did. */
    DONE,
    /** Some can go on no more. */
    STUCK,
    /** It never would have: those that can go on repeat what they do, and nothing changes. */
    ENDLESS,
    /** It was not run on: it has a bound, and whether it would have ended is not known. */
    BOUNDED,
    /** The strategy wanted no more of it. */
    CUT,
    /** It did what cannot be controlled. */
    ESCAPED
  }

  /** Ends a thread of an execution that is dropped. Nobody but the engine should catch it. */
  public static final class Dropped extends Error {
    private static final long serialVersionUID = 1L;

    Dropped() {
      super("this execution is not run to its end", null, false, false);
    }
  }

  /** Hears of steps, and of values, if classes were woven to tell them. */
  public interface Listener {
    /** A step has ended, and no thread runs. */
    void stepEnded(int step);

    /** A value was read, or is about to be written, by the step that is being taken. */
    void told(@Nullable Object value);
  }

  /**
   * An engine of its caller's thread.
   *
   * @param stopsAt before which operations threads may be stopped
   * @param sites those of the classes that will be heard
   * @param matters what has been found to matter so far
   * @throws IllegalStateException if this JVM was not launched with what it takes
   */
  public Engine(Predicate<Operation> stopsAt, Sites sites, Strategy strategy, Matters matters) {
    this.sites = sites;
    points = new Points(stopsAt, matters);
    monitors = new Monitors(points, locations);
    scheduler = new Scheduler(strategy, sites, matters);
    points.of(scheduler);
    time = new VirtualTime(points);
    announcements = new Announcements(points, locations, monitors, time, sites);
  }

  /** From now on woven classes announce themselves here, and to no other engine. */
  public void install() {
    Hooks.install(announcements);
    Rounds.install(repetition);
  }

  /** From now on woven classes announce themselves to nobody. */
  public static void uninstall() {
    Hooks.install(new Uncontrolled());
    Rounds.install(null);
  }

  /**
   * Finds out of each execution whether it never ends, and ends it where it does: to be asked
   * before {@link #install}, of classes that were woven so.
   */
  public void watchForRepetition() {
    Repetition watching = new Repetition(points, monitors, points.matters().ofRounds());
    repetition = watching;
    scheduler.watch(watching);
  }

  /** Lets another strategy choose from the next execution on. */
  public void follow(Strategy strategy) {
    scheduler.steps.follow(strategy);
  }

  /** Names who hears of steps and values. */
  public void tell(Listener listener) {
    scheduler.steps.tell(listener);
    announcements.tell(listener);
  }

  /** Names who else knows of what is not under control: asked at the end, and at a deadlock. */
  public void doubt(Supplier<Optional<String>> others) {
    scheduler.stage.doubt(others);
  }

  /** Takes a thread for one that is not under control if a class starts it that is not woven. */
  public void askForStarters() {
    scheduler.stage.askForStarters();
  }

  /**
   * Forgets the last execution, before the objects of the next one are made.
   *
   * @param announces whether the main thread announces its own steps
   */
  public void clear(boolean announces) {
    scheduler.clear(announces);
    points.clear();
    locations.clear();
    monitors.clear();
    time.clear();
    announcements.clear();
    if (repetition != null) {
      repetition.clear();
    }
  }

  /** Sets properties and defaults back, for whoever comes after an execution. */
  public void setBackJvmState() {
    announcements.setBackJvmState();
  }

  /** Names what its threads find classes and services with, beside their own classes' loaders. */
  public void loadBy(ClassLoader loader) {
    context = loader;
    announcements.loadBy(loader);
  }

  /** Runs the main thread and all that it starts. */
  public Ending run(Runnable body) {
    Thread carrier = Thread.currentThread();
    ClassLoader own = carrier.getContextClassLoader();
    // Threads inherit it from those that make them.
    carrier.setContextClassLoader(context == null ? own : context);
    try {
      return scheduler.run(body);
    } finally {
      carrier.setContextClassLoader(own);
    }
  }

  /**
   * Asks what is no part of the execution. Whoever kept a guard may keep it from those, too, who
   * ask for the stock.
   *
   * @return empty if the answer would take for ever, or fails
   */
  public <T> Optional<T> ask(Supplier<T> question) {
    boolean mayWait = !asked || scheduler.stage.asksForGuards();
    asked = true;
    // In a thread of its own every time would cost as much as the execution.
    return mayWait
        ? VirtualThreads.asked(question, scheduler.stage::letAsk)
        : Optional.ofNullable(question.get());
  }

  /** Code that is not woven has made an object whose state threads may share. */
  public void created(Object object) {
    announcements.created(object);
  }

  /** Called by code that is not woven: its thread sleeps in virtual time. */
  public void pause(long nanos) throws InterruptedException {
    time.sleep(nanos, PAUSE);
  }

  /** The same: it waits until it is interrupted. */
  public void hang() throws InterruptedException {
    time.hang();
  }

  /** The same: it waits until each thread has ended that it has forked in a scope. */
  public void joinForked() {
    scheduler.tasks.joinForked(scheduler.tasks.main());
  }

  /** The same: it reads what it returns, which threads that go on may change. */
  public void readOutcome() {
    announcements.readOutcome();
  }

  /** The same: its step may matter to any other, since it cancels them, for one. */
  public void touchAnything() {
    scheduler.steps.touch(Locations.ANYTHING, Locations.ANYTHING);
  }

  /** The steps of the execution so far; the same object for all executions. */
  public Trace trace() {
    return scheduler.steps.trace;
  }

  /** The steps that the strategy has chosen: all but the last rounds of an endless execution. */
  public Trace chosenTrace() {
    return scheduler.chosenTrace();
  }

  /** Where classes announce themselves. */
  public Sites sites() {
    return sites;
  }

  /** What was done that cannot be controlled, as a clause with its place. */
  public Optional<String> uncontrolled() {
    return scheduler.stage.escape();
  }

  /** Two calls that must not overlap and can, as a clause with their places and what to do. */
  public Optional<String> overlap() {
    return Overlaps.found(scheduler.steps.trace, sites);
  }

  /** Which bound the last execution reached, as a clause with its place and what to do. */
  public Optional<String> bound() {
    return scheduler.bound(sites);
  }

  /**
   * What to say of an execution that did not repeat another one with the same choices, as a clause.
   *
   * @param thread whose step was the first that differed, or the last that did not
   */
  public String unlike(int thread) {
    return scheduler.unlike(thread);
  }

  /** What ended a thread without being caught; empty if nothing did. The first of them is kept. */
  public Optional<Throwable> uncaught() {
    return Optional.ofNullable(scheduler.uncaught);
  }

  /** What threads are called, by number. */
  public List<String> names() {
    return scheduler.tasks.all().stream().map(scheduler.tasks::name).toList();
  }

  /** The threads that cannot go on until another one lets them. */
  public List<Integer> waiting() {
    return scheduler.tasks.all().stream()
        .filter(task -> !task.ended)
        .filter(task -> (scheduler.ready & task.bit) == 0)
        .map(task -> task.index)
        .toList();
  }

  /** Why an execution does not end: who goes on for ever, or waits for what; a line for each. */
  public List<String> waits() {
    Repetition watching = repetition;
    return scheduler.tasks.waits(
        task -> watching == null ? Optional.empty() : watching.why(task, sites));
  }
}
