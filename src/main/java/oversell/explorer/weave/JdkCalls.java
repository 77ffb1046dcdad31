package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Treatment;
import oversell.explorer.weave.Meaning.Arguments;

/**
 * What calls into code that is not woven mean: the JDK above all, the lab's own API, loggers. It is
 * one table, read from top to bottom: the first row that a call fits decides.
 *
 * <p>A call that no row knows may read or change anything: it is a step that conflicts with every
 * step of every other thread, which costs reduction and never a schedule. If it is handed code to
 * be run by nobody knows whom, it is not under control. So a row is needed only to say that a call
 * is <em>less</em> than that, or worse; each group of rows says why it may.
 *
 * <p>Three things are not for the table to say. What is called on an object whose class the
 * declared type leaves open is looked up here by the class that it has when it is called ({@link
 * ByClass}). What a woven class does is announced by itself. And one call is one step: what the JDK
 * does inside of it cannot be interrupted, which the certificate says.
 */
public final class JdkCalls {
  /**
   * One row.
   *
   * @param reason why its calls mean that
   * @param advice what to do about those that are not under control; empty if there are none
   * @param owners classes that declare the method, by internal names, all of them
   * @param methods names with descriptors, all of them
   * @param meaning what such a call means
   */
  record Row(String reason, String advice, Pattern owners, Pattern methods, Meaning meaning) {
    boolean fits(String owner, String method) {
      return owners.matcher(owner).matches() && methods.matcher(method).matches();
    }

    @Override
    public String toString() {
      return "%s.%s: %s".formatted(owners, methods, meaning.treatment());
    }
  }

  private static final Meaning DEFAULT = Meaning.everything();
  private static final String ANY = ".*";
  private static final String THREAD = "java/lang/Thread";
  private static final String BUILDERS = "java/lang/Thread\\$Builder(\\$OfPlatform)?";
  private static final String CONDITION = "java/util/concurrent/locks/Condition";
  private static final String POOL = "java/util/concurrent/ThreadPoolExecutor";
  private static final String FORKED =
      "ForkJoinTask|RecursiveTask|RecursiveAction|CountedCompleter";
  private static final String COMPLETER = "java/util/concurrent/CountedCompleter";
  private static final String FORK_JOIN_POOL = "java/util/concurrent/ForkJoinPool";
  private static final String FORK_JOIN_TASK = "java/util/concurrent/(" + FORKED + ")";
  private static final String EXECUTORS = "java/util/concurrent/Executors";
  private static final String SCOPE = "java/util/concurrent/StructuredTaskScope";
  private static final String SCOPES = SCOPE + "(\\$Shutdown\\w+)?";
  private static final String STREAMS = "java/util/stream/(Base|Int|Long|Double)?Stream";
  private static final String VIEWS =
      "java/util/(HashMap\\$(KeySet|Values|EntrySet)|LinkedHashMap\\$Linked(KeySet|Values|EntrySet)"
          + "|TreeMap\\$(KeySet|Values|EntrySet))"
          + "|java/util/concurrent/ConcurrentHashMap\\$(KeySet|Values|EntrySet)View";
  private static final String ATOMICS = "java/util/concurrent/atomic/(?!\\w*(Updater|Array)$)\\w+";
  private static final String ATOMIC_ARRAYS = "java/util/concurrent/atomic/Atomic\\w+Array";
  private static final String HANDLES =
      "java/lang/invoke/VarHandle|java/util/concurrent/atomic/Atomic\\w+FieldUpdater";
  private static final String ATTEMPTS = "(weakC|c)ompareAnd(Set|Exchange)\\w*\\(.*";
  private static final String ABSTRACT_MAP = "java/util/AbstractMap";
  private static final String MAPS =
      "java/util/(Map|AbstractMap)|java/util/concurrent/Concurrent(Map|HashMap)";

  // Where code that is handed over is run at once, by the thread that calls, or by whoever calls
  // what is returned.
  private static final Pattern RUNS_AT_ONCE =
      Pattern.compile(
          "java/util/[^/]*|java/util/(stream|function|regex)/.*|java/util/concurrent/(atomic|locks)/.*"
              + "|java/util/concurrent/[^/]*|java/lang/[^/]*|java/lang/invoke/.*|java/lang/reflect/Proxy"
              + "|java/time/.*|java/beans/.*|org/(junit|assertj|hamcrest)/.*");
  private static final Pattern HANDED_CODE =
      Pattern.compile(
          ".*L(java/lang/(Runnable|Thread);|java/util/concurrent/(Callable|Executor|ThreadFactory|Flow)"
              + "|java/util/function/)[^)]*\\).*");

  private static final JdkCalls STANDARD = new JdkCalls(rows());

  private final List<Row> rows;
  private final Map<String, Meaning> known = new ConcurrentHashMap<>();

