package oversell.explorer.control;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Controller;
import oversell.explorer.hook.Given;
import oversell.explorer.hook.Holding;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Rounds;
import oversell.explorer.hook.Sites;
import oversell.explorer.hook.TaskPool;
import oversell.explorer.hook.TimedHooks;
import oversell.explorer.hook.Treatment;
import oversell.explorer.hook.Update;
import oversell.explorer.hook.Use;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Strategy.WaitEnd;

/** What woven classes announce, as steps. */
final class Announcements implements Controller {
  private static final int MAKER_BITS = 24;
  private static final int NOBODY = Long.SIZE;
  // As what a field is announced of a class that is not woven; the first element of an array, too.
  private static final int WHOLE = 0;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final Pattern HANDS_OVER =
      Pattern.compile("(.*\\.)?(add|offer|put|poll|take|remove)");

  private static final String TEXT_OF_A_THREAD =
      ", which makes a text of a thread that has the JVM's number of it (call toString or getName of"
          + " the thread yourself)";

  private final Points points;
  private final Locations locations;
  private final Monitors monitors;
  private final Calls calls;
  private final Initialisations initialisations;
  private final Bins bins;
  private final Scopes scopes;
  private final VirtualTime time;
  private final Conditions conditions;
  private final Pools pools;
  private final Sites sites;
  private final Overlaps overlaps;
  private Engine.@Nullable Listener listener;
  private int createdBefore;
  // Whether the conditions of this execution were made by one who knew that they matter.
  private boolean knewOfConditions;
  // As it was before an execution that may have changed it.
  private @Nullable JvmState jvmState;
  private ClassLoader systemLoader = ClassLoader.getSystemClassLoader();

  Announcements(
      Points points, Locations locations, Monitors monitors, VirtualTime time, Sites sites) {
    this.points = points;
    this.locations = locations;
    this.monitors = monitors;
    calls = new Calls(points, locations);
    initialisations = new Initialisations(points, locations);
    bins = new Bins(points, locations);
    scopes = new Scopes(points, locations, this::created);
    this.time = time;
    conditions = new Conditions(points, locations, time);
    pools = new Pools(points, locations, this::created);
    this.sites = sites;
    overlaps = new Overlaps(points, sites);
  }

  void clear() {
    createdBefore = 0;
    knewOfConditions = points.matters().ofConditions();
    calls.clear();
    initialisations.clear();
    setBackJvmState();
    bins.clear();
    scopes.clear();
    pools.clear();
    overlaps.clear();
  }

  void setBackJvmState() {
    if (jvmState != null) {
      jvmState.setBack();
      jvmState = null;
    }
  }

  /** Classes are woven by a loader, which stands for the one that would else load them. */
  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  void loadBy(ClassLoader loader) {
    systemLoader = loader.getParent() == systemLoader ? loader : systemLoader;
  }

  void tell(Engine.Listener hearer) {
    listener = hearer;
  }

  @Override
  public void created(Object object) {
    Task task = points.announcer();
    long maker = task == null ? NOBODY : task.index;
    int number = task == null ? createdBefore++ : task.created++;
    locations.register(object, (maker << MAKER_BITS) | number);
    points.scheduler().steps.completions.watch(object, locations);
  }

  @Override
  public void access(@Nullable Object target, int part, boolean write, int site) {
    Task task = points.announcer();
    if (task != null) {
      Operation operation = write ? Operation.WRITE : Operation.READ;
      points.pass(task, operation, site);
      long location = locations.of(target, part);
      points.scheduler().steps.touch(write ? 0 : location, write ? location : 0);
      if (part == WHOLE && target != null && !target.getClass().isArray()) {
        overlaps.useField(target, write, site);
      } else {
        overlaps.useElement(target, part, write, site);
      }
      points.touchedAll(task);
    }
  }

  @Override
  public void enter(Object monitor, int site) {
    Task task = points.announcer();
    if (task != null) {
      monitors.enter(task, monitor, site);
    }
  }

  @Override
  public void exit(Object monitor, int site) {
    Task task = points.announcer();
    if (task != null) {
      monitors.exit(task, monitor, site);
    }
  }

  @Override
  public void beginAtomic(int site) {
    Task task = points.announcer();
    if (task != null) {
      points.pass(task, Operation.CALL, site);
      task.atomicCalls++;
    }
  }

  @Override
  public void endAtomic() {
    Task task = points.announcer();
    if (task != null) {
      task.atomicCalls--;
    }
  }

