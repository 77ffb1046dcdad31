package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.picture.Story;
import oversell.lab.experiment.Key;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Observations;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleOutcome;
import oversell.lab.trial.TrialResult;
import oversell.store.Audit;
import oversell.store.StoreFacts;

class RawLogTest {
  private static final TrialResult TRIAL =
      new TrialResult(
          0,
          false,
          15,
          5,
          0,
          0,
          Optional.empty(),
          -5,
          -5,
          5,
          0,
          0,
          101_000_000,
          77,
          "w",
          new Observations(
              120_000_000,
              6,
              1,
              1,
              2,
              List.of(3, 2),
              List.of(1, 3, 2),
              Optional.of(new Observations.Beats(90, 100, 2_000_000, 1_000)),
              Optional.of(99L)));
  private static final Counterexample TOLD =
      new Counterexample(
          "00040105000179",
          new SaleOutcome(Outcome.Grade.DEADLOCK, -3, 6, 1, "java.lang.Error: \"ü\""),
          List.of("buyer 1", "buyer 2"),
          1,
          List.of(
              new Story.Step(
                  1,
                  "Shelf.java:18",
                  "Shelf.purchase",
                  "reads stock",
                  List.of("3"),
                  Map.of("stock", "3"),
                  List.of(0))),
          0,
          List.of("buyer 1 waits, and nobody will let it go on"));
  private static final List<Message> MESSAGES =
      List.of(
          new Message.RunStarted(
              new Environment(
                  Instant.parse("2026-11-24T12:00:00Z"),
                  "Linux",
                  "a | b",
                  2,
                  1L << 34,
                  0.5,
                  "25",
                  List.of("25"),
                  List.of(),
                  "abc",
                  true),
              "seed",
              "Who?",
              List.of("Buyers oversold {oversold_trials} times"),
              List.of("oversold_trials"),
              List.of("A Book of Numbers"),
              "seed.yaml",
              "a: \"ü\"\n",
              Map.of("trials", "5"),
              1,
              Plans.seed(Map.of(Key.CARRIERS, "default,2")).rows(),
              1,
              2,
              1),
          new Message.ForkStarted(0, 0, Fork.Purpose.PINNING, "25", List.of("-Xmx1g")),
          new Message.TrialEnded(0, TRIAL),
          new Message.PinningCounted(0, 7, 123),
          new Message.MemoryMeasured(0, 1L << 33, 1 << 20),
          new Message.CounterexampleFound(0, 750_000_000, TOLD),
          new Message.ExplorationProgressed(0, 12, 3, 0.25, 4),
          new Message.Replayed(0, false, 2, TOLD),
          new Message.SaleExplored(
              0,
              new Explored(
                  6,
                  3,
                  Optional.of(new BigInteger("622554366994560000000")),
                  1,
                  true,
                  4,
                  List.of("random, in Any.purchase (Any.java:7)"),
                  "a bound",
                  List.of("org.slf4j.Logger"),
                  List.of("other random numbers"),
                  73,
                  123,
                  List.of(new Explored.Share(TOLD.outcome(), 6, Optional.empty())),
                  OptionalDouble.of(0.5)),
              List.of(1_500_000_000L, 100_000_000L)),
          new Message.StoreOpened(
              1, new StoreFacts("H2 2.5", "read committed, in memory", false), "transaction"),
          new Message.StoreAudited(
              1, true, 2, new Audit(10, 1, 9, 0, 3, 0, 1, 1, 0, 4, 7, Map.of("40001", 7L))),
          new Message.SaleShared(
              1, true, List.of(new Message.Share(100, List.of("1", "joined-0a1b2c3d")))),
          new Message.ForkEnded(
              0,
              0,
              new ForkOutcome.Completed(Duration.ofMillis(1234)),
              new MachineShare(0.25, 0.5)),
          new Message.ForkEnded(
              1,
              0,
              new ForkOutcome.Crashed(137, "boom \"quoted\"\n", "fork-1.log"),
              MachineShare.UNKNOWN),
          new Message.ForkEnded(
              2,
              0,
              new ForkOutcome.TimedOut(Duration.ofSeconds(5), "fork-2-threads.json"),
              MachineShare.UNKNOWN),
          new Message.ForkEnded(
              3, 0, new ForkOutcome.Unavailable("JDK 22 is not installed"), MachineShare.UNKNOWN),
          new Message.RunEnded(Instant.parse("2026-11-24T12:01:00Z"), 0.7));

