package oversell.explorer.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import oversell.explorer.hook.Sites;
import oversell.explorer.hook.Woven;

/**
 * Loads classes woven. It looks at no more than their class files: what is explored is what is
 * measured. Only what {@link Unwoven} says comes from its parent.
 */
public final class WeavingLoader extends ClassLoader implements Woven {
  static {
    registerAsParallelCapable();
  }

  private final Sites sites = new Sites();
  private final boolean telling;
  private final boolean watching;
  private boolean hides;
  private final Members members;
  // Those with fields to be set back that were defined since that was last done.
  private final Queue<Class<?>> toSetBack = new ConcurrentLinkedQueue<>();
  private final Queue<Class<?>> woven = new ConcurrentLinkedQueue<>();
  private final Map<String, String> malformed = new ConcurrentHashMap<>();
  private final List<MethodHandle> statics = new ArrayList<>();
  private final List<Class<?>> enums = new ArrayList<>();
  private final Unwoven unwoven;
  private final NavigableSet<String> used = new ConcurrentSkipListSet<>();
  private final Map<String, ProtectionDomain> domains = new ConcurrentHashMap<>();

  /**
   * A loader of its own classes.
   *
   * @param parent sees the classes to be woven
   * @param telling whether woven classes tell the values, too, that they read and write
   */
  public WeavingLoader(ClassLoader parent, boolean telling) {
    this(parent, JdkCalls.standard(), ClassOptions.NONE, telling, false);
  }

  /**
   * The same.
   *
   * @param calls what calls into classes that are not woven mean
   * @param classes those that are woven otherwise than all the others, or come from its parent
   * @param watching whether woven classes show, too, whether a thread repeats what it does
   * @throws IllegalArgumentException if one of those classes cannot be
   */
  public WeavingLoader(
      ClassLoader parent, JdkCalls calls, ClassOptions classes, boolean telling, boolean watching) {
    super("weaving", parent);
    this.telling = telling;
    this.watching = watching;
    unwoven = classes.notWoven();
    members = new Members(parent, calls, classes);
    members.checkAtomic();
    // Build tools enable assertions by the loader of the classes that are not woven, not by a flag.
    setDefaultAssertionStatus(WeavingLoader.class.desiredAssertionStatus());
  }

