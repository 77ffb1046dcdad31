package oversell.adversary;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import oversell.inventory.InventoryProvider;

/** Classes that were compiled in memory. */
final class Classes {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

  private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

  private Classes() {}

  /** Compiles sources, by the names of their classes. */
  static Classes compile(Map<String, String> sources) {
    Classes classes = new Classes();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-g",
            "-implicit:none",
            "-cp",
            System.getProperty("java.class.path"));
    boolean compiled =
        COMPILER
            .getTask(
                messages,
                classes.new Manager(),
                null,
                options,
                null,
                sources.entrySet().stream()
                    .map(one -> new Text(one.getKey(), one.getValue()))
                    .toList())
            .call();
    if (!compiled) {
      throw new IllegalStateException(messages + "\n" + sources.values());
    }
    return classes;
  }

  /** The provider of a program, loaded anew. */
  Class<? extends InventoryProvider> provider(String name) {
    return load(name + "$Provider").asSubclass(InventoryProvider.class);
  }

  /** A class, by a new loader. */
  Class<?> load(String name) {
    try {
      return new Loader().loadClass(Source.PACKAGE + "." + name);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String name, String text) {
      super(URI.create("memory:///" + Source.PACKAGE + "/" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  private final class Manager extends ForwardingJavaFileManager<JavaFileManager> {
    Manager() {
      super(FILES);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              bytes.put(name, toByteArray());
            }
          };
        }
      };
    }
  }

  /** Gives the class files, too, which are woven. */
  private final class Loader extends ClassLoader {
    Loader() {
      super(Classes.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] file = bytes.get(name);
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, file, 0, file.length);
    }

    @Override
    protected URL findResource(String name) {
      byte[] file = bytes.get(name.replace('/', '.').replaceFirst("\\.class$", ""));
      try {
        return file == null ? null : URL.of(URI.create("memory:///" + name), new Handler(file));
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static final class Handler extends URLStreamHandler {
    private final byte[] file;

    Handler(byte[] file) {
      this.file = file;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(file);
        }
      };
    }
  }
}
