package oversell.weave;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Weaves one method: an announcement before each access to a field that can change or to an element
 * of an array, hooks instead of monitors, a bridge instead of each call that {@link CallRules}
 * names, and a count of rounds where it jumps back.
 *
 * <p>A constructor announces nothing of its own fields: until it has ended nobody else has the
 * object, unless it hands it out itself.
 */
final class MethodWeaver extends MethodVisitor {
  static final String HOOKS = "oversell/weave/Hooks";

  private static final String SWITCH_TABLE = "$SwitchMap$";

  private final ClassWeaver weaver;
  private final String method;
  private final boolean isConstructor;
  private final Set<Label> passed = new HashSet<>();
  private int line;
  private int unfinishedObjects;
  private boolean readsSwitchTable;
  // Of a constructor: whether it has called another one, as each has to.
  private boolean isBegun;

  MethodWeaver(MethodVisitor next, ClassWeaver weaver, String method) {
    super(Opcodes.ASM9, next);
    this.weaver = weaver;
    this.method = method;
    isConstructor = method.equals("<init>");
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
    boolean inside = isConstructor && (opcode == Opcodes.PUTFIELD || opcode == Opcodes.GETFIELD);
    // Before it has called another constructor, it can write to no object but to itself.
    boolean own = inside && !isBegun && writes;
    boolean announced = !own && weaver.members().isMutable(owner, name);
    if (announced) {
      int site = site(writes ? Operation.WRITE : Operation.READ, name);
      new Operands(mv).beneathValue(opcode, type);
      super.visitLdcInsn((weaver.members().holder(owner, name) + "." + name).hashCode());
      super.visitLdcInsn(site);
      if (inside && isBegun) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        hook(
            writes ? "writeElsewhere" : "readElsewhere",
            "(Ljava/lang/Object;IILjava/lang/Object;)V");
      } else {
        hook(writes ? "write" : "read", "(Ljava/lang/Object;II)V");
      }
    }
    boolean told = announced && !inside;
    if (told && writes) {
      tellIfAsked(type);
    }
    super.visitFieldInsn(opcode, owner, name, descriptor);
    if (told && !writes) {
      tellIfAsked(type);
    }
  }

  private void tellIfAsked(Type type) {
    if (weaver.isTelling()) {
      tell(mv, type);
    }
  }

  /** Tells the value on top of the stack, and leaves it there. */
  static void tell(MethodVisitor out, Type type) {
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
    out.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "told", "(" + told + ")V", false);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT) {
      boolean enters = opcode == Opcodes.MONITORENTER;
      super.visitLdcInsn(site(enters ? Operation.ENTER : Operation.EXIT, ""));
      hook(enters ? "enter" : "exit", "(Ljava/lang/Object;I)V");
      return;
    }
    Operands operands = new Operands(mv);
    boolean loads = Operands.loadsElement(opcode);
    if (loads && readsSwitchTable) {
      // The compiler's own table for a switch over an enum, which never changes.
      readsSwitchTable = false;
    } else if (loads || Operands.storesElement(opcode)) {
      operands.arrayAndIndex(opcode);
      super.visitLdcInsn(site(loads ? Operation.READ : Operation.WRITE, "[]"));
      hook(loads ? "read" : "write", "(Ljava/lang/Object;II)V");
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    unfinishedObjects += opcode == Opcodes.NEW ? 1 : 0;
    super.visitTypeInsn(opcode, type);
    if (opcode == Opcodes.ANEWARRAY) {
      created();
    }
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    super.visitIntInsn(opcode, operand);
    if (opcode == Opcodes.NEWARRAY) {
      created();
    }
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    super.visitMultiANewArrayInsn(descriptor, dimensions);
    created();
  }

  private void created() {
    super.visitInsn(Opcodes.DUP);
    hook("created", "(Ljava/lang/Object;)V");
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean ofInterface) {
    boolean makes = opcode == Opcodes.INVOKESPECIAL && name.equals("<init>");
    CallRule rule = rule(opcode, owner, name, descriptor);
    int site = rule.how() == CallRule.How.NOT ? 0 : site(rule.operation(), name);
    if (rule.how() == CallRule.How.NOT || opcode == Opcodes.INVOKESPECIAL) {
      announceSpecial(rule, site);
      super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
      if (rule.isOfCall()) {
        hook("left", "()V");
      }
    } else {
      Bridge bridge = weaver.bridge(opcode, owner, name, descriptor, ofInterface, rule, site, line);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          weaver.name(),
          bridge.name(),
          bridge.descriptor(),
          weaver.isInterface());
    }
    isBegun |= makes && unfinishedObjects == 0;
    if (makes && unfinishedObjects > 0) {
      unfinishedObjects--;
      if (mayBeShared(owner)) {
        created();
      }
    }
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
    return WeavingLoader.isWoven(type)
        ? weaver.members().hasState(type)
        : type.equals("java/lang/Object")
            || type.startsWith("java/lang/StringBu")
            || type.startsWith("java/util/") && !type.endsWith("Exception");
  }

  private CallRule rule(int opcode, String owner, String name, String descriptor) {
    String declaring = weaver.members().declaring(owner, name, descriptor);
    // What a woven class inherits from Object reaches nothing, and what overrides it is woven.
    boolean own = WeavingLoader.isWoven(owner) && Reach.isOfAnyObject(name, descriptor);
    return own || WeavingLoader.isWoven(declaring)
        ? CallRule.NONE
        : CallRules.of(opcode, declaring, name, descriptor);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    if (bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory")
        && Reach.ofArguments(descriptor)) {
      // It makes texts of them.
      super.visitLdcInsn(site(Operation.CALL, "toString"));
      hook("callAnything", "(I)V");
      hook("left", "()V");
    }
    super.visitInvokeDynamicInsn(
        name, descriptor, bootstrap, Arrays.stream(arguments).map(this::bridged).toArray());
  }

  /** A method reference, by way of a bridge if a call of that method would be. */
  private Object bridged(Object argument) {
    if (!(argument instanceof Handle handle) || handle.getTag() < Opcodes.H_INVOKEVIRTUAL) {
      return argument;
    }
    int opcode =
        switch (handle.getTag()) {
          case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
          case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
          case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
          default -> Opcodes.INVOKESPECIAL;
        };
    CallRule rule = rule(opcode, handle.getOwner(), handle.getName(), handle.getDesc());
    if (rule.how() == CallRule.How.NOT || opcode == Opcodes.INVOKESPECIAL) {
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
            site(rule.operation(), handle.getName()),
            line);
    return new Handle(
        Opcodes.H_INVOKESTATIC,
        weaver.name(),
        bridge.name(),
        bridge.descriptor(),
        weaver.isInterface());
  }

  private int site(Operation operation, String subject) {
    return weaver.site(method, line, operation, subject);
  }

  private void hook(String name, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, name, descriptor, false);
  }
}
