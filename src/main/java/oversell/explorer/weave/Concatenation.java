package oversell.explorer.weave;

import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A concatenation of strings and of other objects, which the JDK would ask for their texts past
 * everything that is woven, as compilers wrote it before Java 19. It becomes a call of a method
 * that asks for the texts first, as compilers write it since.
 *
 * @param name of that method
 * @param descriptor of what is concatenated, and so of that method
 * @param operation the name under which that is made
 * @param bootstrap what makes the concatenation
 * @param arguments of the bootstrap: the constants in the text
 * @param method where it is written
 * @param line the line there
 */
record Concatenation(
    String name,
    String descriptor,
    String operation,
    Handle bootstrap,
    List<Object> arguments,
    String method,
    int line) {
  static final String PREFIX = "oversell$text$";
  private static final String MAKER = "java/lang/invoke/StringConcatFactory";
  private static final String STRING = "java/lang/String";

  /** Copies its list. */
  Concatenation {
    arguments = List.copyOf(arguments);
  }

  static boolean isMadeBy(Handle bootstrap) {
    return bootstrap.getOwner().equals(MAKER);
  }

  /**
   * Writes the method into the class that calls it.
   *
   * @param isAsked whether an object of a type is to be asked for its text
   */
  void write(ClassWeaver weaver, ClassVisitor out, Predicate<Type> isAsked) {
    MethodVisitor plain = Bridge.add(out, name, descriptor);
    CallWeaver woven = new CallWeaver(plain, weaver, method, false);
    Bridge.begin(woven, line);
    Type[] types = Type.getArgumentTypes(descriptor);
    int local = 0;
    for (int i = 0; i < types.length; i++) {
      woven.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), local);
      local += types[i].getSize();
      if (isAsked.test(types[i])) {
        woven.visitMethodInsn(
            Opcodes.INVOKESTATIC, STRING, "valueOf", "(Ljava/lang/Object;)L" + STRING + ";", false);
        types[i] = Type.getObjectType(STRING);
      }
    }
    plain.visitInvokeDynamicInsn(
        operation,
        Type.getMethodDescriptor(Type.getObjectType(STRING), types),
        bootstrap,
        arguments.toArray());
    woven.visitInsn(Opcodes.ARETURN);
    woven.visitMaxs(0, 0);
    woven.visitEnd();
  }
}
