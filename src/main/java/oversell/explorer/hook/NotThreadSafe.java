package oversell.explorer.hook;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classes of the JDK whose objects are not made for two threads at once, and what calls do. */
public final class NotThreadSafe {
  /** What a method does to its receiver. */
  public enum Effect {
    /** It only reads it. */
    NONE,
    /** It changes it. */
    CHANGES,
    /** It changes it; of a list only an element, as that of an array is changed. */
    CHANGES_UNLESS_A_LIST;

    /** Whether it changes this one, and not only an element. */
    public boolean changes(Object receiver) {
      return this == CHANGES || (this == CHANGES_UNLESS_A_LIST && !(receiver instanceof List));
    }
  }

  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.StringBuilder",
          "java.text.DecimalFormat",
          "java.text.MessageFormat",
          "java.text.SimpleDateFormat",
          "java.util.ArrayDeque",
          "java.util.ArrayList",
          "java.util.BitSet",
          "java.util.EnumMap",
          "java.util.GregorianCalendar",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.JumboEnumSet",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.LinkedList",
          "java.util.PriorityQueue",
          "java.util.RegularEnumSet",
          "java.util.StringJoiner",
          "java.util.TreeMap",
          "java.util.TreeSet");
  private static final Pattern CHANGES =
      Pattern.compile(
          "(add|put|remove|offer|poll|compute|replace|append|insert|delete|set|parse|apply).*"
              + "|clear|pop|push|take|merge|sort|retainAll|reverse|flip|and|or|xor|andNot|format|roll");
  // Of calls that do more with their arguments than keep them.
  private static final Pattern READS_ARGUMENTS =
      Pattern.compile(
          "(add|put|remove|retain|contains)All|copyOf|equals|join|valueOf|append|min|max|frequency"
              + "|disjoint|binarySearch");
  private static final Pattern CHANGES_ARGUMENTS =
      Pattern.compile("sort|shuffle|swap|fill|rotate|reverse|replaceAll|copy|drainTo");

  // By class: the one that is not made for it; empty of one that is, or of which that is not known.
  private static final ClassValue<Optional<Class<?>>> OF =
      new ClassValue<>() {
        @Override
        protected Optional<Class<?>> computeValue(Class<?> type) {
          Class<?> ofJdk = type;
          while (ofJdk.getClassLoader() != null) {
            ofJdk = ofJdk.getSuperclass();
          }
          // An iterator or a view is of a nested class of the collection's.
          while (ofJdk.getEnclosingClass() != null) {
            ofJdk = ofJdk.getEnclosingClass();
          }
          return CLASSES.contains(ofJdk.getName()) ? Optional.of(ofJdk) : Optional.empty();
        }
      };

  // Of a class of unmodifiable views: the field that has what they are views of.
  private static final ClassValue<Optional<Field>> VIEWED =
      new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
          return viewed(type);
        }
      };

  private NotThreadSafe() {}

  /** The class because of which two threads must not use such objects at once, if there is one. */
  public static Optional<Class<?>> of(Class<?> type) {
    return OF.get(type);
  }

  /** Whether objects of a class must not be used so, by its internal name. */
  public static boolean is(String internalName) {
    return CLASSES.contains(internalName.replace('/', '.'));
  }

  /** What a method does to such an object. */
  public static Effect effect(String method) {
    return method.equals("set")
        ? Effect.CHANGES_UNLESS_A_LIST
        : CHANGES.matcher(method).matches() ? Effect.CHANGES : Effect.NONE;
  }

  /** Whether a call looks at such objects that it is given, or changes them. */
  public static boolean usesArguments(String method, boolean isStatic) {
    return readsArguments(method) || changesArguments(method, isStatic);
  }

  /** Whether a method looks at such objects that it is given. */
  public static boolean readsArguments(String method) {
    return READS_ARGUMENTS.matcher(method).matches();
  }

  /** Whether a call changes such objects that it is given. */
  public static boolean changesArguments(String method, boolean isStatic) {
    return CHANGES_ARGUMENTS.matcher(method).matches() || (isStatic && method.equals("addAll"));
  }

  /** Such an object itself, or that of which an unmodifiable one is a view; null if it is none. */
  public static @Nullable Object behind(@Nullable Object object) {
    Object at = object;
    while (at != null && of(at.getClass()).isEmpty()) {
      Optional<Field> viewed = VIEWED.get(at.getClass());
      if (viewed.isEmpty()) {
        return null;
      }
      try {
        at = viewed.get().get(at);
      } catch (IllegalAccessException closed) {
        throw new IllegalStateException(closed);
      }
    }
    return at;
  }

  private static Optional<Field> viewed(Class<?> type) {
    if (!type.getName().startsWith("java.util.Collections$Unmodifiable")) {
      return Optional.empty();
    }
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        boolean isWhole = field.getName().equals("c") || field.getName().equals("m");
        if (isWhole && field.trySetAccessible()) {
          return Optional.of(field);
        }
      }
    }
    return Optional.empty();
  }
}
