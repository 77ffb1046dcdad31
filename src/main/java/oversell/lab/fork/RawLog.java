package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The messages of a run in a file, one a line, each given to the system before the next one is. */
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
   * @throws IOException if it cannot be written, or the log was closed
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
    return read(file, Long.MAX_VALUE);
  }

  /**
   * Reads no more than the first line of a log; empty if there is no whole one.
   *
   * @throws IOException as {@link #read(Path)} does
   */
  public static Optional<Message> readFirst(Path file) throws IOException {
    return read(file, 1).stream().findFirst();
  }

  private static List<Message> read(Path file, long most) throws IOException {
    List<Message> messages = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      StringBuilder line = new StringBuilder();
      for (int next = reader.read(); next >= 0 && messages.size() < most; next = reader.read()) {
        if (next != '\n') {
          line.append((char) next);
        } else {
          messages.add(parse(file, messages.size() + 1, line.toString()));
          line.setLength(0);
        }
      }
    }
    return messages;
  }

  private static Message parse(Path file, int number, String line) throws IOException {
    try {
      return Wire.parse(line, Message.class);
    } catch (JacksonException broken) {
      throw new IOException(
          "%s:%d: found a line that is no message of a run (%s)"
              .formatted(file, number, broken.getOriginalMessage()),
          broken);
    }
  }
}
