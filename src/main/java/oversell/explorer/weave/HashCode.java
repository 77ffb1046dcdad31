package oversell.explorer.weave;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;
import oversell.explorer.hook.HashHooks;

/**
 * The method by which an object answers the same hash code in every execution, where its class has
 * none of its own. A map of the JDK asks the object, not who calls the map, and then goes through
 * its keys in an order that would be another one each time. What was answered is kept in a field:
 * an object that outlives an execution may be in a map that does, too.
 */
final class HashCode {
  private static final String NAME = "hashCode";
  private static final String DESCRIPTOR = "()I";
  private static final String FIELD = "oversell$hash";
  private static final String HOOKS = HashHooks.class.getName().replace('.', '/');

  private HashCode() {}

  /** Whether objects of a class have the hash code that each object has. */
  static boolean isThatOfObject(ClassNode type) {
    if ((type.access & Opcodes.ACC_INTERFACE) != 0 || !"java/lang/Object".equals(type.superName)) {
      return false;
    }
    for (MethodNode method : type.methods) {
      if (method.name.equals(NAME) && method.desc.equals(DESCRIPTOR)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Marks the methods of a record by which the compiler compares it as written by nobody, if they
   * take no steps.
   */
  static void markThoseOfTheCompiler(ClassNode type, Leaks leaks) {
    if (!"java/lang/Record".equals(type.superName) || leaks.any()) {
      return;
    }
    for (MethodNode method : type.methods) {
      String called = method.name + method.desc;
      boolean compares =
          called.equals(NAME + DESCRIPTOR) || called.equals("equals(Ljava/lang/Object;)Z");
      if (compares && isOfTheCompiler(method)) {
        method.access |= Opcodes.ACC_SYNTHETIC;
      }
    }
  }

  /** Whether it does nothing but what the JDK makes of the components. */
  private static boolean isOfTheCompiler(MethodNode method) {
    boolean isMade = false;
    for (AbstractInsnNode instruction : method.instructions) {
      int opcode = instruction.getOpcode();
      if (instruction instanceof InvokeDynamicInsnNode dynamic) {
        isMade = dynamic.bsm.getOwner().equals("java/lang/runtime/ObjectMethods");
      } else if (opcode >= 0 && opcode != Opcodes.ALOAD && opcode != Opcodes.IRETURN) {
        return false;
      }
    }
    return isMade;
  }

  /** Writes the method and its field. */
  static void write(ClassVisitor out, String owner) {
    out.visitField(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC,
            FIELD,
            "I",
            null,
            null)
        .visitEnd();
    MethodVisitor method =
        out.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC, NAME, DESCRIPTOR, null, null);
    method.visitCode();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitInsn(Opcodes.DUP);
    method.visitInsn(Opcodes.DUP);
    method.visitFieldInsn(Opcodes.GETFIELD, owner, FIELD, "I");
    method.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, NAME, "(Ljava/lang/Object;I)I", false);
    method.visitInsn(Opcodes.DUP_X1);
    method.visitFieldInsn(Opcodes.PUTFIELD, owner, FIELD, "I");
    method.visitInsn(Opcodes.IRETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  /** Writes what a constructor of an enum does once it has called that of {@code Enum}. */
  static void writeMade(MethodVisitor out) {
    out.visitVarInsn(Opcodes.ALOAD, 0);
    out.visitMethodInsn(Opcodes.INVOKESTATIC, HOOKS, "made", "(Ljava/lang/Enum;)V", false);
  }
}
