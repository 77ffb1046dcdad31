package oversell.explorer.weave;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Operation;

/**
 * A method that is synchronized, or counts as one step, as one that is neither: it enters, calls
 * what was its body, and leaves whatever that does.
 *
 * @param owner the class
 * @param body the name of the method that has its body
 * @param isSynchronized whether it enters the monitor of its object, or its class
 * @param isAtomic whether it is one step
 */
record GuardedMethod(
    ClassWeaver weaver,
    String owner,
    int access,
    String name,
    String descriptor,
    String body,
    boolean isSynchronized,
    boolean isAtomic) {

  /**
   * Writes it once its body is known: it has the first line of that, since it has none of its own.
   *
   * @param out where it is written
   * @param body where its body is
   */
  MethodVisitor before(MethodVisitor out, MethodVisitor body) {
    return new MethodVisitor(Opcodes.ASM9, body) {
      private int first;

      // Whoever looks for methods by what is said of them is to find the one that is guarded.
      @Override
      public void visitParameter(String parameter, int flags) {
        out.visitParameter(parameter, flags);
      }

      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return out.visitAnnotation(type, visible);
      }

      @Override
      public void visitAnnotableParameterCount(int count, boolean visible) {
        out.visitAnnotableParameterCount(count, visible);
      }

      @Override
      public @Nullable AnnotationVisitor visitParameterAnnotation(
          int parameter, String type, boolean visible) {
        return out.visitParameterAnnotation(parameter, type, visible);
      }

      @Override
      public void visitLineNumber(int line, Label start) {
        first = first == 0 ? line : first;
        super.visitLineNumber(line, start);
      }

      @Override
      public void visitEnd() {
        super.visitEnd();
        write(out, first);
      }
    };
  }

  private void write(MethodVisitor out, int line) {
    int enter = weaver.site(name, line, Operation.ENTER, "");
    int exit = weaver.site(name, line, Operation.EXIT, "");
    Label start = new Label();
    Label end = new Label();
    Label thrown = new Label();
    out.visitCode();
    out.visitTryCatchBlock(start, end, thrown, null);
    if (line > 0) {
      Label begin = new Label();
      out.visitLabel(begin);
      out.visitLineNumber(line, begin);
    }
    if (isAtomic) {
      out.visitLdcInsn(weaver.site(name, line, Operation.CALL, name));
      hook(out, "beginAtomic", "(I)V");
    }
    monitor(out, "enter", enter);
    out.visitLabel(start);
    callBody(out);
    out.visitLabel(end);
    leave(out, exit);
    out.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    out.visitLabel(thrown);
    out.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
    leave(out, exit);
    out.visitInsn(Opcodes.ATHROW);
    out.visitMaxs(0, 0);
    out.visitEnd();
  }

  private boolean isStatic() {
    return (access & Opcodes.ACC_STATIC) != 0;
  }

  private void leave(MethodVisitor out, int exit) {
    monitor(out, "exit", exit);
    if (isAtomic) {
      hook(out, "endAtomic", "()V");
    }
  }

  private void monitor(MethodVisitor out, String hook, int site) {
    if (!isSynchronized) {
      return;
    }
    if (isStatic()) {
      out.visitLdcInsn(Type.getObjectType(owner));
    } else {
      out.visitVarInsn(Opcodes.ALOAD, 0);
    }
    out.visitLdcInsn(site);
    hook(out, hook, "(Ljava/lang/Object;I)V");
  }

  private static void hook(MethodVisitor out, String hook, String descriptor) {
    out.visitMethodInsn(Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, hook, descriptor, false);
  }

  private void callBody(MethodVisitor out) {
    int local = 0;
    if (!isStatic()) {
      out.visitVarInsn(Opcodes.ALOAD, local++);
    }
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      out.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
    }
    out.visitMethodInsn(
        isStatic() ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL, owner, body, descriptor, false);
  }
}
