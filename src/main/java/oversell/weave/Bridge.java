package oversell.weave;

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
 */
record Bridge(String name, Call call, CallRule rule, int site, int line) {
  /** The call of a method. */
  record Call(int opcode, String owner, String method, String descriptor, boolean ofInterface) {
    boolean isStatic() {
      return opcode == Opcodes.INVOKESTATIC;
    }

    /** Its receiver, if it has one, and its arguments, as arguments. */
    String flat() {
      return isStatic()
          ? descriptor
          : "(" + Type.getObjectType(owner).getDescriptor() + descriptor.substring(1);
    }
  }

  String descriptor() {
    return call.flat();
  }

  /** Writes it into the class that calls it. */
  void write(ClassVisitor out, String owner, boolean telling) {
    MethodVisitor method =
        out.visitMethod(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            name,
            descriptor(),
            null,
            null);
    method.visitCode();
    if (line > 0) {
      Label start = new Label();
      method.visitLabel(start);
      method.visitLineNumber(line, start);
    }
    Label called = new Label();
    Label returned = new Label();
    Label thrown = new Label();
    if (rule.isOfCall()) {
      method.visitTryCatchBlock(called, returned, thrown, null);
    }
    writeBody(method, called);
    method.visitLabel(returned);
    if (rule.isOfCall()) {
      hook(method, "left", "()V");
    }
    Type result = Type.getReturnType(call.descriptor());
    if (telling) {
      AccessWeaver.tell(method, result);
    }
    method.visitInsn(result.getOpcode(Opcodes.IRETURN));
    if (rule.isOfCall()) {
      method.visitLabel(thrown);
      method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
      hook(method, "left", "()V");
      method.visitInsn(Opcodes.ATHROW);
    }
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private void writeBody(MethodVisitor method, Label called) {
    boolean instead = rule.how() == CallRule.How.INSTEAD;
    if (!instead) {
      boolean withReceiver = rule.how() == CallRule.How.WITH_RECEIVER;
      if (withReceiver) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
      }
      method.visitLdcInsn(site);
      hook(method, rule.hook(), withReceiver ? "(Ljava/lang/Object;I)V" : "(I)V");
    }
    method.visitLabel(called);
    int local = 0;
    for (Type argument : Type.getArgumentTypes(descriptor())) {
      method.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
    }
    if (instead) {
      method.visitLdcInsn(site);
      hook(method, rule.hook(), insteadDescriptor());
    } else {
      method.visitMethodInsn(
          call.opcode(), call.owner(), call.method(), call.descriptor(), call.ofInterface());
    }
  }

  /** The hook takes any object where the call takes the receiver of a certain class. */
  private String insteadDescriptor() {
    String flat = call.flat();
    String arguments = flat.substring(1, flat.indexOf(')'));
    if (!call.isStatic()) {
      arguments =
          receiver()
              + arguments.substring(Type.getObjectType(call.owner()).getDescriptor().length());
    }
    return "(" + arguments + "I)" + Type.getReturnType(flat).getDescriptor();
  }

  private String receiver() {
    return switch (rule.hook()) {
      case "newCondition" -> "Ljava/util/concurrent/locks/Lock;";
      case "readLock", "writeLock" ->
          Type.getReturnType(call.descriptor()).getInternalName().contains("Reentrant")
              ? "Ljava/util/concurrent/locks/ReentrantReadWriteLock;"
              : "Ljava/util/concurrent/locks/ReadWriteLock;";
      case "threadId", "join" -> "Ljava/lang/Thread;";
      case "sleep" -> "Ljava/util/concurrent/TimeUnit;";
      default -> "Ljava/lang/Object;";
    };
  }

  private static void hook(MethodVisitor method, String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, name, descriptor, false);
  }
}
