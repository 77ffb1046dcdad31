package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.corpus.Constructs;
import oversell.explorer.hook.Hooks;
import oversell.explorer.hook.Uncontrolled;

/** Woven classes are verified, and do what they did. */
@Timeout(60)
class LanguageTest {
  @BeforeEach
  void runUncontrolled() {
    Hooks.install(new Uncontrolled());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyConstructDoesWhatItDid(boolean telling) throws Exception {
    WeavingLoader loader = new WeavingLoader(getClass().getClassLoader(), telling);

    Class<?> woven = loader.loadClass(Constructs.class.getName());

    assertThat(woven).isNotSameAs(Constructs.class);
    assertThat(woven.getMethod("results").invoke(null))
        .isEqualTo(fresh().getMethod("results").invoke(null));
  }

  /** Its static fields as they begin. */
  private static Class<?> fresh() throws ClassNotFoundException {
    String prefix = Constructs.class.getName();
    return new ClassLoader(LanguageTest.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(prefix)) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
          byte[] bytes = stream.readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
          throw new ClassNotFoundException(name, unreadable);
        }
      }
    }.loadClass(prefix);
  }

  @Test
  void theyDoSomething() {
    Map<String, String> results = Constructs.results();

    assertThat(results).hasSize(24);
    // One that throws on purpose says so by its own words.
    assertThat(results.values()).noneMatch(result -> result.startsWith("java.lang."));
  }
}
