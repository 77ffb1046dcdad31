package oversell.weave;

import java.util.Set;
import java.util.regex.Pattern;
import oversell.hook.Operation;

/** How calls of what threads share in {@code java.util} are announced. */
final class SharedRules {
  private static final String LOCKS = CallRules.CONCURRENT + "locks/";
  private static final String ATOMIC = CallRules.CONCURRENT + "atomic/";
  private static final Set<String> SYNCHRONIZERS =
      Set.of("Semaphore", "CountDownLatch", "CyclicBarrier", "Phaser", "Exchanger");
  private static final Set<String> ALONE =
      Set.of(
          "add",
          "addFirst",
          "addLast",
          "offer",
          "offerFirst",
          "offerLast",
          "push",
          "put",
          "putIfAbsent",
          "poll",
          "pollFirst",
          "pollLast",
          "pop",
          "take",
          "remove",
          "removeFirst",
          "removeLast",
          "peek",
          "peekFirst",
          "peekLast",
          "element",
          "get",
          "getFirst",
          "getLast",
          "getOrDefault",
          "set",
          "size",
          "isEmpty",
          "contains",
          "containsKey",
          "clear",
          "replace");

  // The controller keeps those who want a lock out of its queue.
  private static final Pattern QUEUE =
      Pattern.compile("hasQueuedThreads?|getQueueLength|getQueuedThreads");

  private SharedRules() {}

  static CallRule ofConcurrent(boolean isStatic, String owner, String name, String descriptor) {
    String simple = owner.substring(owner.lastIndexOf('/') + 1);
    if (simple.equals("TimeUnit")) {
      return name.equals("sleep") ? CallRule.instead(Operation.SLEEP, "sleep") : CallRule.NONE;
    }
    if (simple.equals("LockSupport")) {
      return name.matches("park(Nanos|Until)")
          ? CallRule.instead(Operation.YIELD, "parkNanos")
          : CallRule.anything(Operation.GUARD);
    }
    if (simple.equals("Executors")) {
      return switch (name) {
        case "newVirtualThreadPerTaskExecutor" -> CallRule.instead(Operation.SPAWN, name);
        case "newThreadPerTaskExecutor", "callable" -> CallRule.NONE;
        default -> CallRule.escape();
      };
    }
    // Waits for a real timer.
    if (descriptor.contains("J" + "Ljava/util/concurrent/TimeUnit;")
        || name.matches("awaitNanos|awaitUntil")
        || name.endsWith("Async")) {
      return CallRule.escape();
    }
    if (owner.startsWith(LOCKS)) {
      if (simple.equals("ReentrantLock") && QUEUE.matcher(name).matches()) {
        return CallRule.escape();
      }
      if (name.matches("lock(Interruptibly)?")) {
        return CallRule.lock(name);
      }
      boolean partOfLock =
          name.matches("newCondition|readLock|writeLock") && descriptor.contains(")L");
      return partOfLock
          ? CallRule.instead(Operation.GUARD, name)
          : isStatic ? CallRule.NONE : CallRule.guard();
    }
    if (owner.startsWith(ATOMIC)) {
      return isStatic || simple.endsWith("Updater")
          ? CallRule.anything(Operation.CALL)
          : CallRule.receiver();
    }
    return SYNCHRONIZERS.contains(simple) ? CallRule.guard() : ofCollection(isStatic, owner, name);
  }

  static CallRule ofCollection(boolean isStatic, String owner, String name) {
    if (isStatic) {
      return owner.matches("java/util/(List|Set|Map)") && name.matches("of|entry")
          ? CallRule.NONE
          : CallRule.anything(Operation.CALL);
    }
    return ALONE.contains(name) ? CallRule.receiver() : CallRule.anything(Operation.CALL);
  }
}