  @Override
  public void await(Object monitor, long limitNanos, int site) throws InterruptedException {
    Task task = points.announcer();
    if (task == null) {
      throw new IllegalStateException("nobody would signal");
    }
    if (limitNanos == 0 && monitor instanceof Thread thread && !thread.isVirtual()) {
      // The JVM gives it a signal when it ends, and the thread that stands in for it gets that.
      escape(site, "a wait for a signal of a platform thread, which ends with one (join it)");
    }
    long begun = time.beginWait();
    if (!monitors.await(task, monitor, limitNanos > 0, site)) {
      time.passSince(begun, limitNanos);
    }
  }

  @Override
  public Condition newCondition(Lock lock) {
    boolean isOwn = points.matters().ofConditions() && Conditions.canBeOf(lock);
    return alias(
        lock, isOwn ? conditions.of((ReentrantLock) lock) : calls.made(lock.newCondition(), lock));
  }

  // Whoever calls this is called in the loop of a user, or is no loop on purpose.
  @SuppressWarnings("WaitNotInLoop")
  @Override
  public long awaitNanos(Condition condition, long limitNanos, int site)
      throws InterruptedException {
    return condition.awaitNanos(limitOf(condition, limitNanos, site));
  }

  @SuppressWarnings("WaitNotInLoop")
  @Override
  public boolean awaitSignal(Condition condition, long limitNanos, int site)
      throws InterruptedException {
    return condition.await(limitOf(condition, limitNanos, site), TimeUnit.NANOSECONDS);
  }

  /** One of the JDK's is not waited for: from now on they are the explorer's, if they can be. */
  private long limitOf(Condition condition, long limitNanos, int site) {
    if (condition instanceof Conditions.Queue) {
      return limitNanos;
    }
    if (knewOfConditions) {
      escape(
          site,
          sites.get(site).subject()
              + " of a condition of a lock that is fair, or no ReentrantLock, by a timer of the JVM"
              + " (take a ReentrantLock that is not fair)");
    }
    points.matters().addConditions();
    return 0;
  }

  @Override
  public void waitForATime(int site) {
    Task task = points.announcer();
    if (task != null) {
      points.refuseIfInStep(task, site);
      task.waitsSince = time.beginWait();
      // What it waits for is called next, and others go on here unless they can there.
      if (!points.isPoint(sites.get(site).operation())) {
        points.scheduler().tasks.want(task, new Monitors.WakeUp(true, true, WaitEnd.SIGNALLED));
        points.passWhenFree(task, site);
      }
    }
  }

  @Override
  public void waitUntil(BooleanSupplier isOver, long limitNanos, int site) {
    Task task = points.announcer();
    if (task != null) {
      // Which of several such limits passes first depends on when each wait has begun.
      points.matters().addClock();
      task.waitsSince = time.beginWait();
      points.matters().addEnds();
      points.matters().addLongLimits();
      points.scheduler().tasks.want(task, new Calls.Until(isOver, time.after(limitNanos)));
      points.passWhenFree(task, site);
      // Whether it comes last depends on all the others.
      points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    }
  }

  @Override
  public boolean beginLimit(Object shared, long limitNanos, int site) {
    boolean isLong = limitNanos >= TimedHooks.VERY_LONG_NANOS;
    return beginLimit(isLong ? Locations.ANYTHING : locations.of(shared, 0), limitNanos, site);
  }

  @Override
  public boolean beginLimitOfEnds(long limitNanos, int site) {
    points.matters().addEnds();
    points.matters().addStarts();
    return beginLimit(Locations.ANYTHING, limitNanos, site);
  }

  private boolean beginLimit(long touched, long limitNanos, int site) {
    Task task = points.announcer();
    if (task == null) {
      return false;
    }
    calls.make(Operation.GUARD, touched, site);
    points.refuseIfInStep(task, site);
    task.waitsSince = time.beginWait();
    boolean isLong = limitNanos >= TimedHooks.VERY_LONG_NANOS;
    long endsLastAt = isLong ? time.after(limitNanos) : Task.Wanted.NEVER;
    if (isLong) {
      points.matters().addLongLimits();
      // Whether it comes last depends on all the others.
      task.conditional = true;
    }
    if (!isLong || endsLastAt != Task.Wanted.NEVER) {
      points.scheduler().tasks.limit(task, endsLastAt);
    }
    return true;
  }

  @Override
  public boolean hasLimitPassed() {
    Task task = points.announcer();
    return task != null && task.limit == Task.Limit.HAS_PASSED;
  }

  @Override
  public void endLimit(boolean byLimit) {
    Task task = points.announcer();
    if (task != null) {
      if (task.limit == Task.Limit.HAS_PASSED && !byLimit && !task.isInterruptedBesides) {
        boolean unused = Thread.interrupted();
      }
      points.scheduler().tasks.stopLimiting(task);
      calls.leave();
    }
  }

