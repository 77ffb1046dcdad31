package oversell.conformance.library;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Scenario;

/**
 * Loads scenarios with a library as it was published once: with it come first the classes of this
 * package and those of the library, whichever version of that is on the class path.
 */
final class Published extends URLClassLoader {
  private final String library;

  /**
   * A loader.
   *
   * @param library what the names of its classes begin with
   * @param jar its file, in the folder that the build copies it to
   */
  Published(String library, String jar) throws MalformedURLException {
    super(
        new URL[] {
          Path.of("target", "libraries", jar).toUri().toURL(),
          Published.class.getProtectionDomain().getCodeSource().getLocation()
        },
        Published.class.getClassLoader());
    this.library = library;
  }

  /** A scenario of this package, with the library. */
  @SuppressWarnings("unchecked")
  Class<? extends Scenario<String>> with(Class<? extends Scenario<String>> scenario)
      throws ClassNotFoundException {
    return (Class<? extends Scenario<String>>) Class.forName(scenario.getName(), false, this);
  }

  private boolean isOwn(String name) {
    return name.startsWith(library) || name.startsWith(Published.class.getPackageName());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!isOwn(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    return isOwn(name.replace('/', '.')) ? findResource(name) : super.getResource(name);
  }
}
