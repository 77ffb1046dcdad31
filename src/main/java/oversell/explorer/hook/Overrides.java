package oversell.explorer.hook;

/** What classes under test do in their own way that the explorer would do for the JDK's. */
public final class Overrides {
  private Overrides() {}

  /** Whether a woven class has a method of its own: that announces itself. */
  public static boolean has(Object object, String method, Class<?>... types) {
    for (Class<?> type = object.getClass();
        type != null && type.getClassLoader() instanceof Woven;
        type = type.getSuperclass()) {
      try {
        return type.getDeclaredMethod(method, types).getName().equals(method);
      } catch (NoSuchMethodException inherited) {
        // Then what it extends may have it.
      }
    }
    return false;
  }

  /**
   * Whether the method of an object is the one that a class of the JDK has, which all classes below
   * that inherit.
   */
  // A class is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  static boolean inherits(Object object, Class<?> from, String method, Class<?>... types) {
    for (Class<?> type = object.getClass(); type != from; type = type.getSuperclass()) {
      if (!(type.getClassLoader() instanceof Woven)) {
        return false;
      }
    }
    return !has(object, method, types);
  }
}
