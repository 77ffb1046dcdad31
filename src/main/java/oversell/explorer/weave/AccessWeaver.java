package oversell.explorer.weave;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Hooks;
import oversell.explorer.hook.Operation;

/**
 * Weaves what a method does by itself: an announcement before each access to a field that can
 * change or to an element of an array, hooks instead of monitors, and a count of rounds where it
 * jumps back.
 *
 * <p>A constructor announces nothing of the object that it makes, as long as nobody else can have
 * it: until it has ended, or hands it out ({@link Leaks}).
 */
final class AccessWeaver extends MethodVisitor {
  static final String HOOKS = "oversell/explorer/hook/Hooks";

  /** Stands in a constructor where others may know its object from, and is woven away. */
  static final String LEAKED = "leaked";

  /** Stands before a constructor writes a field of another object, and is woven away. */
  static final String ELSEWHERE = "elsewhere";

  // Of an object that methods touch which are not woven.
  private static final int WHOLE = 0;

  /** Stands in a constructor of what cannot be controlled, and becomes word of that. */
  static final String UNCONTROLLED = "uncontrolled";

  /** Stands in a constructor of what has a finalizer, and becomes word of that. */
  static final String FINALIZED = "finalized";

  private static final String VALUES = "oversell/explorer/hook/Values";
  private static final String SWITCH_TABLE = "$SwitchMap$";

  private final ClassWeaver weaver;
  private final String method;
  private final boolean isConstructor;
  private final BitSet fresh;
  private final boolean isCompact;
  private final Set<Label> passed = new HashSet<>();
  private int line;
  private int stores;
  private boolean readsSwitchTable;
  private int unfinishedObjects;
  // Of a constructor: whether it has called another one, as each has to.
  private boolean isBegun;
  private boolean isLeaked;
  private boolean isElsewhere;
  // How many local variables the last frame had, and whether the first is still the object.
  private int locals;
  private boolean keepsThis = true;

  /**
   * A weaver of one method.
   *
   * @param fresh of its stores into arrays, those that need no announcement
   * @param isCompact whether what it announces takes as little room as it can
   */
  private AccessWeaver(
      MethodVisitor next,
      ClassWeaver weaver,
      String method,
      String descriptor,
      BitSet fresh,
      boolean isCompact) {
    super(Opcodes.ASM9, next);
    this.weaver = weaver;
    this.method = method;
    locals = 1 + Type.getArgumentTypes(descriptor).length;
    this.fresh = fresh;
    this.isCompact = isCompact;
    isConstructor = method.equals("<init>");
  }

  static AccessWeaver plain(
      MethodVisitor next, ClassWeaver weaver, String method, String descriptor) {
    return new AccessWeaver(next, weaver, method, descriptor, new BitSet(), false);
  }

  /** Of a method that would be too large. */
  static AccessWeaver compact(
      MethodVisitor next, ClassWeaver weaver, String method, String descriptor, BitSet fresh) {
    return new AccessWeaver(next, weaver, method, descriptor, fresh, true);
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
    super.visitLineNumber(number, start);
  }

  @Override
  public void visitLabel(Label label) {
    passed.add(label);
    super.visitLabel(label);
  }

  /** A shrinker drops the object from the local variables once nothing loads it from there. */
  @Override
  public void visitFrame(int type, int count, Object[] local, int stackSize, Object[] stack) {
    if (type == Opcodes.F_FULL || type == Opcodes.F_NEW) {
      locals = count;
      keepsThis = count > 0 && isThis(local[0]);
    } else if (type == Opcodes.F_CHOP) {
      locals -= count;
      keepsThis &= locals > 0;
    } else if (type == Opcodes.F_APPEND) {
      locals += count;
    }
    super.visitFrame(type, count, local, stackSize, stack);
  }

