package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Makes a loop of a method that calls itself last, as in {@code return tryAgain(units)}. A schedule
 * in which it tries again and again would overflow the stack, which a fair JVM does not do, and
 * after another number of steps each time. A loop that waits for others is a busy-wait.
 *
 * <p>It is the same method with other arguments only where nothing overrides it, it is called on
 * {@code this}, and no handler or monitor is left when the call returns. Other calls stay as they
 * are.
 */
final class TailCalls {
  private static final int NOT_OVERRIDDEN =
      Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;

  private final MethodNode method;

  private TailCalls(MethodNode method) {
    this.method = method;
  }

  static void makeLoops(ClassNode type) {
    boolean isFinal = (type.access & Opcodes.ACC_FINAL) != 0 || isAnonymous(type);
    for (MethodNode method : type.methods) {
      if ((isFinal || (method.access & NOT_OVERRIDDEN) != 0)
          && (method.access & Opcodes.ACC_SYNCHRONIZED) == 0
          && !method.name.startsWith("<")) {
        new TailCalls(method).makeLoops(type.name);
      }
    }
  }

  private static boolean isAnonymous(ClassNode type) {
    return type.innerClasses.stream()
        .anyMatch(inner -> inner.name.equals(type.name) && inner.innerName == null);
  }

  private void makeLoops(String owner) {
    List<MethodInsnNode> calls = new ArrayList<>();
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof MethodInsnNode call
          && call.owner.equals(owner)
          && call.name.equals(method.name)
          && call.desc.equals(method.desc)
          && isLast(call)
          && (isStatic() || isOnThis(call))) {
        calls.add(call);
      }
    }
    if (calls.isEmpty()) {
      return;
    }
    LabelNode begin = new LabelNode();
    calls.forEach(call -> jump(call, begin));
    method.instructions.insert(new FrameNode(Opcodes.F_SAME, 0, null, 0, null));
    method.instructions.insert(begin);
  }

  private boolean isStatic() {
    return (method.access & Opcodes.ACC_STATIC) != 0;
  }

  private boolean isLast(MethodInsnNode call) {
    AbstractInsnNode next = call.getNext();
    while (next != null && next.getOpcode() < 0) {
      next = next.getNext();
    }
    return next != null && isReturn(next) && !isHandled(call);
  }

  private static boolean isReturn(AbstractInsnNode instruction) {
    return instruction.getOpcode() >= Opcodes.IRETURN && instruction.getOpcode() <= Opcodes.RETURN;
  }

  private boolean isHandled(AbstractInsnNode call) {
    int place = method.instructions.indexOf(call);
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      if (method.instructions.indexOf(block.start) < place
          && place < method.instructions.indexOf(block.end)) {
        return true;
      }
    }
    return false;
  }

  /** Whether its receiver is {@code this}, as far as straight code shows that. */
  private static boolean isOnThis(MethodInsnNode call) {
    int wanted = Type.getArgumentTypes(call.desc).length + 1;
    for (AbstractInsnNode at = call.getPrevious(); at != null; at = at.getPrevious()) {
      if (at instanceof FrameNode) {
        return false;
      }
      if (at.getOpcode() < 0) {
        continue;
      }
      int taken = taken(at);
      if (taken < 0) {
        return false;
      }
      wanted -= given(at);
      if (wanted == 0) {
        return at instanceof VarInsnNode load && load.getOpcode() == Opcodes.ALOAD && load.var == 0;
      }
      wanted += taken;
    }
    return false;
  }

  private static int given(AbstractInsnNode instruction) {
    return instruction instanceof MethodInsnNode call && call.desc.endsWith(")V") ? 0 : 1;
  }

  /** How many values an instruction takes from the stack; less than 0 if that is not known. */
  private static int taken(AbstractInsnNode instruction) {
    int opcode = instruction.getOpcode();
    if (instruction instanceof MethodInsnNode call) {
      return Type.getArgumentTypes(call.desc).length + (opcode == Opcodes.INVOKESTATIC ? 0 : 1);
    }
    if (instruction instanceof FieldInsnNode) {
      return opcode == Opcodes.GETSTATIC ? 0 : opcode == Opcodes.GETFIELD ? 1 : -1;
    }
    if (opcode >= Opcodes.ACONST_NULL && opcode <= Opcodes.ALOAD) {
      return 0;
    }
    if ((opcode >= Opcodes.INEG && opcode <= Opcodes.DNEG)
        || (opcode >= Opcodes.I2L && opcode <= Opcodes.I2S)
        || opcode == Opcodes.CHECKCAST
        || opcode == Opcodes.ARRAYLENGTH) {
      return 1;
    }
    boolean isBinary = opcode >= Opcodes.IADD && opcode <= Opcodes.LXOR;
    boolean loadsElement = Operands.loadsElement(opcode);
    return isBinary || loadsElement ? 2 : -1;
  }

  private void jump(MethodInsnNode call, LabelNode begin) {
    InsnList jump = new InsnList();
    int slot = isStatic() ? 0 : 1;
    for (Type argument : Type.getArgumentTypes(call.desc)) {
      jump.insert(new VarInsnNode(argument.getOpcode(Opcodes.ISTORE), slot));
      slot += argument.getSize();
    }
    if (!isStatic()) {
      jump.add(new InsnNode(Opcodes.POP));
    }
    jump.add(new JumpInsnNode(Opcodes.GOTO, begin));
    removeReturn(call);
    method.instructions.insertBefore(call, jump);
    method.instructions.remove(call);
  }

  /** Nobody gets to the return any more, unless others jump there, which a frame shows. */
  private void removeReturn(MethodInsnNode call) {
    List<AbstractInsnNode> left = new ArrayList<>();
    @Nullable AbstractInsnNode next = call.getNext();
    while (next != null && next.getOpcode() < 0 && !(next instanceof FrameNode)) {
      if (next instanceof LineNumberNode) {
        // Its line, as that of a closing brace: the JVM refuses one that has no code behind it.
        left.add(next);
      }
      next = next.getNext();
    }
    if (next != null && isReturn(next)) {
      left.add(next);
      left.forEach(method.instructions::remove);
    }
  }
}
