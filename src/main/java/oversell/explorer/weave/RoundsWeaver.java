package oversell.explorer.weave;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Site;
import oversell.explorer.hook.Sites;
import oversell.explorer.hook.Treatment;

/**
 * Weaves into a class that is woven already what shows whether a thread repeats what it does: see
 * {@link oversell.explorer.hook.Rounds}. The local variables of a loop's head are those of its
 * stack map frame: what the verifier does not know there the code cannot read. A call of a method
 * has a number in a local variable of its own, so that two calls are never taken for one: as long
 * as one has not returned its callers stand still.
 */
final class RoundsWeaver {
  private static final String ROUNDS = "oversell/explorer/hook/Rounds";
  private static final String HOOKS = "oversell/explorer/hook/";
  private static final String OBJECT = "Ljava/lang/Object;";

  private final ClassNode type;
  private final Members members;
  private final Sites sites;
  // Whether it makes a function of a method that may change something unseen when it is called.
  private boolean hides;

  private RoundsWeaver(ClassNode type, Members members, Sites sites) {
    this.type = type;
    this.members = members;
    this.sites = sites;
  }

  /**
   * Weaves a class.
   *
   * @param hides is told if it makes functions of methods that may change something unseen
   */
  static byte[] weave(byte[] woven, Members members, Sites sites, Runnable hides) {
    ClassNode type = new ClassNode();
    new ClassReader(woven).accept(type, ClassReader.EXPAND_FRAMES);
    RoundsWeaver weaver = new RoundsWeaver(type, members, sites);
    type.methods.stream().filter(method -> method.instructions.size() > 0).forEach(weaver::weave);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.accept(writer);
    if (weaver.hides) {
      hides.run();
    }
    try {
      return writer.toByteArray();
    } catch (MethodTooLargeException beyond) {
      // It explores as before, and what it changes is not seen.
      hides.run();
      return woven;
    }
  }

  private void weave(MethodNode method) {
    Set<FrameNode> heads = heads(method);
    int frame = method.maxLocals;
    for (AbstractInsnNode instruction : method.instructions.toArray()) {
      if (instruction instanceof FrameNode shape) {
        if (heads.contains(shape) && isKnown(shape)) {
          method.instructions.insert(shape, head(method, shape, frame));
        }
      } else {
        // Behind the number of the call.
        weave(method, instruction, frame + 1);
      }
    }
    handlers(method);
    if (!heads.isEmpty()) {
      number(method, frame);
    }
  }