  private boolean isThis(Object type) {
    return type.equals(Opcodes.UNINITIALIZED_THIS) || type.equals(weaver.name());
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    keepsThis &= variable != 0 || opcode < Opcodes.ISTORE || opcode > Opcodes.ASTORE;
    super.visitVarInsn(opcode, variable);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    if (passed.contains(label)) {
      hook("loop", "()V");
    }
    super.visitJumpInsn(opcode, label);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    boolean writes = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
    Type type = Type.getType(descriptor);
    readsSwitchTable = name.startsWith(SWITCH_TABLE);
    boolean isStatic = opcode == Opcodes.PUTSTATIC || opcode == Opcodes.GETSTATIC;
    // Before it has called another constructor, it can read no field of its own object, and what it
    // writes to others is marked.
    boolean own = isConstructor && !isStatic && !isBegun && writes && !isElsewhere;
    isElsewhere = false;
    if (isCompact && !own && canBeBridged(owner, name)) {
      bridge(AccessBridge.ofField(opcode, owner, name, descriptor, method, line));
      return;
    }
    boolean inside = isConstructor && !isStatic && ((!isLeaked && keepsThis) || !isBegun);
    String declared = isStatic ? used(owner, name) : owner;
    boolean announced = !own && weaver.members().isMutable(owner, name);
    boolean told = announced && !inside;
    if (opcode == Opcodes.PUTFIELD && isOfValue(owner, name)) {
      escape("a write to a field of an exception of the JDK, whose text counts as one that stays");
    }
    if (announced) {
      announce(opcode, owner, name, type, inside && isBegun);
    }
    if (told && writes) {
      tellIfAsked(type);
    }
    super.visitFieldInsn(opcode, declared, name, descriptor);
    if (told && !writes) {
      tellIfAsked(type);
    }
  }

  /**
   * Whether a method beside this one can make the access. Constructors and initialisers alone may
   * write to what is final, and what is protected may be out of reach.
   */
  private boolean canBeBridged(String owner, String name) {
    boolean makes = isConstructor || method.equals("<clinit>");
    return !makes
        && weaver.members().isMutable(owner, name)
        && packageOf(owner).equals(packageOf(weaver.name()));
  }

  private static String packageOf(String type) {
    return type.substring(0, Math.max(0, type.lastIndexOf('/')));
  }

