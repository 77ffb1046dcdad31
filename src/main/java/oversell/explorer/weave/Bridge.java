package oversell.explorer.weave;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A static method of a woven class that announces a call and makes it, or makes another instead.
 *
 * @param name its name
 * @param call what it stands for
 * @param rule how that is announced
 * @param site where it stands
 * @param line of the source; 0 if unknown
 * @param returnSite where it returns to whoever it was handed to; {@link #NOWHERE} if to nobody
 */
record Bridge(String name, Call call, CallRule rule, int site, int line, int returnSite) {
  /** Of a bridge that only the code of its class calls. */
  static final int NOWHERE = -1;

  /** How the names of all of them begin. */
  static final String PREFIX = "oversell$call$";

  private static final int NONE = -1;
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String SUPPLIER = "Ljava/util/function/Supplier;";
  private static final String BOOTSTRAPS = "java/lang/invoke/ConstantBootstraps";
  private static final Set<String> HANDLES_OF_BOOTSTRAPS =
      Set.of("fieldVarHandle", "staticFieldVarHandle", "arrayVarHandle");
  // The numbers of their arguments.
  private static final int NAME_OF_A_BOOTSTRAP = 1;
  private static final int CLASS_OF_A_BOOTSTRAP = 3;
  // What asks the elements of a stream, of which nothing is known, or goes through other streams.
  private static final Pattern REACHES_MORE =
      Pattern.compile("sorted|distinct|(flatM|mapM)\\w+|gather");
  // What fills an array that it is given, or changes its order.
  private static final Pattern CHANGES_ARRAY =
      Pattern.compile("fill|sort|setAll|toArray|nextBytes|read\\w*|get\\w*|copyInto|digest");
  // Each release has its own types of these, so hooks name none of them.
  private static final Pattern OF_RELEASE =
      Pattern.compile("Ljava/util/(concurrent/StructuredTaskScope|function/)[^;]*;");
  private static final Pattern MAKES_NEW =
      Pattern.compile(
          "\\[.*\\.clone\\(.*|java/.*\\.values\\(\\)\\[L.*|java/lang/String\\.\\w+\\(.*\\)\\[.*"
              + "|java/util/Arrays\\.copyOf(Range)?\\(.*|java/util/regex/Pattern\\.split\\(.*\\)\\[.*"
              + "|java/util/.*\\.toArray\\(\\)\\[.*|java/lang/Thread\\.ofPlatform\\(.*"
              + "|java/util/concurrent/ConcurrentHashMap\\.newKeySet\\(.*|java/nio/\\w+Buffer\\.allocate\\(.*"
              + "|java/util/EnumSet\\.(of|noneOf|allOf|range)\\(.*");
  private static final Pattern STREAM =
      Pattern.compile("Ljava/util/stream/(Base|Int|Long|Double)?Stream;");

  /**
   * The call of a method.
   *
   * @param receiver what it is called on, by type
   */
  record Call(
      int opcode,
      String owner,
      String method,
      String descriptor,
      boolean ofInterface,
      String receiver) {
    boolean isStatic() {
      return opcode == Opcodes.INVOKESTATIC;
    }

    /** Whether it is of a constructor, for which an object is made. */
    boolean makes() {
      return opcode == Opcodes.NEW;
    }

    boolean makesHandle() {
      return makesHandle(owner, method);
    }

    /** Whether it makes a handle or an updater that stands for a field, or for elements. */
    static boolean makesHandle(String owner, String method) {
      return switch (owner) {
        case "java/lang/invoke/MethodHandles$Lookup" ->
            method.equals("findVarHandle") || method.equals("findStaticVarHandle");
        case "java/lang/invoke/MethodHandles" -> method.equals("arrayElementVarHandle");
        case BOOTSTRAPS -> HANDLES_OF_BOOTSTRAPS.contains(method);
        default ->
            owner.matches("java/util/concurrent/atomic/Atomic\\w+FieldUpdater")
                && method.equals("newUpdater");
      };
    }

    /** Whether it makes a handle that calls a constructor or a method. */
    boolean findsCode() {
      return owner.equals("java/lang/invoke/MethodHandles$Lookup")
          && method.matches("find(Constructor|Virtual|Static|Special)");
    }

    /** Whether it makes an array or an object that nobody else can have, and returns it. */
    boolean makesNew() {
      return MAKES_NEW.matcher(owner + "." + method + descriptor).matches();
    }

    /**
     * The hook that is told of what it returns, since that is new or a part of its receiver; or
     * none.
     */
    String hookOfResult() {
      if (makesNew()) {
        return "madeNew";
      }
      if (!owner.startsWith("java/util/")) {
        return "";
      }
      if (STREAM.matcher(Type.getReturnType(descriptor).getDescriptor()).matches()) {
        boolean isRange = method.equals("range") || method.equals("rangeClosed");
        return isStatic() && !isRange
            ? ""
            : REACHES_MORE.matcher(method).matches() ? "madeWiderStream" : "madeStream";
      }
      if (owner.equals("java/util/stream/Collectors")
          && method.matches("toList|toUnmodifiableList|counting")) {
        return "madeCollector";
      }
      return switch (method + descriptor) {
        case "keySet()Ljava/util/Set;",
            "values()Ljava/util/Collection;",
            "entrySet()Ljava/util/Set;" ->
            "madeView";
        case "next()Ljava/lang/Object;" -> "reachedEntry";
        default -> "";
      };
    }

    /** Whether it makes a stream that will go through an array. */
    boolean makesStreamOfArray() {
      return isStatic()
          && owner.startsWith("java/util/")
          && descriptor.startsWith("([")
          && STREAM.matcher(Type.getReturnType(descriptor).getDescriptor()).matches();
    }

    /** Whether it does not keep the arrays that it is given, but goes through them. */
    boolean goesThroughArrays() {
      return !makesStreamOfArray()
          && !method.equals("asList")
          && !owner.startsWith("java/lang/invoke");
    }

    boolean copiesArrays() {
      return owner.equals("java/lang/System") && method.equals("arraycopy");
    }

    boolean clonesArray() {
      return receiver.startsWith("[") && method.equals("clone");
    }

    /**
     * What it returns goes through these, or is bound to them: local variables by number. Other
     * streams have a hook of their own.
     */
    List<Integer> sources() {
      return switch (owner) {
        case "java/util/stream/Stream",
            "java/util/stream/IntStream",
            "java/util/stream/LongStream",
            "java/util/stream/DoubleStream",
            "java/util/stream/BaseStream" ->
            switch (method) {
              case "concat" -> List.of(0, 1);
              case "iterator", "spliterator" -> List.of(0);
              default -> List.of();
            };
        case "java/lang/StringBuilder" ->
            method.matches("chars|codePoints") ? List.of(0) : List.of();
        case "java/lang/invoke/MethodHandle" ->
            switch (method) {
              case "bindTo" -> List.of(0, 1);
              case "asType" -> List.of(0);
              default -> List.of();
            };
        case "java/lang/invoke/MethodHandles$Lookup" ->
            method.equals("bind") ? List.of(1) : List.of();
        default -> List.of();
      };
    }

    /** Its receiver, if it has one, and its arguments, as arguments. */
    String flat() {
      if (makes()) {
        return descriptor.substring(0, descriptor.indexOf(')') + 1)
            + Type.getObjectType(owner).getDescriptor();
      }
      return isStatic()
          ? descriptor
          : "(" + Type.getObjectType(receiver).getDescriptor() + descriptor.substring(1);
    }
  }

  String descriptor() {
    return call.flat();
  }

  /** A method that is added to a class, for a part of its code. */
  static MethodVisitor add(ClassVisitor out, String name, String descriptor) {
    return out.visitMethod(Initialisation.ACCESS, name, descriptor, null, null);
  }

  /** Begins the code of such a method, which has one line; 0 if that is not known. */
  static void begin(MethodVisitor method, int line) {
    method.visitCode();
    if (line > 0) {
      Label start = new Label();
      method.visitLabel(start);
      method.visitLineNumber(line, start);
    }
  }

  /** Writes it into the class that calls it. */
  void write(ClassVisitor out, String owner, boolean telling) {
    MethodVisitor method = add(out, name, descriptor());
    begin(method, line);
    boolean mayBeConsole = call.owner().equals("java/io/PrintStream");
    if (rule.how() == CallRule.How.DISPATCHED
        && ByClass.makesTexts(call.method())
        && !mayBeConsole) {
      writeTexts(method);
    }
    Label called = new Label();
    Label returned = new Label();
    Label thrown = new Label();
    if (rule.isOfCall()) {
      method.visitTryCatchBlock(called, returned, thrown, null);
    }
    if (rule.hasLimit()) {
      method.visitLdcInsn(site);
      hook(method, "TimedHooks.wait", "(I)V");
    }
    writeBody(method, called);
    if (rule.hasLimit()) {
      writeEnd(method);
    }
    if (rule.isOfAttempt()) {
      writeAttempted(method);
    }
    method.visitLabel(returned);
    if (rule.isOfCall()) {
      hook(method, left(), "()V");
    }
    Type result = Type.getReturnType(descriptor());
    boolean ofClass = call.owner().equals("java/lang/Class");
    if (ofClass && call.method().equals("forName") && call.descriptor().contains("Z")) {
      method.visitInsn(Opcodes.DUP);
      method.visitVarInsn(Opcodes.ILOAD, 1);
      hook(method, "usedIf", "(Ljava/lang/Class;Z)V");
    } else if (ofClass
        && call.method().equals("forName")
        && !call.descriptor().contains("Module")) {
      method.visitInsn(Opcodes.DUP);
      hook(method, "used", "(Ljava/lang/Class;)V");
    }
    if (call.makes()) {
      method.visitInsn(Opcodes.DUP);
      hook(method, "created", "(Ljava/lang/Object;)V");
      if (call.owner().equals(CallWeaver.THREAD)) {
        method.visitInsn(Opcodes.DUP);
        CallWeaver.madeThread(method, call.descriptor());
      }
    }
    String ofResult = call.hookOfResult();
    if (!ofResult.isEmpty()) {
      method.visitInsn(Opcodes.DUP);
      writeReceiver(method);
      hook(method, ofResult, "(Ljava/lang/Object;Ljava/lang/Object;)V");
    }
    if (call.makesStreamOfArray()) {
      method.visitInsn(Opcodes.DUP);
      method.visitVarInsn(Opcodes.ALOAD, 0);
      hook(method, "madeStreamOfArray", "(Ljava/lang/Object;Ljava/lang/Object;)V");
    }
    for (int source : call.sources()) {
      method.visitInsn(Opcodes.DUP);
      method.visitVarInsn(Opcodes.ALOAD, source);
      hook(method, "derived", "(Ljava/lang/Object;Ljava/lang/Object;)V");
    }
    if (call.makesHandle()) {
      writeHandle(method);
    }
    if (call.findsCode()) {
      writeCode(method);
    }
    if (rule.hook().equals("fork")) {
      method.visitInsn(Opcodes.DUP);
      hook(method, "forked", "(Ljava/lang/Object;)V");
    }
    if (telling && rule.how() == CallRule.How.DISPATCHED) {
      AccessWeaver.tell(method, result, argumentsSize());
    } else if (telling) {
      AccessWeaver.tell(method, result, NONE);
    }
    if (returnSite != NOWHERE) {
      Callback.announce(method, returnSite);
    }
    method.visitInsn(result.getOpcode(Opcodes.IRETURN));
    if (rule.isOfCall()) {
      method.visitLabel(thrown);
      method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
      hook(method, left(), "()V");
      method.visitInsn(Opcodes.ATHROW);
    }
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  /** Lets the explorer make the text of a thread that is passed as an Object. */
  private void writeTexts(MethodVisitor method) {
    int local = 0;
    int own = call.isStatic() ? NONE : 0;
    for (Type argument : Type.getArgumentTypes(descriptor())) {
      if (local != own && argument.getDescriptor().equals(OBJECT)) {
        method.visitVarInsn(Opcodes.ALOAD, local);
        method.visitLdcInsn(site);
        hook(method, "ThreadHooks.asText", "(" + OBJECT + "I)" + OBJECT);
        method.visitVarInsn(Opcodes.ASTORE, local);
      }
      local += argument.getSize();
    }
  }

  private String left() {
    return rule.how() == CallRule.How.DISPATCHED ? "leftDispatched" : "left";
  }

  private void writeBody(MethodVisitor method, Label called) {
    boolean instead = rule.how() == CallRule.How.INSTEAD;
    switch (rule.how()) {
      case NOT, INSTEAD -> {}
      case WITH_RECEIVER -> {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitLdcInsn(site);
        hook(method, rule.hook(), "(Ljava/lang/Object;I)V");
      }
      case WITH_ELEMENT -> {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitLdcInsn(site);
        hook(method, rule.hook(), "(Ljava/lang/Object;II)V");
      }
      case WITH_COORDINATES -> writeCoordinates(method);
      case BEFORE -> {
        method.visitLdcInsn(site);
        hook(method, rule.hook(), "(I)V");
        if (call.makes() && CallWeaver.copies(call.owner(), call.descriptor())) {
          method.visitVarInsn(Opcodes.ALOAD, argumentsSize() - 1);
          method.visitLdcInsn(site);
          hook(method, "copy", "(Ljava/lang/Object;I)V");
        }
      }
      case DISPATCHED -> writeDispatch(method);
    }
    if (rule.isOfCall()) {
      writeArrays(method);
    }
    method.visitLabel(called);
    if (call.owner().equals("java/lang/reflect/Field") && !call.isStatic()) {
      method.visitVarInsn(Opcodes.ALOAD, 0);
      hook(method, "used", "(Ljava/lang/reflect/Field;)V");
    }
    if (call.owner().equals("java/lang/invoke/MethodHandles$Lookup")
        && (call.method().startsWith("findStatic") || call.method().equals("ensureInitialized"))) {
      method.visitVarInsn(Opcodes.ALOAD, 1);
      hook(method, "used", "(Ljava/lang/Class;)V");
    }
    if (call.owner().equals(BOOTSTRAPS) && call.method().equals("staticFieldVarHandle")) {
      method.visitVarInsn(Opcodes.ALOAD, CLASS_OF_A_BOOTSTRAP);
      hook(method, "used", "(Ljava/lang/Class;)V");
    }
    if (call.makes()) {
      method.visitTypeInsn(Opcodes.NEW, call.owner());
      method.visitInsn(Opcodes.DUP);
    }
    int local = 0;
    for (Type argument : Type.getArgumentTypes(descriptor())) {
      boolean isLimit = rule.hasLimit() && local == limitLocal();
      if (isLimit) {
        writeReceiver(method);
        method.visitLdcInsn(call.method());
      }
      method.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      if (isLimit) {
        hook(method, "TimedHooks.limit", "(Ljava/lang/Object;Ljava/lang/String;J)J");
      }
      if (rule.hook().equals("collectInto") && argument.getDescriptor().equals(SUPPLIER)) {
        method.visitLdcInsn(site);
        hook(method, "supplier", "(" + SUPPLIER + "I)" + SUPPLIER);
      }
      local += argument.getSize();
    }
    if (instead) {
      method.visitLdcInsn(site);
      // A hook that is a class stands for those of its methods that have the same names.
      String hook = rule.hook().endsWith(".") ? rule.hook() + call.method() : rule.hook();
      String descriptor = insteadDescriptor();
      hook(method, hook, descriptor);
      Type result = Type.getReturnType(descriptor());
      if (!Type.getReturnType(descriptor).equals(result)) {
        method.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
      }
    } else {
      method.visitMethodInsn(
          call.makes() ? Opcodes.INVOKESPECIAL : call.opcode(),
          call.owner(),
          call.method(),
          call.descriptor(),
          call.ofInterface());
    }
  }

  /** Says which elements of which arrays it goes through. */
  private void writeArrays(MethodVisitor method) {
    if (call.copiesArrays()) {
      writeCopied(method, 0, false);
      writeCopied(method, 2, true);
    } else if (call.clonesArray()) {
      writeElements(method, 0, NONE, false);
    } else if (call.goesThroughArrays()) {
      Type[] arguments = Type.getArgumentTypes(call.descriptor());
      boolean changes = CHANGES_ARRAY.matcher(call.method()).matches();
      int local = call.isStatic() || call.makes() ? 0 : 1;
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i].getSort() == Type.ARRAY) {
          boolean isRange =
              call.owner().equals("java/util/Arrays")
                  && i + 2 < arguments.length
                  && arguments[i + 1].equals(Type.INT_TYPE)
                  && arguments[i + 2].equals(Type.INT_TYPE);
          writeElements(method, local, isRange ? local + 1 : NONE, changes);
          changes = false;
        }
        local += arguments[i].getSize();
      }
    }
  }

  /**
   * Says that it goes through an array.
   *
   * @param range the local variable that has the first element, before the one that has the end;
   *     {@link #NONE} if it goes through all
   */
  private void writeElements(MethodVisitor method, int array, int range, boolean changes) {
    method.visitVarInsn(Opcodes.ALOAD, array);
    if (range == NONE) {
      method.visitInsn(Opcodes.ICONST_0);
      method.visitInsn(Opcodes.ICONST_M1);
    } else {
      method.visitVarInsn(Opcodes.ILOAD, range);
      method.visitVarInsn(Opcodes.ILOAD, range + 1);
    }
    writeGoThrough(method, changes);
  }

  /** The same of an array that it copies from or to, of which the last argument says how much. */
  private void writeCopied(MethodVisitor method, int array, boolean changes) {
    method.visitVarInsn(Opcodes.ALOAD, array);
    method.visitVarInsn(Opcodes.ILOAD, array + 1);
    method.visitInsn(Opcodes.DUP);
    method.visitVarInsn(Opcodes.ILOAD, argumentsSize() - 1);
    method.visitInsn(Opcodes.IADD);
    writeGoThrough(method, changes);
  }

  private void writeGoThrough(MethodVisitor method, boolean changes) {
    method.visitInsn(changes ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
    method.visitLdcInsn(site);
    hook(method, "goThrough", "(Ljava/lang/Object;IIZI)V");
  }

  /** The local variable that has the limit: it comes before its unit, which is the last. */
  private int limitLocal() {
    return argumentsSize() - Type.LONG_TYPE.getSize() - 1;
  }

  private void writeReceiver(MethodVisitor method) {
    if (call.isStatic()) {
      method.visitInsn(Opcodes.ACONST_NULL);
    } else {
      method.visitVarInsn(Opcodes.ALOAD, 0);
    }
  }

  /** Says whether a wait with a limit has ended in time, as what it returned tells. */
  private void writeEnd(MethodVisitor method) {
    Type result = Type.getReturnType(call.descriptor());
    if (result.equals(Type.VOID_TYPE)) {
      return;
    }
    String type =
        isReference(result) ? "Ljava/lang/Object;" : result.equals(Type.LONG_TYPE) ? "J" : "Z";
    method.visitInsn(result.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
    method.visitVarInsn(Opcodes.LLOAD, limitLocal());
    method.visitVarInsn(Opcodes.ALOAD, argumentsSize() - 1);
    hook(method, "TimedHooks.ended", "(" + type + "JLjava/util/concurrent/TimeUnit;)V");
  }

  /**
   * Shows a handle, the object it is used on and the number of the element, as far as there are.
   */
  private void writeCoordinates(MethodVisitor method) {
    Type[] arguments = Type.getArgumentTypes(call.descriptor());
    method.visitVarInsn(Opcodes.ALOAD, 0);
    boolean isOnObject = arguments.length > 0 && arguments[0].getSort() >= Type.ARRAY;
    if (isOnObject) {
      method.visitVarInsn(Opcodes.ALOAD, 1);
    } else {
      method.visitInsn(Opcodes.ACONST_NULL);
    }
    boolean isOfElement =
        isOnObject
            && arguments.length > 1
            && arguments[1].getSort() != Type.BOOLEAN
            && arguments[1].getSort() <= Type.INT;
    if (isOfElement) {
      method.visitVarInsn(Opcodes.ILOAD, 2);
    } else {
      method.visitInsn(Opcodes.ICONST_M1);
    }
    method.visitLdcInsn(site);
    hook(method, rule.hook(), "(Ljava/lang/Object;Ljava/lang/Object;II)V");
  }

  /** Says whether an attempt that has returned has succeeded, as what it returned tells. */
  private void writeAttempted(MethodVisitor method) {
    if (call.method().startsWith("weak")) {
      hook(method, "attemptedWeakly", "()V");
    }
    Type result = Type.getReturnType(call.descriptor());
    if (!call.method().contains("Exchange")) {
      if (result.equals(Type.BOOLEAN_TYPE)) {
        method.visitInsn(Opcodes.DUP);
      } else {
        // Whoever asks for no answer knows no more than that it may have.
        method.visitInsn(Opcodes.ICONST_1);
      }
      hook(method, "succeeded", "(Z)V");
      return;
    }
    Type[] arguments = Type.getArgumentTypes(call.descriptor());
    int expected = arguments.length - 2;
    boolean isTold =
        expected >= 0
            && (result.equals(arguments[expected])
                || (isReference(result) && isReference(arguments[expected])));
    boolean isCounted =
        result.getSort() == Type.LONG
            || (result.getSort() >= Type.BOOLEAN && result.getSort() <= Type.INT);
    if (!isTold || !(isCounted || isReference(result))) {
      method.visitInsn(Opcodes.ICONST_1);
      hook(method, "succeeded", "(Z)V");
      return;
    }
    int local = argumentsSize() - arguments[expected].getSize() - arguments[expected + 1].getSize();
    method.visitInsn(result.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
    method.visitVarInsn(result.getOpcode(Opcodes.ILOAD), local);
    String type =
        isReference(result) ? "Ljava/lang/Object;" : result.getSort() == Type.LONG ? "J" : "I";
    hook(method, "exchanged", "(" + type + type + ")V");
  }

  private static boolean isReference(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
  }

  /** Says what a handle that has been made stands for. */
  private void writeHandle(MethodVisitor method) {
    method.visitInsn(Opcodes.DUP);
    if (call.method().startsWith("array")) {
      hook(method, "ofElements", "(Ljava/lang/invoke/VarHandle;)V");
      return;
    }
    int owner = call.isStatic() ? 0 : 1;
    // The name is the last of an updater, and in the middle of a handle.
    int name = call.isStatic() ? Type.getArgumentCount(call.descriptor()) - 1 : owner + 1;
    if (call.owner().equals(BOOTSTRAPS)) {
      owner = CLASS_OF_A_BOOTSTRAP;
      name = NAME_OF_A_BOOTSTRAP;
    }
    method.visitVarInsn(Opcodes.ALOAD, owner);
    method.visitVarInsn(Opcodes.ALOAD, name);
    hook(method, "ofField", "(Ljava/lang/Object;Ljava/lang/Class;Ljava/lang/String;)V");
  }

  /** Says what a handle that has been made calls. */
  private void writeCode(MethodVisitor method) {
    String object = "(Ljava/lang/Object;Ljava/lang/Class;";
    method.visitInsn(Opcodes.DUP);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    if (call.method().equals("findConstructor")) {
      hook(method, "ofConstructor", object + ")V");
      return;
    }
    method.visitVarInsn(Opcodes.ALOAD, 2);
    method.visitVarInsn(Opcodes.ALOAD, 3);
    hook(method, "ofMethod", object + "Ljava/lang/String;Ljava/lang/invoke/MethodType;)V");
  }

  /** Shows the receiver, or null, and the arguments that matter. */
  private void writeDispatch(MethodVisitor method) {
    int[] looked = Objects.requireNonNull(rule.dispatch()).looked();
    writeReceiver(method);
    Type[] arguments = Type.getArgumentTypes(call.descriptor());
    method.visitLdcInsn(looked.length);
    method.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
    int local = call.isStatic() ? 0 : 1;
    int next = 0;
    for (int i = 0; i < arguments.length && next < looked.length; i++) {
      if (looked[next] == i) {
        method.visitInsn(Opcodes.DUP);
        method.visitLdcInsn(next++);
        method.visitVarInsn(Opcodes.ALOAD, local);
        method.visitInsn(Opcodes.AASTORE);
      }
      local += arguments[i].getSize();
    }
    method.visitLdcInsn(site);
    hook(method, "dispatch", "(Ljava/lang/Object;[Ljava/lang/Object;I)Z");
    method.visitVarInsn(Opcodes.ISTORE, argumentsSize());
  }

  /** The size of its arguments, and so the first local variable that is free. */
  private int argumentsSize() {
    return Arrays.stream(Type.getArgumentTypes(descriptor())).mapToInt(Type::getSize).sum();
  }

  /** The hook takes any object where the call takes the receiver of a certain class. */
  private String insteadDescriptor() {
    String flat = call.flat();
    String arguments = flat.substring(1, flat.indexOf(')'));
    if (!call.isStatic()) {
      arguments =
          receiver()
              + arguments.substring(Type.getObjectType(call.receiver()).getDescriptor().length());
    }
    String descriptor = "(" + arguments + "I)" + Type.getReturnType(flat).getDescriptor();
    if (rule.hook().startsWith("StreamHooks.")) {
      return descriptor.substring(0, descriptor.indexOf(')')) + ")Ljava/lang/Object;";
    }
    return rule.hook().startsWith("ScopeHooks.")
        ? OF_RELEASE.matcher(descriptor).replaceAll("Ljava/lang/Object;")
        : descriptor;
  }

  private String receiver() {
    return switch (CallRule.hookMethod(rule.hook())) {
      case "newCondition" -> "Ljava/util/concurrent/locks/Lock;";
      case "readLock", "writeLock" ->
          Type.getReturnType(call.descriptor()).getInternalName().contains("Reentrant")
              ? "Ljava/util/concurrent/locks/ReentrantReadWriteLock;"
              : "Ljava/util/concurrent/locks/ReadWriteLock;";
      case "threadId", "join" -> "Ljava/lang/Thread;";
      case "sleep", "timedJoin", "timedWait" -> "Ljava/util/concurrent/TimeUnit;";
      default -> "Ljava/lang/Object;";
    };
  }

  private static void hook(MethodVisitor method, String name, String descriptor) {
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        CallRule.hookOwner(name),
        CallRule.hookMethod(name),
        descriptor,
        false);
  }
}
