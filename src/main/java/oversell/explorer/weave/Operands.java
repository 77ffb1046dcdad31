package oversell.explorer.weave;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Copies what an instruction is about to take to the top of the stack.
 *
 * @param out the method
 */
record Operands(MethodVisitor out) {
  static boolean loadsElement(int opcode) {
    return opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD;
  }

  static boolean storesElement(int opcode) {
    return opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
  }

  /** The object of a field instruction, null for a static one. */
  void beneathValue(int opcode, Type value) {
    switch (opcode) {
      case Opcodes.GETFIELD -> out.visitInsn(Opcodes.DUP);
      case Opcodes.PUTFIELD -> {
        if (value.getSize() == 1) {
          out.visitInsn(Opcodes.DUP2);
          out.visitInsn(Opcodes.POP);
        } else {
          out.visitInsn(Opcodes.DUP2_X1);
          out.visitInsn(Opcodes.POP2);
          out.visitInsn(Opcodes.DUP_X2);
        }
      }
      default -> out.visitInsn(Opcodes.ACONST_NULL);
    }
  }

  /** The array and the index of an instruction for an element. */
  void arrayAndIndex(int opcode) {
    if (loadsElement(opcode)) {
      out.visitInsn(Opcodes.DUP2);
      return;
    }
    if (opcode == Opcodes.LASTORE || opcode == Opcodes.DASTORE) {
      out.visitInsn(Opcodes.DUP2_X2);
      out.visitInsn(Opcodes.POP2);
      out.visitInsn(Opcodes.DUP2_X2);
    } else {
      out.visitInsn(Opcodes.DUP_X2);
      out.visitInsn(Opcodes.POP);
      out.visitInsn(Opcodes.DUP2_X1);
    }
  }
}