  private void bridge(AccessBridge bridge) {
    super.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        weaver.name(),
        weaver.bridge(bridge),
        bridge.descriptor(),
        weaver.isInterface());
  }

  /**
   * Initialises the class that declares a static field, if it has yet to be in this execution, and
   * answers the class to name for the field.
   */
  private String used(String owner, String name) {
    Members members = weaver.members();
    String holder = members.holder(owner, name);
    String initialised = members.initialisedFor(holder);
    boolean isMoved = members.statics(holder) == Statics.MOVED && members.isSet(holder, name);
    boolean initialises = method.equals("<clinit>") && weaver.name().equals(initialised);
    if (initialised != null && !initialises) {
      String named = members.isVisibleFrom(initialised, weaver.name()) ? initialised : owner;
      super.visitMethodInsn(Opcodes.INVOKESTATIC, named, Initialisation.USE, "()V", false);
    }
    return isMoved ? Companion.of(holder) : owner;
  }

  /**
   * Announces an access to a field.
   *
   * @param elsewhere whether only if it is of another object than the one that is being made
   */
  private void announce(int opcode, String owner, String name, Type type, boolean elsewhere) {
    boolean writes = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
    int site = site(writes ? Operation.WRITE : Operation.READ, name);
    new Operands(mv).beneathValue(opcode, type);
    super.visitLdcInsn(part(opcode, owner, name));
    super.visitLdcInsn(site);
    if (elsewhere) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      hook(
          writes ? "writeElsewhere" : "readElsewhere", "(Ljava/lang/Object;IILjava/lang/Object;)V");
    } else {
      hook(writes ? "write" : "read", "(Ljava/lang/Object;II)V");
    }
  }

  /**
   * Which part of its object a field is. What a class inherits of one that is not woven the methods
   * of that change, too: to them an object is one part.
   */
  private int part(int opcode, String owner, String name) {
    String holder = weaver.members().holder(owner, name);
    boolean isStatic = opcode == Opcodes.PUTSTATIC || opcode == Opcodes.GETSTATIC;
    return isStatic || weaver.members().isWoven(holder) ? Hooks.part(holder, name) : WHOLE;
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    unfinishedObjects += opcode == Opcodes.NEW ? 1 : 0;
    super.visitTypeInsn(opcode, type);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean ofInterface) {
    if (owner.equals(HOOKS) && name.equals(LEAKED)) {
      isLeaked = true;
      return;
    }
    if (owner.equals(HOOKS) && name.equals(UNCONTROLLED)) {
      escape(
          "an interface that is implemented by a final method of a class of the JDK (call the method on"
              + " a variable of that class)");
      return;
    }
    if (owner.equals(HOOKS) && name.equals(FINALIZED)) {
      escape(
          "an object with a finalizer, which the garbage collector calls or does not (close it"
              + " yourself)");
      return;
    }
    if (owner.equals(HOOKS) && name.startsWith(ClassFiles.INACCESSIBLE)) {
      escape(
          name.substring(ClassFiles.INACCESSIBLE.length())
              + ", which only the JDK can use, or only with its own class instead of a copy (explore"
              + " fewer classes from the inside)");
      return;
    }
    if (owner.equals(HOOKS) && name.startsWith(ClassFiles.RECOGNISED)) {
      String original = name.substring(ClassFiles.RECOGNISED.length());
      super.visitLdcInsn(original);
      super.visitLdcInsn(
          site(
              Operation.ESCAPE,
              original
                  + " of the JDK, which is told from its copy (ask for an interface that both have)"));
      hook("recognise", "(Ljava/lang/Object;Ljava/lang/String;I)V");
      return;
    }
    if (owner.equals(HOOKS) && name.equals(ELSEWHERE)) {
      isElsewhere = true;
      return;
    }
    super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
    if (opcode == Opcodes.INVOKESPECIAL && name.equals("<init>")) {
      isBegun |= unfinishedObjects == 0;
      unfinishedObjects = Math.max(0, unfinishedObjects - 1);
    }
  }

  /** Whether a field is of an object that is read without a step, since it never changes. */
  private boolean isOfValue(String owner, String name) {
    String holder = weaver.members().holder(owner, name);
    return !weaver.members().isWoven(holder)
        && Kind.ofDeclared(Type.getObjectType(holder)) == Kind.VALUE;
  }

  private void escape(String what) {
    super.visitLdcInsn(site(Operation.ESCAPE, what));
    hook("escape", "(I)V");
  }

  private void tellIfAsked(Type type) {
    if (weaver.isTelling()) {
      tell(mv, type, -1);
    }
  }

  /**
   * Tells the value on top of the stack, and leaves it there.
   *
   * @param isOfStep the local variable that says whether it is one of a step; -1 if it is
   */
  static void tell(MethodVisitor out, Type type, int isOfStep) {
    if (type.getSort() == Type.VOID) {
      return;
    }
    out.visitInsn(type.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
    String told =
        switch (type.getSort()) {
          case Type.OBJECT, Type.ARRAY -> "Ljava/lang/Object;";
          case Type.BYTE, Type.SHORT -> "I";
          default -> type.getDescriptor();
        };
    if (isOfStep >= 0) {
      out.visitVarInsn(Opcodes.ILOAD, isOfStep);
      told += "Z";
    }
    out.visitMethodInsn(Opcodes.INVOKESTATIC, VALUES, "told", "(" + told + ")V", false);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
      if (isCompact) {
        bridge(AccessBridge.ofMonitor(opcode, method, line));
        return;
      }
      boolean enters = opcode == Opcodes.MONITORENTER;
      super.visitLdcInsn(site(enters ? Operation.ENTER : Operation.EXIT, ""));
      hook(enters ? "enter" : "exit", "(Ljava/lang/Object;I)V");
      return;
    }
    Operands operands = new Operands(mv);
    boolean loads = Operands.loadsElement(opcode);
    if (Operands.storesElement(opcode) && fresh.get(stores++)) {
      super.visitInsn(opcode);
      return;
    }
    if (loads && readsSwitchTable) {
      // The compiler's own table for a switch over an enum, which never changes.
      readsSwitchTable = false;
    } else if (loads || Operands.storesElement(opcode)) {
      if (isCompact && AccessBridge.showsType(opcode)) {
        bridge(AccessBridge.ofElement(opcode, method, line));
        return;
      }
      operands.arrayAndIndex(opcode);
      super.visitLdcInsn(site(loads ? Operation.READ : Operation.WRITE, "[]"));
      hook(loads ? "read" : "write", "(Ljava/lang/Object;II)V");
    }
    super.visitInsn(opcode);
  }

  private int site(Operation operation, String subject) {
    return weaver.site(method, line, operation, subject);
  }

  private void hook(String name, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false);
  }
}