  @Override
  public void passTime(long limitNanos) {
    Task task = points.announcer();
    if (task != null) {
      time.passSince(task.waitsSince, limitNanos);
    }
  }

  @Override
  public void passTimeParked(long limitNanos) {
    Task task = points.announcer();
    passTime(limitNanos);
    if (task != null && limitNanos > 0 && points.matters().isUnparked(task)) {
      // It has taken the permit that it was given before or meanwhile.
      VirtualThreads.takePermit(Thread.currentThread());
    }
  }

  @Override
  public void signal(Object monitor, boolean all, int site) {
    Task task = points.announcer();
    if (task != null) {
      monitors.signal(task, monitor, all, site);
    }
  }

  @Override
  public boolean holdsLock(Object monitor) {
    Task task = points.announcer();
    return task != null && monitors.isHeldBy(task, monitor);
  }

  @Override
  public void guard(Object synchronizer, int site) {
    calls.guard(synchronizer, site);
  }

  @Override
  public void lock(Object lock, boolean interruptible, int site) {
    calls.lock(lock, interruptible, site);
  }

  @Override
  public void awaitLatch(Object latch, int site) {
    calls.awaitLatch(latch, site);
  }

  @Override
  public void call(@Nullable Object target, int site) {
    escapeIfOfAPool(target, site);
    calls.make(Operation.CALL, locations.of(target, 0), site);
    overlaps.use(target, site);
    throwIfItChangesAMap(site, target);
  }

  @Override
  public void use(@Nullable Object target, int part, Use use, int site) {
    calls.use(use, locations.of(target, part), site);
    overlaps.usePart(target, part, use != Use.READ, site);
  }

  @Override
  public void copyArray(@Nullable Object array, int site) {
    calls.copyElements(array, site);
  }

  @Override
  public void succeed() {
    calls.succeed();
  }

  @Override
  public void callAnything(int site) {
    lookAtAnything(site);
    if (bins.areHeld() && points.announcer() != null && sites.dispatch(site).mayChangeAMap(null)) {
      throw bins.escapeWhileComputing(site, sites.get(site).subject());
    }
  }

  @Override
  public void callBack() {
    calls.makeWithoutStep();
  }

  @Override
  public void lookAtAnything(int site) {
    touchAnything(site);
    Task task = points.announcer();
    if (task != null) {
      dropIfItMayWait(task, site);
    }
  }

  @Override
  public void touchAnything(int site) {
    calls.make(sites.get(site).operation(), Locations.ANYTHING, site);
  }

  /** Of a call that may reach objects that lock themselves. */
  private void dropIfItMayWait(Task task, int site) {
    if (monitors.mayKeepBack(task)) {
      points
          .scheduler()
          .escape(
              site,
              sites.get(site).subject()
                  + ", which may need a monitor that another thread is in (let it take no object"
                  + " that others synchronize on)");
      throw points.scheduler().drop(Engine.Ending.ESCAPED);
    }
  }

  @Override
  public boolean dispatch(@Nullable Object receiver, @Nullable Object[] arguments, int site) {
    Treatment treatment =
        treatment(receiver, arguments, sites.dispatch(site).treatment(receiver, arguments));
    if (treatment == Treatment.UNCONTROLLED) {
      refuse(receiver, arguments, site);
    }
    if (treatment == Treatment.NOTHING && sites.dispatch(site).readsArrays()) {
      readArrays(receiver, arguments, site);
    }
    callOn(receiver, treatment, site);
    overlaps.use(receiver, site);
    if (treatment == Treatment.EVERYTHING) {
      overlaps.useArguments(receiver, arguments, site);
      throwIfItChangesAMap(site, receiver, arguments);
    }
    if (treatment == Treatment.EVERYTHING
        && points.announcer() != null
        && sites.dispatch(site).makesTexts(receiver)) {
      noteText(Texts.of(receiver, arguments), site);
    }
    return treatment != Treatment.NOTHING;
  }

  private void readArrays(@Nullable Object receiver, @Nullable Object[] arguments, int site) {
    for (@Nullable Object argument : arguments) {
      if (argument != null && argument.getClass().isArray()) {
        calls.readElements(argument, site);
        // Each is read by a step of its own.
        overlaps.goThrough(argument, 0, -1, false, site);
      }
    }
    if (sites.dispatch(site).treatment(receiver, arguments) != Treatment.NOTHING
        && points.announcer() != null) {
      // Another thread has put something else into one of them meanwhile.
      points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    }
  }

