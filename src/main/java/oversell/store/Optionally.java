package oversell.store;

import java.io.IOException;
import java.lang.reflect.Constructor;

/** Makes what needs a library that not every user has, and that is not compiled without it. */
final class Optionally {
  private Optionally() {}

  /**
   * Makes an object of a class of this package.
   *
   * @param name of the class, in this package
   * @param title of what it needs
   * @throws IOException if the library is not there; the text says how to get it
   */
  static <T> T make(String name, String title, Class<T> type) throws IOException {
    try {
      Class<?> found = Class.forName(Optionally.class.getPackageName() + "." + name);
      Constructor<?> constructor = found.getDeclaredConstructor();
      return type.cast(constructor.newInstance());
    } catch (ReflectiveOperationException | LinkageError lacking) {
      throw new IOException(
          title
              + " is not on the class path: Maven fetches it for the experiments in"
              + " experiments/stores",
          lacking);
    }
  }
}
