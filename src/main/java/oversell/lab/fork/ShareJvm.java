package oversell.lab.fork;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JVM that runs {@link ShareMain}, as the program sees it that has launched it.
 *
 * @param name among all that sell for the fork
 */
record ShareJvm(String name, Process process) implements Closeable {
  /**
   * Launches one.
   *
   * @param command up to the name of the class
   * @param output takes what it prints
   * @throws IOException if it cannot be launched
   */
  static ShareJvm launch(
      List<String> command, ProcessBuilder.Redirect output, ShareMain.Membership membership)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Stream.concat(command.stream(), Stream.of(ShareMain.class.getName())).toList())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    // A pipe: others can read a command line.
    process
        .getOutputStream()
        .write((Wire.line(membership) + '\n').getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return new ShareJvm(membership.name(), process);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it, and returns when it is dead. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    var unused = process.waitFor();
  }

  /** Lets go of it: it ends, since its input does. */
  void dismiss() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyDead) {
      // Then it has ended.
    }
  }

  /** Lets go of it, and kills it if it does not end by itself. */
  @Override
  public void close() {
    dismiss();
    Member.end(process);
  }
}