  /**
   * How a call counts. The table knows classes alone: which collection an iterator or a stream goes
   * through, and whether a stream has been given what may reach more, is known here.
   */
  private Treatment treatment(
      @Nullable Object receiver, @Nullable Object[] arguments, Treatment treatment) {
    boolean isPart = treatment == Treatment.PART || receiver instanceof BaseStream;
    if (receiver == null || !isPart || treatment == Treatment.UNCONTROLLED) {
      return treatment;
    }
    boolean collects =
        arguments.length == 1
            && arguments[0] instanceof Collector<?, ?, ?> one
            && locations.isPart(one);
    if (treatment == Treatment.EVERYTHING && !collects) {
      locations.mayReachMore(receiver);
    }
    if (treatment != Treatment.PART && !collects) {
      return treatment;
    }
    return locations.isPart(receiver) ? Treatment.PART : Treatment.EVERYTHING;
  }

  @Override
  public void copy(@Nullable Object copied, int site) {
    overlaps.copy(copied, site);
  }

  @Override
  public void callPast(Object receiver, int site) {
    overlaps.use(receiver, site);
  }

  @Override
  public void derive(Object part, Object from) {
    overlaps.derive(part, from);
  }

  @Override
  public void showEntries(Set<?> view, Object map) {
    overlaps.showEntries(view, map);
  }

  private void noteText(Texts said, int site) {
    switch (said) {
      case NOTHING -> {}
      case ENDS -> points.matters().addEnds();
      case THREAD -> escape(site, sites.get(site).subject() + TEXT_OF_A_THREAD);
    }
  }

  private void callOn(@Nullable Object receiver, Treatment treatment, int site) {
    Task task = points.announcer();
    Holding holding = sites.dispatch(site).holding(receiver);
    if (task == null && holding.takes()) {
      points.scheduler().stage.noteMonitor();
    }
    if (task == null
        || receiver == null
        || !holding.takes()
        || treatment == Treatment.UNCONTROLLED) {
      make(receiver, treatment, holding, site);
      if (task != null) {
        monitors.begin(task, null, holding.isInDoubt());
      }
    } else {
      Object mutex = Mutexes.of(receiver);
      monitors.enterByCall(task, mutex, site);
      calls.makeInMonitor(
          switch (treatment) {
            case NOTHING -> 0;
            case READING, RECEIVER, GUARD -> locations.of(receiver, 0);
            case PART, EVERYTHING, UNCONTROLLED -> Locations.ANYTHING;
          });
      if (treatment == Treatment.RECEIVER) {
        throwIfItChangesAMap(site, receiver);
      }
      monitors.begin(task, mutex, holding.isInDoubt());
      if (treatment == Treatment.EVERYTHING) {
        dropIfItMayWait(task, site);
      }
    }
    if (task != null && holding == Holding.UNSURE) {
      dropIfItMayWait(task, site);
    }
    if (task != null && (receiver instanceof Future || receiver instanceof Executor)) {
      task.waitsForResult = true;
    }
  }

  private void make(@Nullable Object receiver, Treatment treatment, Holding holding, int site) {
    switch (treatment) {
      case NOTHING -> calls.makeWithoutStep();
      case READING -> use(receiver, 0, Use.READ, site);
      case RECEIVER -> call(receiver, site);
      case PART -> {
        Object part = Objects.requireNonNull(receiver);
        calls.use(locations.ofWhole(part), locations.of(part, 0), site);
      }
      case GUARD -> calls.make(Operation.GUARD, locations.of(receiver, 0), site);
      case EVERYTHING -> {
        if (holding == Holding.NONE) {
          calls.make(sites.get(site).operation(), Locations.ANYTHING, site);
        } else {
          lookAtAnything(site);
        }
      }
      case UNCONTROLLED -> escape(site);
    }
  }

  private void refuse(@Nullable Object receiver, @Nullable Object[] arguments, int site) {
    if (receiver instanceof DelayQueue) {
      exploreInside(DelayQueue.class, site);
    }
    escape(site, sites.dispatch(site).refusal(sites.get(site).subject(), receiver, arguments));
  }

  @Override
  public void exploreInside(Class<?> type, int site) {
    if (points.announcer() == null) {
      return;
    }
    if (points.matters().addInside(type.getName())) {
      // The exploration begins again, with a copy of it.
      throw points.scheduler().drop(Engine.Ending.CUT);
    }
    escape(
        site,
        "%s of a %s that the program has not made, which waits for a timer of the JVM (make it in"
                .formatted(sites.get(site).subject(), type.getSimpleName())
            + " the scenario)");
  }

  @Override
  public void jvmState(int site) {
    pass(Operation.CALL, site, 0, Locations.ANYTHING);
  }

  @Override
  public void changeJvmState(int site) {
    if (jvmState == null) {
      jvmState = new JvmState();
    }
    jvmState(site);
  }

  @Override
  public boolean initialise(Class<?> type, int site) {
    return initialisations.begin(type, site);
  }

