package oversell.explorer.client;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import oversell.explorer.Scenario;

/** Scenarios that name preview classes, compiled by the JDK that runs them. */
public final class Sources {
  private Sources() {}

  /** A scenario with this body, a field count and a field lock. */
  @SuppressWarnings("unchecked")
  public static Class<? extends Scenario<Integer>> scenario(String body) {
    String source =
        """
        package client;

        import java.util.*;
        import java.util.concurrent.*;
        import oversell.explorer.Scenario;

        public class Sample implements Scenario<Integer> {
          private final Object lock = new Object();
          private int count;

          @Override
          public Integer run() throws Exception {
        %s
          }
        }
        """
            .formatted(body.indent(4));
    try {
      Path folder = Files.createTempDirectory("scenario");
      compile(source, folder);
      deleteOnExit(folder);
      ClassLoader loader =
          new URLClassLoader(new URL[] {url(folder)}, Sources.class.getClassLoader());
      return (Class<? extends Scenario<Integer>>) loader.loadClass("client.Sample");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Files are deleted in the reverse order of these calls, thus a folder after what is in it. */
  private static void deleteOnExit(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.forEach(file -> file.toFile().deleteOnExit());
    }
  }

  private static URL url(Path folder) throws MalformedURLException {
    return folder.toUri().toURL();
  }

  private static void compile(String source, Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of(
                    "-proc:none",
                    "-g",
                    "--enable-preview",
                    "--release",
                    Integer.toString(Runtime.version().feature()),
                    "-cp",
                    System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", ""),
                    "-d",
                    folder.toString()),
                null,
                List.of(new InMemory(source)))
            .call();
    if (!compiled) {
      throw new IllegalArgumentException(said.toString());
    }
  }

  private static final class InMemory extends SimpleJavaFileObject {
    private final String source;

    InMemory(String source) {
      super(URI.create("string:///client/Sample.java"), JavaFileObject.Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoring) {
      return source;
    }
  }
}
