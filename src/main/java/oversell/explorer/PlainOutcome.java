package oversell.explorer;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Woven;

/**
 * Translates outcomes into objects of the caller's classes. A woven class is not the class that the
 * caller knows, and a thread that still runs may change a collection. So records, enums,
 * collections and other objects with an {@code equals} of their own are copied.
 */
final class PlainOutcome {
  private static final String ADVICE =
      "; return a number, a text, a record, an enum, or a collection or an array of those";

  // Classes of the JDK that are immutable.
  private static final Pattern VALUES =
      Pattern.compile(
          "java\\.lang\\.(String|Boolean|Byte|Short|Character|Integer|Long|Float|Double)"
              + "|java\\.lang\\.invoke\\.MethodType|java\\.math\\..*|java\\.net\\.URI"
              + "|java\\.time\\.(?!Clock|InstantSource|.*\\$.*Clock|.*Builder$).*"
              + "|java\\.util\\.(UUID|Locale|Currency|OptionalInt|OptionalLong|OptionalDouble)");

  private final ClassLoader classes;

  /** Translates into classes of this loader. */
  PlainOutcome(ClassLoader classes) {
    this.classes = classes;
  }

  /**
   * The outcome, copied if it has to be; of an array its text.
   *
   * @throws IllegalArgumentException if outcomes of its class cannot be counted
   */
  @Nullable Object of(@Nullable Object outcome) {
    if (outcome != null && outcome.getClass().isArray()) {
      return text(outcome);
    }
    return copy(outcome);
  }

  /** Whether it is immutable: otherwise a thread that still runs may change it. */
  static boolean isFixed(@Nullable Object outcome) {
    if (outcome == null || isValue(outcome)) {
      return true;
    }
    return switch (outcome) {
      case Optional<?> optional -> isFixed(optional.orElse(null));
      case Record tuple -> hasFixedComponents(tuple);
      case Collection<?> all -> isImmutable(all) && all.stream().allMatch(PlainOutcome::isFixed);
      case Map<?, ?> map ->
          isImmutable(map)
              && map.keySet().stream().allMatch(PlainOutcome::isFixed)
              && map.values().stream().allMatch(PlainOutcome::isFixed);
      default -> false;
    };
  }

  /** A constant of an enum is identified by its name, whatever fields it has. */
  private static boolean isValue(Object value) {
    return value instanceof Enum<?> || VALUES.matcher(value.getClass().getName()).matches();
  }

  private static boolean isImmutable(Object collection) {
    return collection.getClass().getName().startsWith("java.util.ImmutableCollections$")
        && !collection.getClass().getName().endsWith("SubList");
  }

  private static boolean hasFixedComponents(Record tuple) {
    try {
      for (RecordComponent component : tuple.getClass().getRecordComponents()) {
        Field field = tuple.getClass().getDeclaredField(component.getName());
        field.setAccessible(true);
        if (!isFixed(field.get(tuple))) {
          return false;
        }
      }
      return true;
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return false;
    }
  }

