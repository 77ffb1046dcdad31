package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The text of a record, as the compiler has it made: out of the texts of its components, one after
 * the other, between which other threads may change them. So it is written as a concatenation of
 * them, which the weaver knows.
 */
final class RecordText {
  private static final Handle CONCATENATES =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          "java/lang/invoke/StringConcatFactory",
          "makeConcatWithConstants",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
              + "Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
          false);
  // Of at most 200 arguments, a long is two.
  private static final int MOST = 90;
  private static final Type STRING = Type.getType(String.class);

  private RecordText() {}

  /** Has a record that is yet to be woven make its text so, if it is the compiler's. */
  static void split(ClassNode type) {
    for (MethodNode method : type.methods) {
      if ((method.name + method.desc).equals("toString()Ljava/lang/String;")) {
        for (AbstractInsnNode instruction : method.instructions) {
          if (instruction instanceof InvokeDynamicInsnNode dynamic
              && dynamic.bsm.getOwner().equals("java/lang/runtime/ObjectMethods")) {
            split(method, dynamic, simpleName(type));
            return;
          }
        }
      }
    }
  }

  private static void split(MethodNode method, InvokeDynamicInsnNode made, String name) {
    List<Handle> getters = new ArrayList<>();
    for (Object argument : made.bsmArgs) {
      if (argument instanceof Handle getter) {
        getters.add(getter);
      }
    }
    if (getters.isEmpty()) {
      return;
    }
    InsnList written = new InsnList();
    // The record itself is on the stack.
    written.add(new InsnNode(Opcodes.POP));
    for (int from = 0; from < getters.size(); from += MOST) {
      int to = Math.min(getters.size(), from + MOST);
      String before = from == 0 ? name + "[" : "\1, ";
      String after = to == getters.size() ? "]" : "";
      write(written, getters.subList(from, to), before, after);
    }
    method.instructions.insert(made, written);
    method.instructions.remove(made);
  }

  /**
   * Writes some components as one text.
   *
   * @param before what comes before them, which may be the text on the stack
   */
  private static void write(InsnList written, List<Handle> getters, String before, String after) {
    List<Type> types = new ArrayList<>();
    if (before.startsWith("\1")) {
      types.add(STRING);
    }
    List<String> parts = new ArrayList<>();
    for (Handle getter : getters) {
      written.add(new VarInsnNode(Opcodes.ALOAD, 0));
      written.add(
          new FieldInsnNode(
              Opcodes.GETFIELD, getter.getOwner(), getter.getName(), getter.getDesc()));
      parts.add(getter.getName() + "=\1");
      types.add(Type.getType(getter.getDesc()));
    }
    written.add(
        new InvokeDynamicInsnNode(
            "makeConcatWithConstants",
            Type.getMethodDescriptor(STRING, types.toArray(new Type[0])),
            CONCATENATES,
            before + String.join(", ", parts) + after));
  }

  /** Its name as the source has it, without those of the classes around it. */
  private static String simpleName(ClassNode type) {
    return type.innerClasses.stream()
        .filter(inner -> inner.name.equals(type.name) && inner.innerName != null)
        .map(inner -> inner.innerName)
        .findFirst()
        .orElse(type.name.substring(type.name.lastIndexOf('/') + 1));
  }
}
