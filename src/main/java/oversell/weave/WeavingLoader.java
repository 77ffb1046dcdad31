package oversell.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import oversell.hook.Sites;
import oversell.hook.Woven;

/**
 * Loads classes woven. It looks at no more than their class files: what is explored is what is
 * measured. The JDK, what the lab shares with inventories, and loggers come from its parent.
 */
public final class WeavingLoader extends ClassLoader implements Woven {
  private static final Pattern SHARED =
      Pattern.compile(
          "(java|javax|jdk|sun|com\\.sun|org\\.jspecify|org\\.slf4j|ch\\.qos\\.logback|oversell\\.inventory"
              + "|oversell\\.hook)\\..*");

  static {
    registerAsParallelCapable();
  }

  private final Sites sites = new Sites();
  private final boolean telling;
  private final boolean watching;
  private boolean hides;
  private final Members members;
  // Those that were defined since static fields were last set back.
  private final Queue<Class<?>> defined = new ConcurrentLinkedQueue<>();
  private final List<MethodHandle> statics = new ArrayList<>();

  /**
   * A loader of its own classes.
   *
   * @param parent sees the classes to be woven
   * @param telling whether woven classes tell the values, too, that they read and write
   */
  public WeavingLoader(ClassLoader parent, boolean telling) {
    this(parent, telling, false);
  }

  /**
   * The same.
   *
   * @param watching whether woven classes show, too, whether a thread repeats what it does
   */
  public WeavingLoader(ClassLoader parent, boolean telling, boolean watching) {
    super("weaving", parent);
    this.telling = telling;
    this.watching = watching;
    members = new Members(parent, JdkCalls.standard());
  }

  /** Sets the static fields of its classes back to what they are when the classes are loaded. */
  public void setBack() {
    for (Class<?> type = defined.poll(); type != null; type = defined.poll()) {
      MethodHandle setBack = setBackOf(type);
      if (setBack != null) {
        statics.add(setBack);
      }
    }
    for (MethodHandle setBack : statics) {
      try {
        setBack.invokeExact();
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static @Nullable MethodHandle setBackOf(Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findStatic(type, Initialisation.SET_BACK, MethodType.methodType(void.class));
    } catch (NoSuchMethodException hasNone) {
      return null;
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Sites sites() {
    return sites;
  }

  /** Whether one of its classes, if they are watched, may change something unseen. */
  public boolean hides() {
    return hides;
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
    byte[] bytes = watched(weave(name));
    Class<?> type = defineClass(name, bytes, 0, bytes.length);
    defined.add(type);
    return type;
  }

  private byte[] weave(String name) throws ClassNotFoundException {
    String internalName = name.replace('.', '/');
    if (Companion.isOne(internalName)) {
      return members
          .node(Companion.interfaceOf(internalName))
          .map(Companion::make)
          .map(companion -> ClassWeaver.weave(companion, members, sites, telling))
          .orElseThrow(() -> new ClassNotFoundException(name));
    }
    try (InputStream stream = getResourceAsStream(internalName + ".class")) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      return ClassWeaver.weave(new ClassReader(stream.readAllBytes()), members, sites, telling);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private byte[] watched(byte[] woven) {
    return watching ? RoundsWeaver.weave(woven, members, sites, () -> hides = true) : woven;
  }
}
