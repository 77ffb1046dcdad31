package oversell.lab.fork;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import oversell.boot.Jdk;

/**
 * What a fork leaves behind in the results folder: what it printed, and a thread dump if it hung. A
 * fork that completes leaves nothing.
 *
 * @param output the file that takes its standard output and error
 * @param threadDump the file for a dump, if one is taken
 */
record Remains(Path output, Path threadDump) {
  private static final Duration TO_DUMP = Duration.ofSeconds(20);
  private static final int LAST_BYTES = 4_000;
  private static final int LAST_LINES = 3;
  private static final int LAST_CHARACTERS = 500;

  static Remains in(Path folder, int fork) {
    return new Remains(
        folder.resolve("fork-%d.log".formatted(fork)),
        folder.resolve("fork-%d-threads.json".formatted(fork)));
  }

  /** The last lines that it printed, as one. */
  String lastWords() {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(LAST_BYTES, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      List<String> lines =
          new String(end, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(Remains::tells)
              .toList();
      String words =
          String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
      return words.substring(Math.max(0, words.length() - LAST_CHARACTERS));
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Frames of a stack trace say less than the exception above them. */
  private static boolean tells(String line) {
    return !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("... ");
  }

  /**
   * Asks a JVM that hangs what its threads wait for, virtual ones included.
   *
   * @return the name of the dump, or empty if the JVM was past answering or has no jcmd
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
      return "";
    }
  }

  /** A fork that hangs has mostly printed nothing. */
  void discardIfEmpty() throws IOException {
    if (Files.exists(output) && Files.size(output) == 0) {
      discard();
    }
  }

  /** Nothing is left of a fork that completed. */
  void discard() throws IOException {
    Files.deleteIfExists(output);
  }
}
