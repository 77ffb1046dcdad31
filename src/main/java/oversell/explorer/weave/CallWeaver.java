package oversell.explorer.weave;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Dispatch;
import oversell.explorer.hook.NotThreadSafe;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Treatment;

/**
 * Weaves what a method calls and makes: a bridge instead of each call that {@link JdkCalls} makes a
 * step, and of each reference to such a method; and word of each object whose state threads may
 * share.
 */
final class CallWeaver extends MethodVisitor {
  static final String THREAD = "java/lang/Thread";
  private static final String POOL = "java/util/concurrent/ThreadPoolExecutor";
  // The number of the argument of each of its constructors.
  private static final int QUEUE_OF_A_POOL = 4;
  // Constructors that copy what is in their last argument.
  private static final Pattern COPIES =
      Pattern.compile(
          "java/util/.*Ljava/util/(Collection|(Sorted)?Map|SortedSet|EnumMap|PriorityQueue);\\)V"
              + "|java/lang/String\\w*\\((\\[C|Ljava/lang/(StringBuilder|CharSequence);)\\)V"
              + "|java/(lang/String|math/BigInteger)\\(I?\\[[BC]\\)V"
              + "|java/util/concurrent/(atomic/Atomic\\w+Array|CopyOnWriteArrayList)\\(\\[[^)]*\\)V");
  private static final Pattern QUEUES = Pattern.compile("java/util/concurrent/\\w+(Queue|Deque)");
  private static final String CLOCK = "Ljava/time/Clock;";
  private static final String EXECUTOR = "Ljava/util/concurrent/Executor;";
  private static final String POOL_HOOKS = "oversell/explorer/hook/PoolHooks";
  private static final String SCOPE = "java/util/concurrent/StructuredTaskScope";
  private static final String FACTORY = "Ljava/util/concurrent/ThreadFactory;";
  private static final String OWN_EXECUTOR = "defaultExecutor";

  // Pools of the JDK whose threads nobody could control, and the explorer's own.
  private static final Map<String, String> REPLACED =
      Map.of(
          "java/util/concurrent/ForkJoinPool",
          "oversell/explorer/hook/TaskPool",
          "java/util/concurrent/ScheduledThreadPoolExecutor",
          "oversell/explorer/hook/ScheduledPool");

  private static final String SECURE = "java/security/SecureRandom";
  private static final String SEEDED = "oversell/explorer/hook/SeededSecureRandom";

  private final ClassWeaver weaver;
  private final String method;
  private final boolean onlyReferences;
  private int line;
  // Those that are being made: whether the constructor leaves one on the stack.
  private final Deque<Boolean> unfinished = new ArrayDeque<>();
  private boolean isNew;
  // Whether the last queue that was made is on the stack and nowhere else.
  private boolean isQueueFresh;

  /**
   * A weaver of one method.
   *
   * @param onlyReferences whether it weaves references to methods and nothing else: of an
   *     initialiser that touches nothing, but keeps what others will call
   */
  CallWeaver(MethodVisitor next, ClassWeaver weaver, String method, boolean onlyReferences) {
    super(Opcodes.ASM9, next);
    this.weaver = weaver;
    this.method = method;
    this.onlyReferences = onlyReferences;
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
    super.visitLineNumber(number, start);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    boolean makes = opcode == Opcodes.NEW && !onlyReferences;
    if (opcode == Opcodes.NEW) {
      unfinished.push(false);
    }
    isNew = opcode == Opcodes.NEW;
    super.visitTypeInsn(opcode, makes ? made(type) : type);
    if (opcode == Opcodes.ANEWARRAY && !onlyReferences) {
      created();
    }
  }

  private static String made(String type) {
    return type.equals(SECURE) ? SEEDED : REPLACED.getOrDefault(type, type);
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    isNew = false;
    isQueueFresh &= opcode != Opcodes.ASTORE;
    super.visitVarInsn(opcode, variable);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    isNew = false;
    isQueueFresh &= opcode != Opcodes.PUTFIELD && opcode != Opcodes.PUTSTATIC;
    if (owner.equals("java/lang/System") && name.equals("in") && !onlyReferences) {
      // Whatever reads it, of its own accord or for another stream, waits for the outside.
      escape("System.in");
    }
    super.visitFieldInsn(opcode, owner, name, descriptor);
  }

