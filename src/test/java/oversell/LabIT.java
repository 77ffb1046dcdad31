package oversell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.boot.Jdk;
import oversell.boot.JdkFinder;

/** The lab as a process of its own, in a project of its own, as the launcher starts it. */
@Timeout(300)
class LabIT {
  @TempDir private Path project;
  private Path seed;
  private final List<Process> started = new ArrayList<>();

  private record Ended(int status, String output) {}

  @BeforeEach
  void makeProject() throws IOException {
    project = project.toRealPath();
    seed = project.resolve("results").resolve("seed");
    Files.createDirectories(project.resolve("experiments"));
    Files.copy(
        Path.of("experiments", "seed.yaml"), project.resolve("experiments").resolve("seed.yaml"));
  }

  @AfterEach
  void leaveNobodyBehind() {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start(String... settings) throws IOException {
    return startJvm(List.of(), settings);
  }

  private Process startJvm(List<String> flags, String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            project.toString()));
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

  private Ended end(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(project.resolve("output.txt"), StandardCharsets.UTF_8));
  }

  private Ended run(String... settings) throws IOException, InterruptedException {
    return end(start(settings));
  }

  private static List<CSVRecord> table(Path folder) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.parse(folder.resolve("table.csv"), StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }

  /** Every file below a folder with its text. */
  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private Path onlyRunInHistory() throws IOException {
    try (Stream<Path> runs = Files.list(seed.resolve("history"))) {
      List<Path> all = runs.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  @Test
  void theSeedHasTheSameVerdictsOnEveryJdk() throws Exception {
    Ended ended = run("exp=seed", "trials=3", "warmups=0", "jdks=all");

    assertThat(ended.status()).as(ended.output()).isZero();
    List<Integer> jdks = JdkFinder.ofThisMachine().all().stream().map(Jdk::feature).toList();
    assertThat(table(seed)).hasSize(3 * jdks.size());
    for (CSVRecord row : table(seed)) {
      boolean unlocked = row.get("variant").equals("unlocked");
      assertThat(row.get("verdict")).isEqualTo("PASS");
      assertThat(row.get("observed")).isEqualTo(unlocked ? "oversells" : "safe");
      assertThat(row.get("oversold_trials")).isEqualTo(unlocked ? "3" : "0");
      if (!unlocked) {
        assertThat(row.get("final_stock_mean")).isEqualTo("1.00");
        assertThat(row.get("sold_units_mean")).isEqualTo("9.00");
      }
    }
    assertThat(ended.output())
        .contains(
            "3 trials  average final stock     1.00  negative   0 of 3    safe       expected safe       PASS")
        .contains("Results: results" + File.separator + "seed");
    assertThat(Files.readString(seed.resolve("environment.json")))
        .contains(Runtime.version().toString(), "five buyers", "\"trials\" : \"3\"");
  }

  @Test
  void anExplorationRefutesAndProvesTheSameOnEveryJdk() throws Exception {
    Files.writeString(
        project.resolve("experiments").resolve("two.yaml"),
        """
        mode: explore
        variants: [unlocked, synchronized]
        buyers: 2
        stock: 3
        units: 3
        warmups: 1
        """);

    Ended ended = run("exp=two", "jdks=all");

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("each explores one sale, 2 times, and the last counts");
    Path folder = project.resolve("results").resolve("two");
    assertThat(table(folder)).hasSize(2 * JdkFinder.ofThisMachine().all().size());
    for (CSVRecord row : table(folder)) {
      boolean unlocked = row.get("variant").equals("unlocked");
      assertThat(row.get("traces")).isEqualTo(unlocked ? "6" : "2");
      assertThat(row.get("stands_for")).isEqualTo(unlocked ? "252" : "16");
      assertThat(row.get("violations")).isEqualTo(unlocked ? "4" : "0");
      assertThat(row.get("observed")).isEqualTo(unlocked ? "oversells" : "safe");
      assertThat(row.get("verdict")).isEqualTo("PASS");
    }
    String page = Files.readString(folder.resolve("table.md"));
    assertThat(page).contains("which explores it 2 times: the last counts");
    Matcher replay = Pattern.compile("-D(replay=unlocked:[0-9a-f]+)").matcher(page);
    assertThat(replay.find()).isTrue();

    Ended replayed = run("exp=two", replay.group(1), "jdks=all");

    assertThat(replayed.status()).as(replayed.output()).isZero();
    assertThat(replayed.output()).contains("sold 6").doesNotContain("of another sale");
  }

  @Test
  void aVerdictThatFailsIsStatusOne() throws Exception {
    Ended ended =
        run(
            "exp=seed",
            "trials=1",
            "warmups=0",
            "variants=synchronized",
            "expect=synchronized=oversells");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output()).contains("FAIL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exp=sead            | -Dexp:1:1: experiment: found \"sead\", expected \"seed\" perhaps, or one of seed",
        "exp=missing.yaml    | missing.yaml:1:1: file: found no such file",
        "exp=seed trials=no  | -Dtrials:1:1: trials: found \"no\", expected a whole number",
        "exp=seed trails=5   | -Dtrails:1:1: setting: found an unknown name, expected -Dtrials perhaps",
        "exp=seed show=cost  | experiments/seed.yaml:1:1: show: found \"cost\", which is no column of table.csv",
        "report=results/seed | -Dreport:1:1: report: found",
        "report=             | Experiments",
      })
  void whatMakesNoSenseTouchesNothing(String settings, String message) throws Exception {
    Ended ended = run(settings.split(" "));

    assertThat(ended.output()).startsWith(message).doesNotContain("Exception");
    assertThat(ended.status()).isEqualTo(message.equals("Experiments") ? 0 : 2);
    assertThat(project.resolve("results")).doesNotExist();
  }

  @Test
  void aForkThatFailsIsARowAndTheRestGoesOn() throws Exception {
    Ended ended =
        run(
            "exp=seed",
            "trials=1",
            "warmups=0",
            "variants=exiting,synchronized",
            "jdks=host,999",
            "hold=1ms");

    assertThat(ended.status()).as(ended.output()).isEqualTo(3);
    assertThat(ended.output()).contains("A fork failed, so README.md keeps its former answer");
    assertThat(table(seed))
        .extracting(row -> row.get("failed_forks"))
        .containsExactly("1", "0", "1", "1");
    assertThat(table(seed))
        .extracting(row -> row.get("trials"))
        .containsExactly("0", "1", "0", "0");
    assertThat(Files.readString(seed.resolve("table.md")))
        .contains(
            "a fork crashed with status 7: the last words of this fork",
            "JDK 999 is not installed");
  }

  @Test
  void aForkThatHangsLeavesItsThreadDumpInTheResults() throws Exception {
    Ended ended = run("exp=seed", "trials=1", "variants=hanging", "deadline=4s");

    assertThat(ended.status()).isEqualTo(3);
    assertThat(Files.readString(seed.resolve("table.md")))
        .contains("thread dump in fork-0-threads.json");
    assertThat(Files.readString(seed.resolve("fork-0-threads.json"))).contains("buyer-");
  }

  @Test
  void tablesMadeAgainAreTheSame() throws Exception {
    run("exp=seed", "trials=1", "warmups=0", "hold=1ms");
    Map<String, String> first = contents(seed);

    Files.delete(seed.resolve("table.md"));
    Files.writeString(seed.resolve("table.csv"), "spoilt");
    Ended ended = run("report=results/seed");

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(contents(seed)).isEqualTo(first);
  }

  /** A shell without job control has what it runs in the background ignore it, and all of that. */
  private static boolean isDeafToCtrlC() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .anyMatch(ignored -> (ignored & 0b10) != 0);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void anInterruptedRunKeepsWhatWasMeasuredAndWhatWasThere(String signal, int status)
      throws Exception {
    assumeThat(signal.equals("INT") && isDeafToCtrlC()).isFalse();
    run("exp=seed", "trials=1", "warmups=0", "hold=1ms");
    Map<String, String> before = contents(seed);
    Process lab = start("exp=seed", "trials=100000", "hold=1ms", "variants=synchronized");
    awaitTrials(5);
    List<ProcessHandle> forks = lab.descendants().toList();
    assertThat(forks).isNotEmpty();

    new ProcessBuilder("kill", "-" + signal, Long.toString(lab.pid())).start().waitFor();
    Ended ended = end(lab);

    assertThat(ended.status()).isEqualTo(status);
    Path kept = onlyRunInHistory();
    String shown = project.relativize(kept).toString();
    assertThat(ended.output())
        .contains(") are kept in " + shown, "mvn exec:java -Dreport=" + shown)
        .doesNotContain("Exception");
    assertThat(contents(seed)).containsAllEntriesOf(before);
    awaitEndOf(forks);

    Ended again = run("report=" + shown);
    assertThat(again.status()).as(again.output()).isEqualTo(130);
    assertThat(Files.readString(kept.resolve("table.md"))).contains("**Interrupted:**");
    assertThat(Integer.parseInt(table(kept).getFirst().get("trials"))).isGreaterThanOrEqualTo(4);
    assertThat(table(kept).getFirst().get("failed_forks")).isEqualTo("0");
  }

  @Test
  void anInterruptedExplorationKeepsTheRowsThatHadEnded() throws Exception {
    assumeThat(isDeafToCtrlC()).isFalse();
    Files.writeString(
        project.resolve("experiments").resolve("long.yaml"),
        """
        mode: explore
        variants: [synchronized]
        buyers: [2, 7]
        reduction: none
        """);
    Process lab = start("exp=long");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.readString(project.resolve("output.txt")).contains("[1/2]"));

    new ProcessBuilder("kill", "-INT", Long.toString(lab.pid())).start().waitFor();
    Ended ended = end(lab);

    assertThat(ended.status()).isEqualTo(130);
    assertThat(ended.output()).contains("the explorations that had ended (1) are kept in ");
  }

  /** What draws a bar on a terminal must not take the keyboard's Ctrl-C for itself. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void ctrlCOnATerminalIsAnsweredToo() throws Exception {
    assumeThat(isDeafToCtrlC()).isFalse();
    String command =
        String.join(
            " ",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            project.toString(),
            "exp=seed trials=100000 hold=1ms variants=synchronized");
    Process terminal =
        new ProcessBuilder("script", "-qec", command, "/dev/null")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(project.resolve("output.txt").toFile())
            .start();
    started.add(terminal);
    awaitTrials(5);
    List<ProcessHandle> all = terminal.descendants().toList();

    terminal.getOutputStream().write(3);
    terminal.getOutputStream().flush();
    Ended ended = end(terminal);

    assertThat(ended.output()).contains("trials   0%", "trials that had ended (");
    assertThat(ended.status()).isEqualTo(130);
    awaitEndOf(all);
  }

  @Test
  void aForkWhoseHostIsKilledEndsItself() throws Exception {
    Process lab = start("exp=seed", "trials=100000", "hold=1ms", "variants=synchronized");
    awaitTrials(5);
    List<ProcessHandle> forks = lab.descendants().toList();
    assertThat(forks).isNotEmpty();

    new ProcessBuilder("kill", "-9", Long.toString(lab.pid())).start().waitFor();
    lab.waitFor();

    awaitEndOf(forks);
    Path kept = onlyRunInHistory();
    assertThat(run("report=" + project.relativize(kept)).status()).isEqualTo(130);
    assertThat(table(kept).getFirst().get("verdict")).isEqualTo("PASS");
    // And nothing of it is in the way of the next run.
    assertThat(run("exp=seed", "trials=1", "warmups=0", "variants=synchronized").status()).isZero();
  }

  @Test
  void aSecondRunDoesNotDisturbTheFirst() throws Exception {
    Process first = start("exp=seed", "trials=100000", "hold=1ms", "variants=synchronized");
    awaitTrials(1);

    Process second =
        new ProcessBuilder(
                first.info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                project.toString(),
                "exp=seed")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    started.add(second);
    String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(second.waitFor()).isEqualTo(2);
    assertThat(output)
        .contains("another run is going on in this project")
        .contains("Nothing was run.");
    assertThat(first.isAlive()).isTrue();
  }

  /** On a machine that writes its digits in another way, down to the names of resources. */
  @Test
  void runsInEveryLanguage() throws Exception {
    Ended ended =
        end(
            startJvm(
                List.of("-Duser.language=fa", "-Duser.country=IR"),
                "exp=seed",
                "trials=1",
                "hold=1ms",
                "expect=unlocked=any"));

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("1 trial  average final stock");
  }

  @Test
  void aBuyerWithoutAnAnswerIsNotSafe() throws Exception {
    Ended ended = run("exp=seed", "trials=1", "warmups=0", "variants=thrower");

    assertThat(ended.status()).as(ended.output()).isEqualTo(1);
    assertThat(Files.readString(seed.resolve("table.md")))
        .contains(
            "5 buyers got an exception instead of an answer, the first java.lang.IllegalStateException: out of order");
  }

  @Test
  void theLogTellsAnOperatorWhatWasLaunchedHowItEndedAndWhereTheRawLogIs() throws Exception {
    String[] settings = {
      "exp=seed", "trials=1", "warmups=0", "variants=synchronized", "carriers=2"
    };
    List<String> informed = new ArrayList<>(List.of(settings));
    informed.add("log=info");

    assertThat(run(informed.toArray(String[]::new)).output())
        .containsPattern("INFO +Lab: run of seed: 1 rows, 1 forks, .* raw log in .*trials.jsonl")
        .containsPattern(
            "INFO +ForkRunner: fork 0 launched: trials for synchronized, process \\d+ on JDK .*,"
                + " flags .*parallelism=2.*, deadline \\d+ s")
        .containsPattern("INFO +ForkRunner: fork 0 completed in \\d+ ms; 1 of 1 results")
        .containsPattern("INFO +Lab: results of seed published in .*seed")
        .doesNotContain("DEBUG");
    assertThat(run(settings).output()).doesNotContain("INFO", "DEBUG", "WARN");
  }

  @Test
  void resultsThatCannotBeWrittenAreSaidAtTheStart() throws Exception {
    Files.writeString(project.resolve("results"), "a file, no folder");

    Ended ended = run("exp=seed");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output())
        .contains("cannot be used")
        .contains("Nothing was run.")
        .doesNotContain("\tat ");
  }

  private void awaitTrials(int trials) {
    await().atMost(Duration.ofSeconds(60)).until(() -> trialsSoFar() >= trials);
  }

  /**
   * Looks at the one place where a run writes: other files come and go while the lab is at work.
   */
  private long trialsSoFar() throws IOException {
    Path history = seed.resolve("history");
    if (!Files.isDirectory(history)) {
      return 0;
    }
    long trials = 0;
    try (Stream<Path> runs = Files.list(history)) {
      for (Path log : runs.map(run -> run.resolve("trials.jsonl")).filter(Files::exists).toList()) {
        trials +=
            Files.readString(log).lines().filter(line -> line.contains("trial-ended")).count();
      }
    }
    return trials;
  }

  /**
   * Asked of the forks themselves: once their parent is gone they are nobody's descendants any
   * more.
   */
  private static void awaitEndOf(List<ProcessHandle> forks) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> forks.stream().noneMatch(ProcessHandle::isAlive));
  }
}
