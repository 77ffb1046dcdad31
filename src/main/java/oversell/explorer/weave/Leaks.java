package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;

/**
 * Where the constructors of a class may hand out the object that they make, and the fields that
 * they set after that. Until an object is handed out nobody else can have it, so what its
 * constructor does to it is no step.
 *
 * <p>It is handed out by any use of {@code this} but to read or write a field of it, to compare it,
 * and to call another constructor that does not hand it out: so by a call of any method, by a
 * lambda or an inner class that captures it, by storing it. That is more than really happens, which
 * costs steps.
 *
 * @param first by the descriptor of each constructor that does, the index of its first instruction
 *     from which the object may be known to others
 * @param lateFields the fields that are written from there on
 */
record Leaks(Map<String, Integer> first, Set<String> lateFields) {
  static final Leaks NONE = new Leaks(Map.of(), Set.of());

  // What the JDK makes without calling what a subclass may override.
  private static final Pattern CLOSED =
      Pattern.compile(
          "java/lang/(Object|Record|Enum|Number)|java/util/concurrent/(atomic|locks)/.*"
              + "|java/util/concurrent/(ForkJoinTask|Recursive(Task|Action)|CountedCompleter)");
  // A level of a logger can be found by its name as soon as its superclass is made.
  private static final Pattern CLOSED_IF_FROM_VALUES = Pattern.compile("java/util/(?!logging/).*");
  private static final Pattern THROWN =
      Pattern.compile("java/lang/Throwable|java/.*(Exception|Error)");

  /** Whether any constructor hands out what it makes. */
  boolean any() {
    return !first.isEmpty();
  }

  /**
   * Finds them.
   *
   * @param type a class, with its code
   * @param members of the classes that it is explored with
   */
  static Leaks of(ClassNode type, Members members) {
    Map<String, Integer> first = new HashMap<>();
    Set<String> late = new HashSet<>();
    List<MethodNode> open = new ArrayList<>();
    for (MethodNode method : type.methods) {
      if (method.name.equals("<init>")) {
        open.add(method);
      }
    }
    // Whoever calls another constructor of the class hands out what that one does.
    boolean found = true;
    while (found) {
      found = false;
      for (MethodNode constructor : List.copyOf(open)) {
        int at = firstLeak(type, constructor, first, members);
        if (at >= 0) {
          found = true;
          open.remove(constructor);
          first.put(constructor.desc, at);
          addFieldsWritten(type, constructor, at, late);
        }
      }
    }
    return first.isEmpty() ? NONE : new Leaks(Map.copyOf(first), Set.copyOf(late));
  }

  private static void addFieldsWritten(
      ClassNode type, MethodNode constructor, int from, Set<String> late) {
    for (int i = from; i < constructor.instructions.size(); i++) {
      if (constructor.instructions.get(i) instanceof FieldInsnNode field
          && field.getOpcode() == Opcodes.PUTFIELD
          && field.owner.equals(type.name)) {
        late.add(field.name);
      }
    }
  }

  /** The index from which the object may be known to others; -1 if it never is. */
  private static int firstLeak(
      ClassNode type, MethodNode constructor, Map<String, Integer> known, Members members) {
    Uses uses = new Uses(type, known, members);
    try {
      new Analyzer<>(uses).analyze(type.name, constructor);
    } catch (AnalyzerException unknown) {
      return 0;
    }
    int first = -1;
    for (AbstractInsnNode leak : uses.leaks) {
      int at = constructor.instructions.indexOf(leak);
      first = first < 0 ? at : Math.min(first, at);
    }
    return first < 0 ? first : beforeJumpsBack(constructor, first);
  }

  /** Where a constructor writes a field of an object that is not the one that it makes. */
  static Set<AbstractInsnNode> writesElsewhere(
      ClassNode type, MethodNode constructor, Members members) {
    Uses uses = new Uses(type, Map.of(), members);
    try {
      new Analyzer<>(uses).analyze(type.name, constructor);
      return uses.elsewhere;
    } catch (AnalyzerException unknown) {
      // Before it has called another constructor its own fields are those of its class.
      Set<AbstractInsnNode> others = new HashSet<>();
      for (AbstractInsnNode instruction : constructor.instructions) {
        if (instruction instanceof FieldInsnNode field && !field.owner.equals(type.name)) {
          others.add(field);
        }
      }
      return others;
    }
  }

