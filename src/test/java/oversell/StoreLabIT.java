package oversell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lab as a process of its own, which starts a database as a process of its own. */
@Timeout(300)
class StoreLabIT {
  private static final String ENDLESS = "trials=100000";
  private static final String DATA = "-D ";
  private static final String[] KILLING = {
    "store=postgresql",
    "variants=skip-locked",
    "fault=kill-database",
    "fault-every=2",
    "hold=0",
    ENDLESS
  };

  @TempDir private Path project;
  private Path temporary;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void makeProject() throws IOException {
    project = project.toRealPath();
    temporary = Files.createDirectory(project.resolve("temporary"));
    Path experiments = Files.createDirectories(project.resolve("experiments/stores"));
    Files.copy(Path.of("experiments/stores/database.yaml"), experiments.resolve("database.yaml"));
    // Unpacked once for all tests.
    Path binaries = Files.createDirectories(Path.of("target", "postgresql")).toRealPath();
    Files.createSymbolicLink(
        Files.createDirectory(project.resolve("target")).resolve("postgresql"), binaries);
  }

  @AfterEach
  void leaveNobodyBehind() {
    servers().forEach(ProcessHandle::destroyForcibly);
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start(String... settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                project.toString(),
                "exp=database"));
    command.addAll(List.of(settings));
    Process process =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(project.resolve("output.txt").toFile())
            .start();
    started.add(process);
    return process;
  }

  private int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String output() throws IOException {
    return Files.readString(project.resolve("output.txt"), StandardCharsets.UTF_8);
  }

  /** The servers whose data is in the folder of this test. */
  private List<ProcessHandle> servers() {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders
          .map(folder -> folder.resolve("data").resolve("postmaster.pid"))
          .filter(Files::exists)
          .flatMap(StoreLabIT::process)
          .toList();
    } catch (IOException gone) {
      return List.of();
    }
  }

  private static Stream<ProcessHandle> process(Path pidFile) {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst())).stream();
    } catch (IOException beingWritten) {
      return Stream.of();
    }
  }

  private List<Path> foldersOfServers() throws IOException {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("oversell-"))
          .toList();
    }
  }

  /** Waits until buyers buy. */
  private ProcessHandle awaitSale() {
    awaitTrial();
    return servers().getFirst();
  }

  private void awaitTrial() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> output().contains("forks:") && rawLog().contains("trial-ended"));
  }

  private String rawLog() throws IOException {
    try (Stream<Path> files = Files.walk(project.resolve("results"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(path -> path.endsWith("trials.jsonl")).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }

  private static void assertEnds(ProcessHandle server) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());
  }

  @Test
  void aRunFromAFreshProjectLeavesResultsAndNoServer() throws Exception {
    Process lab = start("variants=select-for-update", "hold=1ms", "trials=3");

    assertThat(end(lab)).as(output()).isZero();
    assertThat(output()).contains("on postgresql", "on h2", "safe");
    assertThat(project.resolve("results/database/table.md"))
        .content()
        .contains("PostgreSQL 18", "fsync on", "H2 2");
    assertThat(foldersOfServers()).isEmpty();
  }

  @Test
  void anInterruptedRunStopsItsServerAndKeepsWhatWasMeasured() throws Exception {
    Process lab = start("store=postgresql", "variants=select-for-update", "hold=1ms", ENDLESS);
    ProcessHandle server = awaitSale();

    lab.destroy();

    end(lab);
    assertEnds(server);
    assertThat(foldersOfServers()).isEmpty();
    assertThat(output()).contains("Interrupted: the trials that had ended");
  }

  @Test
  void theServerOfAKilledRunIsStoppedByTheNext() throws Exception {
    Process lab = start("store=postgresql", "variants=select-for-update", "hold=1ms", ENDLESS);
    ProcessHandle server = awaitSale();
    lab.destroyForcibly();
    end(lab);
    assertThat(server.isAlive()).isTrue();

    Process next = start("store=postgresql", "variants=select-for-update", "hold=0", "trials=1");

    assertThat(end(next)).as(output()).isZero();
    assertEnds(server);
    assertThat(foldersOfServers()).isEmpty();
  }

  /** The server that is to be stopped is a child of the fork, and may be about to start. */
  @Test
  @Tag("long")
  void anInterruptedRunThatKillsItsServerAgainAndAgainLeavesNoProcess() throws Exception {
    Process lab = start(KILLING);
    awaitTrial();

    lab.destroy();

    end(lab);
    assertThat(foldersOfServers()).isEmpty();
    awaitNoServer();
  }

  @Test
  @Tag("long")
  void whatAKilledRunLeavesThatKillsItsServerIsRemovedByTheNext() throws Exception {
    Process lab = start(KILLING);
    awaitTrial();
    lab.destroyForcibly();
    end(lab);

    Process next = start("store=postgresql", "variants=select-for-update", "hold=0", "trials=1");

    assertThat(end(next)).as(output()).isZero();
    assertThat(foldersOfServers()).isEmpty();
    awaitNoServer();
  }

  /** A process that stands still cannot find out that it is alone. */
  @Test
  @Tag("long")
  void aKilledRunLeavesNoJvmThatStandsStill() throws Exception {
    Process lab =
        start(
            "store=postgresql",
            "variants=session-lock",
            "processes=2",
            "fault=stop-jvm",
            "fault-every=1",
            "stock=4",
            "buyers=2",
            "hold=0",
            ENDLESS);
    awaitTrial();
    List<ProcessHandle> all = lab.descendants().toList();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> all.stream().anyMatch(StoreLabIT::isStopped));

    lab.destroyForcibly();

    assertThat(all).isNotEmpty();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> all.stream().noneMatch(StoreLabIT::isJavaAndAlive));
  }

  private static boolean isStopped(ProcessHandle process) {
    try {
      Process asking =
          new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(process.pid())).start();
      return new String(asking.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .startsWith("T");
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private static boolean isJavaAndAlive(ProcessHandle process) {
    return process.isAlive() && process.info().command().orElse("").endsWith("java");
  }

  /** None whose data is in the folder of this test, whatever its pid file says. */
  private void awaitNoServer() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                ProcessHandle.allProcesses()
                    .flatMap(process -> process.info().commandLine().stream())
                    .noneMatch(
                        line -> line.contains("postgres") && line.contains(DATA + temporary)));
  }

  @Test
  void aStoreThatNobodyAnswersAtIsBadInputAndNothingIsRun() throws Exception {
    Process lab = start("store=jdbc:postgresql://localhost:1/shop");

    assertThat(end(lab)).isEqualTo(ExitStatus.BAD_INPUT.code());
    assertThat(output())
        .contains("-Dstore:1:1: store: found no database to sell from: a user without a name")
        .contains("cannot connect to jdbc:postgresql://localhost:1/shop")
        .contains("expected a database that answers")
        .contains("OVERSELL_STORE_PASSWORD");
    assertThat(project.resolve("results")).doesNotExist();
  }

  @Test
  void aRedisThatNobodyAnswersAtIsBadInputAndNothingIsRun() throws Exception {
    Process lab = start("store=h2", "variants=redis", "redis=redis://localhost:1");

    assertThat(end(lab)).isEqualTo(ExitStatus.BAD_INPUT.code());
    assertThat(output())
        .contains(
            "-Dredis:1:1: redis: found no Redis to lock in: redis://localhost:1 grants no lock")
        .contains("expected a Redis that answers")
        .contains("OVERSELL_REDIS_PASSWORD");
    assertThat(project.resolve("results")).doesNotExist();
  }
}