  @Override
  public int endInitialisation(Class<?> type, int site) {
    return initialisations.end(type, site);
  }

  @Override
  public Throwable failInitialisation(Throwable failure, Class<?> type, int site) {
    return initialisations.fail(failure, type, site);
  }

  @Override
  public void initialised(Class<?> type) {
    initialisations.use(type);
  }

  @Override
  public void askForAnEnd(int site) {
    points.matters().addEnds();
    pass(sites.get(site).operation(), site, 0, Locations.ANYTHING);
  }

  @Override
  public void noteStage(Object asked) {
    if (points.announcer() != null && pools.dependsOnOthers(asked)) {
      points.matters().noteStages();
    }
  }

  @Override
  public void askForEndOf(Thread thread, int site) {
    calls.noteEndOf(thread);
    askForAnEnd(site);
  }

  @Override
  public boolean isAlive(Thread thread) {
    return points.scheduler().tasks.isAlive(thread);
  }

  @Override
  public void makeTask() {
    points.matters().addStarts();
  }

  @Override
  public void shareTasks() {
    points.matters().addQueues();
  }

  @Override
  public void askForTasks(int site) {
    shareTasks();
    callAnything(site);
  }

  @Override
  public void competeWithAnEnd(int site) {
    points.matters().addEnds();
    points.matters().addStarts();
    callAnything(site);
  }

  @Override
  public void collectInto() {
    bins.collectInto();
  }

  @Override
  public void fill(@Nullable Object filled, int site) {
    overlaps.fill(filled, site);
  }

  @Override
  public void goThrough(@Nullable Object array, int from, int to, boolean changes, int site) {
    overlaps.goThrough(array, from, to, changes, site);
  }

  @Override
  public void setField(Field field, int site) {
    if (Modifier.isFinal(field.getModifiers())) {
      // Who reads it announces nothing.
      escape(
          site,
          "a final field that is set, which others read without a step (make it volatile instead)");
    }
    callAnything(site);
  }

  @Override
  public void returned(int site) {
    calls.goOn(site);
  }

  @Override
  public void endTask() {
    calls.endTask();
  }

  @Override
  public void leavePool() {
    calls.leavePool();
  }

  @Override
  public void left() {
    calls.leave();
  }

  @Override
  public void leftDispatched() {
    Task task = points.announcer();
    if (task != null) {
      monitors.end(task);
    }
    calls.leave();
  }

  @Override
  public void fork(Object scope, int site) {
    scopes.fork(scope, site);
  }

  @Override
  public void forked(Object subtask) {
    scopes.forked(subtask);
  }

  @Override
  public void joinScope(Object scope, int site) {
    scopes.join(scope, site);
  }

  @Override
  public void closeScope(Object scope, int site) {
    scopes.close(scope, site);
  }

  @Override
  public void askScope(Object scope, int site) {
    scopes.ask(scope, site);
  }

  @Override
  public void askSubtask(Object subtask, int site) {
    scopes.askSubtask(subtask, site);
  }

  @Override
  public void spawn(int site) {
    // That the thread comes after this the scheduler knows by itself.
    pass(Operation.SPAWN, site, 0, Locations.SPAWNS);
  }

  /** The main thread is about to read what it returns, which may be anything. */
  void readOutcome() {
    pass(Operation.CALL, Task.OUTCOME, Locations.ANYTHING, 0);
  }

  private void pass(Operation operation, int site, long reads, long writes) {
    Task task = points.announcer();
    if (task != null) {
      points.pass(task, operation, site);
      points.scheduler().steps.touch(reads, writes);
    }
  }

  @Override
  public <T> T alias(Object whole, T part) {
    locations.alias(whole, part);
    return part;
  }

  @Override
  public void part(@Nullable Object whole, Object part) {
    Task task = points.announcer();
    locations.part(whole, part, task == null ? 0 : task.index + 1);
  }

  @Override
  public void mayReachMore(Object part) {
    locations.mayReachMore(part);
  }

  @Override
  public void sleep(long nanos, int site) throws InterruptedException {
    time.sleep(nanos, site);
  }

  @Override
  public void giveWay(int site) {
    pass(Operation.YIELD, site, Locations.INTERRUPTS, 0);
  }

  @Override
  public void parkNanos(long limitNanos, int site) {
    Task task = points.announcer();
    long begun = time.beginWait();
    giveWay(site);
    // Whoever gives a permit conflicts with everything.
    if (task == null) {
      return;
    }
    if (VirtualThreads.takePermit(Thread.currentThread())) {
      Rounds.acted();
    } else if (!task.isInterrupted()) {
      time.passSince(begun, limitNanos);
    }
  }

