package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
    // The initialiser may use what the classes around it keep to themselves.
    companion.nestHostClass = of.nestHostClass == null ? of.name : of.nestHostClass;
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

  /**
   * Lets the companions of a nest into it.
   *
   * @param host the class that hosts it, if it is one
   * @param hasCompanion whether an interface has one
   */
  static void addTo(ClassNode host, Predicate<String> hasCompanion) {
    if (host.nestHostClass != null) {
      return;
    }
    List<String> members = new ArrayList<>(List.of(host.name));
    if (host.nestMembers != null) {
      members.addAll(host.nestMembers);
    }
    for (String member : members) {
      if (hasCompanion.test(member)) {
        host.visitNestMember(of(member));
      }
    }
  }

  /** Whether a field of an interface is computed when the interface is initialised. */
  static boolean isMoved(FieldNode field) {
    return field.value == null;
  }
}
