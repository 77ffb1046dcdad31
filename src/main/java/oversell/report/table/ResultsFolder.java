package oversell.report.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import oversell.lab.fork.Message;
import oversell.lab.fork.RawLog;

/**
 * The folder of one experiment's results. A run works in {@code history/UTC-TIME} below it, so its
 * raw log is kept and the former results stay whole, however the run ends. A run that has ended is
 * published: its folder takes the place of the former one, which goes to the history. Folders are
 * moved as a whole; if the machine stops between two moves, the next {@link #open} makes the
 * others.
 */
public final class ResultsFolder implements AutoCloseable {
  /** The raw log's name in a folder of results. */
  public static final String RAW_LOG = "trials.jsonl";

  private static final String HISTORY = "history";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final FileChannel lock;
  private final Path published;
  private final Path incoming;
  private final Path outgoing;

  private ResultsFolder(FileChannel lock, Path results, String experiment) {
    this.lock = lock;
    published = results.resolve(experiment);
    incoming = results.resolve("." + experiment + ".incoming");
    outgoing = results.resolve("." + experiment + ".outgoing");
  }

  /**
   * The folder of an experiment, created if it is missing, and repaired if a publication did not
   * end.
   *
   * @throws IOException if it cannot be written, or another run is going on
   */
  public static ResultsFolder open(Path results, String experiment) throws IOException {
    Files.createDirectories(results);
    FileChannel lock = lock(results.resolve(".lock"));
    try {
      ResultsFolder folder = new ResultsFolder(lock, results, experiment);
      folder.finishPublication();
      Files.createDirectories(folder.published.resolve(HISTORY));
      return folder;
    } catch (IOException unwritable) {
      lock.close();
      throw unwritable;
    }
  }

  /** The lock is held until the channel is closed or the process ends. */
  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException ofThisProcess) {
      // The same as a lock of another process.
    }
    channel.close();
    throw new FileSystemException(
        file.toString(),
        null,
        "another run is going on in this project, and two at once would measure one another");
  }

  /** Releases the lock, so that another run can begin. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** Where the results of the last run that ended are. */
  public Path published() {
    return published;
  }

  /**
   * A fresh folder for a run.
   *
   * @throws IOException if it cannot be made
   */
  public Path begin(Instant started) throws IOException {
    return Files.createDirectory(published.resolve(HISTORY).resolve(STAMP.format(started)));
  }

  /**
   * Puts a run in the place of the former one.
   *
   * @param run what {@link #begin} gave, with everything in it
   */
  public void publish(Path run) throws IOException {
    Files.move(run, incoming, StandardCopyOption.ATOMIC_MOVE);
    Files.move(published, outgoing, StandardCopyOption.ATOMIC_MOVE);
    finishPublication();
  }

  private void finishPublication() throws IOException {
    if (Files.exists(incoming) && !Files.exists(outgoing) && Files.exists(published)) {
      Files.move(published, outgoing, StandardCopyOption.ATOMIC_MOVE);
    }
    if (Files.exists(incoming)) {
      Files.move(incoming, published, StandardCopyOption.ATOMIC_MOVE);
    }
    if (Files.exists(outgoing)) {
      retire();
    }
  }

  /** Moves the former run with its history below the one that took its place. */
  private void retire() throws IOException {
    Path history = published.resolve(HISTORY);
    Path formerHistory = outgoing.resolve(HISTORY);
    if (Files.exists(formerHistory)) {
      Files.move(formerHistory, history, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.createDirectories(history);
    if (isEmpty(outgoing)) {
      Files.delete(outgoing);
    } else {
      Path place = unused(history, STAMP.format(startOf(outgoing)));
      Files.move(outgoing, place, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * A former run may have come back, for example from version control; its name in the history is
   * taken then.
   */
  private static Path unused(Path history, String name) {
    Path place = history.resolve(name);
    for (int copy = 2; Files.exists(place); copy++) {
      place = history.resolve(name + "-" + copy);
    }
    return place;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static Instant startOf(Path folder) throws IOException {
    try {
      if (RawLog.readFirst(folder.resolve(RAW_LOG)).orElse(null)
          instanceof Message.RunStarted run) {
        return run.environment().started();
      }
    } catch (IOException unreadable) {
      // Then the age of the folder is used instead.
    }
    return Files.getLastModifiedTime(folder).toInstant();
  }
}