  /** Whoever catches an exception may have been interrupted, and is no more. */
  private void handlers(MethodNode method) {
    Set<AbstractInsnNode> begun = new HashSet<>();
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      FrameNode frame = frameAt(block.handler);
      AbstractInsnNode begin = frame == null ? block.handler : frame;
      if (members.mayBeInterrupted(block.type) && begun.add(begin)) {
        method.instructions.insert(begin, rounds("acted", "()V"));
      }
    }
  }

  /** Gives each call a number, which every frame knows of. */
  private static void number(MethodNode method, int frame) {
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof FrameNode shape) {
        int used = 0;
        for (Object local : shape.local) {
          used += size(local);
        }
        for (; used < frame; used++) {
          shape.local.add(Opcodes.TOP);
        }
        shape.local.add(Opcodes.INTEGER);
      }
    }
    InsnList begin = new InsnList();
    begin.add(new MethodInsnNode(Opcodes.INVOKESTATIC, ROUNDS, "frame", "()I", false));
    begin.add(new VarInsnNode(Opcodes.ISTORE, frame));
    method.instructions.insert(begin);
  }

  private static int size(Object local) {
    return local.equals(Opcodes.LONG) || local.equals(Opcodes.DOUBLE) ? 2 : 1;
  }

  /** The frames where code goes on that jumped back. */
  private static Set<FrameNode> heads(MethodNode method) {
    Map<LabelNode, Integer> places = new HashMap<>();
    int place = 0;
    for (AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof LabelNode label) {
        places.put(label, place);
      }
      place++;
    }
    Set<FrameNode> heads = new HashSet<>();
    place = 0;
    for (AbstractInsnNode instruction : method.instructions) {
      for (LabelNode target : targets(instruction)) {
        FrameNode shape = places.getOrDefault(target, place) < place ? frameAt(target) : null;
        if (shape != null) {
          heads.add(shape);
        }
      }
      place++;
    }
    return heads;
  }

  private static List<LabelNode> targets(AbstractInsnNode instruction) {
    return switch (instruction) {
      case JumpInsnNode jump -> List.of(jump.label);
      case TableSwitchInsnNode choice -> with(choice.labels, choice.dflt);
      case LookupSwitchInsnNode choice -> with(choice.labels, choice.dflt);
      default -> List.of();
    };
  }

  private static List<LabelNode> with(List<LabelNode> labels, LabelNode another) {
    Set<LabelNode> all = new HashSet<>(labels);
    all.add(another);
    return List.copyOf(all);
  }

  private static @Nullable FrameNode frameAt(LabelNode label) {
    AbstractInsnNode next = label;
    while (next != null && next.getOpcode() < 0) {
      if (next instanceof FrameNode shape) {
        return shape;
      }
      next = next.getNext();
    }
    return null;
  }

  /** Whether its variables are all there is: nothing on the stack, and no object half made. */
  private static boolean isKnown(FrameNode shape) {
    return shape.stack.isEmpty()
        && shape.local.stream()
            .noneMatch(
                local -> local instanceof LabelNode || local.equals(Opcodes.UNINITIALIZED_THIS));
  }

  private InsnList head(MethodNode method, FrameNode shape, int frame) {
    InsnList values = new InsnList();
    InsnList objects = new InsnList();
    int valueCount = 0;
    int objectCount = 0;
    int slot = 0;
    for (Object local : shape.local) {
      if (local instanceof String) {
        element(objects, objectCount++);
        objects.add(new VarInsnNode(Opcodes.ALOAD, slot));
        objects.add(new InsnNode(Opcodes.AASTORE));
      } else if (!local.equals(Opcodes.TOP) && !local.equals(Opcodes.NULL)) {
        element(values, valueCount++);
        bits(values, local, slot);
        values.add(new InsnNode(Opcodes.LASTORE));
      }
      slot += size(local);
    }
    int site = sites.add(site(method, shape));
    InsnList head = new InsnList();
    head.add(new VarInsnNode(Opcodes.ILOAD, frame));
    head.add(new LdcInsnNode(site));
    head.add(new LdcInsnNode(valueCount));
    head.add(new org.objectweb.asm.tree.IntInsnNode(Opcodes.NEWARRAY, Opcodes.T_LONG));
    head.add(values);
    head.add(new LdcInsnNode(objectCount));
    head.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
    head.add(objects);
    head.add(rounds("head", "(II[J[" + OBJECT + ")V"));
    return head;
  }

  private static void element(InsnList array, int index) {
    array.add(new InsnNode(Opcodes.DUP));
    array.add(new LdcInsnNode(index));
  }

  private static void bits(InsnList values, Object local, int slot) {
    if (local.equals(Opcodes.LONG)) {
      values.add(new VarInsnNode(Opcodes.LLOAD, slot));
    } else if (local.equals(Opcodes.DOUBLE)) {
      values.add(new VarInsnNode(Opcodes.DLOAD, slot));
      values.add(
          new MethodInsnNode(
              Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false));
    } else {
      if (local.equals(Opcodes.FLOAT)) {
        values.add(new VarInsnNode(Opcodes.FLOAD, slot));
        values.add(
            new MethodInsnNode(
                Opcodes.INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false));
      } else {
        values.add(new VarInsnNode(Opcodes.ILOAD, slot));
      }
      values.add(new InsnNode(Opcodes.I2L));
    }
  }

  private Site site(MethodNode method, FrameNode shape) {
    AbstractInsnNode line = shape;
    while (line != null && !(line instanceof LineNumberNode) && line.getOpcode() < 0) {
      line = line.getNext();
    }
    while (line != null && !(line instanceof LineNumberNode)) {
      line = line.getPrevious();
    }
    String simple = type.name.substring(type.name.lastIndexOf('/') + 1);
    return new Site(
        simple.substring(simple.lastIndexOf('$') + 1),
        method.name,
        type.sourceFile == null ? "" : type.sourceFile,
        line instanceof LineNumberNode known ? known.line : 0,
        Operation.LOOP,
        "");
  }

  private void weave(MethodNode method, AbstractInsnNode instruction, int spare) {
    int opcode = instruction.getOpcode();
    if (instruction instanceof FieldInsnNode field
        && (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC)) {
      boolean makes = method.name.equals("<init>") || method.name.equals("<clinit>");
      method.instructions.insertBefore(
          instruction, makes ? listOf(changed()) : write(field, spare));
    } else if (opcode >= Opcodes.IASTORE
        && opcode <= Opcodes.SASTORE
        // What a bridge shows of a call it puts into an array of its own.
        && !method.name.startsWith(Bridge.PREFIX)) {
      method.instructions.insertBefore(instruction, write(opcode, spare));
    } else if (instruction instanceof MethodInsnNode call) {
      call(method, call, spare);
    } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
      hides |= hides(dynamic);
    }
  }

  /** Compares what a field is about to hold with what it holds. */
  private static InsnList write(FieldInsnNode field, int spare) {
    Type of = Type.getType(field.desc);
    InsnList compared = new InsnList();
    compared.add(new VarInsnNode(of.getOpcode(Opcodes.ISTORE), spare));
    boolean ofObject = field.getOpcode() == Opcodes.PUTFIELD;
    if (ofObject) {
      compared.add(new InsnNode(Opcodes.DUP));
    }
    compared.add(
        new FieldInsnNode(
            ofObject ? Opcodes.GETFIELD : Opcodes.GETSTATIC, field.owner, field.name, field.desc));
    compare(compared, of, spare);
    return compared;
  }

  /** The same of an element of an array. */
  private static InsnList write(int opcode, int spare) {
    Type of =
        switch (opcode) {
          case Opcodes.LASTORE -> Type.LONG_TYPE;
          case Opcodes.FASTORE -> Type.FLOAT_TYPE;
          case Opcodes.DASTORE -> Type.DOUBLE_TYPE;
          case Opcodes.AASTORE -> Type.getType(OBJECT);
          default -> Type.INT_TYPE;
        };
    InsnList compared = new InsnList();
    compared.add(new VarInsnNode(of.getOpcode(Opcodes.ISTORE), spare));
    compared.add(new InsnNode(Opcodes.DUP2));
    compared.add(new InsnNode(opcode - Opcodes.IASTORE + Opcodes.IALOAD));
    compare(compared, of, spare);
    return compared;
  }

  private static void compare(InsnList compared, Type of, int spare) {
    compared.add(new VarInsnNode(of.getOpcode(Opcodes.ILOAD), spare));
    compared.add(rounds("written", "(" + each(of) + each(of) + ")V"));
    compared.add(new VarInsnNode(of.getOpcode(Opcodes.ILOAD), spare));
  }

  private static String each(Type of) {
    return switch (of.getSort()) {
      case Type.OBJECT, Type.ARRAY -> OBJECT;
      case Type.LONG, Type.FLOAT, Type.DOUBLE -> of.getDescriptor();
      default -> "I";
    };
  }

  private void call(MethodNode method, MethodInsnNode call, int spare) {
    InsnList before = new InsnList();
    InsnList after = new InsnList();
    switch (effects(call.owner, call.name, call.desc)) {
      case NONE -> {}
      case TAKES_A_LOCK -> before.add(rounds("acted", "()V"));
      case READS_A_LOCK -> before.add(rounds("lockRead", "()V"));
      case IF_IT_SUCCEEDS -> succeeds(after, call);
      case IF_ABSENT -> {
        before.add(ofReceiver(method, "lookedUp"));
        after.add(new InsnNode(Opcodes.DUP));
        after.add(rounds("changedIfNull", "(" + OBJECT + ")V"));
      }
      case IF_IT_CHANGES -> {
        before.add(ofReceiver(method, "lookedUp"));
        succeeds(after, call);
      }
      case IF_IT_TAKES -> {
        before.add(ofReceiver(method, "taken"));
        succeeds(after, call);
      }
      case IF_IT_LOCKS -> {
        before.add(rounds("lockRead", "()V"));
        succeeds(after, call);
      }
      case GIVES_A_LOCK_BACK -> before.add(rounds("unlocked", "()V"));
      case EXCHANGES -> {
        Type of = Type.getReturnType(call.desc);
        int duplicate = of.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP;
        before.add(new InsnNode(duplicate));
        before.add(new VarInsnNode(of.getOpcode(Opcodes.ISTORE), spare));
        after.add(new InsnNode(duplicate));
        after.add(new VarInsnNode(of.getOpcode(Opcodes.ILOAD), spare));
        after.add(rounds("written", "(" + each(of) + each(of) + ")V"));
      }
      case OF_A_FUNCTION -> {
        before.add(ofReceiver(method, "called"));
        after.add(ofReceiver(method, "called"));
      }
      case LOOKS_UP -> before.add(ofReceiver(method, "lookedUp"));
      case ANY -> {
        // It may wait in there, and change something before or after that.
        before.add(changed());
        after.add(changed());
      }
    }
    method.instructions.insertBefore(call, before);
    method.instructions.insert(call, after);
  }

  /** Tells what a call is made on: a bridge is handed that first. */
  private static InsnList ofReceiver(MethodNode method, String name) {
    InsnList told = new InsnList();
    if (method.name.startsWith(Bridge.PREFIX)) {
      told.add(new VarInsnNode(Opcodes.ALOAD, 0));
      told.add(rounds(name, "(" + OBJECT + ")V"));
    } else {
      told.add(changed());
    }
    return told;
  }

  private static void succeeds(InsnList after, MethodInsnNode call) {
    boolean answers = call.desc.endsWith(")Z");
    after.add(new InsnNode(Opcodes.DUP));
    after.add(rounds("changedIf", answers ? "(Z)V" : "(" + OBJECT + ")V"));
  }

  private Effects effects(String owner, String name, String descriptor) {
    if (owner.startsWith(HOOKS)) {
      // It shows whether a thread waits for a monitor, which is no change.
      hides |= name.equals("getState");
      return Effects.ofHook(name, descriptor);
    }
    String declaring = members.declaring(owner, name, descriptor);
    return members.isWoven(declaring) ? Effects.NONE : Effects.of(declaring, name, descriptor);
  }

  /** Whether it makes a function of a method that is not woven and may change something. */
  private boolean hides(InvokeDynamicInsnNode dynamic) {
    String maker = dynamic.bsm.getOwner();
    if (maker.equals("java/lang/invoke/StringConcatFactory")
        || maker.equals("java/lang/runtime/ObjectMethods")
        || maker.equals("java/lang/runtime/SwitchBootstraps")) {
      return false;
    }
    if (!maker.equals("java/lang/invoke/LambdaMetafactory")) {
      return true;
    }
    for (Object argument : dynamic.bsmArgs) {
      if (argument instanceof Handle handle
          && handle.getTag() != Opcodes.H_NEWINVOKESPECIAL
          && effects(handle.getOwner(), handle.getName(), handle.getDesc()) != Effects.NONE
          && !touchesNothing(handle)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is no bridge of it because nobody can share what it is about. */
  private boolean touchesNothing(Handle handle) {
    Meaning meaning =
        members
            .calls()
            .of(
                members.declaring(handle.getOwner(), handle.getName(), handle.getDesc()),
                handle.getName(),
                handle.getDesc());
    return meaning.treatment() == Treatment.NOTHING
        && meaning.hook().isEmpty()
        // What time it is may change.
        && !handle.getName().equals("now");
  }

  private static InsnList listOf(AbstractInsnNode instruction) {
    InsnList list = new InsnList();
    list.add(instruction);
    return list;
  }

  private static MethodInsnNode changed() {
    return rounds("changed", "()V");
  }

  private static MethodInsnNode rounds(String name, String descriptor) {
    return new MethodInsnNode(Opcodes.INVOKESTATIC, ROUNDS, name, descriptor, false);
  }
}
