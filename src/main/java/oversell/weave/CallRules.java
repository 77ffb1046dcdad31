package oversell.weave;

import java.util.Map;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import oversell.hook.Operation;

/**
 * What of the JDK is announced, and how. The methods of an object that can be reached only through
 * that object conflict with one another; of what is not listed so, a call conflicts with every step
 * of every other thread, which costs reduction and never a schedule.
 */
final class CallRules {
  static final String CONCURRENT = "java/util/concurrent/";

  private static final Map<String, CallRule> OF_OBJECT =
      Map.of(
          "wait()V", CallRule.instead(Operation.WAIT, "await"),
          "wait(J)V", CallRule.instead(Operation.WAIT, "await"),
          "wait(JI)V", CallRule.instead(Operation.WAIT, "await"),
          "notify()V", CallRule.instead(Operation.SIGNAL, "signal"),
          "notifyAll()V", CallRule.instead(Operation.SIGNAL, "signalAll"));
  private static final Map<String, CallRule> OF_THREAD =
      Map.ofEntries(
          Map.entry("sleep", CallRule.instead(Operation.SLEEP, "sleep")),
          Map.entry("yield", CallRule.instead(Operation.YIELD, "giveWay")),
          Map.entry("onSpinWait", CallRule.instead(Operation.YIELD, "giveWay")),
          Map.entry("ofVirtual", CallRule.instead(Operation.SPAWN, "ofVirtual")),
          Map.entry("startVirtualThread", CallRule.instead(Operation.SPAWN, "startVirtualThread")),
          Map.entry("threadId", CallRule.instead(Operation.CALL, "threadId")),
          Map.entry("getId", CallRule.instead(Operation.CALL, "threadId")),
          Map.entry("ofPlatform", CallRule.escape()),
          Map.entry("<init>", CallRule.escape()),
          Map.entry("start", CallRule.spawn()),
          Map.entry("join", CallRule.instead(Operation.GUARD, "join")),
          Map.entry("interrupt", CallRule.anything(Operation.CALL)),
          Map.entry("interrupted", CallRule.instead(Operation.CALL, "interrupted")),
          Map.entry("isInterrupted", CallRule.anything(Operation.CALL)),
          Map.entry("isAlive", CallRule.anything(Operation.CALL)),
          Map.entry("getState", CallRule.anything(Operation.CALL)));
  private static final Pattern HARMLESS =
      Pattern.compile(
          "java/util/(Optional.*|Comparator|Locale|UUID|function/.*|regex/.*"
              + "|concurrent/(TimeUnit|Callable)|.*Exception)");
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "java/net/.*|java/nio/(channels|file)/.*|java/lang/Process.*|java/util/Timer.*|java/util/Scanner"
              + "|java/io/(File|RandomAccess|Piped|Object|Data|Buffered|Input|Output).*(Stream|Reader|Writer|File)"
              + "|java/util/concurrent/(ForkJoin.*|Recursive.*|ThreadPool.*|Scheduled.*|StructuredTaskScope.*)");

  // What answers something else each time, whoever goes first.
  private static final Pattern CHANCE =
      Pattern.compile(
          "java/lang/(Math|StrictMath)\\.random|java/util/UUID\\.randomUUID|java/util/concurrent/ThreadLocalRandom\\..*"
              + "|java/security/SecureRandom\\..*|java/util/(Splittable)?Random\\.<init>\\(\\)V|java/util/Date\\.<init>\\(\\)V"
              + "|java/time/.*\\.now|java/time/(Clock|InstantSource)\\.(millis|instant)");

  private CallRules() {}

  /**
   * The rule for a call.
   *
   * @param owner the class that declares the method, by its internal name; not woven
   */
  static CallRule of(int opcode, String owner, String name, String descriptor) {
    boolean isStatic = opcode == Opcodes.INVOKESTATIC;
    CallRule ofObject = isStatic ? null : OF_OBJECT.get(name + descriptor);
    if (ofObject != null) {
      return ofObject;
    }
    String full = owner + "." + name;
    if (OUTSIDE.matcher(owner).matches()
        || name.contains("parallel")
        || CHANCE.matcher(name.equals("<init>") ? full + descriptor : full).matches()) {
      return CallRule.escape();
    }
    if (name.equals("<init>")) {
      return ofConstructor(owner, descriptor);
    }
    if (owner.startsWith("java/lang/") || owner.startsWith("[")) {
      return ofLang(owner, name, descriptor);
    }
    if (HARMLESS.matcher(owner).matches()) {
      return CallRule.NONE;
    }
    if (owner.equals("java/util/Objects")) {
      return ofObjects(name, descriptor);
    }
    if (!owner.startsWith("java/util/")) {
      return Reach.of(owner) ? CallRule.anything(Operation.CALL) : CallRule.NONE;
    }
    return owner.startsWith(CONCURRENT)
        ? SharedRules.ofConcurrent(isStatic, owner, name, descriptor)
        : SharedRules.ofCollection(isStatic, owner, name);
  }

  private static CallRule ofConstructor(String owner, String descriptor) {
    if (owner.equals("java/lang/Thread")) {
      return CallRule.escape();
    }
    boolean copies =
        !owner.equals("java/lang/Object")
            && !owner.endsWith("Exception")
            && !owner.endsWith("Error")
            && !owner.contains("/atomic/AtomicReference")
            && Reach.ofArguments(descriptor);
    return copies ? CallRule.anything(Operation.CALL) : CallRule.NONE;
  }

  private static CallRule ofObjects(String name, String descriptor) {
    boolean looks = !name.matches("requireNonNull.*|isNull|nonNull|check.*");
    return looks && Reach.ofArguments(descriptor)
        ? CallRule.anything(Operation.CALL)
        : CallRule.NONE;
  }

  private static CallRule ofLang(String owner, String name, String descriptor) {
    return switch (owner) {
      case "java/lang/Thread" ->
          name.equals("join") && !descriptor.startsWith("()")
              ? CallRule.escape()
              : OF_THREAD.getOrDefault(name, CallRule.NONE);
      case "java/lang/Thread$Builder", "java/lang/Thread$Builder$OfVirtual" ->
          name.equals("start") ? CallRule.spawn() : CallRule.NONE;
      case "java/lang/System" ->
          switch (name) {
            case "nanoTime", "currentTimeMillis" -> CallRule.instead(Operation.CLOCK, name);
            case "arraycopy" -> CallRule.anything(Operation.CALL);
            default -> CallRule.NONE;
          };
      case "java/lang/invoke/VarHandle" ->
          name.endsWith("Fence") ? CallRule.NONE : CallRule.anything(Operation.CALL);
      case "java/lang/invoke/MethodHandle", "java/lang/reflect/Field", "java/lang/reflect/Method" ->
          CallRule.anything(Operation.CALL);
      case "java/lang/Object" ->
          Reach.isOfAnyObject(name, descriptor) ? CallRule.anything(Operation.CALL) : CallRule.NONE;
      case "java/lang/String" ->
          Reach.ofArguments(descriptor) && !name.equals("equals")
              ? CallRule.anything(Operation.CALL)
              : CallRule.NONE;
      case "java/lang/Iterable", "java/lang/CharSequence", "java/lang/Appendable" ->
          CallRule.anything(Operation.CALL);
      default ->
          owner.startsWith("java/lang/ref/") || (owner.startsWith("[") && name.equals("clone"))
              ? CallRule.anything(Operation.CALL)
              : owner.matches("java/lang/(Abstract)?StringBu.*")
                  ? Reach.ofArguments(descriptor)
                      ? CallRule.anything(Operation.CALL)
                      : CallRule.receiver()
                  : CallRule.NONE;
    };
  }
}
