package oversell.explorer.weave;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a call can change that control flow may depend on, for the question whether a thread repeats
 * what it does for ever. What is not listed may change anything: so a loop that is endless may not
 * be seen to be, and one that ends is never taken for endless.
 */
enum Effects {
  /** It changes nothing: what it answers depends on what others can change only by calls. */
  NONE,
  /** It answers true, or not null, if it has changed something. */
  IF_IT_SUCCEEDS,
  /** The same of what takes an element, which may be null in a list. */
  IF_IT_TAKES,
  /** It answers true if it has changed something, and that depends on whether a lock is taken. */
  IF_IT_LOCKS,
  /** It changes nothing, and its answer depends on whether a lock is taken. */
  READS_A_LOCK,
  /** It takes a lock, and answers nothing: whoever calls it goes on in the same way at any time. */
  TAKES_A_LOCK,
  /** It gives one back. */
  GIVES_A_LOCK_BACK,
  /** It puts a truth in the place of another one, and answers that. */
  EXCHANGES,
  /** It may change anything. */
  ANY;

  private static final Pattern IMMUTABLE =
      Pattern.compile(
          "java/lang/(String|Integer|Long|Short|Byte|Character|Boolean|Double|Float|Enum)\\..*"
              + "|java/lang/(Math|StrictMath)\\.(?!random).*"
              + "|java/util/Objects\\..*|java/util/concurrent/TimeUnit\\.(to|convert).*"
              + "|java/time/Duration\\..*"
              + "|java/lang/Object\\.(<init>|getClass|equals|hashCode|toString)"
              + "|java/lang/(Thread|VirtualThread)\\.(currentThread|isVirtual|threadId|getId|getName"
              + "|isInterrupted|isAlive|holdsLock)"
              + "|java/lang/System\\.identityHashCode"
              + "|java/(lang|util)/(\\w+/)*\\w+(Exception|Error)\\.<init>"
              + "|\\[.*\\.clone");
  private static final String ATOMIC = "java/util/concurrent/atomic/\\w+\\.";
  private static final Pattern READING =
      Pattern.compile(
          ATOMIC
              + "(get(Plain|Opaque|Acquire|Reference|Stamp)?|isMarked|(int|long|double|float)Value"
              + "|length|sum)"
              + "|java/lang/invoke/VarHandle\\.get(Volatile|Opaque|Acquire)?"
              + "|java/lang/Thread\\.onSpinWait"
              + "|java/util/concurrent/(Semaphore\\.availablePermits|CountDownLatch\\.getCount"
              + "|(Completable)?Future\\.isDone)");
  // A map or a set of any kind may be one from which the garbage collector takes.
  private static final String COLLECTION =
      "java/util/(List|ArrayList|LinkedList|Queue|Deque|ArrayDeque|PriorityQueue|Vector|HashMap"
          + "|HashSet|TreeMap|TreeSet|concurrent/(Concurrent\\w+|\\w*Blocking(Queue|Deque)"
          + "|CopyOnWrite\\w+))\\.";
  private static final Pattern LOOKING =
      Pattern.compile(
          // A hash map may be a linked one, in the order in which it was asked.
          "(?!java/util/HashMap\\.get$)"
              + COLLECTION
              + "(size|isEmpty|get|getFirst|getLast|contains|containsKey|peek|peekFirst|peekLast)");
  private static final Pattern TRYING =
      Pattern.compile(
          ATOMIC
              + "(compareAndSet|weakCompareAndSet\\w*)"
              + "|java/lang/invoke/VarHandle\\.(compareAndSet|weakCompareAndSet\\w*)"
              + "|java/util/concurrent/Semaphore\\.tryAcquire"
              + "|java/lang/Thread\\.interrupted");
  private static final Pattern TAKING = Pattern.compile(COLLECTION + "(poll|pollFirst|pollLast)");
  // What is not under test gives no other way to change an object that it is given.
  private static final Pattern FILLS_AN_ARRAY =
      Pattern.compile("(?!java/lang/invoke/VarHandle).*\\(.*\\[[^L\\[].*\\).*");
  private static final String LOCK = "java/util/concurrent/locks/(Reentrant)?Lock\\.";
  private static final Pattern LOCK_READING =
      Pattern.compile(LOCK + "(isLocked|isHeldByCurrentThread|getHoldCount)");
  private static final Set<String> HARMLESS_HOOKS =
      Set.of(
          "created",
          "read",
          "write",
          "readElsewhere",
          "writeElsewhere",
          "enter",
          "exit",
          "await",
          // Whoever waits hears of it, and that is told by whom it is given to.
          "signal",
          "signalAll",
          "guard",
          "lock",
          "lockInterruptibly",
          "call",
          "look",
          "attempt",
          "lookAt",
          "attemptAt",
          "changeAt",
          "lookBy",
          "attemptBy",
          "changeBy",
          "succeeded",
          "exchanged",
          "callAnything",
          "left",
          "leftDispatched",
          "dispatch",
          "returned",
          "initialised",
          "askForAnEnd",
          "jvmState",
          "holdsLock",
          "identityHashCode",
          "sleep",
          "giveWay",
          "parkNanos",
          "parkUntil",
          "join",
          "threadId",
          "currentThread",
          "isInterrupted",
          "isAlive",
          "getState",
          "told",
          "loop");

  /** Of a hook, which announces a call that is looked at by itself, or is made instead of one. */
  static Effects ofHook(String name) {
    return name.equals("interrupted") ? IF_IT_SUCCEEDS : HARMLESS_HOOKS.contains(name) ? NONE : ANY;
  }

  /**
   * Of a method that is not woven.
   *
   * @param owner the class that declares it
   */
  static Effects of(String owner, String name, String descriptor) {
    String method = owner + "." + name;
    if (FILLS_AN_ARRAY.matcher(method + descriptor).matches()) {
      return ANY;
    }
    if (IMMUTABLE.matcher(method).matches()
        || READING.matcher(method).matches()
        || LOOKING.matcher(method).matches()) {
      return NONE;
    }
    boolean takesTime = descriptor.contains("TimeUnit");
    if (!takesTime && TRYING.matcher(method).matches()) {
      return IF_IT_SUCCEEDS;
    }
    if (!takesTime && TAKING.matcher(method).matches()) {
      return IF_IT_TAKES;
    }
    if (LOCK_READING.matcher(method).matches()) {
      return READS_A_LOCK;
    }
    if (method.matches(LOCK + "tryLock") && !takesTime) {
      return IF_IT_LOCKS;
    }
    // Not of any lock: those for reading and writing, and stamped ones, count who has them.
    return switch (method) {
      case "java/util/concurrent/locks/ReentrantLock.lock" -> TAKES_A_LOCK;
      case "java/util/concurrent/locks/ReentrantLock.unlock" -> GIVES_A_LOCK_BACK;
      case "java/util/concurrent/atomic/AtomicBoolean.getAndSet" -> EXCHANGES;
      default -> ANY;
    };
  }
}
