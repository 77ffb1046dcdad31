package oversell.explorer.weave;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * What can be read through an object that is handed to code that is not woven. Whoever asks a list
 * for its text reads the list, and all that is in it.
 */
enum Kind {
  /** Nothing that can change: numbers, texts, times, exceptions, constants. */
  VALUE,
  /** Only what its class announces by itself, since its methods are woven. */
  WOVEN,
  /** Nothing, by whoever only compares it: its {@code equals} is that of {@code Object}. */
  IDENTITY,
  /** Anything. */
  MUTABLE;

  private static final Pattern VALUES =
      Pattern.compile(
          "java/lang/(String|Boolean|Byte|Short|Character|Integer|Long|Float|Double|Void|Class|Enum|StackTraceElement)"
              + "|java/math/.*"
              + "|java/time/(?!Clock|InstantSource|.*\\$.*Clock|.*Builder$).*"
              + "|java/util/(UUID|Locale|Currency|OptionalInt|OptionalLong|OptionalDouble)"
              + "|java/util/regex/Pattern|java/nio/charset/Charset|java/net/URI"
              + "|java/io/File|java/nio/file/Path|sun/nio/fs/\\w+Path"
              + "|oversell/inventory/Answer");
  private static final Pattern IDENTITIES =
      Pattern.compile(
          "java/util/concurrent/(atomic|locks)/.*"
              + "|java/util/concurrent/(Semaphore|CountDownLatch|CyclicBarrier|Phaser|Exchanger)"
              + "|java/util/concurrent/(CompletableFuture|FutureTask|Recursive(Task|Action)"
              + "|ForkJoinTask\\$.*|ThreadPerTaskExecutor\\$ThreadBoundFuture"
              + "|StructuredTaskScope(Impl)?\\$SubtaskImpl)"
              + "|java/lang/(Thread|ThreadLocal|VirtualThread|ThreadBuilders\\$BoundVirtualThread)");

  // What only keeps code to be run, which is woven or counts where it is run.
  private static final Pattern FUNCTIONS =
      Pattern.compile(
          "java/util/function/.*|java/util/Comparator|java/lang/Runnable|java/util/concurrent/Callable");

  private static final ClassValue<Kind> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
          return find(type);
        }
      };

  /** The kind of an object, by its class; null is a value, and so is an array without elements. */
  static Kind of(@Nullable Object object) {
    if (object == null || (object instanceof Object[] array && array.length == 0)) {
      return VALUE;
    }
    return BY_CLASS.get(object.getClass());
  }

  /** The kind of any object of a declared type, as far as the type tells it by itself. */
  static Kind ofDeclared(Type type) {
    return switch (type.getSort()) {
      case Type.ARRAY -> MUTABLE;
      case Type.OBJECT -> ofName(type.getInternalName());
      default -> VALUE;
    };
  }

  /** Whether objects of a declared type are code to be run. */
  static boolean isFunction(Type type) {
    return type.getSort() == Type.OBJECT && FUNCTIONS.matcher(type.getInternalName()).matches();
  }

  /** Whether it is an array, and what is in it never changes. */
  static boolean isArrayOfValues(Object array) {
    if (array instanceof Object[] elements) {
      return Arrays.stream(elements).allMatch(element -> of(element) == VALUE);
    }
    return array.getClass().isArray();
  }

  static boolean isWoven(Class<?> type) {
    return type.getClassLoader() instanceof WeavingLoader;
  }

  /** The nearest class that is not woven of those that a class inherits from, or the class. */
  static Class<?> nearestOutside(Class<?> type) {
    Class<?> nearest = type;
    while (isWoven(nearest) && nearest.getSuperclass() != null) {
      nearest = nearest.getSuperclass();
    }
    return nearest;
  }

  private static Kind find(Class<?> type) {
    Class<?> outside = nearestOutside(type);
    boolean plain = outside == Object.class || outside == Record.class || outside == Enum.class;
    if (Throwable.class.isAssignableFrom(outside)) {
      return VALUE;
    }
    if (outside != type) {
      // A list of the JDK that is asked whether it equals one of these reads itself. And whoever
      // goes through one may do so by an iterator of a list of the JDK.
      boolean isLikeTheJdks =
          Iterable.class.isAssignableFrom(type)
              || Map.class.isAssignableFrom(type)
              || Map.Entry.class.isAssignableFrom(type);
      return plain && isLikeTheJdks
          ? MUTABLE
          : plain ? WOVEN : ofName(outside.getName().replace('.', '/'));
    }
    return type == Object.class || Enum.class.isAssignableFrom(type)
        ? VALUE
        : ofName(type.getName().replace('.', '/'));
  }

  private static Kind ofName(String internalName) {
    if (VALUES.matcher(internalName).matches()
        || (internalName.startsWith("java/") && internalName.matches(".*(Exception|Error)"))) {
      return VALUE;
    }
    return IDENTITIES.matcher(internalName).matches() ? IDENTITY : MUTABLE;
  }
}
