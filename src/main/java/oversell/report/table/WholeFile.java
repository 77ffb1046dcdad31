package oversell.report.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there as it was or as it will be, whatever happens meanwhile. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes it beside its place first: a disk that fills up in the middle leaves the former file
   * whole.
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
