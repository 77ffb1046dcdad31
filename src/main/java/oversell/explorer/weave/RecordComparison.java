package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * How a record is compared, and its hash code, as the compiler has them made: by its components,
 * one after the other, between which other threads may change them. So that is written out, as
 * calls that the weaver knows.
 */
final class RecordComparison {
  private static final String OBJECTS = "java/util/Objects";
  // Of the JDK's: that of a list.
  private static final int FACTOR = 31;

  private final String type;
  private final MethodNode method;
  private final InvokeDynamicInsnNode made;
  private final List<Handle> getters = new ArrayList<>();
  private final InsnList written = new InsnList();

  private RecordComparison(String type, MethodNode method, InvokeDynamicInsnNode made) {
    this.type = type;
    this.method = method;
    this.made = made;
    for (Object argument : made.bsmArgs) {
      if (argument instanceof Handle getter) {
        getters.add(getter);
      }
    }
  }

  /**
   * Has a record that is yet to be woven be compared so.
   *
   * @param isAsked whether something that can change is asked, of a component of that type
   */
  static void split(ClassNode type, Predicate<Type> isAsked) {
    for (MethodNode method : type.methods) {
      InvokeDynamicInsnNode made = made(method);
      if (made != null) {
        RecordComparison comparison = new RecordComparison(type.name, method, made);
        if (comparison.getters.stream().map(Handle::getDesc).map(Type::getType).anyMatch(isAsked)) {
          comparison.write();
        }
      }
    }
  }

  private static @Nullable InvokeDynamicInsnNode made(MethodNode method) {
    String called = method.name + method.desc;
    if (called.equals("hashCode()I") || called.equals("equals(Ljava/lang/Object;)Z")) {
      for (AbstractInsnNode instruction : method.instructions) {
        if (instruction instanceof InvokeDynamicInsnNode dynamic
            && dynamic.bsm.getOwner().equals("java/lang/runtime/ObjectMethods")) {
          return dynamic;
        }
      }
    }
    return null;
  }

  /** Writes the result on the stack, where the method returns it. */
  private void write() {
    // What it is made of is on the stack.
    boolean compares = method.name.equals("equals");
    written.add(new InsnNode(compares ? Opcodes.POP2 : Opcodes.POP));
    if (compares) {
      writeEquals();
    } else {
      writeHashCode();
    }
    method.instructions.insert(made, written);
    method.instructions.remove(made);
  }

  private void writeHashCode() {
    written.add(new InsnNode(Opcodes.ICONST_0));
    for (Handle getter : getters) {
      written.add(new IntInsnNode(Opcodes.BIPUSH, FACTOR));
      written.add(new InsnNode(Opcodes.IMUL));
      writeGet(getter, 0);
      Type component = Type.getType(getter.getDesc());
      if (isPrimitive(component)) {
        writeCall(wrapper(component), "hashCode", "(" + component.getDescriptor() + ")I");
      } else {
        writeCall(OBJECTS, "hashCode", "(Ljava/lang/Object;)I");
      }
      written.add(new InsnNode(Opcodes.IADD));
    }
  }

  private void writeEquals() {
    LabelNode same = new LabelNode();
    LabelNode other = new LabelNode();
    written.add(new VarInsnNode(Opcodes.ALOAD, 0));
    written.add(new VarInsnNode(Opcodes.ALOAD, 1));
    written.add(new JumpInsnNode(Opcodes.IF_ACMPEQ, same));
    written.add(new VarInsnNode(Opcodes.ALOAD, 1));
    written.add(new TypeInsnNode(Opcodes.INSTANCEOF, type));
    written.add(new JumpInsnNode(Opcodes.IFEQ, other));
    // As the JDK does: whoever sees what changes between two of them sees which comes first.
    for (Handle getter : getters.reversed()) {
      writeGet(getter, 0);
      writeGet(getter, 1);
      Type component = Type.getType(getter.getDesc());
      if (isPrimitive(component)) {
        // Of numbers with a fraction that is not what the operator says.
        String descriptor = component.getDescriptor();
        writeCall(wrapper(component), "compare", "(" + descriptor + descriptor + ")I");
        written.add(new JumpInsnNode(Opcodes.IFNE, other));
      } else {
        writeCall(OBJECTS, "equals", "(Ljava/lang/Object;Ljava/lang/Object;)Z");
        written.add(new JumpInsnNode(Opcodes.IFEQ, other));
      }
    }
    written.add(new InsnNode(Opcodes.ICONST_1));
    writeReturn(same, Opcodes.ICONST_1);
    writeReturn(other, Opcodes.ICONST_0);
  }

  /** Writes where the method returns, after where it does already. */
  private void writeReturn(LabelNode label, int constant) {
    method.instructions.add(label);
    method.instructions.add(new FrameNode(Opcodes.F_SAME, 0, null, 0, null));
    method.instructions.add(new InsnNode(constant));
    method.instructions.add(new InsnNode(Opcodes.IRETURN));
  }

  private void writeGet(Handle getter, int variable) {
    written.add(new VarInsnNode(Opcodes.ALOAD, variable));
    if (variable > 0) {
      written.add(new TypeInsnNode(Opcodes.CHECKCAST, type));
    }
    written.add(
        new FieldInsnNode(Opcodes.GETFIELD, getter.getOwner(), getter.getName(), getter.getDesc()));
  }

  private void writeCall(String owner, String name, String descriptor) {
    written.add(new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, descriptor, false));
  }

  private static boolean isPrimitive(Type type) {
    return type.getSort() < Type.ARRAY;
  }

  private static String wrapper(Type primitive) {
    return switch (primitive.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.BYTE -> "java/lang/Byte";
      case Type.SHORT -> "java/lang/Short";
      case Type.CHAR -> "java/lang/Character";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      case Type.FLOAT -> "java/lang/Float";
      default -> "java/lang/Double";
    };
  }
}
