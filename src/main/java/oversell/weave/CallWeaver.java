package oversell.weave;

import java.util.Arrays;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import oversell.hook.Operation;

/**
 * Weaves what a method calls and makes: a bridge instead of each call that {@link CallRules} names,
 * and of each reference to such a method; and word of each object whose state threads may share.
 */
final class CallWeaver extends MethodVisitor {
  private final ClassWeaver weaver;
  private final String method;
  private int line;
  private int unfinishedObjects;

  CallWeaver(MethodVisitor next, ClassWeaver weaver, String method) {
    super(Opcodes.ASM9, next);
    this.weaver = weaver;
    this.method = method;
  }

  @Override
  public void visitLineNumber(int number, Label start) {
    line = number;
    super.visitLineNumber(number, start);
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
            || (type.startsWith("java/util/") && !type.endsWith("Exception"));
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
    super.visitMethodInsn(Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, name, descriptor, false);
  }
}
