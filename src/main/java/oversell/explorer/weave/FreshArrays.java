package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Finds the stores into arrays that nobody else can have: the same expression has just made the
 * array, as in {@code new int[] {1, 2}}, and all references to it are on the operand stack. So
 * nobody can tell when they are made.
 *
 * <p>It follows the operand stack from where an array is made, as long as it knows what each
 * instruction does to it, in straight code. Whatever it does not know ends that, and so does a
 * place that code can jump to: what follows counts as any other store.
 */
final class FreshArrays {
  /** What is on the stack, beside arrays: a value of one word, or of two. */
  private static final Object ONE = "one";

  private static final Object TWO = "two";

  private final List<Object> stack = new ArrayList<>();
  private final Set<LabelNode> targets = new HashSet<>();

  /** An array that was made, as each reference to it. */
  private static final class Made {}

  private FreshArrays() {}

  /** The stores into arrays of a method that are such, by their numbers among its stores. */
  static BitSet in(MethodNode method) {
    FreshArrays arrays = new FreshArrays();
    arrays.findTargets(method);
    BitSet fresh = new BitSet();
    int store = 0;
    for (AbstractInsnNode instruction : method.instructions) {
      boolean stores = Operands.storesElement(instruction.getOpcode());
      boolean isFresh = arrays.follow(instruction);
      if (stores) {
        fresh.set(store++, isFresh);
      }
    }
    return fresh;
  }

  private void findTargets(MethodNode method) {
    method.tryCatchBlocks.forEach(block -> targets.add(block.handler));
    for (AbstractInsnNode instruction : method.instructions) {
      switch (instruction) {
        case JumpInsnNode jump -> targets.add(jump.label);
        case TableSwitchInsnNode choice -> {
          targets.addAll(choice.labels);
          targets.add(choice.dflt);
        }
        case LookupSwitchInsnNode choice -> {
          targets.addAll(choice.labels);
          targets.add(choice.dflt);
        }
        default -> {}
      }
    }
  }

  /** Goes past an instruction; answers whether it stores into such an array. */
  private boolean follow(AbstractInsnNode instruction) {
    if (instruction instanceof LineNumberNode
        || (instruction instanceof LabelNode label && !targets.contains(label))) {
      return false;
    }
    boolean isKnown;
    boolean isFresh = false;
    int opcode = instruction.getOpcode();
    if (Operands.storesElement(opcode)) {
      int top = stack.size();
      isFresh = top >= 3 && stack.get(top - 3) instanceof Made;
      boolean ofTwo = opcode == Opcodes.LASTORE || opcode == Opcodes.DASTORE;
      isKnown = isFresh && pop(ofTwo ? TWO : null) && pop(ONE) && pop(null);
      isFresh = isKnown;
    } else {
      isKnown = opcode >= 0 && goPast(instruction, opcode);
    }
    if (!isKnown) {
      stack.clear();
    }
    return isFresh;
  }

  private boolean goPast(AbstractInsnNode instruction, int opcode) {
    if (instruction instanceof FieldInsnNode field) {
      // What it reads is no array of ours, since none of those was kept anywhere.
      return switch (opcode) {
        case Opcodes.GETSTATIC -> push(Type.getType(field.desc));
        case Opcodes.GETFIELD -> pop(ONE) && push(Type.getType(field.desc));
        default -> false;
      };
    }
    if (instruction instanceof MethodInsnNode call) {
      return call(call);
    }
    if (instruction instanceof LdcInsnNode constant) {
      boolean ofTwo = constant.cst instanceof Long || constant.cst instanceof Double;
      boolean isDynamic = constant.cst instanceof ConstantDynamic;
      return !isDynamic && push(ofTwo ? TWO : ONE);
    }
    if (opcode >= Opcodes.ACONST_NULL && opcode <= Opcodes.SIPUSH) {
      boolean ofTwo =
          opcode == Opcodes.LCONST_0
              || opcode == Opcodes.LCONST_1
              || opcode == Opcodes.DCONST_0
              || opcode == Opcodes.DCONST_1;
      return push(ofTwo ? TWO : ONE);
    }
    return switch (opcode) {
      case Opcodes.ILOAD, Opcodes.FLOAD, Opcodes.ALOAD -> push(ONE);
      case Opcodes.LLOAD, Opcodes.DLOAD -> push(TWO);
      case Opcodes.NEW -> push(ONE);
      case Opcodes.NEWARRAY, Opcodes.ANEWARRAY -> {
        // Its length may be from before.
        if (!stack.isEmpty() && !pop(ONE)) {
          yield false;
        }
        yield push(new Made());
      }
      case Opcodes.DUP -> {
        Object top = stack.isEmpty() ? TWO : stack.getLast();
        yield !top.equals(TWO) && push(top);
      }
      case Opcodes.I2B, Opcodes.I2C, Opcodes.I2S, Opcodes.I2F, Opcodes.INEG, Opcodes.FNEG ->
          pop(ONE) && push(ONE);
      case Opcodes.I2L, Opcodes.I2D -> pop(ONE) && push(TWO);
      case Opcodes.LNEG, Opcodes.DNEG -> pop(TWO) && push(TWO);
      case Opcodes.IADD,
          Opcodes.ISUB,
          Opcodes.IMUL,
          Opcodes.IAND,
          Opcodes.IOR,
          Opcodes.IXOR,
          Opcodes.ISHL,
          Opcodes.ISHR,
          Opcodes.IUSHR,
          Opcodes.FADD,
          Opcodes.FSUB,
          Opcodes.FMUL,
          Opcodes.FDIV ->
          popBoth(ONE) && push(ONE);
      case Opcodes.LADD, Opcodes.LSUB, Opcodes.LMUL, Opcodes.DADD, Opcodes.DSUB, Opcodes.DMUL ->
          popBoth(TWO) && push(TWO);
      case Opcodes.NOP -> instruction instanceof InsnNode;
      default -> false;
    };
  }

  /** No call may be handed an array of ours, nor what is on the stack from before. */
  private boolean call(MethodInsnNode call) {
    Type[] arguments = Type.getArgumentTypes(call.desc);
    for (int i = arguments.length - 1; i >= 0; i--) {
      if (!pop(arguments[i].getSize() == 2 ? TWO : ONE)) {
        return false;
      }
    }
    return (call.getOpcode() == Opcodes.INVOKESTATIC || pop(ONE))
        && push(Type.getReturnType(call.desc));
  }

  private boolean push(Type type) {
    return type.getSort() == Type.VOID || push(type.getSize() == 2 ? TWO : ONE);
  }

  private boolean push(Object value) {
    stack.add(value);
    return true;
  }

  private boolean popBoth(Object expected) {
    boolean right = pop(expected);
    return right && pop(expected);
  }

  /**
   * Takes what is on top.
   *
   * @param expected what that has to be; null if it may be an array of ours, too
   */
  private boolean pop(@Nullable Object expected) {
    if (stack.isEmpty()) {
      return false;
    }
    Object top = stack.removeLast();
    return expected == null ? !top.equals(TWO) : top.equals(expected);
  }
}
