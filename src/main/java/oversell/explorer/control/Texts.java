package oversell.explorer.control;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a text that the JDK makes of an object says of threads and of what they compute: the JDK
 * asks each object in a collection for its text, past all hooks.
 */
enum Texts {
  /** Nothing. */
  NOTHING,
  /** Whether something that is computed is done. */
  ENDS,
  /** How the JVM numbers a thread, and who stands in for it. */
  THREAD;

  private static final int DEEPEST = 8;
  private static final String SUBTASK = "java.util.concurrent.StructuredTaskScope$Subtask";

  /** What the texts of all of these say. */
  static Texts of(Iterable<?> objects) {
    return ofAll(objects, 0);
  }

  /** The same of what the JDK makes of the components of a record. */
  static Texts ofComponents(Object record) {
    List<@Nullable Object> components = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        Field field = record.getClass().getDeclaredField(component.getName());
        field.setAccessible(true);
        components.add(field.get(record));
      } catch (ReflectiveOperationException | RuntimeException closed) {
        throw new IllegalStateException(
            "the component " + component + " of a record cannot be read", closed);
      }
    }
    return of(components);
  }

  private static Texts ofAll(Iterable<?> objects, int depth) {
    Texts most = NOTHING;
    for (Object object : objects) {
      Texts one = of(object, depth + 1);
      most = one.compareTo(most) > 0 ? one : most;
    }
    return most;
  }

  private static Texts of(@Nullable Object object, int depth) {
    if (object == null) {
      return NOTHING;
    }
    if (object instanceof Object[] array) {
      return depth > DEEPEST ? THREAD : ofAll(Arrays.asList(array), depth);
    }
    if (object.getClass().getClassLoader() != null && !(object instanceof Thread)) {
      // What it asks for texts it asks so by itself.
      return object instanceof Future ? ENDS : NOTHING;
    }
    if (depth > DEEPEST) {
      return THREAD;
    }
    return switch (object) {
      case Thread thread -> hasTextOfItsOwn(thread) ? NOTHING : THREAD;
      case Collection<?> collection -> ofAll(collection, depth);
      case Map<?, ?> map -> ofAll(map.entrySet(), depth);
      case Map.Entry<?, ?> entry -> ofAll(Arrays.asList(entry.getKey(), entry.getValue()), depth);
      case Optional<?> optional -> of(optional.orElse(null), depth + 1);
      case AtomicReference<?> reference -> of(reference.get(), depth + 1);
      default -> object instanceof Future || isSubtask(object.getClass()) ? ENDS : NOTHING;
    };
  }

  private static boolean hasTextOfItsOwn(Thread thread) {
    try {
      return thread.getClass().getMethod("toString").getDeclaringClass().getClassLoader() != null;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean isSubtask(Class<?> type) {
    return Arrays.stream(type.getInterfaces()).anyMatch(one -> one.getName().equals(SUBTASK));
  }
}
