package oversell.report.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces files atomically: a reader sees the former text or the new one. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes the text to a file beside it first and then moves that: if the disk fills up, the former
   * file stays whole.
   *
   * @throws IOException if it cannot be written; nothing has changed then
   */
  public static void write(Path file, String text) throws IOException {
    Path beside = file.resolveSibling("." + file.getFileName());
    try {
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
