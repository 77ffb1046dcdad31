package oversell.explorer.weave;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A static method of a woven class that does what one instruction does, and announces it: a call of
 * it takes three bytes, and so a method that is near the limit of 64 KiB does not go beyond it.
 *
 * @param opcode of the instruction
 * @param owner of its field; empty if it is of none
 * @param field the name of that; empty if it is of none
 * @param descriptor of this method
 * @param method whose instruction it is
 * @param line where it stands; 0 if unknown
 */
record AccessBridge(
    int opcode, String owner, String field, String descriptor, String method, int line) {

  static AccessBridge ofField(
      int opcode, String owner, String field, String type, String method, int line) {
    String object =
        opcode == Opcodes.GETFIELD || opcode == Opcodes.PUTFIELD
            ? Type.getObjectType(owner).getDescriptor()
            : "";
    boolean writes = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
    String descriptor = writes ? "(" + object + type + ")V" : "(" + object + ")" + type;
    return new AccessBridge(opcode, owner, field, descriptor, method, line);
  }

  /** Of an instruction for a monitor. */
  static AccessBridge ofMonitor(int opcode, String method, int line) {
    return new AccessBridge(opcode, "", "", "(Ljava/lang/Object;)V", method, line);
  }

  /**
   * Whether an instruction for an element shows the type of that: the others stay where they are.
   */
  static boolean showsType(int opcode) {
    return opcode != Opcodes.AALOAD && opcode != Opcodes.BALOAD && opcode != Opcodes.BASTORE;
  }

  /** Of an instruction for an element that shows its type. */
  static AccessBridge ofElement(int opcode, String method, int line) {
    boolean loads = Operands.loadsElement(opcode);
    String type =
        switch (loads ? opcode : opcode - Opcodes.IASTORE + Opcodes.IALOAD) {
          case Opcodes.IALOAD -> "I";
          case Opcodes.LALOAD -> "J";
          case Opcodes.FALOAD -> "F";
          case Opcodes.DALOAD -> "D";
          case Opcodes.CALOAD -> "C";
          case Opcodes.SALOAD -> "S";
          default -> "Ljava/lang/Object;";
        };
    String descriptor = loads ? "([" + type + "I)" + type : "([" + type + "I" + type + ")V";
    return new AccessBridge(opcode, "", "", descriptor, method, line);
  }

  /** Writes it into the class that calls it. */
  void write(ClassVisitor out, ClassWeaver weaver, String name) {
    MethodVisitor written = Bridge.add(out, name, descriptor);
    AccessWeaver body = AccessWeaver.plain(written, weaver, method, descriptor());
    Bridge.begin(body, line);
    int local = 0;
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      body.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
    }
    Type result = Type.getReturnType(descriptor);
    if (field.isEmpty()) {
      body.visitInsn(opcode);
    } else {
      boolean reads = result.getSort() != Type.VOID;
      Type[] arguments = Type.getArgumentTypes(descriptor);
      Type type = reads ? result : arguments[arguments.length - 1];
      body.visitFieldInsn(opcode, owner, field, type.getDescriptor());
    }
    body.visitInsn(result.getOpcode(Opcodes.IRETURN));
    body.visitMaxs(0, 0);
    body.visitEnd();
  }
}
