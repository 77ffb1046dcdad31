package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that can explore.
 *
 * @param java its program
 * @param flags what it needs beside those of explorers
 * @param folder where its output is kept
 */
record ExploringJvm(Path java, List<String> flags, Path folder) {
  private static final int MOST_SECONDS = 180;

  /** What a main on this class path prints until it ends well. */
  String output(Class<?> main, String... args) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, main.getSimpleName(), ".txt");
    List<String> command = new ArrayList<>(List.of(java.toString(), "--enable-preview"));
    command.addAll(flags);
    command.addAll(Explorer.FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
          .as("%s ended within %d s", java, MOST_SECONDS)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output);
    assertThat(process.exitValue()).as("%s: %s", java, said).isZero();
    return said;
  }
}