  /** Sets the static fields of its classes back to what they are when the classes are loaded. */
  public void setBack() {
    for (Class<?> type = toSetBack.poll(); type != null; type = toSetBack.poll()) {
      Optional<MethodHandle> setBack = setBackOf(type);
      setBack.ifPresent(statics::add);
      if (setBack.isPresent() && type.isEnum()) {
        enums.add(type);
      }
    }
    for (MethodHandle setBack : statics) {
      try {
        setBack.invokeExact();
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    enums.forEach(EnumConstants::forget);
  }

  /** Empty if a class cannot be linked, for want of another one: nobody can set its fields. */
  private static Optional<MethodHandle> setBackOf(Class<?> type) {
    try {
      return Optional.of(
          MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .findStatic(type, Initialisation.SET_BACK, MethodType.methodType(void.class)));
    } catch (NoSuchMethodException | IllegalAccessException unusable) {
      if (unusable.getCause() instanceof LinkageError) {
        return Optional.empty();
      }
      throw new IllegalStateException(unusable);
    }
  }

  @Override
  public Sites sites() {
    return sites;
  }

  /** The classes that its classes use and that are not woven, but for the JDK's and the lab's. */
  public NavigableSet<String> unwoven() {
    return new TreeSet<>(used);
  }

  /** Whether one of its classes, if they are watched, may change something unseen. */
  public boolean hides() {
    return hides;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    String internalName = name.replace('.', '/');
    if (unwoven.contains(internalName)) {
      unwoven.told(internalName).ifPresent(used::add);
      members.mocks().asked(internalName);
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? woven(name) : loaded;
    }
  }

  private Class<?> woven(String name) throws ClassNotFoundException {
    String internalName = name.replace('.', '/');
    boolean isBeside = Companion.isOne(internalName);
    String type = isBeside ? Companion.interfaceOf(internalName) : internalName;
    String read = ClassFiles.original(type) + ".class";
    URL url = getResource(read);
    if (url == null) {
      throw new ClassNotFoundException(name);
    }
    try {
      URLConnection connection = url.openConnection();
      try (InputStream stream = connection.getInputStream()) {
        ClassNode node = new ClassNode();
        byte[] made = members.files().made(type, stream.readAllBytes());
        new ClassReader(made).accept(node, 0);
        byte[] bytes = weave(isBeside ? Companion.make(node) : node);
        definePackage(name, connection);
        Class<?> defined = defined(name, bytes, domain(url, read));
        if (members.statics(internalName).areSetBack()) {
          toSetBack.add(defined);
        }
        return defined;
      }
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private Class<?> defined(String name, byte[] bytes, ProtectionDomain domain) {
    try {
      Class<?> type = defineClass(name, bytes, 0, bytes.length, domain);
      woven.add(type);
      return type;
    } catch (ClassFormatError | VerifyError unusable) {
      malformed.put(name, firstLine(unusable));
      throw unusable;
    }
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown).lines().findFirst().orElse("");
  }

  /**
   * Those of its classes that the JVM refuses, each with why. Whatever uses one gets an error,
   * which it may catch, so what it does from there on is not what it does when it is not woven.
   */
  public Map<String, String> refused() {
    Map<String, String> refused = new TreeMap<>(malformed);
    Set<String> usedByThem = Set.copyOf(used);
    for (Class<?> type : woven) {
      try {
        // This links it, and so verifies it, but does not initialise it.
        var unused = type.getDeclaredMethods();
      } catch (VerifyError | ClassFormatError unusable) {
        refused.put(type.getName(), firstLine(unusable));
      } catch (LinkageError missing) {
        // As it is without weaving: a class that one of its methods names is not there.
      }
    }
    // To ask for methods loads what they name.
    used.retainAll(usedByThem);
    return refused;
  }

  private byte[] weave(ClassNode original) {
    byte[] woven = ClassWeaver.weave(original, members, sites, telling);
    return watching ? RoundsWeaver.weave(woven, members, sites, () -> hides = true) : woven;
  }

  /** The domain of what is not woven: code may ask where it is from. */
  private ProtectionDomain domain(URL url, String file) {
    String root = url.toString();
    root = root.endsWith(file) ? root.substring(0, root.length() - file.length()) : root;
    if (root.startsWith("jar:") && root.endsWith("!/")) {
      root = root.substring("jar:".length(), root.length() - "!/".length());
    }
    return domains.computeIfAbsent(root, this::domain);
  }

  private ProtectionDomain domain(String root) {
    @Nullable URL location;
    try {
      location = URI.create(root).toURL();
    } catch (MalformedURLException | IllegalArgumentException noLocation) {
      location = null;
    }
    return new ProtectionDomain(new CodeSource(location, (Certificate[]) null), null, this, null);
  }

  private void definePackage(String type, URLConnection from) throws IOException {
    String name = type.substring(0, Math.max(0, type.lastIndexOf('.')));
    if (getDefinedPackage(name) == null) {
      Manifest manifest = from instanceof JarURLConnection jar ? jar.getManifest() : null;
      Attributes all = manifest == null ? new Attributes() : manifest.getMainAttributes();
      try {
        definePackage(
            name,
            all.getValue(Name.SPECIFICATION_TITLE),
            all.getValue(Name.SPECIFICATION_VERSION),
            all.getValue(Name.SPECIFICATION_VENDOR),
            all.getValue(Name.IMPLEMENTATION_TITLE),
            all.getValue(Name.IMPLEMENTATION_VERSION),
            all.getValue(Name.IMPLEMENTATION_VENDOR),
            null);
      } catch (IllegalArgumentException definedMeanwhile) {
        // As good.
      }
    }
  }
}
