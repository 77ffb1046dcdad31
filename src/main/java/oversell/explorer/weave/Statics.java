package oversell.explorer.weave;

import java.util.regex.Pattern;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import oversell.explorer.hook.Treatment;

/**
 * What has to be done to the static fields of a class so that each execution finds them as they are
 * when the class is first loaded.
 */
enum Statics {
  /** Nothing: it has none that can change, nor can what they refer to. */
  FIXED,
  /** They are set back to zero and null: the class has no initialiser. */
  ZEROED,
  /**
   * They are set back, and its initialiser runs once more, inside the execution, when the class is
   * first used there.
   */
  INITIALISED_AGAIN,
  /**
   * As the last, but they belong to an interface, whose fields the JVM lets nobody set back: so
   * they are moved to a class beside it ({@link Companion}).
   */
  MOVED;

  /** Whether a class that needs this has a method that sets them back. */
  boolean areSetBack() {
    return this == ZEROED || this == INITIALISED_AGAIN;
  }

  private static final Pattern TOOLS =
      Pattern.compile(
          "java/lang/invoke/(VarHandle|MethodHandle|MethodHandles\\$Lookup|MethodType)"
              + "|java/util/concurrent/atomic/\\w+Updater|org/slf4j/Logger");

  /**
   * What a class needs.
   *
   * @param members of the classes that it is explored with
   */
  static Statics of(ClassNode type, Members members) {
    boolean changing = false;
    boolean isSwitchTable = false;
    for (FieldNode field : type.fields) {
      if ((field.access & Opcodes.ACC_STATIC) != 0) {
        changing |= (field.access & Opcodes.ACC_FINAL) == 0;
        isSwitchTable |= field.name.startsWith("$SwitchMap$");
      }
    }
    MethodNode initialiser = null;
    for (MethodNode method : type.methods) {
      if (method.name.equals("<clinit>")) {
        initialiser = method;
      }
    }
    if (isSwitchTable || (type.access & Opcodes.ACC_MODULE) != 0) {
      return FIXED;
    }
    if (initialiser == null) {
      return changing ? ZEROED : FIXED;
    }
    if (!changing && isPlain(type, initialiser, members)) {
      return FIXED;
    }
    return (type.access & Opcodes.ACC_INTERFACE) != 0 ? MOVED : INITIALISED_AGAIN;
  }

  /**
   * Whether an initialiser makes nothing but values, tools and constants of an enum without state,
   * all by itself: then it makes no difference when it runs, nor whether it does again.
   */
  private static boolean isPlain(ClassNode type, MethodNode initialiser, Members members) {
    for (FieldNode field : type.fields) {
      if ((field.access & Opcodes.ACC_STATIC) != 0 && !isPlain(type, Type.getType(field.desc))) {
        boolean ofEnum = (field.access & Opcodes.ACC_SYNTHETIC) != 0 && isEnum(type);
        if (!ofEnum) {
          return false;
        }
      }
      if ((field.access & Opcodes.ACC_STATIC) == 0 && isEnum(type) && !isPlainPart(field)) {
        return false;
      }
    }
    for (AbstractInsnNode instruction : initialiser.instructions) {
      if (!isPlain(type, instruction, members)) {
        return false;
      }
    }
    return !isEnum(type) || hasPlainConstructors(type, members);
  }

  private static boolean isEnum(ClassNode type) {
    return (type.access & Opcodes.ACC_ENUM) != 0;
  }

  private static boolean isPlain(ClassNode type, Type field) {
    boolean constant = isEnum(type) && field.equals(Type.getObjectType(type.name));
    return constant || isPlain(field);
  }

  private static boolean isPlain(Type type) {
    return Kind.ofDeclared(type) == Kind.VALUE
        || TOOLS.matcher(type.getClassName().replace('.', '/')).matches();
  }

  /** Of a constant of an enum: what it keeps cannot change. */
  private static boolean isPlainPart(FieldNode field) {
    return (field.access & Opcodes.ACC_FINAL) != 0
        && Type.getType(field.desc).getSort() != Type.ARRAY;
  }

  private static boolean hasPlainConstructors(ClassNode type, Members members) {
    for (MethodNode method : type.methods) {
      if (method.name.equals("<init>") || method.name.equals("$values")) {
        for (AbstractInsnNode instruction : method.instructions) {
          if (!isPlain(type, instruction, members)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean isPlain(ClassNode type, AbstractInsnNode instruction, Members members) {
    return switch (instruction) {
      case FieldInsnNode field ->
          field.owner.equals(type.name)
              || (field.getOpcode() == Opcodes.GETSTATIC
                  && !members.isWoven(field.owner)
                  && isPlain(Type.getType(field.desc)));
      case TypeInsnNode made ->
          made.getOpcode() == Opcodes.CHECKCAST
              || (isEnum(type) && isConstant(type, made.desc, members));
      case LdcInsnNode constant -> !(constant.cst instanceof ConstantDynamic);
      case InvokeDynamicInsnNode lambda ->
          lambda.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")
              && Type.getArgumentTypes(lambda.desc).length == 0;
      case MethodInsnNode call -> isPlain(type, call, members);
      default ->
          switch (instruction.getOpcode()) {
            case Opcodes.NEWARRAY, Opcodes.MULTIANEWARRAY, Opcodes.MONITORENTER -> false;
            default -> true;
          };
    };
  }

  /** Whether a constant of the enum is of a class: of the enum, or of a body without state. */
  private static boolean isConstant(ClassNode type, String made, Members members) {
    return made.equals(type.name) || (made.startsWith(type.name + "$") && !members.hasParts(made));
  }

  private static boolean isPlain(ClassNode type, MethodInsnNode call, Members members) {
    if (members.isWoven(call.owner)) {
      return isEnum(type)
          && ((call.name.equals("<init>") && isConstant(type, call.owner, members))
              || (call.name.equals("$values") && call.owner.equals(type.name)));
    }
    // Who makes a constant is another thread in each execution.
    if (call.owner.equals("java/lang/Thread")) {
      return false;
    }
    Meaning meaning = members.calls().of(call.owner, call.name, call.desc);
    if (meaning.treatment() != Treatment.NOTHING || meaning.hook().isPresent()) {
      return false;
    }
    if (Type.getReturnType(call.desc).getSort() == Type.ARRAY) {
      return false;
    }
    for (Type argument : Type.getArgumentTypes(call.desc)) {
      if (!isPlain(argument) && meaning.arguments() != Meaning.Arguments.KEPT) {
        return false;
      }
    }
    return true;
  }
}