  @Override
  public boolean hasStarted(Thread other, int site) {
    return calls.hasStarted(other, site);
  }

  @Override
  public void join(Thread other, int site) throws InterruptedException {
    calls.join(other, site);
  }

  @Override
  public void askInterrupted(int site) {
    // It forgets its own, which others learn of only by calls that conflict with everything.
    pass(Operation.CALL, site, Locations.INTERRUPTS, 0);
  }

  @Override
  public long nanoTime(int site) {
    return time.nanoTime(site);
  }

  @Override
  public void callConstructor() {
    Task task = points.announcer();
    if (task != null) {
      task.callsConstructor = true;
    }
  }

  @Override
  public boolean isCalledByConstructor() {
    Task task = points.announcer();
    if (task == null || !task.callsConstructor) {
      return false;
    }
    task.callsConstructor = false;
    return true;
  }

  @Override
  public void makeThread(int site) {
    // As its start, it has a number.
    pass(Operation.CALL, site, 0, Locations.SPAWNS);
  }

  @Override
  public void madeThread(Thread thread, Given given) {
    Task task = points.announcer();
    if (task != null) {
      created(thread);
      standIns().add(thread, given, points.scheduler().tasks.seenAs(task));
    }
  }

  @Override
  public void start(Thread thread) {
    Task task = points.announcer();
    if (task == null || thread.isVirtual()) {
      thread.start();
      return;
    }
    if (standIns().hasOne(thread)) {
      throw new IllegalThreadStateException();
    }
    madeThread(thread, Given.ALL);
    Runnable body = VirtualThreads.runsFuture(thread) ? () -> runToEnd(thread) : thread;
    standIns().make(thread, body, points.scheduler()::uncaught).start();
  }

  private void runToEnd(Runnable body) {
    body.run();
    calls.endTask();
  }

  @Override
  public Thread perTask(Thread thread, Object executor) {
    return pools.perTask(thread, executor);
  }

  @Override
  public Thread standInOfScope(Thread thread) {
    Task task = points.announcer();
    if (task == null) {
      return thread;
    }
    standIns().add(thread, Given.ALL, points.scheduler().tasks.seenAs(task));
    return standIns().make(thread, points.scheduler()::uncaught);
  }

  @Override
  public ThreadFactory defaultThreadFactory() {
    return pools.defaultFactory();
  }

  @Override
  public ThreadFactory factory(@Nullable ThreadFactory own, ThreadPoolExecutor pool) {
    return pools.factory(own, pool);
  }

  @Override
  public BlockingQueue<Runnable> queue(BlockingQueue<Runnable> tasks, boolean hasNoRoom) {
    if (hasNoRoom) {
      escapeIfOfAPool(tasks, Task.START);
      pools.addWithoutRoom(tasks);
    }
    return new HandOff(points, tasks, hasNoRoom, pools::locationOf);
  }

  /** The threads of a pool do not wait in such a queue, so nobody else can reach them by it. */
  private void escapeIfOfAPool(@Nullable Object queue, int site) {
    if (queue instanceof SynchronousQueue && pools.isWithoutRoom(queue)) {
      String what = "a SynchronousQueue of a pool that is used besides (hand tasks to the pool)";
      if (site == Task.START) {
        escape(what);
      } else if (HANDS_OVER.matcher(sites.get(site).subject()).matches()) {
        escape(site, what);
      }
    }
  }

  @Override
  public BlockingQueue<Runnable> ownQueue(BlockingQueue<Runnable> tasks) {
    return new OwnQueue(tasks, () -> HandOff.escapeIfForAReader(points));
  }

  @Override
  public BlockingQueue<Runnable> tasksOf(BlockingQueue<Runnable> queue) {
    return switch (queue) {
      case HandOff own -> own.tasks();
      case OwnQueue own -> own.tasks();
      default -> queue;
    };
  }

  @Override
  public void madePool(Object pool, Object queue) {
    pools.add(pool, queue);
  }

  @Override
  public void madeDelegate(Object executor, Object pool) {
    pools.addDelegate(executor, pool);
  }

  @Override
  public boolean enterPool(Object pool, int site) {
    return pools.enter(pool, site);
  }

  @Override
  public boolean enterPoolToHandOver(Object pool, int site) {
    return pools.enterToHandOver(pool, site);
  }

  @Override
  public boolean enterPoolToShutDown(Object pool, int site) {
    return pools.enterToShutDown(pool, site);
  }

  @Override
  public void enterPoolToEnd(Object pool, int site) {
    if (!pools.enterToEnd(pool, site)) {
      callAnything(site);
    }
  }

  @Override
  public ExecutorService poolOf(ExecutorService executor) {
    return pools.poolOf(executor);
  }