  @TempDir private Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve("trials.jsonl");
    try (RawLog log = RawLog.open(file)) {
      for (Message message : MESSAGES) {
        log.append(message);
      }
    }
    return file;
  }

  @Test
  void isReadBackAsItWasWritten() throws IOException {
    assertThat(RawLog.read(written())).isEqualTo(MESSAGES);
    assertThat(MESSAGES.stream().<Class<?>>map(Object::getClass))
        .contains(kindsOf(Message.class).toArray(Class<?>[]::new));
  }

  @ParameterizedTest
  @ValueSource(classes = {Message.class, ForkOutcome.class})
  void everyKindHasANameInTheLog(Class<?> sealed) {
    JsonSubTypes named = sealed.getAnnotation(JsonSubTypes.class);

    assertThat(Arrays.stream(named.value()).map(JsonSubTypes.Type::value))
        .containsExactlyInAnyOrderElementsOf(kindsOf(sealed).toList());
  }

  /** The records of a sealed type, those of its sealed parts included. */
  private static Stream<Class<?>> kindsOf(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .flatMap(kind -> kind.isSealed() ? kindsOf(kind) : Stream.of(kind));
  }

  @Test
  void holdsFiguresAndNothingDerivedFromThem() throws IOException {
    assertThat(Files.readAllLines(written()).get(2))
        .isEqualTo(
            "{\"event\":\"trial-ended\",\"fork\":0,\"result\":{\"trial\":0,\"warmup\":false,\"sold\":15,\"purchases\":5,"
                + "\"refused\":0,\"failed\":0,\"firstFailure\":null,\"finalStock\":-5,\"lowestStock\":-5,\"oversold\":5,"
                + "\"lostUpdates\":0,\"vanished\":0,\"wallNanos\":101000000,\"longestWaitNanos\":77,\"waits\":\"w\",\"seen\":{\"spanNanos\":120000000,"
                + "\"pauses\":6,\"faulted\":1,\"guardsHeld\":1,\"leftBehind\":2,\"acquisitions\":[3,2],\"served\":[1,3,2],"
                + "\"bystander\":{\"seen\":90,\"expected\":100,\"worstGapNanos\":2000000,\"lastBeatAgeNanos\":1000},"
                + "\"baselineNanos\":99}}}");
  }

  /** Whoever wrote it was killed: at any byte. */
  @Test
  void leavesOutALineThatBrokeOff() throws IOException {
    String text = Files.readString(written());
    int start = text.indexOf('\n') + 1;
    for (int length = start; length < text.length(); length++) {
      Path cut = Files.writeString(folder.resolve("cut.jsonl"), text.substring(0, length));

      List<Message> read = RawLog.read(cut);

      assertThat(read).isEqualTo(MESSAGES.subList(0, read.size())).isNotEmpty();
    }
  }

  @Test
  void saysWhichLineIsNoMessage() throws IOException {
    Path file = written();
    Files.writeString(file, "{\"event\":\"tiral-ended\"}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> RawLog.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("trials.jsonl:18: ");
  }

  @Test
  void saysWhichLineIsNull() throws IOException {
    Path file = written();
    Files.writeString(file, "null\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> RawLog.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("trials.jsonl:18: found a line that is no message of a run (null");
  }

  @Test
  void neverWritesOverALog() throws IOException {
    Path file = written();

    assertThatThrownBy(() -> RawLog.open(file)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void takesNothingMoreOnceClosed() throws IOException {
    RawLog log = RawLog.open(folder.resolve("closed.jsonl"));
    log.close();

    assertThatThrownBy(() -> log.append(MESSAGES.getLast())).isInstanceOf(IOException.class);
  }
}
