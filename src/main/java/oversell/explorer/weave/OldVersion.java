package oversell.explorer.weave;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/**
 * Writes a class file of Java 5 or before, which has no stack map frames: the JVM finds out for
 * itself what its code does, and what is woven in needs none there either.
 */
final class OldVersion extends ClassVisitor {
  private static final int MAJOR = 0xFFFF;

  OldVersion(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  /** Whether the code of a class has stack map frames, if it branches. */
  static boolean hasFrames(ClassNode type) {
    return (type.version & MAJOR) >= Opcodes.V1_6;
  }

  /** The version in which a class is woven: what is woven in has constants that are classes. */
  static int weavable(int version) {
    return (version & MAJOR) < Opcodes.V1_5 ? Opcodes.V1_5 : version;
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitFrame(
          int type,
          int locals,
          Object @Nullable [] local,
          int onStack,
          Object @Nullable [] stack) {}
    };
  }
}
