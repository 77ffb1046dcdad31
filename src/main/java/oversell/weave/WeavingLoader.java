package oversell.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import oversell.hook.Sites;

/**
 * Loads classes woven. It looks at no more than their class files: what is explored is what is
 * measured. The JDK, what the lab shares with inventories, and loggers come from its parent.
 */
public final class WeavingLoader extends ClassLoader {
  private static final Pattern SHARED =
      Pattern.compile(
          "(java|javax|jdk|sun|com\\.sun|org\\.jspecify|org\\.slf4j|ch\\.qos\\.logback|oversell\\.inventory"
              + "|oversell\\.hook)\\..*");

  static {
    registerAsParallelCapable();
  }

  private final Sites sites = new Sites();
  private final boolean telling;
  private final Members members;

  /**
   * A loader of its own classes.
   *
   * @param parent sees the classes to be woven
   * @param telling whether woven classes tell the values, too, that they read and write
   */
  public WeavingLoader(ClassLoader parent, boolean telling) {
    super("weaving", parent);
    this.telling = telling;
    members = new Members(parent);
  }

  /** The places where its classes announce themselves. */
  public Sites sites() {
    return sites;
  }

  static boolean isWoven(String internalName) {
    return !internalName.startsWith("[")
        && !SHARED.matcher(internalName.replace('/', '.')).matches();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (SHARED.matcher(name).matches()) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? woven(name) : loaded;
    }
  }

  private Class<?> woven(String name) throws ClassNotFoundException {
    try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = weave(stream.readAllBytes());
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  /** The class file, woven. */
  byte[] weave(byte[] original) {
    return ClassWeaver.weave(new ClassReader(original), members, sites, telling);
  }
}
