package oversell.lab.fork;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.boot.Jdk;

/**
 * The files of a fork in the results folder: what it printed, and a thread dump if it hung. Those
 * of a fork that completed are deleted.
 *
 * @param output the file that takes its standard output and error
 * @param threadDump the file for a dump, if one is taken
 */
record ForkFiles(Path output, Path threadDump) {
  private static final Logger LOG = LoggerFactory.getLogger(ForkFiles.class);
  private static final Duration TO_DUMP = Duration.ofSeconds(20);
  private static final int LAST_BYTES = 4_000;
  private static final int LAST_LINES = 3;
  private static final int LAST_CHARACTERS = 500;

  static ForkFiles in(Path folder, int fork) {
    return new ForkFiles(
        folder.resolve("fork-%d.log".formatted(fork)),
        folder.resolve("fork-%d-threads.json".formatted(fork)));
  }

  /** The last lines that it printed, in one. */
  String lastLines() {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(LAST_BYTES, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      List<String> lines =
          new String(end, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(ForkFiles::isTelling)
              .toList();
      String last =
          String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
      return last.substring(Math.max(0, last.length() - LAST_CHARACTERS));
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Frames of a stack trace say less than the exception above them. */
  private static boolean isTelling(String line) {
    return !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("... ");
  }

  /**
   * Asks a JVM that hangs what its threads wait for, virtual ones included.
   *
   * @return the name of the dump, or empty if the JVM does not answer any more or has no jcmd
   */
  String dumpThreads(Jdk jdk, long pid) throws InterruptedException {
    List<String> command =
        List.of(
            jdk.program("jcmd").toString(),
            Long.toString(pid),
            "Thread.dump_to_file",
            "-format=json",
            threadDump.toAbsolutePath().toString());
    try {
      Process jcmd =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        boolean dumped =
            jcmd.waitFor(TO_DUMP.toMillis(), TimeUnit.MILLISECONDS) && jcmd.exitValue() == 0;
        return dumped && Files.exists(threadDump) ? threadDump.getFileName().toString() : "";
      } finally {
        jcmd.destroyForcibly();
      }
    } catch (IOException noJcmd) {
      LOG.debug("no thread dump of process {}: {}", pid, noJcmd.toString());
      return "";
    }
  }

  /** Deletes an empty output: a fork that hangs has mostly printed nothing. */
  void deleteIfEmpty() throws IOException {
    if (Files.exists(output) && Files.size(output) == 0) {
      delete();
    }
  }

  /** Deletes the output. */
  void delete() throws IOException {
    Files.deleteIfExists(output);
  }
}
