package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadDumpTest {
  private static final String PINNED =
      "java.base/java.lang.VirtualThread.parkOnCarrierThread(VirtualThread.java:675)";
  private static final List<String> UNTIL_LOCKED =
      List.of(
          "java.base/java.lang.VirtualThread.park(VirtualThread.java:607)",
          "java.base/java.lang.System$2.parkVirtualThread(System.java:2648)",
          "java.base/java.util.concurrent.locks.LockSupport.park(LockSupport.java:219)",
          "java.base/java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(AbstractQueuedSynchronizer.java:754)",
          "java.base/java.util.concurrent.locks.ReentrantLock$Sync.lock(ReentrantLock.java:153)",
          "java.base/java.util.concurrent.locks.ReentrantLock.lock(ReentrantLock.java:322)",
          "oversell.lab.trial.Till.useTill(Till.java:40)");
  private static final String PURCHASE =
      "oversell.variant.SynchronizedInventory.purchase(SynchronizedInventory.java:30)";
  private static final String RUN = "java.base/java.lang.VirtualThread.run(VirtualThread.java:309)";

  @TempDir private Path folder;

  private List<String> waits(String text) throws IOException {
    return ThreadDump.waits(Files.writeString(folder.resolve("dump.json"), text));
  }

  private static String dump(String... threads) {
    return """
    {"threadDump": {"processId": "1", "runtimeVersion": "21.0.9", "threadContainers": [
      {"container": "<root>", "parent": null, "threads": []},
      {"container": "scope", "parent": "<root>", "threads": [%s], "threadCount": "3"}]}}
    """
        .formatted(String.join(",", threads));
  }

  private static String thread(String name, List<String> above, String... below) {
    return "{\"tid\": \"1\", \"name\": \"%s\", \"stack\": [%s]}"
        .formatted(
            name,
            Stream.concat(above.stream(), Stream.of(below))
                .map(frame -> '"' + frame + '"')
                .collect(Collectors.joining(",")));
  }

  private static String pinned(String name) {
    return thread(
        name,
        Stream.concat(Stream.of(PINNED), UNTIL_LOCKED.stream()).toList(),
        PURCHASE,
        "oversell.lab.trial.Buyer.call(Buyer.java:50)",
        RUN);
  }

  @Test
  void distinguishesThreadsThatKeepTheirCarriers() throws IOException {
    assertThat(waits(dump(pinned("buyer 1"), thread("next", UNTIL_LOCKED, RUN), pinned("buyer 2"))))
        .containsExactly(
            "2 virtual threads (buyer 1, buyer 2): waits in ReentrantLock.lock, called by Till.useTill,"
                + " inside SynchronizedInventory.purchase, and keeps its carrier",
            "1 virtual thread (next): waits in ReentrantLock.lock, called by Till.useTill, and has no carrier");
  }

  /** On 21 a thread that waits for a monitor keeps its carrier, and no frame shows it. */
  @Test
  void doesNotClaimAnythingAboutTheCarrierOfAThreadThatWaitsForAMonitor() throws IOException {
    assertThat(waits(dump(thread("buyer", List.of(), PURCHASE, RUN))))
        .containsExactly(
            "1 virtual thread (buyer): waits to enter SynchronizedInventory.purchase, inside"
                + " SynchronizedInventory.purchase");
  }

  @Test
  void skipsThreadsThatAreNotOfASale() throws IOException {
    assertThat(
            waits(
                dump(
                    thread(
                        "platform", UNTIL_LOCKED, "java.base/java.lang.Thread.run(Thread.java:1)"),
                    thread("another", List.of(PINNED), RUN),
                    thread("none", List.of()))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "no JSON",
        "{\"threadDump\": 1}",
        "{\"threadDump\": {\"threadContainers\": [{\"threads\": [{\"stack\": [{}]}]}]}}"
      })
  void isEmptyForATextThatIsNotADump(String text) throws IOException {
    assertThat(waits(text)).isEmpty();
  }

  @Test
  void isEmptyForADumpThatWasCutOff() throws IOException {
    String whole = dump(pinned("buyer"));

    assertThat(waits(whole)).hasSize(1);
    assertThat(waits(whole.substring(0, whole.length() - 10))).isEmpty();
  }

  @Test
  void isEmptyForAMissingFile() {
    assertThat(ThreadDump.waits(folder.resolve("none.json"))).isEmpty();
  }
}