  private String text(Object array) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(of(Array.get(array, i)));
    }
    return elements.toString();
  }

  private @Nullable Object copy(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Enum<?> one && isWoven(one.getDeclaringClass())) {
      return constant(one);
    }
    // The equals of a class of the JDK holds for the classes that extend it, too.
    if (isWoven(value.getClass()) && isWoven(declaringEquals(value.getClass()))) {
      return object(value);
    }
    return switch (value) {
      case CharSequence text -> text.toString();
      case Optional<?> optional -> optional.map(this::copy);
      case List<?> list -> copies(list, new ArrayList<>());
      case Set<?> set -> copies(set, new LinkedHashSet<>());
      case Map<?, ?> map -> copies(map);
      case Map.Entry<?, ?> entry ->
          new SimpleImmutableEntry<>(copy(entry.getKey()), copy(entry.getValue()));
      default -> object(value);
    };
  }

  private Map<@Nullable Object, @Nullable Object> copies(Map<?, ?> map) {
    Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, one) -> copy.put(copy(key), copy(one)));
    return copy;
  }

  private Collection<@Nullable Object> copies(
      Collection<?> from, Collection<@Nullable Object> copies) {
    from.forEach(
        one -> copies.add(one != null && one.getClass().isArray() ? text(one) : copy(one)));
    return copies;
  }

  private static boolean isWoven(Class<?> type) {
    return type.getClassLoader() instanceof Woven;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private Object constant(Enum<?> constant) {
    return Enum.valueOf((Class) original(constant.getDeclaringClass()), constant.name());
  }

  private Class<?> original(Class<?> woven) {
    try {
      return Class.forName(woven.getName(), false, classes);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Object object(Object value) {
    Class<?> type = value.getClass();
    if (!hasEquals(type)) {
      throw new IllegalArgumentException(
          "the outcome is a %s, which has no equals of its own, so outcomes cannot be counted"
                  .formatted(type.getName())
              + ADVICE);
    }
    if (!isWoven(type)) {
      return isValue(value) ? value : cloned(value);
    }
    try {
      return value instanceof Record ? record(value, type) : fields(value, type);
    } catch (InvocationTargetException thrown) {
      throw new IllegalArgumentException(
          "the outcome is a %s, whose constructor refuses its own values: %s"
              .formatted(type.getName(), thrown.getCause()),
          thrown);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw new IllegalArgumentException(
          "the outcome is a %s, which cannot be made again outside of the exploration"
                  .formatted(type.getName())
              + ADVICE,
          closed);
    }
  }

  /** A copy, which a thread that still runs cannot change. */
  private static Object cloned(Object value) {
    try {
      if (value instanceof Cloneable) {
        return value.getClass().getMethod("clone").invoke(value);
      }
    } catch (ReflectiveOperationException closed) {
      // It cannot be cloned, so it is refused like one that has no such method.
    }
    throw new IllegalArgumentException(
        "the outcome is a %s, which may change after it was returned, and cannot be copied"
                .formatted(value.getClass().getName())
            + ADVICE);
  }

  private static boolean hasEquals(Class<?> type) {
    return declaringEquals(type) != Object.class;
  }

  private static Class<?> declaringEquals(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass();
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Object record(Object value, Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?> original = original(type);
    Class<?>[] types =
        Arrays.stream(original.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Field field = type.getDeclaredField(components[i].getName());
      field.setAccessible(true);
      values[i] = component(field.get(value), types[i]);
    }
    Constructor<?> constructor = original.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private @Nullable Object component(@Nullable Object value, Class<?> type) {
    return type.isArray() ? value : copy(value);
  }

  /** Makes an object in the way of deserialisation. */
  private static Object withoutConstructor(Class<?> type) throws ReflectiveOperationException {
    Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
    Object one = factory.getMethod("getReflectionFactory").invoke(null);
    Constructor<?> constructor =
        (Constructor<?>)
            factory
                .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(one, type, Object.class.getDeclaredConstructor());
    return constructor.newInstance();
  }

  /** The fields that a class of the JDK declares cannot be copied one by one. */
  private static void requireOwnFields(Class<?> type) {
    Class<?> at = type;
    while (isWoven(at)) {
      at = at.getSuperclass();
    }
    if (at != Object.class) {
      throw new IllegalStateException("it extends " + at.getName());
    }
  }

  private Object fields(Object value, Class<?> type) throws ReflectiveOperationException {
    Class<?> original = original(type);
    requireOwnFields(type);
    Object made = withoutConstructor(original);
    Class<?> to = original;
    for (Class<?> from = type; isWoven(from); from = from.getSuperclass()) {
      for (Field field : to.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          Field own = from.getDeclaredField(field.getName());
          own.setAccessible(true);
          field.setAccessible(true);
          field.set(made, component(own.get(value), field.getType()));
        }
      }
      to = to.getSuperclass();
    }
    return made;
  }
}
