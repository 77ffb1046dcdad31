package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A process that stands still, by SIGSTOP, until this is closed. If this JVM ends before that, the
 * process goes on as well: a process that stands still would never find out that it is alone.
 */
final class Stop implements Closeable {
  private static final String STOPPED = "stopped";

  // It ends by the end of its input, which is a pipe of this JVM's.
  private static final String SCRIPT =
      "kill -STOP \"$1\" && echo " + STOPPED + " && read -r line; kill -CONT \"$1\"";

  private final Process shell;

  private Stop(Process shell) {
    this.shell = shell;
  }

  /**
   * Stops a process.
   *
   * @throws IOException if this system cannot do that
   */
  static Stop of(Process process) throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", SCRIPT, "sh", Long.toString(process.pid()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = shell.inputReader(StandardCharsets.UTF_8);
    if (!STOPPED.equals(said.readLine())) {
      shell.destroyForcibly();
      throw new IOException("process %d cannot be stopped here".formatted(process.pid()));
    }
    return new Stop(shell);
  }

  /** Lets it go on. */
  @Override
  public void close() throws IOException {
    shell.getOutputStream().close();
    try {
      var unused = shell.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