  JdkCalls(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The table as it is. */
  public static JdkCalls standard() {
    return STANDARD;
  }

  List<Row> table() {
    return rows;
  }

  /**
   * Whether a class of the JDK that inherits from one writes in methods that only read in that: a
   * linked map may be ordered by when its keys were looked up.
   */
  static boolean mayWriteWhereItReads(String owner) {
    return owner.equals("java/util/HashMap");
  }

  /**
   * What a call means.
   *
   * @param owner the class that declares the method, by its internal name; not woven
   */
  Meaning of(String owner, String name, String descriptor) {
    return known.computeIfAbsent(
        owner + '.' + name + descriptor, call -> find(owner, name, descriptor));
  }

  /**
   * Whether a call ends by its limit in time: it is made when its thread is chosen, with none left.
   * Those that cannot be made so have rows of their own.
   */
  static boolean hasLimit(String owner, String name, String descriptor) {
    return owner.startsWith("java/util/concurrent/")
        && !owner.equals("java/util/concurrent/TimeUnit")
        && descriptor.contains("JLjava/util/concurrent/TimeUnit;")
        // They keep it for later.
        && !name.equals("<init>")
        && !name.equals("setKeepAliveTime");
  }

  /**
   * Whether nothing overrides a method of the JDK that the explorer makes itself, so that whoever
   * asks for that of its superclass asks for it.
   */
  static boolean isFinal(String owner, String name) {
    return name.matches("wait|notify|notifyAll")
        || (owner.matches(FORK_JOIN_TASK)
            && name.matches(
                "fork|join|invoke|quietly(Join|Invoke)|tryComplete|propagateCompletion|nextComplete"
                    + "|quietlyCompleteRoot|\\w*PendingCount\\w*|firstComplete|\\w+ForkJoinTaskTag"));
  }

  /** What it was asked about so far: owners, names and descriptors. */
  Set<String> asked() {
    return Set.copyOf(known.keySet());
  }

  /** The row that decides; empty if none does. */
  Optional<Row> row(String owner, String name, String descriptor) {
    String method = name + descriptor;
    for (Row row : rows) {
      if (row.fits(owner, method)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  /**
   * What a call is that is not under control, why that is so, and what to do about it; empty if it
   * is under control, or the explorer makes it.
   */
  Optional<String> refusal(String owner, String name, String descriptor) {
    if (of(owner, name, descriptor).treatment() != Treatment.UNCONTROLLED) {
      return Optional.empty();
    }
    return Optional.of(
        row(owner, name, descriptor)
            .map(row -> refusal(owner, name, lower(row.reason()), row.advice()))
            .orElseGet(
                () ->
                    refusal(
                        owner,
                        name,
                        "it may run the code that it is given on a thread of its own",
                        "run that on a thread or a pool of the scenario")));
  }

  static String refusal(String owner, String name, String reason, String advice) {
    String type = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
    String call = name.equals("<init>") ? "a constructor of " + type : type + "." + name;
    return "%s (%s; %s)".formatted(call, reason, advice);
  }

  private static String lower(String reason) {
    return reason.startsWith("JVM")
        ? reason
        : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }

  private Meaning find(String owner, String name, String descriptor) {
    Optional<Row> row = row(owner, name, descriptor);
    if (row.isPresent()) {
      return row.get().meaning();
    }
    if (name.equals("<init>")) {
      return ofConstructor(descriptor);
    }
    return HANDED_CODE.matcher(descriptor).matches() && !RUNS_AT_ONCE.matcher(owner).matches()
        ? Meaning.uncontrolled()
        : DEFAULT;
  }

  /** Who makes an object of the JDK reads what it is made of. */
  private static Meaning ofConstructor(String descriptor) {
    for (Type type : Type.getArgumentTypes(descriptor)) {
      if (Kind.ofDeclared(type) != Kind.VALUE && !Kind.isFunction(type)) {
        return DEFAULT;
      }
    }
    return Meaning.pure(Arguments.KEPT);
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();

    // ---- What the explorer does itself -------------------------------------------------------
    group(rows, "Monitors are the explorer's own, since it cannot choose who gets one of the JVM's")
        .add(ANY, "wait\\((J|JI)?\\)V", Meaning.instead(Operation.WAIT, "await"))
        .add(ANY, "notify\\(\\)V", Meaning.instead(Operation.SIGNAL, "signal"))
        .add(ANY, "notifyAll\\(\\)V", Meaning.instead(Operation.SIGNAL, "signalAll"))
        .add("java/lang/Thread", "holdsLock\\(.*", Meaning.instead(Operation.CALL, "holdsLock"));
    group(rows, "What the explorer makes instead of an object of the JDK is seen as that")
        .add(
            "java/lang/Object",
            "getClass\\(.*",
            Meaning.instead(Operation.CALL, "ThreadHooks.classOf"))
        .add(
            "java/lang/ClassLoader",
            "getSystemClassLoader\\(.*",
            Meaning.instead(Operation.CALL, "ThreadHooks.systemLoader"));
    group(rows, "Threads are started, named and woken by the explorer, in virtual time")
        .add("java/lang/Thread", "sleep\\(.*", Meaning.instead(Operation.SLEEP, "sleep"))
        .add(
            "java/lang/Thread",
            "(yield|onSpinWait)\\(.*",
            Meaning.instead(Operation.YIELD, "giveWay"))
        .add("java/lang/Thread", "ofVirtual\\(.*", Meaning.instead(Operation.SPAWN, "ofVirtual"))
        .add(
            "java/lang/Thread",
            "(threadId|getId)\\(.*",
            Meaning.instead(Operation.CALL, "threadId"))
        .add(
            THREAD,
            "<init>\\(.*",
            Meaning.announced(Treatment.EVERYTHING, Operation.CALL, "makeThread"))
        .add(THREAD, "ofPlatform\\(.*", keeps())
        .add(
            THREAD,
            "currentThread\\(.*",
            Meaning.instead(Operation.CALL, "ThreadHooks.currentThread"))
        .add(THREAD, "start\\(\\)V", Meaning.instead(Operation.SPAWN, "ThreadHooks.start"))
        .add(THREAD, "interrupt\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.interrupt"))
        .add(
            THREAD,
            "isInterrupted\\(.*",
            Meaning.instead(Operation.CALL, "ThreadHooks.isInterrupted"))
        .add(THREAD, "isAlive\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.isAlive"))
        .add(THREAD, "getState\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.getState"))
        .add(
            THREAD,
            "getStackTrace\\(.*",
            Meaning.instead(Operation.CALL, "ThreadHooks.getStackTrace"))
        .add(
            THREAD,
            "getUncaughtExceptionHandler\\(.*",
            Meaning.instead(Operation.CALL, "ThreadHooks.getUncaughtExceptionHandler"))
        .add(THREAD, "setDaemon\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.setDaemon"))
        .add(THREAD, "setName\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.setName"))
        .add(
            THREAD,
            "setContextClassLoader\\(.*",
            Meaning.instead(Operation.CALL, "ThreadHooks.setContextClassLoader"))
        .add(THREAD, "toString\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.text"))
        .add(THREAD, "getName\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.getName"))
        .add(
            THREAD,
            "getThreadGroup\\(.*",
            Meaning.instead(Operation.CALL, "ThreadHooks.getThreadGroup"))
        .add(
            "java/util/concurrent/locks/LockSupport",
            "unpark\\(.*",
            Meaning.instead(Operation.GUARD, "ThreadHooks.unpark"))
        .add(BUILDERS, "start\\(.*", Meaning.instead(Operation.SPAWN, "ThreadHooks.startBy"))
        .add(BUILDERS, "unstarted\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.unstarted"))
        .add(BUILDERS, "factory\\(.*", Meaning.instead(Operation.CALL, "ThreadHooks.factory"))
        .add(
            "java/lang/Thread",
            "startVirtualThread\\(.*",
            Meaning.instead(Operation.SPAWN, "ThreadHooks.startVirtualThread"))
        .add("java/lang/Thread", "join\\(\\)V", Meaning.instead(Operation.GUARD, "join"))
        .add("java/lang/Thread", "interrupted\\(.*", Meaning.instead(Operation.CALL, "interrupted"))
        .add(
            "java/util/concurrent/TimeUnit",
            "sleep\\(.*",
            Meaning.instead(Operation.SLEEP, "sleep"))
        .add(
            "java/util/concurrent/locks/LockSupport",
            "parkNanos\\(.*",
            Meaning.instead(Operation.YIELD, "parkNanos"))
        .add(
            "java/util/concurrent/locks/LockSupport",
            "parkUntil\\(.*",
            Meaning.instead(Operation.YIELD, "parkUntil"));
    group(rows, "The threads of a pool are the explorer's, and so is a wait for its end")
        .add(
            "java/util/concurrent/(Executor|ExecutorService|AbstractExecutorService|(Scheduled)?ThreadPoolExecutor)",
            "execute\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.execute"))
        .add(
            "java/util/concurrent/(ExecutorService|AbstractExecutorService|(Scheduled)?ThreadPoolExecutor)",
            "submit\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.submit"))
        .add(
            "java/util/concurrent/(Future|RunnableFuture|FutureTask|(Runnable)?ScheduledFuture|CompletableFuture|"
                + FORKED
                + ")",
            "get\\(\\).*",
            Meaning.insteadOfIterable("PoolHooks.get", Treatment.RECEIVER))
        .add(
            "java/util/concurrent/CompletableFuture",
            "join\\(\\).*",
            Meaning.insteadOfIterable("PoolHooks.joinFuture", Treatment.RECEIVER))
        .add(
            "java/util/concurrent/CompletableFuture",
            "supplyAsync\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.supplyAsync"))
        .add(
            "java/util/concurrent/CompletableFuture",
            "runAsync\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.runAsync"))
        .add(
            "java/util/concurrent/CompletableFuture",
            "allOf\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.allOf"))
        .add(
            "java/util/concurrent/CompletableFuture",
            "orTimeout\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.orTimeout"))
        .add(
            "java/util/concurrent/CompletableFuture",
            "completeOnTimeout\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.completeOnTimeout"))
        .add(
            "java/util/concurrent/CompletableFuture",
            "delayedExecutor\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.delayedExecutor"))
        .add(
            POOL,
            "<init>\\(.*",
            Meaning.announced(Treatment.EVERYTHING, Operation.CALL, "makeThread"))
        .add(
            POOL,
            "setThreadFactory\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.setThreadFactory"))
        .add(
            POOL,
            "setRejectedExecutionHandler\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.setRejectedExecutionHandler"))
        .add(
            POOL + "\\$AbortPolicy",
            "rejectedExecution\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.reject"))
        .add(POOL, "getQueue\\(.*", Meaning.instead(Operation.CALL, "PoolHooks.getQueue"))
        .add(
            "java/util/concurrent/(ExecutorService|AbstractExecutorService|ThreadPoolExecutor|ForkJoinPool)",
            "close\\(\\)V",
            Meaning.instead(Operation.CALL, "ShutdownHooks.close"))
        .add(
            "java/util/concurrent/(ExecutorService|AbstractExecutorService|ThreadPoolExecutor|ForkJoinPool)",
            "shutdown\\(\\)V",
            Meaning.instead(Operation.CALL, "ShutdownHooks.shutdown"))
        .add(
            EXECUTORS,
            "defaultThreadFactory\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.defaultThreadFactory"))
        .add(
            EXECUTORS,
            "newFixedThreadPool\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.newFixedThreadPool"))
        .add(
            EXECUTORS,
            "newSingleThreadExecutor\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.newSingleThreadExecutor"))
        .add(
            EXECUTORS,
            "newCachedThreadPool\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.newCachedThreadPool"))
        .add(
            EXECUTORS,
            "newThreadPerTaskExecutor\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.newThreadPerTaskExecutor"))
        .add(
            EXECUTORS,
            "newVirtualThreadPerTaskExecutor\\(.*",
            Meaning.instead(Operation.CALL, "PoolHooks.newVirtualThreadPerTaskExecutor"));
    group(rows, "Of several tasks that are handed over at once, some may be cancelled")
        .add(
            "java/util/concurrent/((Abstract)?ExecutorService|ForkJoinPool)",
            "invokeAll\\(.*JL.*",
            Meaning.instead(Operation.GUARD, "InvokeHooks.invokeAll"))
        .add(
            "java/util/concurrent/((Abstract)?ExecutorService|ThreadPoolExecutor)",
            "invokeAll\\(Ljava/util/Collection;\\).*",
            Meaning.instead(Operation.GUARD, "InvokeHooks.invokeAll"))
        .add(
            "java/util/concurrent/((Abstract)?ExecutorService|ForkJoinPool)",
            "invokeAny\\(.*",
            Meaning.instead(Operation.GUARD, "InvokeHooks.invokeAny"));
    group(rows, "A task with a delay is due in virtual time")
        .add(
            EXECUTORS,
            "newScheduledThreadPool\\(.*",
            Meaning.instead(Operation.CALL, "ScheduledHooks.newScheduledThreadPool"))
        .add(
            EXECUTORS,
            "newSingleThreadScheduledExecutor\\(.*",
            Meaning.instead(Operation.CALL, "ScheduledHooks.newSingleThreadScheduledExecutor"))
        .add(
            "java/util/concurrent/Scheduled(ExecutorService|ThreadPoolExecutor)",
            "schedule\\(.*",
            Meaning.instead(Operation.CALL, "ScheduledHooks.schedule"))
        .add(
            "java/util/concurrent/Scheduled(ExecutorService|ThreadPoolExecutor)",
            "scheduleAtFixedRate\\(.*",
            Meaning.instead(Operation.CALL, "ScheduledHooks.scheduleAtFixedRate"))
        .add(
            "java/util/concurrent/Scheduled(ExecutorService|ThreadPoolExecutor)",
            "scheduleWithFixedDelay\\(.*",
            Meaning.instead(Operation.CALL, "ScheduledHooks.scheduleWithFixedDelay"))
        .add(
            "java/util/concurrent/ScheduledThreadPoolExecutor",
            "(shutdown|isShutdown|[sg]et\\w+Policy)\\(.*",
            Meaning.everything());
    group(rows, "A timer is a scheduled pool of one thread")
        .add(
            "java/util/Timer",
            "schedule\\(.*",
            Meaning.instead(Operation.CALL, "TimerHooks.schedule"))
        .add(
            "java/util/Timer",
            "scheduleAtFixedRate\\(.*",
            Meaning.instead(Operation.CALL, "TimerHooks.scheduleAtFixedRate"))
        .add("java/util/Timer", "cancel\\(.*", Meaning.instead(Operation.CALL, "TimerHooks.cancel"))
        .add("java/util/TimerTask", "cancel\\(.*", Meaning.everything())
        .add("java/util/TimerTask", "<init>\\(.*", keeps());
    group(rows, "Each task of a ForkJoinPool has a thread of its own")
        .add(
            EXECUTORS,
            "newWorkStealingPool\\(.*",
            Meaning.instead(Operation.CALL, "ForkHooks.newWorkStealingPool"))
        .add(
            FORK_JOIN_POOL,
            "commonPool\\(.*",
            Meaning.instead(Operation.CALL, "ForkHooks.commonPool"))
        .add(FORK_JOIN_POOL, "submit\\(.*", Meaning.instead(Operation.CALL, "ForkHooks.submit"))
        .add(FORK_JOIN_POOL, "execute\\(.*", Meaning.instead(Operation.CALL, "ForkHooks.execute"))
        .add(FORK_JOIN_POOL, "invoke\\(.*", Meaning.instead(Operation.CALL, "ForkHooks.invoke"))
        .add(
            FORK_JOIN_POOL,
            "(isShutdown|invokeAll)\\((Ljava/util/Collection;)?\\).*",
            Meaning.everything())
        .add(
            FORK_JOIN_POOL,
            "awaitTermination\\(.*",
            Meaning.instead(Operation.GUARD, "TimedHooks.awaitTermination"))
        // It calls what waits. No thread has to be made up for: each task has its own.
        .add(FORK_JOIN_POOL, "managedBlock\\(.*", keeps())
        .add(FORK_JOIN_POOL, "get(CommonPool)?Parallelism\\(.*|getAsyncMode\\(.*", keeps())
        .add(FORK_JOIN_TASK, "fork\\(.*", Meaning.instead(Operation.SPAWN, "ForkHooks.fork"))
        .add(FORK_JOIN_TASK, "join\\(.*", Meaning.instead(Operation.GUARD, "ForkHooks.joinTask"))
        .add(
            FORK_JOIN_TASK,
            "quietlyJoin\\(\\).*",
            Meaning.instead(Operation.GUARD, "ForkHooks.quietlyJoin"))
        .add(FORK_JOIN_TASK, "invoke\\(.*", Meaning.instead(Operation.CALL, "ForkHooks.run"))
        .add(
            FORK_JOIN_TASK,
            "quietlyInvoke\\(.*",
            Meaning.instead(Operation.CALL, "ForkHooks.quietlyInvoke"))
        .add(
            FORK_JOIN_TASK,
            "invokeAll\\(.*",
            Meaning.instead(Operation.CALL, "ForkHooks.invokeAll"))
        .add(
            FORK_JOIN_TASK,
            "inForkJoinPool\\(.*",
            Meaning.instead(Operation.CALL, "ForkHooks.inForkJoinPool"))
        .add(
            "java/util/concurrent/(ForkJoinWorkerThread|" + FORKED + ")",
            "getPool\\(.*",
            Meaning.instead(Operation.CALL, "ForkHooks.getPool"))
        .add(FORK_JOIN_TASK, "get\\(JL.*", Meaning.instead(Operation.GUARD, "TimedHooks.get"))
        .add(FORK_JOIN_TASK, "(<init>|adapt)\\(.*", keeps())
        .add(
            FORK_JOIN_TASK,
            "(getRawResult|isCompleted(Abn|N)ormally|getException)\\(.*",
            Meaning.announced(Treatment.EVERYTHING, Operation.CALL, "askForAnEnd"))
        .add(
            FORK_JOIN_TASK,
            "(quietlyComplete|reinitialize)\\(.*",
            Meaning.announced(Treatment.GUARD, Operation.CALL, "competeWithAnEnd"))
        .add(
            FORK_JOIN_TASK,
            "complete\\(.*",
            Meaning.instead(Operation.CALL, "CompleterHooks.complete"))
        .add(
            FORK_JOIN_TASK,
            "completeExceptionally\\(.*",
            Meaning.instead(Operation.CALL, "CompleterHooks.completeExceptionally"));
    group(rows, "Who completes the last task that others wait for completes those, one by one")
        .add(
            COMPLETER,
            "tryComplete\\(.*",
            Meaning.instead(Operation.CALL, "CompleterHooks.tryComplete"))
        .add(
            COMPLETER,
            "propagateCompletion\\(.*",
            Meaning.instead(Operation.CALL, "CompleterHooks.propagateCompletion"))
        .add(
            COMPLETER,
            "nextComplete\\(.*",
            Meaning.instead(Operation.CALL, "CompleterHooks.nextComplete"))
        .add(
            COMPLETER,
            "quietlyCompleteRoot\\(.*",
            Meaning.instead(Operation.CALL, "CompleterHooks.quietlyCompleteRoot"));
    group(rows, "For how many others a task waits can be reached only by its own methods")
        .add(FORK_JOIN_TASK, "getForkJoinTaskTag\\(.*", Meaning.reading(Arguments.KEPT))
        .add(FORK_JOIN_TASK, "compareAndSetForkJoinTaskTag\\(.*", Meaning.ofOnePlace("attempt"))
        .add(FORK_JOIN_TASK, "setForkJoinTaskTag\\(.*", Meaning.receiver(Arguments.KEPT))
        .add(COMPLETER, "getPendingCount\\(.*", Meaning.reading(Arguments.KEPT))
        .add(COMPLETER, "compareAndSetPendingCount\\(.*", Meaning.ofOnePlace("attempt"))
        .add(
            COMPLETER,
            "(setPendingCount|addToPendingCount|decrementPendingCountUnlessZero|firstComplete)\\(.*",
            Meaning.receiver(Arguments.KEPT))
        // Which task waits for which never changes, what is called back is code under test, and
        // there are no tasks that a thread could help with: each has one.
        .add(
            COMPLETER,
            "(getCompleter|getRoot|compute|onCompletion|onExceptionalCompletion|setRawResult|helpComplete)\\(.*",
            keeps());
    group(rows, "A parallel stream works on each part of its source in a task of its own")
        .add(
            "java/util/.*",
            "parallelStream\\(\\)L.*",
            Meaning.instead(Operation.CALL, "StreamHooks."))
        .add(STREAMS, "parallel\\(\\)L.*", Meaning.instead(Operation.CALL, "StreamHooks."))
        .add(
            "java/util/stream/StreamSupport",
            "(stream|(int|long|double)Stream)\\(.*",
            Meaning.instead(Operation.CALL, "StreamHooks."));
    group(rows, "A copy of an array reads its elements, and nobody else can have it yet")
        .add("\\[.*", "clone\\(\\).*", Meaning.ofOnePlace("copyArray"))
        .add("java/util/Arrays", "copyOf(Range)?\\(.*", Meaning.ofOnePlace("copyArray"));
    group(rows, "An array is set by a parallel stream; a short one its caller works on alone")
        .add(
            "java/util/Arrays",
            "parallelSetAll\\(.*",
            Meaning.instead(Operation.CALL, "ArrayHooks.parallelSetAll"))
        .add(
            "java/util/Arrays",
            "parallelSort\\(\\[L.*",
            Meaning.instead(Operation.CALL, "ArrayHooks.parallelSort"))
        .add(
            "java/util/Arrays",
            "parallelPrefix\\(.*",
            Meaning.instead(Operation.CALL, "ArrayHooks.parallelPrefix"))
        // Of numbers nobody is asked which comes first.
        .add("java/util/Arrays", "parallelSort\\(\\[[^L].*", Meaning.everything());
    group(
            rows,
            "A scope is joined when that need not wait: its threads have ended, or it is cancelled")
        .add(SCOPES, "fork\\(.*", Meaning.announced(Treatment.GUARD, Operation.SPAWN, "fork"))
        .add(
            SCOPES,
            "join\\(\\).*",
            Meaning.announced(Treatment.GUARD, Operation.GUARD, "joinScope"))
        .add(
            SCOPES,
            "close\\(\\)V",
            Meaning.announced(Treatment.GUARD, Operation.GUARD, "closeScope"))
        .add(
            SCOPE + "\\$Shutdown.*",
            "(exception|result|throwIfFailed)\\(.*",
            Meaning.announced(Treatment.GUARD, Operation.CALL, "askScope"))
        .add(
            SCOPE + "\\$Subtask",
            "(get|state|exception)\\(.*",
            Meaning.announced(Treatment.GUARD, Operation.CALL, "askSubtask"));
    group(rows, "The limit of a scope passes in virtual time")
        .add(SCOPES, "joinUntil\\(.*", Meaning.instead(Operation.GUARD, "ScopeHooks.joinUntil"))
        .add(
            SCOPES,
            "open\\((L[^;]+;)?Ljava/util/function/.*",
            Meaning.instead(Operation.CALL, "ScopeHooks.open"));
    group(rows, "A scope is opened, and its policy is chosen, by whoever has it")
        .add(SCOPES, "(<init>|open)\\(.*", keeps())
        .add(
            SCOPE + "\\$Configuration",
            "withThreadFactory\\(.*",
            Meaning.instead(Operation.CALL, "ScopeHooks.withThreadFactory"))
        .add(SCOPE + "\\$Configuration", "with(Name|Timeout)\\(.*", keeps())
        .add(
            SCOPE + "\\$Joiner",
            "(allSuccessfulOrThrow|awaitAll\\w*|anySuccessful\\w*|allUntil|on\\w+)\\(.*",
            keeps());
    group(rows, "A scoped value is bound for good, in the thread and in those that it forks")
        .add("java/lang/ScopedValue(\\$Carrier)?", ANY, keeps());
    group(rows, "An identity hash code is the same in every execution")
        .add(
            "java/lang/System",
            "identityHashCode\\(.*",
            Meaning.instead(Operation.CALL, "identityHashCode"));
    group(
            rows,
            "Who changes a bin of a ConcurrentHashMap, and while it computes, the explorer knows")
        .add(MAPS, "compute\\(.*", Meaning.instead(Operation.CALL, "compute"))
        .add(MAPS, "computeIfAbsent\\(.*", Meaning.instead(Operation.CALL, "computeIfAbsent"))
        .add(MAPS, "computeIfPresent\\(.*", Meaning.instead(Operation.CALL, "computeIfPresent"))
        .add(MAPS, "merge\\(.*", Meaning.instead(Operation.CALL, "merge"))
        // One of the program's keeps its entries wherever it likes.
        .add(ABSTRACT_MAP, "remove\\(.*", Meaning.instead(Operation.CALL, "remove"))
        .add(MAPS, "put\\(.*", Meaning.insteadOfCollection("put"))
        .add(MAPS, "putIfAbsent\\(.*", Meaning.insteadOfCollection("putIfAbsent"))
        .add(MAPS, "remove\\(.*", Meaning.insteadOfCollection("remove"))
        .add(MAPS, "replace\\(.*", Meaning.insteadOfCollection("replace"));
    group(
            rows,
            "Several elements are added one after the other, and others see the first ones before")
        .add(
            "java/util/Collections",
            "addAll\\(.*",
            Meaning.insteadOfSeveral("CollectionHooks.addAll"))
        .add(
            "java/util/.*",
            "addAll\\(Ljava/util/Collection;\\).*",
            Meaning.insteadOfSeveral("CollectionHooks.addAll"))
        .add(
            "java/util/.*Map(\\$.*)?",
            "putAll\\(.*",
            Meaning.insteadOfSeveral("CollectionHooks.putAll"));
    group(rows, "Several elements are looked for one after the other")
        .add(
            "java/util/.*",
            "containsAll\\(Ljava/util/Collection;\\).*",
            Meaning.insteadOfSeveral("CollectionHooks.containsAll"));
    String sequenced = "java/util/(List|NavigableSet|SortedSet|SequencedCollection)";
    group(rows, "A list that inherits it asks whether it is empty before it looks")
        .add(
            sequenced,
            "getFirst\\(.*",
            Meaning.insteadOfIterable("CollectionHooks.getFirst", Treatment.EVERYTHING))
        .add(
            sequenced,
            "getLast\\(.*",
            Meaning.insteadOfIterable("CollectionHooks.getLast", Treatment.EVERYTHING))
        .add(
            sequenced,
            "removeFirst\\(.*",
            Meaning.insteadOfIterable("CollectionHooks.removeFirst", Treatment.EVERYTHING))
        .add(
            sequenced,
            "removeLast\\(.*",
            Meaning.insteadOfIterable("CollectionHooks.removeLast", Treatment.EVERYTHING));
    group(rows, "A thread ends, and what it computes is done, after the last step of its code")
        .add(
            "java/util/concurrent/.*",
            "(isDone|isCancelled|state|resultNow|exceptionNow|getNow|isCompletedExceptionally|isTerminated"
                + "|getNumberOfDependents)\\(.*",
            Meaning.announced(Treatment.GUARD, Operation.CALL, "askForResult"))
        .add(
            "java/util/concurrent/(Executor)?CompletionService|java/util/concurrent/ExecutorCompletionService",
            "poll\\(.*",
            Meaning.announced(Treatment.EVERYTHING, Operation.CALL, "askForAnEnd"));
    group(
            rows,
            "It runs the code on a thread of JUnit, until a limit of real time",
            "run the code in the test itself, whose limit is that of @Interleavings(within = …)")
        .add(
            "org/junit/jupiter/api/Assertions",
            "assertTimeoutPreemptively\\(.*",
            Meaning.uncontrolled());
    group(
            rows,
            "What a pool counts it changes after the result of a task is there",
            "count in the tasks themselves")
        .add(
            POOL, "get(Active|CompletedTask|Task)Count\\(.*|toString\\(.*", Meaning.uncontrolled());
    group(rows, "A thread of a pool asks for its next task after the end of the one before")
        .add(
            "java/util/concurrent/(ExecutorService|AbstractExecutorService|(Scheduled)?ThreadPoolExecutor)",
            "shutdownNow\\(.*",
            Meaning.instead(Operation.CALL, "ShutdownHooks.shutdownNow"))
        .add(
            POOL,
            "(remove|purge)\\(.*",
            Meaning.announced(Treatment.GUARD, Operation.CALL, "askForTasks"));
    group(rows, "What comes to its end first decides, and that is after the last step of its code")
        .add(
            "java/util/concurrent/(?!CompletableFuture).*",
            "cancel\\(.*",
            Meaning.announced(Treatment.GUARD, Operation.CALL, "competeWithAnEnd"))
        .add(
            "java/util/concurrent/(Executor)?CompletionService",
            "take\\(\\).*",
            Meaning.announced(Treatment.GUARD, Operation.CALL, "competeWithAnEnd"));
    group(
            rows,
            "A task that is made by itself may be run by several threads, and one of them does it")
        .add(
            "java/util/concurrent/FutureTask",
            "<init>\\(.*",
            Meaning.announced(Treatment.NOTHING, Operation.CALL, "makeTask"));
    group(rows, "A collector adds to what it is supplied with, which may be a map that others have")
        .add(
            "java/util/stream/Collectors",
            "\\w+\\(.*Ljava/util/function/Supplier;.*",
            Meaning.announced(Treatment.NOTHING, Operation.CALL, "collectInto"));
    group(
            rows,
            "A final field is read without a step, and reflection can set it all the same",
            "set it by Field.set, or by a VarHandle")
        .add(
            "java/lang/reflect/Field",
            "set(Boolean|Byte|Short|Char|Int|Long|Float|Double)?\\(.*",
            Meaning.announced(Treatment.GUARD, Operation.CALL, "setField"))
        .add(
            "java/lang/invoke/MethodHandles\\$Lookup",
            "unreflectSetter\\(.*",
            Meaning.uncontrolled());
    group(
            rows,
            "One call of such a handle makes several, between which others may go on",
            "make the calls one by one")
        .add(
            "java/lang/invoke/MethodHandles",
            "(filter|fold|collect(Arguments|Coordinates|ReturnValue)|guardWithTest|catchException|tryFinally"
                + "|\\w*[lL]oop)\\w*\\(.*",
            Meaning.uncontrolled());
    group(
            rows,
            "Random numbers are the same in every execution, and each thread has its own",
            "draw numbers one by one, or from a Random with a seed")
        .add(
            "java/lang/(Math|StrictMath)",
            "random\\(.*",
            Meaning.instead(Operation.CALL, "ChanceHooks.random"))
        .add(
            "java/util/UUID",
            "randomUUID\\(.*",
            Meaning.instead(Operation.CALL, "ChanceHooks.randomUUID"))
        .add("java/util/concurrent/ThreadLocalRandom", "current\\(.*", keeps())
        // Where one is made, the explorer's own is made.
        .add(
            "java/security/SecureRandom",
            "getInstanceStrong\\(.*|getInstance\\(Ljava/lang/String;\\)L.*|getSeed\\(.*"
                + "|nextBytes\\(\\[B\\)V|nextLong\\(\\)J|(set|generate)Seed\\(.*",
            Meaning.instead(Operation.CALL, "ChanceHooks."))
        .add(
            "java/util/concurrent/ThreadLocalRandom",
            "next(Int|Long|Double|Float|Boolean|Gaussian)\\(.*",
            Meaning.instead(Operation.CALL, "ChanceHooks."))
        .add("java/util/concurrent/ThreadLocalRandom", ANY, Meaning.uncontrolled());
    group(rows, "Time passes only while threads sleep")
        .add(
            "java/time/Clock",
            "systemUTC\\(.*",
            Meaning.instead(Operation.CALL, "ClockHooks.systemUTC"))
        .add(
            "java/time/Clock",
            "systemDefaultZone\\(.*",
            Meaning.instead(Operation.CALL, "ClockHooks.systemDefaultZone"))
        .add("java/time/Clock", "system\\(.*", Meaning.instead(Operation.CALL, "ClockHooks.system"))
        .add(
            "java/time/InstantSource",
            "system\\(.*",
            Meaning.instead(Operation.CALL, "ClockHooks.source"))
        .add(
            "java/time/Clock",
            "tickMillis\\(.*",
            Meaning.instead(Operation.CALL, "ClockHooks.tickMillis"))
        .add(
            "java/time/Clock",
            "tickSeconds\\(.*",
            Meaning.instead(Operation.CALL, "ClockHooks.tickSeconds"))
        .add(
            "java/time/Clock",
            "tickMinutes\\(.*",
            Meaning.instead(Operation.CALL, "ClockHooks.tickMinutes"))
        .add("java/lang/System", "nanoTime\\(.*", Meaning.instead(Operation.CLOCK, "nanoTime"))
        .add(
            "java/lang/System",
            "currentTimeMillis\\(.*",
            Meaning.instead(Operation.CLOCK, "currentTimeMillis"));

    group(rows, "An error makes a text of what it is about")
        .add(
            "java/lang/AssertionError|java/time/format/DateTimeParseException",
            "<init>\\(.*L(java/lang/Object|java/lang/CharSequence);.*",
            Meaning.everything());
    group(rows, "An exception is as it was made, but for what can be added to it")
        .add("javax?/.*(Exception|Error)|java/lang/Throwable", "<init>\\(.*", keeps())
        .add(
            "javax?/.*(Exception|Error)|java/lang/Throwable",
            "(getMessage|getLocalizedMessage|toString|fillInStackTrace)\\(.*",
            keeps());

    group(rows, "The name of a file is a value: who asks for it does not ask the disk")
        .add("java/nio/file/Paths?", "(of|get)\\(Ljava/lang/String;\\[.*", reads())
        .add(
            "java/nio/file/Path",
            "(get(FileName|Name|NameCount|Parent|Root)|subpath|startsWith|endsWith|isAbsolute|normalize"
                + "|relativize|resolve(Sibling)?|to(AbsolutePath|File|String)|compareTo|equals|hashCode)\\(.*",
            keeps())
        .add("java/io/File", "<init>\\(.*", keeps())
        .add(
            "java/io/File",
            "(get(Name|Parent|ParentFile|Path|AbsoluteFile|AbsolutePath)|isAbsolute|to(Path|String)|compareTo"
                + "|equals|hashCode)\\(.*",
            keeps());

    // ---- What is not under control -----------------------------------------------------------
    group(
            rows,
            "It is the outside: files, sockets, processes, other JVMs, windows",
            "leave it out, or put an object in memory in its place")
        .add(
            "java/net/(?!URI|URISyntaxException|URLEncoder|URLDecoder).*|java/nio/(channels|file)/.*",
            ANY,
            Meaning.uncontrolled())
        .add(
            "java/io/(File.*|RandomAccess.*|Piped.*|Object(In|Out)putStream.*|Console)",
            ANY,
            Meaning.uncontrolled())
        .add(
            "java/lang/(Process.*|instrument/.*|management/.*)|java/util/(jar/.*|prefs/.*|zip/ZipFile)"
                + "|java/awt/(?!geom/|Point|Dimension|Rectangle|Insets).*|java/sql/(?!Timestamp|Date|Time$).*"
                + "|(java|javax)/(rmi|naming|management|print|sound|imageio|accessibility|applet)/.*"
                + "|javax/(swing|sql|net)/.*"
                + "|(jdk|com/sun|org/ietf)/.*|sun/(?!misc/Unsafe).*",
            ANY,
            Meaning.uncontrolled())
        .add(
            "java/lang/(System|Runtime)",
            "(exit|halt|load|loadLibrary|exec|addShutdownHook|removeShutdownHook|inheritedChannel|console"
                + "|freeMemory|totalMemory|maxMemory|gc|runFinalization)\\(.*",
            Meaning.uncontrolled());
    group(
            rows,
            "It changes the state of the JVM itself, which outlives an execution",
            "set it before the exploration")
        .add("java/lang/System", "set(Out|Err|In|SecurityManager)\\(.*", Meaning.uncontrolled())
        .add(
            "java/util/logging/.*",
            "(set|add|remove|reset|readConfiguration|updateConfiguration)\\w*\\(.*",
            Meaning.uncontrolled())
        .add(
            "java/security/(Security|Policy)",
            "(set|add|insert|remove)\\w*\\(.*",
            Meaning.uncontrolled())
        .add(
            "java/time/zone/ZoneRulesProvider",
            "(registerProvider|refresh)\\(.*",
            Meaning.uncontrolled())
        .add("java/util/ResourceBundle", "clearCache\\(.*", Meaning.uncontrolled())
        .add(
            "java/lang/ClassLoader", "(set|clear)\\w*AssertionStatus\\(.*", Meaning.uncontrolled());
    group(
            rows,
            "It may run code that is not woven",
            "leave it out, or put code of the program in its place")
        .add(
            "java/lang/foreign/(Linker|SymbolLookup).*|java/lang/ModuleLayer.*",
            ANY,
            Meaning.uncontrolled())
        // Nor what is made past the loader that weaves.
        .add(
            "java/lang/(ClassLoader|invoke/MethodHandles\\$Lookup)",
            "define\\w*\\(.*",
            Meaning.uncontrolled())
        // Nor what a library for tests makes so, but for its own use.
        .add(
            "net/bytebuddy/dynamic/(DynamicType.*|loading/.*)",
            "(load|inject|define)\\w*\\(.*",
            Meaning.uncontrolled())
        .add(
            "java/beans/(Expression|Statement|EventHandler|.*Encoder|.*Decoder|.*PersistenceDelegate)",
            ANY,
            Meaning.uncontrolled())
        .add(
            "java/lang/invoke/(MethodHandleProxies|LambdaMetafactory)",
            "(asInterfaceInstance|metafactory|altMetafactory)\\(.*",
            Meaning.uncontrolled())
        // Its providers are of its own loader, and so are the inventories that they make.
        .add("oversell/inventory/Inventories", ANY, Meaning.uncontrolled());
    group(rows, "Unsafe reaches past the fields and elements that a handle has", "use a VarHandle")
        .add("oversell/explorer/hook/Offsets", "unreachable\\(.*", Meaning.uncontrolled());
    group(
            rows,
            "A class that extends it is no pool of the explorer's",
            "make the pool by new or by Executors, and let your class hand its tasks to that")
        .add(
            "java/util/concurrent/(ScheduledThreadPoolExecutor|ForkJoinPool)",
            "<init>\\(.*",
            Meaning.uncontrolled());
    group(
            rows,
            "It may use or count threads that the scenario has not started",
            "use threads and pools that the scenario starts, by the methods of their own classes")
        .add(
            "java/lang/ThreadGroup",
            "(?!<init>|getName|getMaxPriority|isDaemon).*",
            Meaning.uncontrolled())
        .add(
            "java/lang/Thread",
            "(enumerate|activeCount|getAllStackTraces|setDefaultUncaughtExceptionHandler|suspend|resume|stop)\\(.*",
            Meaning.uncontrolled())
        .add("java/util/Timer.*", ANY, Meaning.uncontrolled())
        .add(
            "java/util/concurrent/(ForkJoin.*|Recursive.*|CountedCompleter|Scheduled.*"
                + "|SubmissionPublisher.*)",
            ANY,
            Meaning.uncontrolled())
        .add(
            "java/util/concurrent/Executors",
            "(?!callable|unconfigurableExecutorService).*",
            Meaning.uncontrolled())
        .add(
            "java/util/concurrent/(CompletableFuture|CompletionStage)",
            "\\w+Async\\(.*Ljava/util/concurrent/Executor;\\).*",
            Meaning.everything())
        .add(ANY, "(?!isP)\\w*[pP]arallel\\w*\\(.*|\\w+Async\\(.*", Meaning.uncontrolled())
        .add(
            "java/util/concurrent/ConcurrentHashMap",
            "(forEach|reduce|search)\\w*\\(J.*",
            Meaning.uncontrolled());
    group(
            rows,
            "The garbage collector decides what it answers",
            "keep the object by a strong reference")
        .add("java/lang/ref/.*", "(?!<init>|reachabilityFence).*", Meaning.uncontrolled())
        .add("java/util/WeakHashMap", ANY, Meaning.uncontrolled());
    group(rows, "A hand-over with a time limit ends by its partner, or by its limit")
        .add(
            "java/util/concurrent/SynchronousQueue",
            "offer\\(Ljava/lang/Object;JL.*",
            Meaning.instead(Operation.GUARD, "PartnerHooks.offer"))
        .add(
            "java/util/concurrent/SynchronousQueue",
            "poll\\(JL.*",
            Meaning.instead(Operation.GUARD, "PartnerHooks.poll"))
        .add(
            "java/util/concurrent/LinkedTransferQueue",
            "tryTransfer\\(Ljava/lang/Object;JL.*",
            Meaning.instead(Operation.GUARD, "PartnerHooks.tryTransfer"))
        .add(
            "java/util/concurrent/LinkedTransferQueue",
            "poll\\(JL.*",
            Meaning.instead(Operation.GUARD, "PartnerHooks.poll"))
        .add(
            "java/util/concurrent/Exchanger",
            "exchange\\(Ljava/lang/Object;JL.*",
            Meaning.instead(Operation.GUARD, "PartnerHooks.exchange"));
    group(rows, "Which queue it is, and so whether it hands over, its class says when it is called")
        .add(
            "java/util/concurrent/BlockingQueue",
            "offer\\(Ljava/lang/Object;JL.*",
            Meaning.instead(Operation.CALL, "PartnerHooks.offer"))
        .add(
            "java/util/concurrent/BlockingQueue",
            "poll\\(JL.*",
            Meaning.instead(Operation.CALL, "PartnerHooks.poll"))
        .add(
            "java/util/concurrent/TransferQueue",
            "tryTransfer\\(Ljava/lang/Object;JL.*",
            Meaning.instead(Operation.CALL, "PartnerHooks.tryTransfer"))
        // It always has room.
        .add(
            "java/util/concurrent/LinkedTransferQueue",
            "offer\\(Ljava/lang/Object;JL.*",
            Meaning.receiver(Arguments.KEPT));
    group(rows, "Who waits for others with a time limit gives up when that passes")
        .add(
            "java/util/concurrent/CyclicBarrier",
            "await\\(J.*",
            Meaning.instead(Operation.GUARD, "PartnerHooks.awaitOthers"))
        .add(
            "java/util/concurrent/Phaser",
            "awaitAdvanceInterruptibly\\(IJ.*",
            Meaning.instead(Operation.GUARD, "PartnerHooks.awaitAdvance"));
    group(rows, "Who waits for a lock with a time limit waits in its queue until that passes")
        .add(
            "java/util/concurrent/locks/.*",
            "tryLock\\(J.*",
            Meaning.instead(Operation.GUARD, "LockHooks.tryLock"))
        .add(
            "java/util/concurrent/locks/StampedLock",
            "tryReadLock\\(J.*",
            Meaning.instead(Operation.GUARD, "LockHooks.tryReadLock"))
        .add(
            "java/util/concurrent/locks/StampedLock",
            "tryWriteLock\\(J.*",
            Meaning.instead(Operation.GUARD, "LockHooks.tryWriteLock"))
        .add(
            "java/util/concurrent/Semaphore",
            "tryAcquire\\(I?J.*",
            Meaning.instead(Operation.GUARD, "LockHooks.tryAcquire"));
    group(
            rows,
            "It waits for a timer of the JVM",
            "wait for a Condition with a limit, for a lock, or for a semaphore")
        .add(
            "java/util/concurrent/DelayQueue",
            "take\\(.*|.*\\(.*JLjava/util/concurrent/TimeUnit;.*",
            Meaning.inside("delay"))
        .add(
            "java/util/concurrent/locks/AbstractQueuedSynchronizer",
            "tryAcquire(Shared)?Nanos\\(.*",
            Meaning.inside("acquireInTime"))
        .add(
            "java/util/concurrent/(SynchronousQueue|LinkedTransferQueue|Delayed|Exchanger"
                + "|locks/(?!Condition|.*Lock$|.*ReadLock|.*WriteLock).*)",
            ".*\\(.*JLjava/util/concurrent/TimeUnit;.*|tryAcquire(Shared)?Nanos\\(.*|await(Nanos|Until)\\(.*",
            Meaning.uncontrolled());
    group(rows, "A wait with a time limit ends by what it waits for, or by its limit")
        .add(THREAD, "join\\(.*", Meaning.instead(Operation.GUARD, "TimedHooks.join"))
        .add(
            "java/util/concurrent/TimeUnit",
            "timedJoin\\(.*",
            Meaning.instead(Operation.GUARD, "TimedHooks.timedJoin"))
        .add(
            "java/util/concurrent/TimeUnit",
            "timedWait\\(.*",
            Meaning.instead(Operation.GUARD, "TimedHooks.timedWait"))
        .add(CONDITION, "await\\(J.*", Meaning.instead(Operation.GUARD, "TimedHooks.await"))
        .add(
            CONDITION, "awaitNanos\\(.*", Meaning.instead(Operation.GUARD, "TimedHooks.awaitNanos"))
        .add(
            CONDITION, "awaitUntil\\(.*", Meaning.instead(Operation.GUARD, "TimedHooks.awaitUntil"))
        .add(
            "java/util/concurrent/(Future|FutureTask|CompletableFuture|RunnableFuture)",
            "get\\(JL.*",
            Meaning.instead(Operation.GUARD, "TimedHooks.get"))
        .add(
            "java/util/concurrent/.*",
            "awaitTermination\\(.*",
            Meaning.instead(Operation.GUARD, "TimedHooks.awaitTermination"))
        .add(
            "java/util/concurrent/CountDownLatch",
            "await\\(J.*",
            Meaning.instead(Operation.GUARD, "TimedHooks.awaitLatch"));
    group(
            rows,
            "It answers something else each time, whoever goes first",
            "pass a seed, a clock or a value that is fixed")
        .add(
            "java/math/BigInteger|java/util/UUID",
            "(isProbablePrime|nextProbablePrime|ofEpochMillis)\\(.*",
            Meaning.uncontrolled())
        .add(
            "java/security/SecureRandom|(java/security|javax/crypto)/Key(Pair)?Generator",
            ANY,
            Meaning.uncontrolled())
        .add(
            "java/util/random/RandomGenerator(Factory)?(\\$.*)?",
            "(getDefault|of|create|all)\\(.*",
            Meaning.uncontrolled())
        // Where one is called that takes none, it is called with a seed, or the virtual time.
        .add("java/util/((Splittable)?Random|Date)", "<init>\\(\\)V", Meaning.uncontrolled())
        .add("java/util/Collections", "shuffle\\(Ljava/util/List;\\)V", Meaning.uncontrolled())
        .add(
            "java/util/GregorianCalendar",
            "<init>\\((Ljava/util/TimeZone;)?(Ljava/util/Locale;)?\\)V",
            Meaning.uncontrolled())
        .add("java/util/Calendar", "getInstance\\(.*", Meaning.uncontrolled())
        .add("java/time/.*", "now\\(Ljava/time/Clock;\\).*", keeps())
        .add("java/time/.*", "(now|dateNow)\\(.*", Meaning.uncontrolled())
        .add("java/time/Clock\\$FixedClock", ANY, keeps())
        .add(
            "java/time/(Clock\\$SystemClock|Clock\\$SystemInstantSource)",
            ANY,
            Meaning.uncontrolled());
    group(
            rows,
            "Who waits for a lock the explorer knows, and the lock does not",
            "count those who wait in the program")
        .add(
            "java/util/concurrent/locks/ReentrantLock",
            "(hasQueuedThreads?|getQueueLength|getQueuedThreads|hasWaiters|getWaitQueueLength|getWaitingThreads)\\(.*",
            Meaning.uncontrolled())
        .add(
            "java/util/concurrent/Semaphore",
            "(hasQueuedThreads|getQueueLength|getQueuedThreads)\\(.*",
            Meaning.uncontrolled());
    group(
            rows,
            "A platform thread is known to the JDK by the thread that stands in for it",
            "keep in the program who has a lock, or waits for it")
        .add(
            "java/util/concurrent/locks/(Reentrant(ReadWrite)?Lock|AbstractQueued\\w+(\\$ConditionObject)?)",
            "(getOwner|getFirstQueuedThread|isQueued|hasQueuedThread|get\\w*(Queued|Waiting)\\w*Threads)\\(.*",
            Meaning.uncontrolled());

    // ---- Locks and other synchronizers -------------------------------------------------------
    group(rows, "A part of a lock stands for the lock: its conditions, its two sides")
        .add(
            "java/util/concurrent/locks/.*",
            "newCondition\\(\\)L.*",
            Meaning.instead(Operation.GUARD, "newCondition"))
        .add(
            "java/util/concurrent/locks/.*",
            "readLock\\(\\)L.*",
            Meaning.instead(Operation.GUARD, "readLock"))
        .add(
            "java/util/concurrent/locks/.*",
            "writeLock\\(\\)L.*",
            Meaning.instead(Operation.GUARD, "writeLock"));
    group(
            rows,
            "A lock is asked for when it can be had, so that nobody queues where nobody sees it")
        .add(
            "java/util/concurrent/locks/.*",
            "lock\\(\\)V",
            Meaning.announced(Treatment.GUARD, Operation.GUARD, "lock"))
        .add(
            "java/util/concurrent/locks/.*",
            "lockInterruptibly\\(\\)V",
            Meaning.announced(Treatment.GUARD, Operation.GUARD, "lockInterruptibly"));
    group(rows, "Nobody can tell who waits for a latch, so that is asked for when it is open")
        .add(
            "java/util/concurrent/CountDownLatch",
            "await\\(\\)V",
            Meaning.announced(Treatment.GUARD, Operation.GUARD, "awaitLatch"));
    group(rows, "A phaser registers with its parent, and arrives there")
        .add("java/util/concurrent/Phaser", "(?!<init>).*", Meaning.everythingOfGuards());
    group(rows, "Why a thread is parked others see before that", "keep that in a field of your own")
        .add("java/util/concurrent/locks/LockSupport", "getBlocker\\(.*", Meaning.uncontrolled());
    // A static one reaches what it is given: a park or unpark is between any two threads.
    group(rows, "A synchronizer can be reached only by its own methods")
        .add(
            "java/util/concurrent/locks/.*|java/util/concurrent/(Semaphore|CountDownLatch|CyclicBarrier|Exchanger)",
            "(?!<init>|is\\w*Stamp\\().*",
            Meaning.guard())
        .add("java/util/concurrent/locks/StampedLock", "is\\w*Stamp\\(.*", keeps());

    // ---- What touches its receiver alone -----------------------------------------------------
    group(
            rows,
            "An atomic is read by whoever asks for its value, and by a compare-and-set that fails")
        .add(
            ATOMICS,
            "(get(Plain|Opaque|Acquire|Reference|Stamp)?|isMarked|\\w+Value|sum)\\(\\).*",
            Meaning.reading(Arguments.KEPT))
        .add(ATOMICS, ATTEMPTS + "|attempt(Mark|Stamp)\\(.*", Meaning.ofOnePlace("attempt"));
    group(
            rows,
            "An element of an atomic array can be reached only by methods of that with its number")
        .add(ATOMIC_ARRAYS, "length\\(\\)I", keeps())
        .add(ATOMIC_ARRAYS, "get(Plain|Opaque|Acquire)?\\(I\\).*", Meaning.ofOnePlace("lookAt"))
        .add(ATOMIC_ARRAYS, ATTEMPTS, Meaning.ofOnePlace("attemptAt"))
        .add(
            ATOMIC_ARRAYS,
            "(?!<init>)\\w+\\(I[^L\\[]*(Ljava/lang/Object;)*\\).*",
            Meaning.ofOnePlace("changeAt"));
    group(rows, "A stamp or a mark is read with its reference, and then written into an array")
        .add(
            "java/util/concurrent/atomic/Atomic(Stamped|Markable)Reference",
            "get\\(\\[.*",
            Meaning.instead(Operation.CALL, "StampHooks.get"));
    group(rows, "A handle or an updater reaches the field or the element that it stands for")
        .add(HANDLES, "get(Volatile|Opaque|Acquire)?\\(.*", Meaning.ofOnePlace("lookBy"))
        .add(HANDLES, ATTEMPTS, Meaning.ofOnePlace("attemptBy"))
        .add(
            HANDLES,
            "(set|lazySet|set(Volatile|Opaque|Release)|getAnd(Set|Add|Bitwise)\\w*|getAnd(In|De)crement"
                + "|(increment|decrement|add)AndGet)\\(.*",
            Meaning.ofOnePlace("changeBy"));
    group(rows, "An atomic can be reached only by its own methods, and keeps what it is given")
        .add(
            "java/util/concurrent/atomic/\\w+", "<init>\\((I|J|Z|Ljava/lang/Object;)*\\)V", keeps())
        .add("java/util/concurrent/atomic/Atomic\\w*Updater", "newUpdater\\(.*", keeps())
        .add(
            "java/util/concurrent/atomic/Atomic(Reference|Markable|Stamped)\\w*",
            "toString\\(.*",
            Meaning.everything())
        .add(ATOMICS, "(?!<init>)(?!.*\\(.*\\[.*\\)).*", Meaning.receiver(Arguments.KEPT));
    String one =
        "(add|addFirst|addLast|offer|offerFirst|offerLast|push|put|putIfAbsent|poll|pollFirst|pollLast|pop|take|remove"
            + "|removeFirst|removeLast|peek|peekFirst|peekLast|element|get|getFirst|getLast|getOrDefault|set|size"
            + "|isEmpty|contains|containsKey|clear|replace|setLength)\\(.*";
    group(rows, "An iterator is part of the collection that it goes through")
        .add(
            "java/lang/Iterable|java/util/(Collection|List|Deque|Queue|Set|SequencedCollection)",
            "iterator\\(\\).*",
            Meaning.insteadOfIterable("iterator", Treatment.EVERYTHING))
        .add(
            "java/util/(ArrayList|LinkedList|ArrayDeque|HashSet|LinkedHashSet|TreeSet)"
                + "|java/util/concurrent/CopyOnWriteArrayList|"
                + VIEWS,
            "iterator\\(\\).*",
            Meaning.insteadOfIterable("iterator", Treatment.READING))
        .add(
            "java/util/ImmutableCollections\\$(List12|ListN|AbstractImmutableList)",
            "iterator\\(\\).*",
            Meaning.insteadOfIterable("iterator", Treatment.NOTHING))
        .add(
            "java/util/(ArrayList\\$Itr|LinkedList\\$ListItr|ArrayDeque\\$DeqIterator|ImmutableCollections\\$ListItr"
                + "|HashMap\\$(Key|Value|Entry)Iterator|LinkedHashMap\\$Linked(Key|Value|Entry)Iterator"
                + "|TreeMap\\$(Key|Value|Entry)Iterator)"
                + "|java/util/concurrent/(CopyOnWriteArrayList\\$COWIterator"
                + "|ConcurrentHashMap\\$(Key|Value|Entry)Iterator)",
            "(hasNext|next)\\(\\).*",
            Meaning.part(Arguments.KEPT));
    group(rows, "A view of a map, and an entry, is part of the map")
        .add(
            "java/util/(HashMap|LinkedHashMap|TreeMap)|java/util/concurrent/ConcurrentHashMap",
            "(keySet|values|entrySet)\\(\\).*",
            keeps())
        .add(VIEWS, "(size|isEmpty|contains|forEach)\\(.*", Meaning.reading(Arguments.COMPARED))
        .add(
            "java/util/(HashMap\\$(Node|TreeNode)|LinkedHashMap\\$Entry|TreeMap\\$Entry)"
                + "|java/util/concurrent/ConcurrentHashMap\\$MapEntry",
            "get(Key|Value)\\(\\).*",
            Meaning.reading(Arguments.KEPT));
    group(rows, "A stream is read by its last call, and until then goes through nothing")
        .add(
            "java/util/(ArrayList|LinkedList|ArrayDeque|HashSet|LinkedHashSet|TreeSet)"
                + "|java/util/concurrent/CopyOnWriteArrayList|"
                + VIEWS,
            "stream\\(\\).*",
            Meaning.reading(Arguments.KEPT))
        .add("java/util/ImmutableCollections\\$List(12|N)", "stream\\(\\).*", keeps())
        .add("java/util/stream/(Int|Long)Stream", "range(Closed)?\\(.*", keeps())
        .add(
            STREAMS,
            "(filter|(map|flatMap|mapMulti)(To(Obj|Int|Long|Double))?|boxed|as(Long|Double)Stream|peek|limit|skip"
                + "|takeWhile|dropWhile|sorted|distinct)\\(.*",
            Meaning.receiver(Arguments.KEPT))
        .add("java/util/stream/Collectors", ANY, keeps())
        // With a Collector it may ask the elements, of which nothing is known.
        .add(
            STREAMS,
            "(count|sum|average|min|max|summaryStatistics|reduce|(any|all|none)Match|findFirst|forEach|forEachOrdered"
                + "|toList)\\(.*|toArray\\(\\).*|collect\\(Ljava/util/function/.*",
            Meaning.part(Arguments.KEPT));
    group(rows, "A collection is read by whoever looks something up in it")
        .add(
            "java/util/(ArrayList|LinkedList|ArrayDeque|HashMap|TreeMap|HashSet|TreeSet|EnumMap)"
                + "|java/util/concurrent/(ConcurrentHashMap|CopyOnWriteArray(List|Set))",
            // What generates an array may return one that others have.
            "(get|getOrDefault|getFirst|getLast|peek|peekFirst|peekLast|size|isEmpty|contains|containsKey|forEach"
                + "|toArray(?!\\(Ljava/util/function/))\\(.*",
            Meaning.reading(Arguments.COMPARED));
    group(
            rows,
            "A collection can be reached only by its own methods, which compare what they are given")
        .add(
            "java/util/(ArrayList|LinkedList|ArrayDeque|HashMap|LinkedHashMap|TreeMap|HashSet|LinkedHashSet|TreeSet"
                + "|IdentityHashMap|EnumMap|BitSet)"
                + "|java/util/concurrent/(Concurrent(HashMap|SkipListMap|SkipListSet|LinkedQueue|LinkedDeque)|CopyOnWriteArray(List|Set)"
                + "|(Array|Linked)Blocking(Queue|Deque)|LinkedTransferQueue|SynchronousQueue)",
            one,
            Meaning.receiver(Arguments.COMPARED))
        // Whatever else they do, they ask what is in them already which comes first.
        .add(
            "java/util/PriorityQueue|java/util/concurrent/PriorityBlockingQueue",
            "(peek|element|size|isEmpty|clear|contains)\\(.*",
            Meaning.receiver(Arguments.COMPARED))
        // These lock themselves, too.
        .add("java/util/(Vector|Stack|Hashtable)", one, Meaning.receiver(Arguments.COMPARED));
    group(rows, "A text that is being built, out of the texts of what it is given")
        .add(
            "java/lang/(AbstractStringBuilder|StringBuilder|StringBuffer)",
            "(?!<init>)(?!.*\\(.*\\[.*\\)).*",
            Meaning.receiver(Arguments.READ));
    group(rows, "Lists, sets and maps that never change, out of what they are given one by one")
        .add(
            "java/util/(List|Set|Map)",
            "(of|entry)\\((Ljava/lang/Object;)*\\).*",
            Meaning.pure(Arguments.COMPARED))
        .add(
            "java/util/(ImmutableCollections\\$(List12|ListN|Set12|SetN|Map1|MapN)|KeyValueHolder"
                + "|Collections\\$Empty.*)",
            "(get|size|isEmpty|contains|containsKey|getOrDefault|getKey|getValue|getFirst|getLast|indexOf|forEach)\\(.*",
            Meaning.pure(Arguments.COMPARED));

    // ---- What touches nothing ----------------------------------------------------------------
    group(rows, "The lab's own API, and what only says something about code")
        .add(
            "oversell/inventory/.*|oversell/explorer/[^/]*|oversell/explorer/hook/.*|org/jspecify/.*",
            ANY,
            keeps());
    group(
            rows,
            "How loggers are set up outlives an execution",
            "set them up before the exploration")
        .add("org/slf4j/Marker", "(add|remove)\\(.*", Meaning.uncontrolled())
        .add(
            "ch/qos/logback/.*",
            "(set|add|detach|stop|start|reset|put|remove)\\w*\\(.*",
            Meaning.uncontrolled());
    group(rows, "A logger writes, and nobody reads it: only what it is given matters")
        .add("org/slf4j/.*|ch/qos/logback/.*", ANY, reads())
        .add(
            "java/util/logging/Logger",
            "(severe|warning|info|config|fine\\w*|log\\w*|entering|exiting|throwing|isLoggable|getName|getLevel"
                + "|getLogger)\\(.*",
            reads())
        .add("java/lang/System\\$Logger", "(log|isLoggable|getName)\\(.*", reads())
        // Of the console only; of any other stream it is looked up by class.
        .add("java/io/PrintStream", "(print|println|append|flush)\\(.*", reads());
    group(rows, "Who changes properties and defaults changes what all share: they are set back")
        .add(
            "java/util/(Locale|TimeZone)",
            "setDefault\\(.*",
            Meaning.announced(Treatment.EVERYTHING, Operation.CALL, "changeJvmState"))
        .add(
            "java/lang/System",
            "((set|clear)Property|[gs]etProperties)\\(.*",
            Meaning.announced(Treatment.EVERYTHING, Operation.CALL, "changeJvmState"));
    group(rows, "Who reads them reads what all share")
        .add(
            "java/util/(Locale|TimeZone|Currency)|java/time/ZoneId|java/time/format/DateTimeFormatter|java/lang/String",
            "getDefault\\(.*|systemDefault\\(.*|to(Lower|Upper)Case\\(\\).*|get(Display\\w*|Symbol)\\(\\).*"
                + "|ofPattern\\(Ljava/lang/String;\\).*|ofLocalized\\w*\\(.*",
            Meaning.announced(Treatment.EVERYTHING, Operation.CALL, "jvmState"))
        .add(
            "java/lang/(Integer|Long|Boolean)",
            "get(Integer|Long|Boolean)\\(.*",
            Meaning.announced(Treatment.EVERYTHING, Operation.CALL, "jvmState"));
    group(rows, "Whether something is null, or the same value, is asked of what is given alone")
        .add("java/util/Objects", "(requireNonNull\\w*|isNull|nonNull|check\\w+)\\(.*", keeps())
        .add(
            "java/lang/(String|Boolean|Byte|Short|Character|Integer|Long|Float|Double|Enum|Class)|java/math/.*"
                + "|java/util/(UUID|Locale|Currency)",
            "equals\\(Ljava/lang/Object;\\)Z",
            keeps())
        .add("java/lang/Object", "(hashCode|equals|toString)\\(.*", keeps());
    group(rows, "Arrays are compared, and their texts are made, by reading them")
        .add("java/util/Arrays", "(toString|hashCode|equals)\\(.*", reads());
    group(rows, "Values never change; of arguments only values can be read without a step")
        .add(
            "java/lang/(String|Boolean|Byte|Short|Character|Integer|Long|Float|Double|Void|Math|StrictMath|Enum|Record"
                + "|StackTraceElement)|java/math/.*|java/time/(?!Clock|InstantSource|.*Builder$).*"
                + "|java/util/(UUID|Locale|Currency|OptionalInt|OptionalLong|OptionalDouble)|java/util/regex/Pattern"
                + "|java/util/concurrent/TimeUnit|java/util/Objects|java/net/URI",
            "(?!<init>).*",
            reads())
        .add(
            "java/lang/Class",
            "(getName|getSimpleName|getTypeName|isInstance|cast|desiredAssertionStatus|hashCode|equals|toString|isEnum|isRecord"
                + "|isInterface|isArray|isAssignableFrom|getSuperclass|getPackageName|getModifiers|getClassLoader"
                + "|getProtectionDomain|getModule|getPackage|getComponentType|isHidden|isSealed|isAnonymousClass|getEnumConstants)\\(.*",
            keeps())
        .add("java/lang/Class", "get(Declared)?Fields?\\(.*", keeps())
        .add(
            "java/lang/reflect/(Field|Method|Constructor)",
            "get(Name|Type|Modifiers|DeclaringClass|ReturnType|ParameterTypes|ParameterCount)\\(.*",
            keeps())
        .add("java/lang/reflect/Modifier", "is\\w+\\(.*", keeps())
        .add("java/lang/invoke/MethodType", "methodType\\((Ljava/lang/Class;)+\\).*", keeps())
        .add(
            "java/util/Optional",
            "(of|ofNullable|empty|get|isPresent|isEmpty|orElse|orElseThrow|orElseGet|map|flatMap|filter|or"
                + "|ifPresent|ifPresentOrElse)\\(.*",
            keeps())
        .add("java/util/Comparator", "(?!compare\\().*", keeps())
        .add(
            "java/util/function/.*",
            "(andThen|compose|negate|and|or|not|identity|isEqual|minBy|maxBy)\\(.*",
            keeps())
        .add(
            "java/util/concurrent/Executors",
            "(callable|unconfigurableExecutorService)\\(.*",
            keeps());
    group(rows, "What a ThreadLocal keeps can be reached by the thread alone for which it keeps it")
        .add("java/lang/(Inheritable)?ThreadLocal", "(get|set|remove|withInitial)\\(.*", keeps());
    group(rows, "Who a thread is, and how it will be started, touches nothing yet")
        // Those that it makes are scheduled as the virtual thread is that makes them.
        .add("java/lang/Thread", "(isVirtual|isDaemon)\\(.*", keeps())
        .add(
            "java/lang/Thread\\$Builder(\\$Of(Virtual|Platform))?",
            "(name|unstarted|daemon|priority|group|stackSize|inheritInheritableThreadLocals|uncaughtExceptionHandler)\\(.*",
            Meaning.receiver(Arguments.KEPT));
    group(rows, "What the JVM says of itself, and handles that reach nothing by being made")
        .add("java/lang/System", "(lineSeparator|getenv)\\(.*", keeps())
        .add("java/lang/Runtime", "(getRuntime|availableProcessors|version)\\(.*", keeps())
        .add(
            "java/lang/invoke/MethodHandles",
            "(lookup|privateLookupIn|arrayElementVarHandle)\\(.*",
            keeps())
        .add(
            "java/lang/invoke/MethodHandles\\$Lookup",
            "(findVarHandle|findStaticVarHandle|findGetter|findSetter|in|lookupClass)\\(.*",
            keeps())
        .add(
            "java/lang/invoke/ConstantBootstraps",
            "(field|staticField|array)VarHandle\\(.*",
            keeps())
        .add("java/lang/invoke/VarHandle", "\\w+Fence\\(.*", keeps());
    return rows;
  }

  private static Meaning keeps() {
    return Meaning.pure(Arguments.KEPT);
  }

  private static Meaning reads() {
    return Meaning.pure(Arguments.READ);
  }

  private record Group(List<Row> rows, String reason, String advice) {
    Group add(String owners, String methods, Meaning meaning) {
      rows.add(new Row(reason, advice, Pattern.compile(owners), Pattern.compile(methods), meaning));
      return this;
    }
  }

  private static Group group(List<Row> rows, String reason) {
    return new Group(rows, reason, "");
  }

  /**
   * A group that has calls which are not under control.
   *
   * @param advice what to do about them, as an imperative
   */
  private static Group group(List<Row> rows, String reason, String advice) {
    return new Group(rows, reason, advice);
  }
}
