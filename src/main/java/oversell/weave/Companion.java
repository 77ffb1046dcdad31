package oversell.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A class beside an interface that has the interface's static fields and its initialiser. Fields of
 * an interface are final, so no execution could begin with fresh ones; those of a class can be set
 * back.
 */
final class Companion {
  private static final String SUFFIX = "$oversell";

  private Companion() {}

  static String of(String interfaceName) {
    return interfaceName + SUFFIX;
  }

  static boolean isOne(String type) {
    return type.endsWith(SUFFIX);
  }

  /** The interface that a companion belongs to. */
  static String interfaceOf(String companion) {
    return companion.substring(0, companion.length() - SUFFIX.length());
  }

  /** Makes the companion of an interface, not yet woven. */
  static ClassNode make(ClassNode of) {
    ClassNode companion = new ClassNode();
    companion.visit(
        of.version,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        of(of.name),
        null,
        "java/lang/Object",
        null);
    companion.sourceFile = of.sourceFile;
    for (FieldNode field : of.fields) {
      if (isMoved(field)) {
        companion.fields.add(field);
      }
    }
    for (MethodNode method : of.methods) {
      if (method.name.equals("<clinit>")) {
        companion.methods.add(method);
      }
    }
    return companion;
  }

  /** Whether a field of an interface is computed when the interface is initialised. */
  static boolean isMoved(FieldNode field) {
    return field.value == null;
  }
}
