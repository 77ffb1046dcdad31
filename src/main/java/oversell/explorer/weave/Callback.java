package oversell.explorer.weave;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Operation;

/**
 * A method that the JDK may call: the body of a lambda, or what overrides a method of the JDK. What
 * the JDK does when it returns, or throws, is not part of the last step that the method took, so it
 * is announced: a compare-and-set that follows the function of an {@code updateAndGet}, say.
 */
final class Callback extends MethodVisitor {
  private final ClassWeaver weaver;
  private final String method;
  private final String descriptor;
  private final Label start = new Label();
  private int line;

  Callback(MethodVisitor next, ClassWeaver weaver, String method, String descriptor) {
    super(Opcodes.ASM9, next);
    this.weaver = weaver;
    this.method = method;
    this.descriptor = descriptor;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    super.visitLabel(start);
    if (method.equals("beforeExecute") && descriptor.startsWith("(L" + CallWeaver.THREAD + ";")) {
      // The JDK hands over the thread of its pool, which only stands in for the one that was made.
      super.visitVarInsn(Opcodes.ALOAD, 1);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          CallRule.hookOwner("ThreadHooks.seen"),
          "seen",
          "(L%1$s;)L%1$s;".formatted(CallWeaver.THREAD),
          false);
      super.visitVarInsn(Opcodes.ASTORE, 1);
    }
  }

  @Override
  public void visitLineNumber(int number, Label at) {
    line = number;
    super.visitLineNumber(number, at);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN)) {
      announce(mv, weaver.site(method, line, Operation.RETURN, ""));
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    Label end = new Label();
    super.visitLabel(end);
    super.visitTryCatchBlock(start, end, end, null);
    super.visitFrame(Opcodes.F_FULL, 0, null, 1, new Object[] {"java/lang/Throwable"});
    announce(mv, weaver.site(method, line, Operation.RETURN, ""));
    super.visitInsn(Opcodes.ATHROW);
    super.visitMaxs(maxStack, maxLocals);
  }

  static void announce(MethodVisitor out, int site) {
    out.visitLdcInsn(site);
    out.visitMethodInsn(Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, "returned", "(I)V", false);
  }
}
