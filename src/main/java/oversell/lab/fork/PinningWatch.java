package oversell.lab.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Counts virtual threads that block without leaving their carriers, with Flight Recorder's event
 * {@code jdk.VirtualThreadPinned}. Its threshold of 20 ms would hide nearly all of them, so it is 0
 * here.
 */
final class PinningWatch implements AutoCloseable {
  private static final String EVENT = "jdk.VirtualThreadPinned";

  private final Recording recording = new Recording();

  /** Begins to watch. */
  static PinningWatch start() {
    PinningWatch watch = new PinningWatch();
    watch.recording.enable(EVENT).withThreshold(Duration.ZERO).withoutStackTrace();
    watch.recording.start();
    return watch;
  }

  /** What was seen until now; the watch has ended then. */
  Message.PinningCounted counted(int fork) throws IOException {
    recording.stop();
    Path file = Files.createTempFile("pinning-", ".jfr");
    try {
      recording.dump(file);
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);
      long nanos =
          events.stream()
              .filter(event -> event.getEventType().getName().equals(EVENT))
              .mapToLong(event -> event.getDuration().toNanos())
              .sum();
      long count =
          events.stream().filter(event -> event.getEventType().getName().equals(EVENT)).count();
      return new Message.PinningCounted(fork, count, nanos);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
