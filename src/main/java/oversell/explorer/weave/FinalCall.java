package oversell.explorer.weave;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A method that calls a woven interface. What implements that announces what it does by itself,
 * unless it has the method from a class of the JDK that declares it final, as an {@code
 * AtomicInteger} its {@code get}: nothing that announces the call can be put before that one. So
 * the caller asks what it calls it on, and calls the method of the JDK's own class if that is one.
 *
 * @param name of this method
 * @param owner the interface
 * @param called the method of the interface
 * @param descriptor of the method of the interface
 * @param referred the type of the receiver if it is for a reference to a method; empty for a call
 * @param method where it is written
 * @param line the line there
 */
record FinalCall(
    String name,
    String owner,
    String called,
    String descriptor,
    Optional<String> referred,
    String method,
    int line) {
  static final String PREFIX = "oversell$final$";

  // By name and descriptor: the classes that declare it final.
  private static final Map<String, Set<String>> FINAL = finalMethods();

  private static Map<String, Set<String>> finalMethods() {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (Class<?> type :
        List.of(
            AtomicBoolean.class,
            AtomicInteger.class,
            AtomicLong.class,
            AtomicReference.class,
            AtomicIntegerArray.class,
            AtomicLongArray.class,
            AtomicReferenceArray.class,
            Thread.class)) {
      for (Method method : type.getDeclaredMethods()) {
        int modifiers = method.getModifiers();
        if (Modifier.isPublic(modifiers)
            && Modifier.isFinal(modifiers)
            && !Modifier.isStatic(modifiers)) {
          methods
              .computeIfAbsent(
                  method.getName() + Type.getMethodDescriptor(method),
                  unused -> new LinkedHashSet<>())
              .add(Type.getInternalName(type));
        }
      }
    }
    return methods;
  }

  /** Whether callers of an interface find out that it ends in this method of a class. */
  static boolean isFoundOut(String type, String called, String descriptor) {
    return FINAL.getOrDefault(called + descriptor, Set.of()).contains(type);
  }

  /** Whether a call of a woven interface may end in such a method. */
  static boolean isOne(int opcode, String called, String descriptor) {
    return opcode == Opcodes.INVOKEINTERFACE && FINAL.containsKey(called + descriptor);
  }

  /** What this method takes and returns: first the object that the other one is called on. */
  String descriptorWithReceiver() {
    return "(L" + referred.orElse(owner) + ";" + descriptor.substring(1);
  }

  /** Writes the method into the class that calls it. */
  void write(ClassWeaver weaver, ClassVisitor out) {
    MethodVisitor plain = Bridge.add(out, name, descriptorWithReceiver());
    MethodVisitor entered =
        referred.isPresent()
            ? new Callback(plain, weaver, method, descriptorWithReceiver())
            : plain;
    CallWeaver woven = new CallWeaver(entered, weaver, method, false);
    Bridge.begin(woven, line);
    for (String type : FINAL.getOrDefault(called + descriptor, Set.of())) {
      Label other = new Label();
      woven.visitVarInsn(Opcodes.ALOAD, 0);
      woven.visitTypeInsn(Opcodes.INSTANCEOF, type);
      woven.visitJumpInsn(Opcodes.IFEQ, other);
      woven.visitVarInsn(Opcodes.ALOAD, 0);
      woven.visitTypeInsn(Opcodes.CHECKCAST, type);
      call(woven, Opcodes.INVOKEVIRTUAL, type);
      woven.visitLabel(other);
      woven.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
    woven.visitVarInsn(Opcodes.ALOAD, 0);
    call(woven, Opcodes.INVOKEINTERFACE, owner);
    woven.visitMaxs(0, 0);
    woven.visitEnd();
  }

  private void call(CallWeaver woven, int opcode, String on) {
    int local = 1;
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      woven.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
    }
    if (opcode == Opcodes.INVOKEINTERFACE) {
      woven.callInterface(on, called, descriptor);
    } else {
      woven.visitMethodInsn(opcode, on, called, descriptor, false);
    }
    woven.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
  }
}
