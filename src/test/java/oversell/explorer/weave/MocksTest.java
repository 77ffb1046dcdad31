package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mocks of woven classes, made by what stands in for Mockito on a class path of its own. */
class MocksTest {
  private static final String MOCKITO =
      """
      package org.mockito;

      import java.lang.reflect.Proxy;
      import java.util.Collections;
      import java.util.IdentityHashMap;
      import java.util.Set;

      public class Mockito {
        private static final Set<Object> MOCKS = Collections.newSetFromMap(new IdentityHashMap<>());

        public static synchronized Object mock(Class<?> type, Object... answers) {
          int[] next = {0};
          Object mock =
              Proxy.newProxyInstance(
                  type.getClassLoader(),
                  new Class<?>[] {type},
                  (proxy, method, arguments) -> answers[Math.min(next[0]++, answers.length - 1)]);
          MOCKS.add(mock);
          return mock;
        }

        public static synchronized MockingDetails mockingDetails(Object of) {
          boolean isOne = MOCKS.contains(of);
          return () -> isOne;
        }
      }
      """;
  private static final String DETAILS =
      """
      package org.mockito;

      public interface MockingDetails {
        boolean isMock();
      }
      """;
  private static final String SCENARIO =
      """
      package shop;

      import java.util.TreeMap;
      import java.util.concurrent.Callable;
      import org.mockito.Mockito;
      import oversell.explorer.Explorer;
      import oversell.explorer.Options;
      import oversell.explorer.Scenario;

      public class Sells implements Scenario<String>, Callable<String> {
        public interface Till {
          String pay();
        }

        @Override
        public String run() throws Exception {
          Till till = (Till) Mockito.mock(Till.class, ANSWERS);
          String[] paid = new String[2];
          Thread other = Thread.startVirtualThread(() -> paid[1] = till.pay());
          paid[0] = till.pay();
          other.join();
          return paid[0] + " " + paid[1];
        }

        @Override
        public String call() {
          return new TreeMap<>(Explorer.explore(Sells.class, Options.exhaustive()).outcomes())
              .keySet()
              .toString();
        }
      }
      """;

  @TempDir Path folder;

  private String explored(String answers) throws Exception {
    String path = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>(List.of("-d", folder.toString(), "-cp", path));
    for (String source : List.of(MOCKITO, DETAILS, SCENARIO.replace("ANSWERS", answers))) {
      String name = source.replaceAll("(?s).*?public (class|interface) (\\w+).*", "$2");
      Path file = folder.resolve(name + ".java");
      Files.writeString(file, source);
      command.add(file.toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
    assertThat(status).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(urls(path), ClassLoader.getPlatformClassLoader())) {
      Object scenario = loader.loadClass("shop.Sells").getDeclaredConstructor().newInstance();
      return (String) ((Callable<?>) scenario).call();
    }
  }

  private URL[] urls(String path) throws MalformedURLException {
    List<URL> urls = new ArrayList<>(List.of(folder.toUri().toURL()));
    for (String entry : path.split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  @Test
  void whoGetsTheFirstOfTwoAnswersDependsOnTheSchedule() throws Exception {
    assertThat(explored("\"first\", \"second\"")).isEqualTo("[first second, second first]");
  }

  @Test
  void bothGetTheOnlyAnswer() throws Exception {
    assertThat(explored("\"first\"")).isEqualTo("[first first]");
  }
}
