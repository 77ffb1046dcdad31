package oversell.junit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInfo;

/**
 * What a method of a test is called with. Each execution gets a copy of its own, since it may
 * change what it gets, and one of woven classes, since it knows no others.
 */
final class Arguments implements Serializable {
  private static final long serialVersionUID = 1;

  /** Of methods without parameters. */
  static final Arguments NONE = of(List.of());

  private final byte[] serialized;

  private Arguments(byte[] serialized) {
    this.serialized = serialized;
  }

  /**
   * Those that JUnit has resolved.
   *
   * @throws IllegalArgumentException if one cannot be copied
   */
  static Arguments of(List<?> resolved) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Out out = new Out(bytes)) {
      out.writeObject(resolved.toArray());
    } catch (NotSerializableException notSo) {
      throw new IllegalArgumentException(
          "an argument of class %s cannot be copied, and each execution needs one of its own: let it"
                  .formatted(notSo.getMessage())
              + " be Serializable, or pass a number, a text or an enum and make the object in the"
              + " test",
          notSo);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return new Arguments(bytes.toByteArray());
  }

  /**
   * A copy of them.
   *
   * @param woven loads their classes
   * @param created hears of each object that is made
   */
  @Nullable Object[] copy(ClassLoader woven, Consumer<Object> created)
      throws IOException, ClassNotFoundException {
    try (In in = new In(serialized, woven, created)) {
      return (Object[]) in.readObject();
    }
  }

  /** A path, which is not serializable. */
  private record PathText(String text) implements Serializable {}

  /**
   * What JUnit tells a test about itself, without its class, of which each execution has its own.
   */
  private record Info(String displayName, Set<String> tags, String type, String method)
      implements Serializable {
    static Info of(TestInfo info) {
      return new Info(
          info.getDisplayName(),
          Set.copyOf(info.getTags()),
          info.getTestClass().map(Class::getName).orElse(""),
          info.getTestMethod().map(Method::getName).orElse(""));
    }
  }

  /** The same, as a test asks it. */
  private record Told(Info info, Optional<Class<?>> type) implements TestInfo {
    @Override
    public String getDisplayName() {
      return info.displayName();
    }

    @Override
    public Set<String> getTags() {
      return info.tags();
    }

    @Override
    public Optional<Class<?>> getTestClass() {
      return type;
    }

    @Override
    public Optional<Method> getTestMethod() {
      return type.stream()
          .flatMap(of -> Arrays.stream(of.getDeclaredMethods()))
          .filter(method -> method.getName().equals(info.method()))
          .findFirst();
    }
  }

  private static final class Out extends ObjectOutputStream {
    Out(OutputStream to) throws IOException {
      super(to);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      return switch (object) {
        case Path path -> new PathText(path.toString());
        case TestInfo info -> Info.of(info);
        default -> object;
      };
    }
  }

  private static final class In extends ObjectInputStream {
    private final ClassLoader woven;
    private final Consumer<Object> created;

    In(byte[] serialized, ClassLoader woven, Consumer<Object> created) throws IOException {
      super(new ByteArrayInputStream(serialized));
      this.woven = woven;
      this.created = created;
      enableResolveObject(true);
    }

    /** Weaving adds methods, and so changes the number that a version of a class has by default. */
    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
      ObjectStreamClass read = super.readClassDescriptor();
      ObjectStreamClass own = ObjectStreamClass.lookup(resolveClass(read));
      return own == null ? read : own;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(described.getName(), false, woven);
      } catch (ClassNotFoundException primitive) {
        return super.resolveClass(described);
      }
    }

    @Override
    protected Object resolveObject(Object object) throws IOException {
      Object resolved =
          switch (object) {
            case PathText path -> Path.of(path.text());
            case Info info -> new Told(info, type(info.type()));
            default -> object;
          };
      if (!isValue(resolved)) {
        created.accept(resolved);
      }
      return resolved;
    }

    private static boolean isValue(Object object) {
      return object instanceof String
          || object instanceof Number
          || object instanceof Boolean
          || object instanceof Character
          || object instanceof Enum<?>;
    }

    private Optional<Class<?>> type(String name) throws IOException {
      try {
        return name.isEmpty() ? Optional.empty() : Optional.of(woven.loadClass(name));
      } catch (ClassNotFoundException impossible) {
        throw new IOException(impossible);
      }
    }
  }
}