  @Override
  public void noteInterrupts(int threads) {
    if (threads > 1) {
      points.matters().noteInterrupts();
    }
  }

  @Override
  public void noteCancel(Object task) {
    if (Pools.runsElsewhere(task)) {
      points.matters().noteInterrupts();
    }
  }

  @Override
  public void enterPoolToCancel(Object pool, int site) {
    pools.enterToCancel(pool, site);
  }

  @Override
  public boolean isPool(Object pool) {
    return pools.isKnown(pool);
  }

  @Override
  public void enterCommonPool(int site) {
    pools.enterAny(site);
  }

  @Override
  public void enterTask(ForkJoinTask<?> task, boolean atOnce, int site) {
    pools.enterTask(task, atOnce, site);
  }

  @Override
  public boolean enterAllOf(CompletableFuture<?>[] parts, int site) {
    return pools.enterAllOf(parts, site);
  }

  @Override
  public CompletableFuture<Void> allOf(CompletableFuture<?>[] parts) {
    return pools.allOf(parts);
  }

  @Override
  public void submitted(Object future) {
    pools.submitted(future);
  }

  @Override
  public void handedOver(Object task, boolean isResult) {
    pools.handedOver(task, isResult);
  }

  @Override
  public boolean awaitResult(Future<?> future, int site) {
    return pools.awaitResult(future, site);
  }

  @Override
  public boolean awaitEnd(ExecutorService pool, int site) {
    return pools.awaitEnd(pool, site);
  }

  @Override
  public boolean awaitEnd(ExecutorService pool, long limitNanos, int site) {
    Task task = points.announcer();
    if (task == null || !pools.knows(pool)) {
      return false;
    }
    // Which of several such limits passes first depends on when each wait has begun.
    points.matters().addClock();
    task.waitsSince = time.beginWait();
    points.matters().addLongLimits();
    pools.awaitEnd(task, pool, time.after(limitNanos), site);
    return true;
  }

  @Override
  public void startWorker(Thread worker, Runnable body, Object task, TaskPool pool) {
    pools.startWorker(worker, body, task, pool);
  }

  @Override
  public BlockingQueue<Runnable> timedQueue(BlockingQueue<Runnable> tasks) {
    points.matters().noteSchedule();
    return new HandOff(points, tasks, time, pools::locationOf);
  }

  @Override
  public void schedulePeriodically() {
    points.matters().notePeriod();
  }

  @Override
  public long nowToSchedule() {
    return time.nowInStep();
  }

  @Override
  public TaskPool commonTaskPool(int site) {
    return pools.commonTaskPool(site);
  }

  @Override
  public void uncaught(Throwable thrown) {
    if (thrown instanceof Engine.Dropped dropped) {
      throw dropped;
    }
    points.scheduler().uncaught(thrown);
  }

  @Override
  public int numberOf(Class<?> kind) {
    return pools.numberOf(kind);
  }

  @Override
  public void startTimer(Thread timer) {
    pools.standIn(timer).start();
  }

  @Override
  public ClassLoader systemLoader() {
    return systemLoader;
  }

  @Override
  public boolean isDecided(Object scope) {
    return scopes.isDecided(scope);
  }

  @Override
  public boolean enterUndecided(Object scope, int site) {
    return scopes.enterUndecided(scope, site);
  }

  @Override
  public boolean joinScopeNow(Object scope, int site) {
    return scopes.joinNow(scope, site);
  }

  @Override
  public void serve() {
    Task task = points.announcer();
    if (task != null && !task.isInCall()) {
      pools.serveUnknown(task);
      points.scheduler().steps.touch(task);
    }
  }

  @Override
  public long randomSeed() {
    Task task = points.announcer();
    points.matters().noteChance();
    return task == null ? createdBefore : task.nextSeed();
  }

  @Override
  public Thread currentThread() {
    Task task = points.announcer();
    return task == null ? Thread.currentThread() : points.scheduler().tasks.seenAs(task);
  }

  @Override
  public void unparks(Thread thread) {
    if (points.announcer() != null) {
      points.scheduler().tasks.of(thread).ifPresent(points.matters()::addUnparked);
    }
  }

  @Override
  public Thread standIn(Thread thread) {
    return standIns().of(thread);
  }

  @Override
  public Thread seen(Thread thread) {
    Thread shown = standIns().shownAs(thread);
    return shown == null ? thread : shown;
  }

  private StandIns standIns() {
    return points.scheduler().tasks.standIns;
  }

  @Override
  public Thread.Builder.OfVirtual ofVirtual() {
    Thread.Builder.OfVirtual builder = Thread.ofVirtual();
    if (points.announcer() != null) {
      // It counts the threads that it names.
      created(builder);
    }
    return builder;
  }