  @Override
  public void visitInsn(int opcode) {
    if (isNew && opcode >= Opcodes.DUP && opcode <= Opcodes.DUP2_X2) {
      // Some compilers make no copy of an object that is not used once it is made.
      unfinished.pop();
      unfinished.push(true);
    }
    isNew = false;
    isQueueFresh &= opcode < Opcodes.IASTORE || opcode > Opcodes.SWAP;
    super.visitInsn(opcode);
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    isNew = false;
    super.visitIntInsn(opcode, operand);
    if (opcode == Opcodes.NEWARRAY) {
      created();
    }
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    super.visitMultiANewArrayInsn(descriptor, dimensions);
    super.visitInsn(Opcodes.DUP);
    super.visitLdcInsn(dimensions);
    hook("createdArrays", "(Ljava/lang/Object;I)V");
  }

  private void escape(String what) {
    super.visitLdcInsn(weaver.site(method, line, Operation.ESCAPE, what));
    hook("escape", "(I)V");
  }

  private void created() {
    super.visitInsn(Opcodes.DUP);
    hook("created", "(Ljava/lang/Object;)V");
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean ofInterface) {
    if (!onlyReferences && mayBeFinal(opcode, owner, name, descriptor)) {
      isNew = false;
      FinalCall call = weaver.finalCall(owner, name, descriptor, Optional.empty(), method, line);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          weaver.name(),
          call.name(),
          call.descriptorWithReceiver(),
          weaver.isInterface());
      return;
    }
    visitCall(opcode, owner, name, descriptor, ofInterface);
  }

  private boolean mayBeFinal(int opcode, String owner, String name, String descriptor) {
    return FinalCall.isOne(opcode, name, descriptor)
        && weaver.members().isWoven(owner)
        && !weaver.members().isPrivate(owner, name, descriptor);
  }

  /** Calls an interface on what has the method from no class of the JDK that declares it final. */
  void callInterface(String owner, String name, String descriptor) {
    visitCall(Opcodes.INVOKEINTERFACE, owner, name, descriptor, true);
  }

  private void visitCall(
      int opcode, String owner, String name, String descriptor, boolean ofInterface) {
    isNew = false;
    boolean makesHandle = Bridge.Call.makesHandle(owner, name);
    // Of a static field that may initialise a class, and nothing does that here.
    if (onlyReferences && (!makesHandle || name.equals("findStaticVarHandle"))) {
      super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
      return;
    }
    boolean makes = opcode == Opcodes.INVOKESPECIAL && name.equals("<init>");
    if (!onlyReferences && completes(opcode, owner, name, descriptor)) {
      return;
    }
    if (makes && !unfinished.isEmpty() && !onlyReferences && REPLACED.containsKey(owner)) {
      makeInstead(owner, descriptor);
      return;
    }
    if (makes && !unfinished.isEmpty() && !onlyReferences && owner.equals(SECURE)) {
      super.visitMethodInsn(opcode, SEEDED, name, descriptor, ofInterface);
      if (unfinished.pop()) {
        created();
      }
      return;
    }
    if (makes && !unfinished.isEmpty() && !onlyReferences && owner.equals("java/util/Timer")) {
      int site = weaver.site(method, line, Operation.CALL, "a constructor of Timer");
      super.visitLdcInsn(site);
      hook("makeThread", "(I)V");
      makeBy("TimerHooks.timer", owner, descriptor, site);
      return;
    }
    if (makes
        && !unfinished.isEmpty()
        && !onlyReferences
        && owner.equals("java/util/GregorianCalendar")
        && !descriptor.startsWith("(I")) {
      int site = weaver.site(method, line, Operation.CLOCK, "a constructor of GregorianCalendar");
      makeBy("ClockHooks.gregorian", owner, descriptor, site);
      return;
    }
    if (makes && owner.equals(POOL)) {
      replaceQueue(descriptor);
    }
    if (makes && owner.startsWith(SCOPE) && descriptor.endsWith(FACTORY + ")V")) {
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          CallRule.hookOwner("ScopeHooks.factory"),
          "factory",
          "(" + FACTORY + ")" + FACTORY,
          false);
    }
    if (isAsync(opcode, owner, name)) {
      visitAsync(opcode, owner, name, descriptor, ofInterface);
      return;
    }
    if (opcode == Opcodes.INVOKEVIRTUAL
        && owner.equals("java/lang/Object")
        && name.equals("clone")) {
      // Only of an array, or of an object of this class, and a bridge would not know which it is.
      announceAnything(name, MapChanges.NONE);
      super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
      hook("left", "()V");
      return;
    }
    int called = isFinal(opcode, owner, name, descriptor) ? Opcodes.INVOKEVIRTUAL : opcode;
    CallRule rule = rule(called, owner, name, descriptor);
    int site = rule.how() == CallRule.How.NOT ? 0 : site(rule, owner, name, descriptor);
    if (opcode == Opcodes.INVOKESPECIAL && rule.isOfSuper()) {
      callPast(rule, site, descriptor);
      return;
    }
    boolean isBridged = called != Opcodes.INVOKESPECIAL || rule.how() == CallRule.How.DISPATCHED;
    Bridge.Call call = new Bridge.Call(called, owner, name, descriptor, ofInterface, owner);
    boolean isTold = makesHandle || !call.hookOfResult().isEmpty() || !call.sources().isEmpty();
    if ((rule.how() == CallRule.How.NOT && !isTold) || !isBridged) {
      announceSpecial(rule, site);
      if (!makes && rule.how() == CallRule.How.BEFORE) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        super.visitLdcInsn(site);
        hook("callPast", "(Ljava/lang/Object;I)V");
      }
      if (makes && rule.how() != CallRule.How.NOT && copies(owner, descriptor)) {
        super.visitInsn(Opcodes.DUP);
        super.visitLdcInsn(site);
        hook("copy", "(Ljava/lang/Object;I)V");
      }
      if (makes && unfinished.isEmpty() && usesToMake(owner)) {
        hook("callConstructor", "()V");
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
      if (rule.isOfCall()) {
        hook("left", "()V");
      }
    } else {
      Bridge bridge =
          weaver.bridge(
              called, owner, name, descriptor, ofInterface, rule, site, line, Optional.empty());
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          weaver.name(),
          bridge.name(),
          bridge.descriptor(),
          weaver.isInterface());
    }
    boolean isSuper = makes && unfinished.isEmpty();
    if (isSuper && owner.equals("java/lang/Enum")) {
      HashCode.writeMade(mv);
    }
    if (makes && !isSuper && !unfinished.pop()) {
      isQueueFresh = false;
      return;
    }
    if (isSuper && !onlyReferences && hasItsOwnExecutor()) {
      escape(
          "a CompletableFuture that overrides defaultExecutor (pass the executor to each method"
              + " whose name ends with Async)");
    }
    if (makes && owner.equals(THREAD)) {
      if (isSuper) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
      } else {
        super.visitInsn(Opcodes.DUP);
      }
      madeThread(mv, descriptor);
    }
    boolean takesNothing = descriptor.startsWith("()") && (makes || opcode == Opcodes.INVOKESTATIC);
    isQueueFresh = (makes && QUEUES.matcher(owner).matches()) || (isQueueFresh && takesNothing);
    if (makes && owner.equals(POOL)) {
      if (isSuper) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
      } else {
        super.visitInsn(Opcodes.DUP);
      }
      super.visitMethodInsn(Opcodes.INVOKESTATIC, POOL_HOOKS, "made", "(L" + POOL + ";)V", false);
    }
    if (makes && !isSuper && mayBeShared(owner)) {
      created();
    }
  }

  /**
   * Calls that ask the JDK for what differs in each execution: the time, or a seed. They become
   * those of the same name that are given it.
   */
  private boolean completes(int opcode, String owner, String name, String descriptor) {
    if (opcode == Opcodes.INVOKESTATIC && owner.startsWith("java/time/") && name.equals("now")) {
      boolean isOfZone = descriptor.startsWith("(Ljava/time/ZoneId;)");
      if (!isOfZone && !descriptor.startsWith("()")) {
        return false;
      }
      super.visitLdcInsn(weaver.site(method, line, Operation.CLOCK, name));
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          CallRule.hookOwner("ClockHooks.clock"),
          owner.equals("java/time/Instant") ? "systemUTC" : "clock",
          isOfZone ? "(Ljava/time/ZoneId;I)" + CLOCK : "(I)" + CLOCK,
          false);
      visitMethodInsn(
          opcode, owner, name, "(" + CLOCK + descriptor.substring(descriptor.indexOf(')')), false);
      return true;
    }
    if (owner.matches("java/util/(Gregorian)?Calendar") && name.equals("getInstance")) {
      super.visitLdcInsn(weaver.site(method, line, Operation.CLOCK, name));
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          CallRule.hookOwner("ClockHooks.calendar"),
          "calendar",
          descriptor.replace(")", "I)"),
          false);
      created();
      return true;
    }
    if (owner.equals("java/util/Collections")
        && descriptor.equals("(Ljava/util/List;)V")
        && name.equals("shuffle")) {
      chance("generator", "()Ljava/util/Random;");
      visitMethodInsn(opcode, owner, name, "(Ljava/util/List;Ljava/util/Random;)V", false);
      return true;
    }
    if (!name.equals("<init>") || !descriptor.equals("()V")) {
      return false;
    }
    if (owner.equals("java/util/Date")) {
      super.visitLdcInsn(weaver.site(method, line, Operation.CLOCK, "a constructor of Date"));
      hook("currentTimeMillis", "(I)J");
    } else if (owner.equals("java/util/Random") || owner.equals("java/util/SplittableRandom")) {
      chance("seed", "()J");
    } else {
      return false;
    }
    visitMethodInsn(opcode, owner, name, "(J)V", false);
    return true;
  }

  private void chance(String name, String descriptor) {
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC, CallRule.hookOwner("ChanceHooks." + name), name, descriptor, false);
  }

  /** Makes the explorer's own instead of a pool, which is told where that is. */
  private void makeInstead(String owner, String descriptor) {
    int site = weaver.site(method, line, Operation.CALL, "a constructor of " + simpleName(owner));
    super.visitLdcInsn(site);
    hook("makeThread", "(I)V");
    super.visitLdcInsn(site);
    super.visitMethodInsn(
        Opcodes.INVOKESPECIAL,
        Objects.requireNonNull(REPLACED.get(owner)),
        "<init>",
        descriptor.replace(")", "I)"),
        false);
    if (unfinished.pop()) {
      created();
    }
  }

  /**
   * Lets a hook make an object, where a constructor would start a thread, or ask what time it is.
   */
  private void makeBy(String hook, String owner, String descriptor, int site) {
    super.visitLdcInsn(site);
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        CallRule.hookOwner(hook),
        CallRule.hookMethod(hook),
        descriptor.replace(")V", "I)L" + owner + ";"),
        false);
    // Below it are the references to the object that was to be made: one, or two.
    if (!unfinished.pop()) {
      super.visitInsn(Opcodes.POP2);
      return;
    }
    super.visitInsn(Opcodes.DUP_X2);
    super.visitInsn(Opcodes.POP);
    super.visitInsn(Opcodes.POP2);
    created();
  }

  /** Whether it is in a class of futures whose tasks go to another executor than the JDK's. */
  private boolean hasItsOwnExecutor() {
    Members members = weaver.members();
    String descriptor = "()" + EXECUTOR;
    String declaring = members.declaring(weaver.name(), OWN_EXECUTOR, descriptor);
    return members.isWoven(declaring)
        && members.mayBeCalledFromOutside(weaver.name(), OWN_EXECUTOR, descriptor);
  }

  /** Whether a constructor copies what is in its only or its last argument. */
  static boolean copies(String owner, String descriptor) {
    return COPIES.matcher(owner + descriptor).matches();
  }

  private static String simpleName(String owner) {
    return owner.substring(owner.lastIndexOf('/') + 1);
  }

  /**
   * Gives a pool that is about to be made another queue: the last, or one of the last, of these.
   */
  private void replaceQueue(String descriptor) {
    Type[] types = Type.getArgumentTypes(descriptor);
    int above = types.length - 1 - QUEUE_OF_A_POOL;
    switch (above) {
      case 1 -> super.visitInsn(Opcodes.SWAP);
      case 2 -> {
        super.visitInsn(Opcodes.DUP2_X1);
        super.visitInsn(Opcodes.POP2);
      }
      default -> {}
    }
    String queue = "Ljava/util/concurrent/BlockingQueue;";
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        POOL_HOOKS,
        isQueueFresh ? "queue" : "sharedQueue",
        "(" + queue + ")" + queue,
        false);
    isQueueFresh = false;
    switch (above) {
      case 1 -> super.visitInsn(Opcodes.SWAP);
      case 2 -> {
        super.visitInsn(Opcodes.DUP_X2);
        super.visitInsn(Opcodes.POP);
      }
      default -> {}
    }
  }

  /** Whether it hands a task to an executor of a method of a future, or of its own. */
  private static boolean isAsync(int opcode, String owner, String name) {
    return name.endsWith("Async")
        && opcode != Opcodes.INVOKESTATIC
        && (owner.equals("java/util/concurrent/CompletableFuture")
            || owner.equals("java/util/concurrent/CompletionStage"));
  }

  /** Hands a task to the explorer's threads, or by an executor that says that it is of the JDK. */
  private void visitAsync(
      int opcode, String owner, String name, String descriptor, boolean ofInterface) {
    String full = descriptor;
    if (descriptor.contains(EXECUTOR + ")")) {
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, POOL_HOOKS, "serving", "(" + EXECUTOR + ")" + EXECUTOR, false);
    } else {
      super.visitLdcInsn(weaver.site(method, line, Operation.CALL, name));
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, POOL_HOOKS, "commonPool", "(I)" + EXECUTOR, false);
      full = descriptor.replace(")", EXECUTOR + ")");
    }
    CallRule rule = rule(opcode, owner, name, full);
    Bridge bridge =
        weaver.bridge(
            opcode,
            owner,
            name,
            full,
            ofInterface,
            rule,
            site(rule, owner, name, full),
            line,
            Optional.empty());
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        weaver.name(),
        bridge.name(),
        bridge.descriptor(),
        weaver.isInterface());
  }

  /** Says that a thread has been made, which is on the stack. */
  static void madeThread(MethodVisitor out, String constructor) {
    out.visitInsn(constructor.contains("Ljava/lang/String;") ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    out.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        CallRule.hookOwner("ThreadHooks.made"),
        "made",
        "(Ljava/lang/Thread;Z)V",
        false);
  }

  /** Calls what a method of the same name overrides, on the object itself. */
  private void callPast(CallRule rule, int site, String descriptor) {
    String name = CallRule.hookMethod(rule.hook());
    super.visitLdcInsn(site);
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        CallRule.hookOwner(rule.hook()),
        "super" + Character.toUpperCase(name.charAt(0)) + name.substring(1),
        "(Ljava/lang/Object;" + descriptor.substring(1).replace(")", "I)"),
        false);
  }

  /** Whether a constructor begins with a use of its class. */
  private boolean usesToMake(String owner) {
    return weaver.members().isWoven(owner) && weaver.members().initialisedFor(owner) != null;
  }

  /** What is called on the object itself, past its own methods, has no bridge. */
  private void announceSpecial(CallRule rule, int site) {
    if (rule.how() == CallRule.How.WITH_RECEIVER) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitLdcInsn(site);
      hook(rule.hook(), "(Ljava/lang/Object;I)V");
    } else if (rule.how() == CallRule.How.BEFORE) {
      super.visitLdcInsn(site);
      hook(rule.hook(), "(I)V");
    }
  }

  private boolean mayBeShared(String type) {
    return weaver.members().isWoven(type)
        ? weaver.members().mayBeCompetedFor(type)
        : type.equals("java/lang/Object")
            || type.equals("java/lang/StringBuffer")
            || NotThreadSafe.is(type)
            || (type.startsWith("java/util/") && !type.endsWith("Exception"));
  }

  /** Whether a call past what overrides a method is of one that nothing can override. */
  private boolean isFinal(int opcode, String owner, String name, String descriptor) {
    if (opcode != Opcodes.INVOKESPECIAL || name.equals("<init>")) {
      return false;
    }
    String declaring = weaver.members().declaring(owner, name, descriptor);
    return !weaver.members().isWoven(declaring) && JdkCalls.isFinal(declaring, name);
  }

  private CallRule rule(int opcode, String owner, String name, String descriptor) {
    String declaring = weaver.members().declaring(owner, name, descriptor);
    // What a woven class inherits from Object reaches nothing, and what overrides it is woven.
    boolean own = declaring.equals("java/lang/Object") && weaver.members().isAllWoven(owner);
    boolean ofMonitor = name.matches("wait|notify|notifyAll");
    if (weaver.members().isWoven(declaring) || (own && !ofMonitor)) {
      boolean mayBeOfAMock =
          weaver.members().mocks().arePossible()
              && (opcode == Opcodes.INVOKEINTERFACE || opcode == Opcodes.INVOKEVIRTUAL)
              && !weaver.members().isPrivate(declaring, name, descriptor);
      return mayBeOfAMock ? CallRule.ofMocks(weaver.members().mocks()) : CallRule.NONE;
    }
    Meaning meaning = weaver.calls().of(declaring, name, descriptor);
    if (opcode == Opcodes.INVOKESPECIAL
        && !name.equals("<init>")
        && (OwnMonitors.areOf(declaring)
            || (meaning.treatment() != Treatment.UNCONTROLLED
                && CallRule.usesArguments(declaring, name, descriptor, false)))) {
      return CallRule.ofInherited(meaning, weaver.calls(), declaring, name, descriptor);
    }
    boolean hasLimit = JdkCalls.hasLimit(declaring, name, descriptor);
    if (opcode == Opcodes.INVOKESPECIAL) {
      boolean isRefused = hasLimit && !meaning.isOfTheInside();
      return CallRule.ofSpecial(isRefused ? Meaning.uncontrolled() : meaning, name, descriptor);
    }
    CallRule rule =
        CallRule.of(
            meaning,
            weaver.calls(),
            declaring,
            name,
            descriptor,
            opcode == Opcodes.INVOKESTATIC,
            weaver.members().isOpen(declaring));
    return hasLimit ? rule.withLimit() : rule;
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    isNew = false;
    if (Concatenation.isMadeBy(bootstrap)) {
      concatenate(name, descriptor, bootstrap, arguments);
      return;
    }
    boolean readsSomething =
        switch (bootstrap.getOwner()) {
          // It compares components, and reads their fields past us.
          case "java/lang/runtime/ObjectMethods" ->
              weaver.isLeaky()
                  || Arrays.stream(arguments)
                      .filter(Handle.class::isInstance)
                      .map(getter -> Type.getType(((Handle) getter).getDesc()))
                      .anyMatch(this::canBeReadBehindUs);
          case "java/lang/invoke/LambdaMetafactory", "java/lang/runtime/SwitchBootstraps" -> false;
          default -> true;
        };
    if (readsSomething && !onlyReferences) {
      boolean isOfRecord = bootstrap.getOwner().equals("java/lang/runtime/ObjectMethods");
      announceAnything(name, isOfRecord ? MapChanges.NONE : null);
    }
    super.visitInvokeDynamicInsn(
        name,
        descriptor,
        looksUpConstants(bootstrap, arguments) ? byName(bootstrap) : bootstrap,
        Arrays.stream(arguments).map(one -> bridged(one, descriptor)).toArray());
    if (readsSomething && !onlyReferences) {
      // What it calls back may take steps, and it goes on after that.
      hook("left", "()V");
    }
  }

  /** Whether it keeps constants of enums, of which each execution has its own. */
  private static boolean looksUpConstants(Handle bootstrap, Object... labels) {
    return bootstrap.getOwner().equals("java/lang/runtime/SwitchBootstraps")
        && (bootstrap.getName().equals("enumSwitch")
            || Arrays.stream(labels).anyMatch(CallWeaver::isOfAnEnum));
  }

  /** Whether a label is a constant of an enum; a primitive type is a dynamic constant, too. */
  private static boolean isOfAnEnum(Object label) {
    return label instanceof ConstantDynamic constant
        && !constant.getDescriptor().equals("Ljava/lang/Class;");
  }

  private static Handle byName(Handle bootstrap) {
    return new Handle(
        bootstrap.getTag(),
        "oversell/explorer/hook/Switches",
        bootstrap.getName(),
        bootstrap.getDesc(),
        bootstrap.isInterface());
  }

  private boolean canBeReadBehindUs(Type type) {
    return weaver.canBeReadBehindUs(type);
  }

  /** Makes a text of several values, of which some may have to be asked for theirs. */
  private void concatenate(String name, String descriptor, Handle bootstrap, Object... arguments) {
    if (onlyReferences
        || Arrays.stream(Type.getArgumentTypes(descriptor)).noneMatch(this::canBeReadBehindUs)) {
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
      return;
    }
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        weaver.name(),
        weaver.concatenation(name, descriptor, bootstrap, List.of(arguments), method, line),
        descriptor,
        weaver.isInterface());
  }

  private void announceAnything(String subject, @Nullable Dispatch dispatch) {
    super.visitLdcInsn(weaver.site(method, line, Operation.CALL, subject, dispatch));
    hook("callAnything", "(I)V");
  }

  @Override
  public void visitLdcInsn(Object value) {
    isNew = false;
    if (value instanceof ConstantDynamic constant) {
      // Whatever makes it runs when it is first asked for.
      announceAnything(constant.getName(), null);
      super.visitLdcInsn(value);
      hook("left", "()V");
      return;
    }
    super.visitLdcInsn(value);
  }

  /**
   * A method reference, by way of a bridge if a call of that method would be.
   *
   * @param captured what the reference is made of: the receiver, if it has one already
   */
  private Object bridged(Object argument, String captured) {
    if (!(argument instanceof Handle handle) || handle.getTag() < Opcodes.H_INVOKEVIRTUAL) {
      return argument;
    }
    int opcode =
        switch (handle.getTag()) {
          case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
          case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
          case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
          case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.NEW;
          default -> Opcodes.INVOKESPECIAL;
        };
    if (mayBeFinal(opcode, handle.getOwner(), handle.getName(), handle.getDesc())) {
      FinalCall call =
          weaver.finalCall(
              handle.getOwner(),
              handle.getName(),
              handle.getDesc(),
              Optional.of(receiver(handle, captured)),
              method,
              line);
      return new Handle(
          Opcodes.H_INVOKESTATIC,
          weaver.name(),
          call.name(),
          call.descriptorWithReceiver(),
          weaver.isInterface());
    }
    CallRule rule =
        rule(
            opcode == Opcodes.NEW ? Opcodes.INVOKESPECIAL : opcode,
            handle.getOwner(),
            handle.getName(),
            handle.getDesc());
    boolean isOther =
        weaver.members().isWoven(handle.getOwner())
            && (opcode == Opcodes.NEW || !weaver.announcesReturn(handle));
    boolean isMade = opcode == Opcodes.NEW && mayBeShared(handle.getOwner());
    if ((rule.how() == CallRule.How.NOT && !isMade && !isOther)
        || opcode == Opcodes.INVOKESPECIAL) {
      return argument;
    }
    Bridge bridge =
        weaver.bridge(
            opcode,
            handle.getOwner(),
            handle.getName(),
            handle.getDesc(),
            handle.isInterface(),
            rule,
            rule.how() == CallRule.How.NOT
                ? 0
                : site(rule, handle.getOwner(), handle.getName(), handle.getDesc()),
            line,
            Optional.of(receiver(handle, captured)));
    return new Handle(
        Opcodes.H_INVOKESTATIC,
        weaver.name(),
        bridge.name(),
        bridge.descriptor(),
        weaver.isInterface());
  }

  /** The type of the receiver, which has to be the one that it has where it is captured. */
  private static String receiver(Handle handle, String captured) {
    Type[] types = Type.getArgumentTypes(captured);
    boolean isCaptured = types.length == 1 && types[0].getSort() == Type.OBJECT;
    return isCaptured ? types[0].getInternalName() : handle.getOwner();
  }

  private int site(CallRule rule, String owner, String subject, String descriptor) {
    String declaring = weaver.members().declaring(owner, subject, descriptor);
    Dispatch dispatch =
        rule.dispatch() == null && !MapChanges.mayBe(declaring, subject)
            ? MapChanges.NONE
            : rule.dispatch();
    return weaver.site(
        method,
        line,
        rule.operation(),
        rule.isRefused()
            ? refusal(declaring, subject, descriptor)
            : subject.equals("<init>") ? "a constructor of " + simpleName(owner) : subject,
        dispatch);
  }

  private String refusal(String owner, String name, String descriptor) {
    return weaver
        .calls()
        .refusal(owner, name, descriptor)
        .orElseGet(
            () ->
                JdkCalls.refusal(
                    owner,
                    name,
                    "a call by super, past the explorer, which makes it itself",
                    "call it on another object"));
  }

  private void hook(String name, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, name, descriptor, false);
  }
}
