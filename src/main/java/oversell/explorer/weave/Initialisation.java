package oversell.explorer.weave;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Operation;

/**
 * Makes the initialiser of a class a method like any other, so that it runs once in each execution,
 * as steps, when the class is first used there. Which thread runs it and who waits for that is the
 * controller's, as JLS 12.4.2 has it; the JVM's own initialisation of the class does nothing.
 *
 * <p>A class is used by whoever reads or writes a static field of it, and on entry to its static
 * methods and to constructors that no other constructor calls: whoever makes an object of a
 * subclass that is initialised does not wait for its superclass. The last differs from the JVM's in
 * one thing: the arguments of a constructor are computed before, not after.
 */
final class Initialisation {
  static final String USE = "oversell$use";
  static final String USE_TO_MAKE = "oversell$useToMake";
  static final String INITIALISE = "oversell$initialise";
  static final String SET_BACK = "oversell$setBack";
  static final int ACCESS = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

  // 0: yet to be initialised; 1: by who was alone; 2: by one of several threads.
  private static final String STATE = "oversell$state";

  private Initialisation() {}

  /**
   * A method on entry to which a class is used; the method itself if that is none.
   *
   * @param makes whether it is a constructor: one that is called by another one uses nothing
   */
  static MethodVisitor using(MethodVisitor out, @Nullable String owner, boolean makes) {
    if (owner == null) {
      return out;
    }
    return new MethodVisitor(Opcodes.ASM9, out) {
      @Override
      public void visitCode() {
        super.visitCode();
        super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, makes ? USE_TO_MAKE : USE, "()V", false);
      }
    };
  }

  /** Writes the method by which a class is used on entry to a constructor. */
  private static void writeUseToMake(ClassVisitor out, String owner) {
    MethodVisitor method =
        out.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            USE_TO_MAKE,
            "()V",
            null,
            null);
    method.visitCode();
    Label called = new Label();
    hook(method, "isCalledByConstructor", "()Z");
    method.visitJumpInsn(Opcodes.IFNE, called);
    method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, USE, "()V", false);
    method.visitLabel(called);
    method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  /**
   * Writes the method by which a class is used.
   *
   * @param hasInitialiser whether it does more than to initialise what it inherits from
   */
  static void write(
      ClassWeaver weaver, ClassVisitor out, @Nullable String superName, boolean hasInitialiser) {
    String owner = weaver.name();
    writeUseToMake(out, owner);
    out.visitField(ACCESS, STATE, "I", null, null).visitEnd();
    int site = weaver.site("<clinit>", 0, Operation.INITIALISE, owner.replace('/', '.'));
    MethodVisitor method =
        out.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            USE,
            "()V",
            null,
            null);
    method.visitCode();
    Label fresh = new Label();
    Label begun = new Label();
    Label ended = new Label();
    Label failed = new Label();
    Label done = new Label();
    method.visitTryCatchBlock(begun, ended, failed, null);
    method.visitFieldInsn(Opcodes.GETSTATIC, owner, STATE, "I");
    method.visitJumpInsn(Opcodes.IFEQ, fresh);
    method.visitFieldInsn(Opcodes.GETSTATIC, owner, STATE, "I");
    method.visitInsn(Opcodes.ICONST_1);
    method.visitJumpInsn(Opcodes.IF_ICMPEQ, done);
    method.visitLdcInsn(Type.getObjectType(owner));
    hook(method, "initialised", "(Ljava/lang/Class;)V");
    method.visitInsn(Opcodes.RETURN);
    method.visitLabel(fresh);
    method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    method.visitLdcInsn(Type.getObjectType(owner));
    method.visitLdcInsn(site);
    hook(method, "initialise", "(Ljava/lang/Class;I)Z");
    method.visitJumpInsn(Opcodes.IFEQ, done);
    method.visitLabel(begun);
    if (superName != null && weaver.members().initialisedFor(superName) != null) {
      method.visitMethodInsn(Opcodes.INVOKESTATIC, superName, USE, "()V", false);
    }
    for (String companion : weaver.members().initialisedWith(owner)) {
      method.visitMethodInsn(Opcodes.INVOKESTATIC, companion, USE, "()V", false);
    }
    if (hasInitialiser) {
      method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, INITIALISE, "()V", weaver.isInterface());
    }
    method.visitLdcInsn(Type.getObjectType(owner));
    method.visitLdcInsn(site);
    hook(method, "endInitialisation", "(Ljava/lang/Class;I)I");
    method.visitFieldInsn(Opcodes.PUTSTATIC, owner, STATE, "I");
    method.visitLabel(ended);
    method.visitInsn(Opcodes.RETURN);
    method.visitLabel(failed);
    method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
    method.visitLdcInsn(Type.getObjectType(owner));
    method.visitLdcInsn(site);
    hook(
        method,
        "failInitialisation",
        "(Ljava/lang/Throwable;Ljava/lang/Class;I)Ljava/lang/Throwable;");
    method.visitInsn(Opcodes.ATHROW);
    method.visitLabel(done);
    method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  /**
   * Writes the method that sets static fields back.
   *
   * @param fields their descriptors by name
   */
  static void writeSetBack(
      ClassVisitor out, String owner, Map<String, String> fields, boolean hasState) {
    MethodVisitor method =
        out.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            SET_BACK,
            "()V",
            null,
            null);
    method.visitCode();
    if (hasState) {
      method.visitInsn(Opcodes.ICONST_0);
      method.visitFieldInsn(Opcodes.PUTSTATIC, owner, STATE, "I");
    }
    fields.forEach(
        (name, descriptor) -> {
          method.visitInsn(zero(Type.getType(descriptor)));
          method.visitFieldInsn(Opcodes.PUTSTATIC, owner, name, descriptor);
        });
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private static int zero(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> Opcodes.LCONST_0;
      case Type.FLOAT -> Opcodes.FCONST_0;
      case Type.DOUBLE -> Opcodes.DCONST_0;
      case Type.ARRAY, Type.OBJECT -> Opcodes.ACONST_NULL;
      default -> Opcodes.ICONST_0;
    };
  }

  private static void hook(MethodVisitor method, String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, name, descriptor, false);
  }
}