  @Override
  public long threadId(Thread thread) {
    return points.scheduler().tasks.idOf(thread);
  }

  @Override
  public boolean isNumberedAsMade(Thread thread) {
    return points.scheduler().tasks.isNumberedAsMade(thread);
  }

  @Override
  public int identityHashCode(@Nullable Object object) {
    points.matters().noteHashes();
    if (object instanceof Thread thread) {
      // Nobody announces that a thread is made, but it has a number.
      return Long.hashCode((threadId(thread) + 1) * SPREAD);
    }
    if (object == null) {
      return 0;
    }
    // The JDK may have made it, or its constructor may not have ended yet.
    created(object);
    return locations.hashOf(object);
  }

  @Override
  public void escape(int site) {
    escape(site, sites.get(site).subject());
  }

  @Override
  public void escape(int site, String what) {
    if (points.announcer() != null) {
      points.scheduler().escape(site, what);
      throw points.scheduler().drop(Engine.Ending.ESCAPED);
    }
  }

  @Override
  public void escapeCall(int site, String why) {
    escape(site, sites.get(site).subject() + why);
  }

  @Override
  public void escape(String what) {
    if (points.announcer() != null) {
      escape(Task.START, what + points.scheduler().stage.placeOfCaller());
    }
  }

  @Override
  public void noteParallelStream() {
    points.matters().noteParallelStream();
  }

  @Override
  public void noteLeftInterrupt() {
    points.matters().noteLeftInterrupt();
  }

  @Override
  public void noteHandOver(int tasks) {
    if (tasks > 1) {
      points.matters().noteHandOver();
    }
  }

  @Override
  public void noteWeakAttempt() {
    points.matters().noteWeakAttempt();
  }

  @Override
  public void noteCarrier() {
    points.matters().noteCarrier();
  }

  @Override
  public void loop() {
    points.loop();
  }

  @Override
  public void told(@Nullable Object value) {
    if (listener != null && points.announcer() != null && points.scheduler().steps.isRecorded()) {
      listener.told(value);
    }
  }

  @Override
  public <T> T change(
      Map<?, ?> map,
      boolean onlyIfAbsent,
      Supplier<T> call,
      int site,
      @Nullable Object... arguments) {
    Task task = points.announcer();
    Object key = arguments.length == 0 ? null : arguments[0];
    if (task != null && Bins.knows(map, key)) {
      Supplier<T> noted =
          () -> {
            overlaps.use(map, site);
            return call.get();
          };
      return bins.write(task, map, Objects.requireNonNull(key), onlyIfAbsent, noted, site);
    }
    return changeAny(map, call, site, arguments);
  }

  @Override
  public <T> T changeIfEqual(
      Map<?, ?> map, Supplier<T> call, int site, @Nullable Object... arguments) {
    // Any other value may be compared by a step, or read what can change.
    return Keys.isPlain(arguments[1])
        ? change(map, false, call, site, arguments)
        : changeAny(map, call, site, arguments);
  }

  private <T> T changeAny(
      Map<?, ?> map, Supplier<T> call, int site, @Nullable Object... arguments) {
    boolean unused = dispatch(map, arguments, site);
    if (points.announcer() != null) {
      bins.throwIfHeld(map, site);
    }
    try {
      return call.get();
    } finally {
      leftDispatched();
    }
  }

  @Override
  public @Nullable Object compute(
      Map<Object, @Nullable Object> map,
      @Nullable Object key,
      Update update,
      Supplier<@Nullable Object> call,
      int site) {
    Task task = points.announcer();
    if (task != null && update.isSound() && Bins.knows(map, key)) {
      Object computed = bins.compute(task, map, Objects.requireNonNull(key), update, site);
      overlaps.use(map, site);
      return computed;
    }
    callOn(map, Treatment.EVERYTHING, site);
    overlaps.use(map, site);
    overlaps.useArguments(map, new Object[] {key}, site);
    if (task != null) {
      bins.throwIfHeld(map, site);
    }
    throwIfItChangesAMap(site, map);
    try {
      return call.get();
    } finally {
      leftDispatched();
    }
  }

  /**
   * Of a call that may change a map past its bins, and is about to be made: before that, others may
   * have begun to compute.
   *
   * @param receiver what it is called on
   */
  private void throwIfItChangesAMap(
      int site, @Nullable Object receiver, @Nullable Object... arguments) {
    if (bins.areHeld()
        && points.announcer() != null
        && sites.dispatch(site).mayChangeAMap(receiver, arguments)
        && (bins.mayChangeBy(receiver) || bins.mayChangeBy(arguments))) {
      throw bins.escapeWhileComputing(site, sites.get(site).subject());
    }
  }
}
