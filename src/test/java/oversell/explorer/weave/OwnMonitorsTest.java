package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import oversell.explorer.hook.Holding;

/** What the table says of monitors is what the code of this JDK does. */
class OwnMonitorsTest {
  private static final Map<String, ClassNode> CLASSES = new HashMap<>();

  static List<Class<?>> types() throws ClassNotFoundException {
    Stream<Class<?>> views =
        Stream.of(
                "java.util.Vector$Itr",
                "java.util.Vector$ListItr",
                "java.util.Vector$1",
                "java.util.Hashtable$Enumerator")
            .map(OwnMonitorsTest::load);
    Stream<Class<?>> wrappers =
        Arrays.stream(Class.forName("java.util.Collections").getDeclaredClasses())
            .filter(type -> type.getSimpleName().startsWith("Synchronized"));
    Stream<Class<?>> named =
        Stream.of(
            java.util.Vector.class,
            java.util.Stack.class,
            java.util.Hashtable.class,
            java.util.Properties.class,
            StringBuffer.class,
            java.io.ByteArrayOutputStream.class);
    return Stream.of(views, wrappers, named).flatMap(each -> each).toList();
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static List<String> methods(Class<?> type, Holding... holdings) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
        .filter(
            method ->
                List.of(holdings)
                    .contains(
                        OwnMonitors.of(
                            type, null, method.getName(), Type.getMethodDescriptor(method))))
        .map(method -> method.getName() + Type.getMethodDescriptor(method))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatIsSaidToTakeTheMonitorDoes(Class<?> type) {
    assertThat(methods(type, Holding.THROUGHOUT, Holding.AS_ONE))
        .filteredOn(method -> !takes(type, type, method, new HashSet<>()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatIsSaidToTakeNoneDoesNot(Class<?> type) {
    assertThat(methods(type, Holding.NONE))
        .filteredOn(method -> takes(type, type, method, new HashSet<>()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "get", "size", "remove", "forEach", "replaceAll", "sort"})
  void whatIsCalledOnAVectorMostIsKnown(String name) {
    for (Method method : java.util.Vector.class.getDeclaredMethods()) {
      if (method.getName().equals(name) && Modifier.isPublic(method.getModifiers())) {
        assertThat(
                OwnMonitors.of(java.util.Stack.class, null, name, Type.getMethodDescriptor(method)))
            .isEqualTo(Holding.THROUGHOUT);
      }
    }
  }

  /** Whether a method takes a monitor itself, or by methods of the same object that it calls. */
  private static boolean takes(Class<?> receiver, Class<?> from, String method, Set<String> seen) {
    Class<?> at = from;
    MethodNode code = null;
    while (at != null && code == null) {
      code = code(at, method);
      at = code == null ? at.getSuperclass() : at;
    }
    if (code == null || at == null || !seen.add(at.getName() + method)) {
      return false;
    }
    if ((code.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
      return true;
    }
    for (AbstractInsnNode instruction : code.instructions) {
      if (instruction.getOpcode() == Opcodes.MONITORENTER) {
        return true;
      }
      if (instruction instanceof MethodInsnNode call
          && call.getOpcode() != Opcodes.INVOKESTATIC
          && !call.name.equals("<init>")
          && isInherited(at, call.owner)) {
        Class<?> next =
            call.getOpcode() == Opcodes.INVOKESPECIAL
                ? load(call.owner.replace('/', '.'))
                : receiver;
        if (takes(receiver, next, call.name + call.desc, seen)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isInherited(Class<?> type, String owner) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      if (Type.getInternalName(at).equals(owner)) {
        return true;
      }
    }
    return false;
  }

  private static MethodNode code(Class<?> type, String method) {
    return CLASSES
        .computeIfAbsent(Type.getInternalName(type), OwnMonitorsTest::read)
        .methods
        .stream()
        .filter(node -> (node.name + node.desc).equals(method))
        .findFirst()
        .orElse(null);
  }

  private static ClassNode read(String name) {
    try (InputStream stream = ClassLoader.getSystemResourceAsStream(name + ".class")) {
      ClassNode node = new ClassNode();
      new ClassReader(stream).accept(node, ClassReader.SKIP_DEBUG);
      return node;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
