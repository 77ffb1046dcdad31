package oversell.explorer.weave;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.concurrent.DelayQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Treatment;

/**
 * Decides how a call counts that makes another one: by reflection, or by a handle that it looks up.
 * What the explorer has to do itself is done past it then, so that is not under control; all else
 * may read or change anything.
 */
final class Reflective implements CallDispatch {
  private static final String METHOD_HANDLES = "java/lang/invoke/MethodHandles$Lookup";
  private static final String CONSTRUCTOR = "<init>";
  private static final String BIND = "bind";

  private final JdkCalls calls;
  private final boolean isBound;
  private final int[] looked;

  private Reflective(JdkCalls calls, String name, String descriptor) {
    this.calls = calls;
    isBound = name.equals(BIND);
    looked = IntStream.range(0, Type.getArgumentTypes(descriptor).length).toArray();
  }

  /** Whether a call makes another one, or a handle for it. */
  static boolean is(String owner, String name) {
    return switch (owner) {
      case "java/lang/reflect/Method" -> name.equals("invoke");
      case "java/lang/reflect/Constructor" -> name.equals("newInstance");
      case METHOD_HANDLES ->
          name.matches(
              "find(Virtual|Static|Special|Constructor)|unreflect(Special|Constructor)?|" + BIND);
      default -> false;
    };
  }

  static Reflective of(JdkCalls calls, String name, String descriptor) {
    return new Reflective(calls, name, descriptor);
  }

  @Override
  public int[] looked() {
    return looked;
  }

  @Override
  public Treatment treatment(@Nullable Object receiver, @Nullable Object... arguments) {
    Object made = arguments.length > 0 && !isReflected(receiver) ? arguments[0] : receiver;
    boolean isNeeded = false;
    if (isBound) {
      isNeeded = made != null && isNeededByHandle(made.getClass(), arguments);
    } else if (made instanceof Method method) {
      String name = method.getName();
      String descriptor = Type.getMethodDescriptor(method);
      // It may be of an interface, and be called on what waits in its own way.
      Object target = arguments.length > 0 ? arguments[0] : null;
      isNeeded =
          isNeeded(method.getDeclaringClass(), name, descriptor)
              || (target != null
                  && isReflected(receiver)
                  && isNeeded(target.getClass(), name, descriptor));
    } else if (made instanceof Constructor<?> constructor) {
      isNeeded =
          isNeeded(
              constructor.getDeclaringClass(),
              CONSTRUCTOR,
              Type.getConstructorDescriptor(constructor));
    } else if (made instanceof Class<?> type) {
      isNeeded = isNeededByHandle(type, arguments);
    }
    return isNeeded ? Treatment.UNCONTROLLED : Treatment.EVERYTHING;
  }

  @Override
  public String refusal(String subject, @Nullable Object receiver, @Nullable Object... arguments) {
    return subject
        + " of what the explorer has to make itself, by reflection or a handle (call it directly)";
  }

  @Override
  public boolean mayChangeAMap(@Nullable Object receiver, @Nullable Object... arguments) {
    return receiver instanceof Method method
        && !Kind.isWoven(method.getDeclaringClass())
        && MapChanges.mayBe(Type.getInternalName(method.getDeclaringClass()), method.getName());
  }

  private static boolean isReflected(@Nullable Object receiver) {
    return receiver instanceof Method || receiver instanceof Constructor;
  }

  /**
   * Of a class, or an object of it, and a method type, and of a name between them unless it is of a
   * constructor.
   */
  private boolean isNeededByHandle(Class<?> type, @Nullable Object... arguments) {
    String name = arguments[1] instanceof String given ? given : CONSTRUCTOR;
    for (Object argument : arguments) {
      if (argument instanceof MethodType wanted) {
        String descriptor = wanted.toMethodDescriptorString();
        // What it will be called on is not known yet.
        return isNeeded(type, name, descriptor)
            || (type.isInterface() && isNeeded(Thread.class, name, descriptor))
            || (type.isAssignableFrom(DelayQueue.class)
                && isNeeded(DelayQueue.class, name, descriptor));
      }
    }
    return false;
  }

  /** Whether the method is one of those, of the class itself or of what it inherits from. */
  private boolean isNeeded(Class<?> type, String name, String descriptor) {
    String owner = Type.getInternalName(type);
    // Whom one that makes another calls is not known yet, and what waits for a limited time would
    // do so by a timer of the JVM.
    boolean isOther =
        is(owner, name)
            || calls.of(owner, name, descriptor).isNeeded()
            || JdkCalls.hasLimit(owner, name, descriptor);
    if (!Kind.isWoven(type) && isOther) {
      return true;
    }
    if (name.equals(CONSTRUCTOR)) {
      return false;
    }
    Class<?> above = type.getSuperclass();
    if (above != null && isNeeded(above, name, descriptor)) {
      return true;
    }
    for (Class<?> one : type.getInterfaces()) {
      if (isNeeded(one, name, descriptor)) {
        return true;
      }
    }
    return false;
  }
}
