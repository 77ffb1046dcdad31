package oversell.fork;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * The messages of a run in a file, one a line, each on its way to the disk before the next one
 * comes.
 */
public final class RawLog implements AutoCloseable {
  private final BufferedWriter writer;

  private RawLog(BufferedWriter writer) {
    this.writer = writer;
  }

  /**
   * Opens a new one.
   *
   * @throws IOException if it exists or cannot be made
   */
  public static RawLog open(Path file) throws IOException {
    return new RawLog(Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW));
  }

  /**
   * Writes a message down.
   *
   * @throws IOException if the disk doesn't take it, or the log was closed
   */
  public void append(Message message) throws IOException {
    synchronized (writer) {
      writer.write(Wire.line(message) + '\n');
      writer.flush();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (writer) {
      writer.close();
    }
  }

  /**
   * Reads a log, which may have ended in the middle of a line if its writer was killed: that line
   * is left out.
   *
   * @throws IOException if it cannot be read, or a whole line is no message; the text says which
   */
  public static List<Message> read(Path file) throws IOException {
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<Message> messages = new ArrayList<>();
    for (String line : whole.lines().toList()) {
      try {
        messages.add(Wire.parse(line, Message.class));
      } catch (JacksonException broken) {
        throw new IOException(
            "%s:%d: found a line that is no message of a run (%s)"
                .formatted(file, messages.size() + 1, broken.getOriginalMessage()),
            broken);
      }
    }
    return messages;
  }
}
