package oversell.explorer.weave;

import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.Type;

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
  /** The same of a collection of some classes; asking another one may change it. */
  IF_IT_CHANGES,
  /** The same of one that takes an element out, which may be null in a linked list. */
  IF_IT_TAKES,
  /** It answers null if it has changed something; so does a lookup in a map of some classes. */
  IF_ABSENT,
  /** It answers true if it has changed something, and that depends on whether a lock is taken. */
  IF_IT_LOCKS,
  /** It changes nothing, and its answer depends on whether a lock is taken. */
  READS_A_LOCK,
  /** It takes a lock, and answers nothing: whoever calls it goes on in the same way at any time. */
  TAKES_A_LOCK,
  /** It gives one back. */
  GIVES_A_LOCK_BACK,
  /** It puts its last argument in the place of what it answers. */
  EXCHANGES,
  /** It does what its receiver says, and changes nothing more if that is of a class under test. */
  OF_A_FUNCTION,
  /** It changes nothing, but in a collection of some classes: a map ordered by its lookups. */
  LOOKS_UP,
  /** It may change anything. */
  ANY;

  private static final Pattern IMMUTABLE =
      Pattern.compile(
          // The parts that are joined may come from an iterator that is there only once.
          "java/lang/(String|Integer|Long|Short|Byte|Character|Boolean|Double|Float|Enum)\\.(?!join).*"
              + "|java/lang/(Math|StrictMath)\\.(?!random).*"
              + "|java/util/Objects\\..*|java/util/concurrent/TimeUnit\\.(to|convert).*"
              + "|java/time/Duration\\..*|java/math/\\w+\\.(?!probablePrime)\\w+"
              // What takes a function may be given one of the JDK that changes something.
              + "|java/util/Optional\\w*\\.(of|ofNullable|empty|get\\w*|isPresent|isEmpty|orElse)"
              + "|java/util/function/\\w+\\.(andThen|compose|negate|and|or|not|identity|isEqual)"
              + "|java/lang/Class\\.(get(Simple|Type)?Name|isInstance|cast)"
              + "|java/lang/Object\\.(<init>|getClass)"
              + "|java/lang/(Thread|VirtualThread)\\.(currentThread|isVirtual|threadId|getId|getName"
              + "|isInterrupted|isAlive|holdsLock)"
              + "|java/lang/System\\.identityHashCode"
              + "|java/(lang|util)/(\\w+/)*\\w*(Exception|Error)\\.<init>"
              + "|java/lang/Throwable\\.<init>"
              + "|\\[.*\\.clone");
  private static final String ATOMIC = "java/util/concurrent/atomic/\\w+\\.";
  private static final Pattern READING =
      Pattern.compile(
          ATOMIC
              + "(get(Plain|Opaque|Acquire|Reference|Stamp)?|isMarked|(int|long|double|float)Value"
              + "|length|sum|compareAndExchange\\w*)"
              // An exchange is told by the bridge that makes it, if it has succeeded.
              + "|java/lang/invoke/VarHandle\\.(get(Volatile|Opaque|Acquire)?|compareAndExchange\\w*)"
              + "|java/lang/Thread\\.onSpinWait"
              + "|java/util/concurrent/(Semaphore\\.availablePermits|CountDownLatch\\.getCount"
              + "|(Completable|Runnable|Scheduled)?Future(Task)?\\.is(Done|Cancelled|CompletedExceptionally)"
              + "|(ForkJoinPool|((Scheduled)?ThreadPool)?Executor(Service)?)\\.is(Shutdown|Terminated|Terminating))");
  // A map or a set of any kind may be one from which the garbage collector takes.
  private static final String COLLECTION =
      "java/util/(ArrayList|LinkedList|Queue|Deque|ArrayDeque|PriorityQueue|Vector|HashMap"
          + "|HashSet|TreeMap|TreeSet|concurrent/(Concurrent\\w+|\\w*Blocking(Queue|Deque)"
          + "|CopyOnWrite\\w+))\\.";
  private static final Pattern LOOKING =
      Pattern.compile(
          // A hash map may be a linked one, in the order in which it was asked.
          "(?!java/util/HashMap\\.get)"
              + COLLECTION
              + "(size|isEmpty|get|getFirst|getLast|contains|containsKey|peek|peekFirst|peekLast)");
  private static final Pattern LOOKING_BY_CLASS =
      Pattern.compile(
          "java/util/(\\w*Map|\\w*Set|List|Collection)"
              + "\\.(size|isEmpty|get|getOrDefault|getFirst|getLast|contains|containsKey)");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "java/util/function/\\w+\\.(get|test|accept|apply)\\w*|java/lang/Runnable\\.run"
              + "|java/util/concurrent/Callable\\.call|java/util/Iterator\\.(hasNext|next)"
              + "|java/util/Comparator\\.compare|java/lang/Comparable\\.compareTo"
              // A map that is compared may look into another one, which that changes.
              + "|java/lang/Object\\.(equals|hashCode|toString)");
  private static final Pattern EXCHANGE =
      Pattern.compile(
          "java/util/concurrent/atomic/Atomic(Boolean|Integer|Long|Reference)(Array)?\\.getAndSet"
              + "|java/lang/invoke/VarHandle\\.getAndSet\\w*");
  private static final Pattern TRYING =
      Pattern.compile(
          ATOMIC
              + "(compareAndSet|weakCompareAndSet\\w*)"
              + "|java/lang/invoke/VarHandle\\.(compareAndSet|weakCompareAndSet\\w*)"
              + "|java/util/concurrent/Semaphore\\.tryAcquire"
              + "|java/lang/Thread\\.interrupted");
  private static final Pattern TAKING = Pattern.compile(COLLECTION + "(poll|pollFirst|pollLast)");
  // These answer whether there was anything to change.
  private static final Pattern CHANGING =
      Pattern.compile(
          "java/util/(\\w*Set|Collection|Queue|Deque|concurrent/(Concurrent\\w+|\\w*Blocking(Queue|Deque)"
              + "|CopyOnWriteArraySet))(\\$KeySetView)?"
              + "\\.(add|offer|offerFirst|offerLast|remove|replace)\\(.*\\)Z");
  // It may write into an array of numbers that it is given. A handle only reads which one.
  private static final Pattern FILLS_AN_ARRAY =
      Pattern.compile("(?!java/lang/invoke/VarHandle).*\\(.*\\[[^L\\[].*\\).*");
  private static final String LOCK = "java/util/concurrent/locks/(Reentrant)?Lock\\.";
  private static final Pattern LOCK_READING =
      Pattern.compile(LOCK + "(isLocked|isHeldByCurrentThread|getHoldCount)");
  private static final Set<String> HARMLESS_HOOKS =
      Set.of(
          "created",
          "createdArrays",
          "madeNew",
          "copyArray",
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
          // Of a field that Unsafe reads or writes.
          "handle",
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
          "askForResult",
          "jvmState",
          "changeJvmState",
          "holdsLock",
          "identityHashCode",
          "sleep",
          "giveWay",
          "parkNanos",
          "parkUntil",
          // Of a limit in time.
          "wait",
          "limit",
          "ended",
          "awaitLatch",
          "join",
          "threadId",
          "currentThread",
          "getName",
          "getThreadGroup",
          "inForkJoinPool",
          "classOf",
          "systemLoader",
          "isInterrupted",
          "isAlive",
          "getState",
          "told",
          "loop");

  /** Of a hook, which announces a call that is looked at by itself, or is made instead of one. */
  static Effects ofHook(String name, String descriptor) {
    return switch (name) {
      case "remove", "replace" -> descriptor.endsWith(")Z") ? IF_IT_CHANGES : ANY;
      case "interrupted" -> IF_IT_SUCCEEDS;
      case "putIfAbsent" -> IF_ABSENT;
      case "poll" -> IF_IT_TAKES;
      case "tryLock" -> IF_IT_LOCKS;
      case "tryAcquire" -> IF_IT_SUCCEEDS;
      default -> HARMLESS_HOOKS.contains(name) ? NONE : ANY;
    };
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
    if (TRYING.matcher(method).matches()) {
      return IF_IT_SUCCEEDS;
    }
    if (CHANGING.matcher(method + descriptor).matches()) {
      return IF_IT_CHANGES;
    }
    if (TAKING.matcher(method).matches()) {
      return IF_IT_TAKES;
    }
    if (FUNCTION.matcher(method).matches()) {
      return OF_A_FUNCTION;
    }
    if (LOOKING_BY_CLASS.matcher(method).matches()) {
      return LOOKS_UP;
    }
    if (EXCHANGE.matcher(method).matches() && answersItsLast(descriptor)) {
      return EXCHANGES;
    }
    if (LOCK_READING.matcher(method).matches()) {
      return READS_A_LOCK;
    }
    if (method.matches(LOCK + "tryLock")) {
      return IF_IT_LOCKS;
    }
    // Not of any lock: those for reading and writing, and stamped ones, count who has them.
    return switch (method) {
      case "java/util/concurrent/locks/ReentrantLock.lock" -> TAKES_A_LOCK;
      case "java/util/concurrent/locks/ReentrantLock.unlock" -> GIVES_A_LOCK_BACK;
      default -> ANY;
    };
  }

  /** Whether its last argument and its answer are of the same kind. */
  private static boolean answersItsLast(String descriptor) {
    Type[] arguments = Type.getArgumentTypes(descriptor);
    int given = arguments[arguments.length - 1].getSort();
    int answered = Type.getReturnType(descriptor).getSort();
    return given == answered || (given >= Type.ARRAY && answered >= Type.ARRAY);
  }
}
