package oversell.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import oversell.text.Words;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the virtual threads of a sale waited for, read from a thread dump in JSON. A dump of JDK 21
 * names no locks, but the JDK's frames show what a thread waits in, and {@code parkOnCarrierThread}
 * shows that it kept its carrier.
 */
final class ThreadDump {
  private static final String LAB = "oversell.";
  private static final String PINNED = "VirtualThread.parkOnCarrierThread";
  private static final List<String> PARKING =
      List.of("LockSupport.", "VirtualThread", "Unsafe.", "System$", "AbstractQueuedSynchronizer");

  private ThreadDump() {}

  /** A line for each kind of wait; none if the dump cannot be read. */
  static List<String> waits(Path dump) {
    Map<String, List<String>> threads = new LinkedHashMap<>();
    try {
      JsonNode top = JsonMapper.shared().readTree(Files.readString(dump));
      for (JsonNode container : top.path("threadDump").path("threadContainers")) {
        for (JsonNode thread : container.path("threads")) {
          List<String> frames = new ArrayList<>();
          thread.path("stack").forEach(frame -> frames.add(frame.asString()));
          wait(frames)
              .ifPresent(
                  wait ->
                      threads
                          .computeIfAbsent(wait, kind -> new ArrayList<>())
                          .add(thread.path("name").asString()));
        }
      }
    } catch (IOException | JacksonException unreadable) {
      return List.of();
    }
    return threads.entrySet().stream()
        .map(
            wait ->
                Words.text(
                    "%s (%s): %s",
                    Words.counted(wait.getValue().size(), "virtual thread"),
                    String.join(", ", wait.getValue()),
                    wait.getKey()))
        .toList();
  }

  /** What a thread of the sale waits in and holds; empty for any other thread. */
  private static Optional<String> wait(List<String> frames) {
    boolean virtual = frames.stream().anyMatch(frame -> frame.contains("VirtualThread.run"));
    Optional<String> lab = frames.stream().filter(frame -> frame.startsWith(LAB)).findFirst();
    if (!virtual || lab.isEmpty()) {
      return Optional.empty();
    }
    List<String> above = frames.subList(0, frames.indexOf(lab.get()));
    String in =
        above.stream()
            .map(ThreadDump::method)
            .filter(method -> PARKING.stream().noneMatch(method::startsWith))
            .reduce((upper, lower) -> lower)
            .map(method -> "waits in " + method + ", called by " + method(lab.get()))
            .orElse("waits to enter " + method(lab.get()));
    String inside =
        frames.stream()
            .filter(frame -> frame.contains("Inventory.purchase"))
            .map(ThreadDump::method)
            .collect(Collectors.joining(", "));
    boolean pinned = frames.stream().anyMatch(frame -> frame.contains(PINNED));
    // Whether a thread that waits for a monitor keeps its carrier is in no frame: on 21 it does, on
    // 25 it does not.
    String unpinned = above.isEmpty() ? "" : ", and has no carrier";
    return Optional.of(
        in
            + (inside.isEmpty() ? "" : ", inside " + inside)
            + (pinned ? ", and keeps its carrier" : unpinned));
  }

  /** Class and method of a frame, without packages and places. */
  private static String method(String frame) {
    String name = frame.replaceFirst("\\(.*", "").replaceFirst(".*/", "");
    return name.replaceFirst(".*\\.(?=[^.]+\\.[^.]+$)", "");
  }
}
