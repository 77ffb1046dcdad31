package oversell.lab.trial;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import oversell.boot.Jdk;
import oversell.lab.fork.ScopeCompiler;

/** The scope of the JVM that runs the tests, compiled as that of a fork is. */
public final class Scopes {
  private Scopes() {}

  public static BuyerScope ofThisJvm() {
    Jdk jdk = Jdk.read(Path.of(System.getProperty("java.home"))).orElseThrow();
    try {
      Path classes = compiler().classesFor(jdk);
      return BuyerScope.load(
          new URLClassLoader(new URL[] {url(classes)}, Scopes.class.getClassLoader()));
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Shares its cache with the lab's own runs. */
  public static ScopeCompiler compiler() {
    return new ScopeCompiler(Path.of("target", "scopes"), System.getProperty("java.class.path"));
  }

  private static URL url(Path folder) throws MalformedURLException {
    return folder.toUri().toURL();
  }
}