  /** A loop that comes after it may lead back to what stands before it. */
  private static int beforeJumpsBack(MethodNode constructor, int from) {
    int first = from;
    for (int i = constructor.instructions.size() - 1; i >= first; i--) {
      if (constructor.instructions.get(i) instanceof JumpInsnNode jump) {
        int target = constructor.instructions.indexOf(jump.label);
        if (target < first) {
          first = target;
          i = constructor.instructions.size();
        }
      }
    }
    return first;
  }

  /** Follows {@code this} through a constructor, and notes where it goes. */
  private static final class Uses extends BasicInterpreter {
    final Set<AbstractInsnNode> leaks = new HashSet<>();
    final Set<AbstractInsnNode> elsewhere = new HashSet<>();
    private final ClassNode type;
    private final Map<String, Integer> known;
    private final Members members;
    private final BasicValue self;

    Uses(ClassNode type, Map<String, Integer> known, Members members) {
      super(ASM9);
      this.type = type;
      this.known = known;
      this.members = members;
      self = new Self(Type.getObjectType(type.name));
    }

    private static final class Self extends BasicValue {
      Self(Type type) {
        super(type);
      }

      // Equal to no other value of that type.
      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Self;
      }

      @Override
      public int hashCode() {
        return 1;
      }
    }

    private static boolean isSelf(BasicValue value) {
      return value instanceof Self;
    }

    @Override
    public BasicValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
      return local == 0 ? self : newValue(type);
    }

    @Override
    public BasicValue copyOperation(AbstractInsnNode instruction, BasicValue value) {
      return value;
    }

    @Override
    public @Nullable BasicValue unaryOperation(AbstractInsnNode instruction, BasicValue value)
        throws AnalyzerException {
      if (isSelf(value)) {
        switch (instruction.getOpcode()) {
          case CHECKCAST -> {
            return value;
          }
          case GETFIELD, IFNULL, IFNONNULL, INSTANCEOF, MONITORENTER, MONITOREXIT -> {}
          default -> leaks.add(instruction);
        }
      }
      return super.unaryOperation(instruction, value);
    }

    @Override
    public @Nullable BasicValue binaryOperation(
        AbstractInsnNode instruction, BasicValue first, BasicValue second)
        throws AnalyzerException {
      if (instruction.getOpcode() == PUTFIELD && isSelf(second)) {
        leaks.add(instruction);
      }
      if (instruction.getOpcode() == PUTFIELD && !isSelf(first)) {
        elsewhere.add(instruction);
      }
      return super.binaryOperation(instruction, first, second);
    }

    @Override
    public @Nullable BasicValue ternaryOperation(
        AbstractInsnNode instruction, BasicValue array, BasicValue index, BasicValue value)
        throws AnalyzerException {
      if (isSelf(value)) {
        leaks.add(instruction);
      }
      return super.ternaryOperation(instruction, array, index, value);
    }

    @Override
    public BasicValue naryOperation(AbstractInsnNode instruction, List<? extends BasicValue> values)
        throws AnalyzerException {
      for (int i = 0; i < values.size(); i++) {
        // Other constructors are not looked into, since two classes may make each other.
        if (isSelf(values.get(i)) && !(i == 0 && makesItself(instruction))) {
          leaks.add(instruction);
        }
      }
      return super.naryOperation(instruction, values);
    }

    /** Whether it calls another constructor, which keeps the object to itself. */
    private boolean makesItself(AbstractInsnNode instruction) {
      return instruction instanceof MethodInsnNode call
          && call.name.equals("<init>")
          && keepsToItself(call);
    }

    /** What every exception calls while it is made, and a subclass may override. */
    private boolean mayFillInStackTrace() {
      return (type.access & ACC_FINAL) == 0
          || type.methods.stream().anyMatch(method -> method.name.equals("fillInStackTrace"));
    }

    private boolean keepsToItself(MethodInsnNode constructor) {
      if (constructor.owner.equals(type.name)) {
        return !known.containsKey(constructor.desc);
      }
      if (members.isWoven(constructor.owner)) {
        return !members.leaks(constructor.owner).any();
      }
      if (THROWN.matcher(constructor.owner).matches()) {
        return !mayFillInStackTrace();
      }
      boolean fromValues = true;
      for (Type argument : Type.getArgumentTypes(constructor.desc)) {
        fromValues &= Kind.ofDeclared(argument) == Kind.VALUE;
      }
      return CLOSED.matcher(constructor.owner).matches()
          || (fromValues && CLOSED_IF_FROM_VALUES.matcher(constructor.owner).matches());
    }

    @Override
    public BasicValue merge(BasicValue value, BasicValue other) {
      return isSelf(value) || isSelf(other) ? self : super.merge(value, other);
    }
  }
}
