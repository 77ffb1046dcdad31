package oversell.explorer.control;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a text that the JDK makes of an object says of threads and of what they compute: the JDK
 * asks each object in a collection for its text, past all hooks. An iterator may be the user's
 * code, so what is in a collection is found by its fields.
 */
enum Texts {
  /** Nothing. */
  NOTHING,
  /** Whether something that is computed is done. */
  ENDS,
  /** How the JVM numbers a thread, and who stands in for it. */
  THREAD;

  private static final int MOST = 10_000;
  private static final String SUBTASK = "java.util.concurrent.StructuredTaskScope$Subtask";
  private static final Pattern NODES_OF_THE_JDK =
      Pattern.compile("java\\.util\\.(concurrent\\.)?[^.]+");

  private static final ClassValue<Class<?>> WHOSE_TEXT =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> type) {
          try {
            return type.getMethod("toString").getDeclaringClass();
          } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
          }
        }
      };

  // Of a class and those that it extends: the fields that refer to objects.
  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          List<Field> fields = new ArrayList<>();
          for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            for (Field field : one.getDeclaredFields()) {
              if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                fields.add(field);
              }
            }
          }
          return fields;
        }
      };

  /** What the texts of all of these say. */
  static Texts of(@Nullable Object... objects) {
    Search search = new Search();
    for (Object object : objects) {
      search.find(object, false, false);
    }
    return search.end();
  }

  /** A search for the objects whose texts are parts of a text. */
  private static final class Search {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();
    private Texts most = NOTHING;

    /**
     * Finds an object.
     *
     * @param isField whether it is kept by another one, and so may only hold others together
     * @param byUser whether that is of a class of the user's
     */
    void find(@Nullable Object object, boolean isField, boolean byUser) {
      if (object == null || !seen.add(object)) {
        return;
      }
      note(saidBy(object));
      if (isMadeOfOthers(object) || (isField && holdsOthers(object, byUser))) {
        left.add(object);
      }
    }

    private void note(Texts said) {
      most = said.compareTo(most) > 0 ? said : most;
    }

    Texts end() {
      for (Object one = left.poll(); one != null && seen.size() < MOST; one = left.poll()) {
        findIn(one);
      }
      if (seen.size() >= MOST) {
        note(ENDS);
      }
      return most;
    }

    private void findIn(Object whole) {
      switch (whole) {
        case Object[] array -> {
          for (Object element : array) {
            find(element, true, false);
          }
        }
        case AtomicReference<?> reference -> find(reference.get(), false, false);
        case AtomicReferenceArray<?> array -> {
          for (int i = 0; i < array.length(); i++) {
            find(array.get(i), false, false);
          }
        }
        default -> findFields(whole, !isOfJdk(whole.getClass()));
      }
    }

    private void findFields(Object whole, boolean byUser) {
      for (Field field : FIELDS.get(whole.getClass())) {
        if (!field.trySetAccessible()) {
          note(ENDS);
          continue;
        }
        try {
          find(field.get(whole), true, byUser);
        } catch (IllegalAccessException impossible) {
          throw new IllegalStateException(impossible);
        }
      }
    }
  }

  private static Texts saidBy(Object object) {
    if (object instanceof Thread) {
      return isOfJdk(WHOSE_TEXT.get(object.getClass())) ? THREAD : NOTHING;
    }
    return object instanceof Future || isSubtask(object.getClass()) ? ENDS : NOTHING;
  }

  private static boolean isSubtask(Class<?> type) {
    for (Class<?> one : type.getInterfaces()) {
      if (one.getName().equals(SUBTASK)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the JDK makes its text of the texts of others. */
  private static boolean isMadeOfOthers(Object object) {
    return switch (object) {
      case Object[] array -> true;
      case Collection<?> collection -> isOfJdk(WHOSE_TEXT.get(object.getClass()));
      case Map<?, ?> map -> isOfJdk(WHOSE_TEXT.get(object.getClass()));
      case Map.Entry<?, ?> entry -> isOfJdk(WHOSE_TEXT.get(object.getClass()));
      case Optional<?> optional -> true;
      case AtomicReference<?> reference -> isOfJdk(WHOSE_TEXT.get(object.getClass()));
      case AtomicReferenceArray<?> array -> isOfJdk(WHOSE_TEXT.get(object.getClass()));
      default -> false;
    };
  }

  /** Whether it may be a node of a collection, since it has no text of its own. */
  private static boolean holdsOthers(Object object, boolean byUser) {
    Class<?> type = object.getClass();
    return WHOSE_TEXT.get(type) == Object.class
        && (isOfJdk(type) ? NODES_OF_THE_JDK.matcher(type.getName()).matches() : byUser);
  }

  private static boolean isOfJdk(Class<?> type) {
    return type.getClassLoader() == null;
  }
}
