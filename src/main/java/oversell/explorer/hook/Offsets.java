package oversell.explorer.hook;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields by number, for code that asks for them so, as {@code Unsafe} does. The number of a field
 * is the same in all objects of its class and of those that inherit from it, and in every
 * execution. To ask for it is no step, since it never changes.
 */
public final class Offsets {
  private static final Lookup LOOKUP = MethodHandles.lookup();
  // No class has more fields.
  private static final int FIELDS_OF_A_CLASS = 1 << 16;

  private static final ClassValue<List<Field>> DECLARED =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return List.of(type.getDeclaredFields());
        }
      };
  // Of the same fields in the same order; each is made when it is asked for.
  private static final ClassValue<List<@Nullable VarHandle>> HANDLES =
      new ClassValue<>() {
        @Override
        protected List<@Nullable VarHandle> computeValue(Class<?> type) {
          int fields = DECLARED.get(type).size();
          return new ArrayList<>(Collections.nCopies(fields, (VarHandle) null));
        }
      };

  private Offsets() {}

  /**
   * The number of a field.
   *
   * @throws InternalError if the class declares none of that name, as Unsafe has it
   */
  public static long of(Class<?> type, String name) {
    for (Field field : DECLARED.get(type)) {
      if (field.getName().equals(name)) {
        return of(field);
      }
    }
    throw new InternalError(name);
  }

  /** The number of a field. */
  public static long of(Field field) {
    Class<?> type = field.getDeclaringClass();
    return (long) depth(type) * FIELDS_OF_A_CLASS + DECLARED.get(type).indexOf(field);
  }

  private static int depth(Class<?> type) {
    int depth = 1;
    for (Class<?> at = type.getSuperclass(); at != null; at = at.getSuperclass()) {
      depth++;
    }
    return depth;
  }

  /**
   * A handle of the field of an object that has a number; null if it is of another type, of an
   * array, final although it is to be written, or kept by the JDK to itself.
   *
   * @param of the type of the field, that of any object if it is a reference
   */
  public static @Nullable VarHandle handle(
      Object object, long offset, Class<?> of, boolean isWritten) {
    Class<?> type = object.getClass();
    long wanted = offset / FIELDS_OF_A_CLASS;
    int depth = depth(type);
    if (wanted < 1 || wanted > depth) {
      return null;
    }
    for (; depth > wanted; depth--) {
      type = type.getSuperclass();
    }
    int index = (int) (offset % FIELDS_OF_A_CLASS);
    if (index >= DECLARED.get(type).size()) {
      return null;
    }
    VarHandle handle = handle(type, index);
    boolean isFit =
        handle != null
            && (of == Object.class ? !handle.varType().isPrimitive() : handle.varType() == of)
            && (!isWritten || handle.isAccessModeSupported(VarHandle.AccessMode.SET));
    return isFit ? handle : null;
  }

  /** Says that what is asked for is not here, and so not under control. */
  public static UnsupportedOperationException unreachable(Object what) {
    return new UnsupportedOperationException(
        "Unsafe reaches %s here by its fields and its elements that are int, long or references"
            .formatted(what));
  }

  private static @Nullable VarHandle handle(Class<?> type, int index) {
    List<@Nullable VarHandle> handles = HANDLES.get(type);
    synchronized (handles) {
      VarHandle known = handles.get(index);
      if (known == null) {
        known = make(DECLARED.get(type).get(index));
        handles.set(index, known);
      }
      return known;
    }
  }

  private static @Nullable VarHandle make(Field field) {
    try {
      Class<?> type = field.getDeclaringClass();
      Lookup lookup = MethodHandles.privateLookupIn(type, LOOKUP);
      VarHandle handle = lookup.findVarHandle(type, field.getName(), field.getType());
      Handles.ofField(handle, type, field.getName());
      return handle;
    } catch (ReflectiveOperationException closed) {
      return null;
    }
  }
}
