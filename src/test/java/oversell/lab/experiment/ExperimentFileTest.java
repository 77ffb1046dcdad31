package oversell.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.inventory.Inventories;

class ExperimentFileTest {
  private static final Inventories INVENTORIES = Inventories.onClassPath();

  @TempDir private Path folder;

  private static Experiment parse(String text, Map<Key<?>, String> settings)
      throws InvalidExperiment {
    return new ExperimentFile("mine", "mine.yaml", text).parse(settings, INVENTORIES);
  }

  private static List<String> errors(String text, Map<Key<?>, String> settings) {
    InvalidExperiment invalid =
        catchThrowableOfType(InvalidExperiment.class, () -> parse(text, settings));
    assertThat(invalid).as(text).isNotNull();
    return Arrays.asList(invalid.getMessage().split("\n"));
  }

  @Test
  void hasADefaultForEveryKeyButVariants() throws InvalidExperiment {
    Experiment experiment = parse("variants: unlocked", Map.of());

    assertThat(experiment)
        .isEqualTo(
            new Experiment(
                "mine",
                new Experiment.Page("", List.of(), List.of(), List.of()),
                new Experiment.Terms(new Experiment.Stock.Fixed(10), 1, true),
                new Experiment.Matrix(
                    List.of(new JdkRequest.Host()),
                    List.of(
                        new Conduct(
                            Conduct.Mode.SALE,
                            Conduct.Threads.VIRTUAL,
                            Conduct.PauseKind.SLEEP,
                            Conduct.Fault.NONE,
                            3,
                            false,
                            Conduct.Baseline.NONE,
                            Optional.empty())),
                    List.of(1),
                    List.of(5),
                    List.of(Duration.ofMillis(100)),
                    List.of(OptionalInt.empty()),
                    List.of("unlocked"),
                    List.of(Deployment.inMemory())),
                new Experiment.Runs(10, 1, 1, false, OptionalInt.empty(), Optional.empty(), 1),
                Map.of(),
                Map.of()));
  }

  @Test
  void readsEveryKey() throws InvalidExperiment {
    Experiment experiment =
        parse(
            """
            # A comment
            question: "Who: is it?"
            stock-per-buyer: 2
            units: 3
            buyers: [10, 1_000]
            hold: [0, 1ms, 1.5s, 250us, 10 ns, 2min]
            articles: [1, 10]
            variants: [unlocked, synchronized]
            trials: 7
            warmups: 0
            forks: 2
            jdks: [host, all, 21, 27]
            carriers: [default, 1]
            gate: false
            mode: returning
            threads: [virtual, platform]
            pause: [sleep, yield]
            fault: [none, slow]
            fault-every: 4
            bystander: true
            pinning: true
            baseline: bare
            heap: 256
            deadline: 90s
            seed: -42
            show: [trials, wall_ms_median]
            answer: ["One {wall_ms_median where variant=unlocked}.", "", " Two  lines.  "]
            expect:
              unlocked: any
              synchronized: safe
              synchronized on 21: hangs
            """,
            Map.of());

    assertThat(experiment.page().question()).isEqualTo("Who: is it?");
    assertThat(experiment.terms().stock()).isEqualTo(new Experiment.Stock.PerBuyer(2));
    assertThat(experiment.matrix().buyers()).containsExactly(10, 1000);
    assertThat(experiment.matrix().holds())
        .containsExactly(
            Duration.ZERO,
            Duration.ofMillis(1),
            Duration.ofMillis(1500),
            Duration.ofNanos(250_000),
            Duration.ofNanos(10),
            Duration.ofMinutes(2));
    assertThat(experiment.matrix().jdks())
        .containsExactly(
            new JdkRequest.Host(),
            new JdkRequest.All(),
            new JdkRequest.Feature(21),
            new JdkRequest.Feature(27));
    assertThat(experiment.matrix().carriers())
        .containsExactly(OptionalInt.empty(), OptionalInt.of(1));
    assertThat(experiment.terms().gate()).isFalse();
    assertThat(experiment.runs().deadline()).contains(Duration.ofSeconds(90));
    assertThat(experiment.runs().seed()).isEqualTo(-42);
    assertThat(experiment.expectations())
        .containsEntry("unlocked", Expectation.ANY)
        .containsEntry("synchronized", Expectation.SAFE);
    assertThat(experiment.page().answer())
        .containsExactly("One {wall_ms_median where variant=unlocked}.", "Two lines.");
    assertThat(experiment.page().show()).containsExactly("trials", "wall_ms_median");
    assertThat(experiment.runs().pinning()).isTrue();
    assertThat(experiment.runs().heapMebibytes()).hasValue(256);
    assertThat(experiment.matrix().conducts())
        .hasSize(2 * 2 * 2)
        .doesNotHaveDuplicates()
        .allSatisfy(
            conduct -> {
              assertThat(conduct.mode()).isEqualTo(Conduct.Mode.RETURNING);
              assertThat(conduct.faultEvery()).isEqualTo(4);
              assertThat(conduct.bystander()).isTrue();
              assertThat(conduct.baseline()).isEqualTo(Conduct.Baseline.BARE);
            });
    assertThat(experiment.workloads())
        .hasSize(2 * 6 * 2 * 2 * 2 * (2 * 2 * 2))
        .doesNotHaveDuplicates();
  }

  /** An exploration does the same every time. */
  @Test
  void anExplorationHasNoWarmupsUnlessTheFileAsksForThem() throws InvalidExperiment {
    String text = "{variants: unlocked, mode: explore}";

    assertThat(parse(text, Map.of()).runs().warmups()).isZero();
    assertThat(parse(text, Map.of(Key.WARMUPS, "3")).runs().warmups()).isEqualTo(3);
    assertThat(parse("variants: unlocked", Map.of()).runs().warmups()).isEqualTo(1);
    assertThat(errors(text, Map.of(Key.TRIALS, "3")))
        .containsExactly(
            "-Dtrials:1:1: trials: found it in an experiment of mode explore, expected no such key:"
                + " an exploration leaves nothing to chance");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "buyers: many      | mine.yaml:2:9: buyers: found \"many\", expected a whole number from 1 to 10000000",
        "buyers: -5        | mine.yaml:2:9: buyers: found \"-5\", expected a whole number from 1 to 10000000",
        "buyers: 0         | mine.yaml:2:9: buyers: found \"0\", expected a whole number from 1 to 10000000",
        "buyers: 2.5       | mine.yaml:2:9: buyers: found \"2.5\", expected a whole number from 1 to 10000000",
        "buyers: 99999999999999999999 | mine.yaml:2:9: buyers: found \"99999999999999999999\", expected a whole number from 1 to 10000000",
        "buyers: []        | mine.yaml:2:9: buyers: found an empty list, expected a whole number from 1 to 10000000",
        "buyers:           | mine.yaml:2:8: buyers: found nothing, expected a whole number from 1 to 10000000",
        "buyers: [5, 5]    | mine.yaml:2:13: buyers: found \"5\" a second time, expected each value once",
        "buyers: [5, [6]]  | mine.yaml:2:13: buyers: found a list, expected a whole number from 1 to 10000000",
        "buyers: {a: 1}    | mine.yaml:2:9: buyers: found a mapping, expected a whole number from 1 to 10000000",
        "units: 0          | mine.yaml:2:8: units: found \"0\", expected a whole number from 1 to 1000000",
        "stock: -1         | mine.yaml:2:8: stock: found \"-1\", expected a whole number of 0 or more",
        "hold: 100         | mine.yaml:2:7: hold: found \"100\", expected a duration of at most 3600 s such as 100ms, 1.5s or 0",
        "hold: -1ms        | mine.yaml:2:7: hold: found \"-1ms\", expected a duration of at most 3600 s such as 100ms, 1.5s or 0",
        "hold: 2 hours     | mine.yaml:2:7: hold: found \"2 hours\", expected a duration of at most 3600 s such as 100ms, 1.5s or 0",
        "hold: 61min       | mine.yaml:2:7: hold: found \"61min\", expected a duration of at most 3600 s such as 100ms, 1.5s or 0",
        "hold: 999999999999min | mine.yaml:2:7: hold: found \"999999999999min\", expected a duration of at most 3600 s such as 100ms, 1.5s or 0",
        "hold: 0.4ns       | mine.yaml:2:7: hold: found \"0.4ns\", expected a duration of at most 3600 s such as 100ms, 1.5s or 0",
        "deadline: 0       | mine.yaml:2:11: deadline: found \"0\", expected auto, or a duration of at most 86400 s such as 100ms, 1.5s or 2min",
        "buyers: 5_        | mine.yaml:2:9: buyers: found \"5_\", expected a whole number from 1 to 10000000",
        "seed: 9223372036854775808 | mine.yaml:2:7: seed: found \"9223372036854775808\", expected a whole number",
        "gate: yes         | mine.yaml:2:7: gate: found \"yes\", expected one of true, false",
        "jdks: 17          | mine.yaml:2:7: jdks: found \"17\", expected one of host, all, or a whole number from 21 to 1000000",
        "jdks: alll        | mine.yaml:2:7: jdks: found \"alll\", expected \"all\" perhaps, or one of host, all, or a whole number from 21 to 1000000",
        "carriers: none    | mine.yaml:2:11: carriers: found \"none\", expected default, or a whole number from 1 to 32767",
        "deadline: soon    | mine.yaml:2:11: deadline: found \"soon\", expected auto, or a duration of at most 86400 s such as 100ms, 1.5s or 2min",
        "trials: 0         | mine.yaml:2:9: trials: found \"0\", expected a whole number from 1 to 1000000",
        "buyres: 5         | mine.yaml:2:1: buyres: found an unknown key, expected \"buyers\" perhaps, or one of question, answer, show, stock, stock-per-buyer, units, buyers, hold, articles, variants, scenario, store, processes, durable, idempotency-key, isolation, connections, patience, redis, trials, warmups, forks, jdks, carriers, gate, mode, strategy, granularity, reduction, schedules, until, tool, threads, pause, fault, fault-every, bystander, pinning, baseline, heap, deadline, seed, expect, traces, outcomes, sources, classpath",
        "variants: [unlocked] | mine.yaml:2:1: variants: found the key a second time, expected it once",
        "expect: safe      | mine.yaml:2:9: expect: found \"safe\", expected lines of the form variant: one of safe, oversells, starves, hangs, any",
        "mode: sail        | mine.yaml:2:7: mode: found \"sail\", expected \"sale\" perhaps, or one of sale, returning, one-by-one, standstill, explore",
        "mode: [sale, returning] | mine.yaml:2:7: mode: found a list, expected one of sale, returning, one-by-one, standstill, explore",
        "threads: [virtual, green] | mine.yaml:2:20: threads: found \"green\", expected one of virtual, platform",
        "threads: [virtual, virtual] | mine.yaml:2:20: threads: found \"virtual\" a second time, expected each value once",
        "pause: slep       | mine.yaml:2:8: pause: found \"slep\", expected \"sleep\" perhaps, or one of sleep, yield",
        "fault: [throw, trow] | mine.yaml:2:16: fault: found \"trow\", expected \"throw\" perhaps, or one of none, throw, interrupt, cancel, timeout, slow, kill-database, lose-answer, kill-jvm, stop-jvm",
        "fault-every: 0    | mine.yaml:2:14: fault-every: found \"0\", expected a whole number from 1 to 1000000",
        "bystander: 1      | mine.yaml:2:12: bystander: found \"1\", expected one of true, false",
        "pinning: yes      | mine.yaml:2:10: pinning: found \"yes\", expected one of true, false",
        "baseline: bear    | mine.yaml:2:11: baseline: found \"bear\", expected \"bare\" perhaps, or one of none, bare, sleeps",
        "heap: 31          | mine.yaml:2:7: heap: found \"31\", expected default, or a whole number from 32 to 1000000",
        "heap: 1g          | mine.yaml:2:7: heap: found \"1g\", expected default, or a whole number from 32 to 1000000",
        "expect: {unlocked: saef} | mine.yaml:2:20: expect: found \"saef\", expected \"safe\" perhaps, or one of safe, oversells, starves, hangs, any",
      })
  void reportsWhatIsWrongWithAValue(String line, String error) {
    assertThat(errors("variants: unlocked\n" + line, Map.of())).containsExactly(error);
  }

  private static final String SCENARIOS =
      "mode: explore\nscenario: [com.acme.Bank.Racy, com.acme.Bank$Safe]\n";

  @Test
  void explorationsOfScenariosAreRowsOfTheirOwn() throws InvalidExperiment {
    Experiment experiment = parse(SCENARIOS + "granularity: [guard, access]", Map.of());

    assertThat(experiment.workloads())
        .hasSize(4)
        .allMatch(Workload::isScenario)
        .extracting(Workload::variant)
        .containsOnly("com.acme.Bank.Racy", "com.acme.Bank$Safe");
    assertThat(experiment.expectation(experiment.workloads().getFirst(), 25, true))
        .isEqualTo(Expectation.SAFE);
  }

  @Test
  void whatIsExpectedAndPublishedOfAScenarioIsGivenByAnyEndOfItsName() throws InvalidExperiment {
    Experiment experiment =
        parse(
            SCENARIOS
                + """
                expect: {Bank.Racy: fails, Safe on 21: any}
                traces: {com.acme.Bank$Safe: 12}
                outcomes: {Racy: ["1,1", "1,2"], Safe: "2"}
                """,
            Map.of());
    Workload racy = experiment.workloads().getFirst();
    Workload safe = experiment.workloads().getLast();

    assertThat(experiment.expectation(racy, 25, true)).isEqualTo(Expectation.FAILS);
    assertThat(experiment.expectation(safe, 21, true)).isEqualTo(Expectation.ANY);
    assertThat(experiment.expectation(safe, 25, true)).isEqualTo(Expectation.SAFE);
    assertThat(experiment.published(racy))
        .isEqualTo(new Published(Optional.empty(), List.of("1,1", "1,2")));
    assertThat(experiment.published(safe)).isEqualTo(new Published(Optional.of(12L), List.of("2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stock: 10         | mine.yaml:3:8: stock: found it beside a scenario, expected no such key: a scenario starts its own threads and sells nothing",
        "variants: unlocked | mine.yaml:3:11: variants: found it beside a scenario, expected no such key: a scenario starts its own threads and sells nothing",
        "trials: 5         | mine.yaml:3:9: trials: found it in an experiment of mode explore, expected no such key: an exploration leaves nothing to chance",
        "expect: {Racy: oversells} | mine.yaml:3:16: expect: found \"oversells\", expected one of safe, fails, hangs, any",
        "expect: {Rapid: safe} | mine.yaml:3:10: expect: found \"Rapid\", expected one of com.acme.Bank.Racy, com.acme.Bank$Safe",
        "traces: {Racy: 0} | mine.yaml:3:16: traces: found \"0\", expected a whole number of 1 or more",
        "outcomes: {Racy: {a: b}} | mine.yaml:3:18: outcomes: found a mapping, expected text",
        "outcomes: [a]     | mine.yaml:3:11: outcomes: found a list, expected lines of the form variant: text or a list",
      })
  void reportsWhatIsWrongBesideAScenario(String line, String error) {
    assertThat(errors(SCENARIOS + line, Map.of())).containsExactly(error);
  }

  @Test
  void anotherToolTakesScenariosAndEndsAtItsFirstFailure() {
    assertThat(errors("mode: explore\nscenario: com.acme.Bank\ntool: lincheck", Map.of()))
        .containsExactly(
            "mine.yaml:3:7: tool: found lincheck without until: first-failure, expected it with that:"
                + " it ends there");
    assertThat(errors("mode: explore\nvariants: unlocked\ntool: lincheck", Map.of()))
        .containsExactly(
            "mine.yaml:3:7: tool: found it without a scenario, expected it only with mode: explore and"
                + " scenario: the name of a class",
            "mine.yaml:3:7: tool: found lincheck without until: first-failure, expected it with that:"
                + " it ends there");
    assertThat(errors("mode: explore\nscenario: com.acme.Bank\ntool: linchek", Map.of()))
        .containsExactly(
            "mine.yaml:3:7: tool: found \"linchek\", expected \"lincheck\" perhaps, or one of oversell,"
                + " lincheck");
  }

  @Test
  void hasOneRowOfAnotherToolForEachScenarioHoweverManyWaysThisOneExplores()
      throws InvalidExperiment {
    List<Workload> workloads =
        parse(
                "mode: explore\nscenario: com.acme.Bank\nuntil: first-failure\n"
                    + "tool: [oversell, lincheck]\ngranularity: [guard, access]",
                Map.of())
            .workloads();

    assertThat(workloads).hasSize(3);
    assertThat(workloads)
        .filteredOn(workload -> workload.isExploredBy(Exploration.Tool.LINCHECK))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.conduct().exploration().orElseThrow().schedules())
                    .isEqualTo(10_000));
  }

  @Test
  void aScenarioNeedsModeExploreAndTheNameOfAClass() {
    assertThat(errors("scenario: com.acme.Bank", Map.of()))
        .containsExactly(
            "mine.yaml:1:11: scenario: found it in an experiment of mode sale, expected it only with"
                + " mode: explore and scenario: the name of a class");
    assertThat(errors("mode: explore\nscenario: com/acme/Bank.java", Map.of()))
        .containsExactly(
            "mine.yaml:2:11: scenario: found \"com/acme/Bank.java\", expected the name of a class"
                + " such as com.acme.TransferTest.Transfer");
    assertThat(errors("mode: explore\nvariants: unlocked\ntraces: {unlocked: 3}", Map.of()))
        .containsExactly(
            "mine.yaml:3:9: traces: found it without a scenario, expected it only with mode: explore"
                + " and scenario: the name of a class");
  }

  @Test
  void suggestsTheVariantThatWasMeant() {
    assertThat(errors("variants: [unlocked, sychronized]", Map.of()))
        .singleElement()
        .asString()
        .startsWith(
            "mine.yaml:1:22: variants: found \"sychronized\", expected \"synchronized\" perhaps, or one of ");
    assertThat(errors("variants: unlocked\nexpect: {unloked: any}", Map.of()))
        .singleElement()
        .asString()
        .startsWith(
            "mine.yaml:2:10: expect: found \"unloked\", expected \"unlocked\" perhaps, or one of ");
  }

  @Test
  void faultsPausesAndThreadsMultiplyTheRows() throws InvalidExperiment {
    Experiment experiment =
        parse(
            """
            variants: [synchronized, unlocked]
            threads: [virtual, platform]
            pause: [sleep, yield]
            fault: [none, throw, interrupt, cancel, timeout, slow]
            """,
            Map.of());

    assertThat(experiment.workloads()).hasSize(2 * 2 * 2 * 6).doesNotHaveDuplicates();
    assertThat(experiment.matrix().conducts())
        .extracting(Conduct::fault)
        .contains(
            Stream.of(Conduct.Fault.values())
                .filter(fault -> !fault.isOfProcess())
                .toArray(Conduct.Fault[]::new));
  }

  @Test
  void countsForksForPinningAsForks() {
    assertThat(errors("variants: unlocked\nforks: 10000\npinning: true", Map.of()))
        .containsExactly(
            "mine.yaml:2:8: forks: found more than 10000 forks in all, expected at most so many");
  }

  @Test
  void acceptsAnExpectationForOneJdk() throws InvalidExperiment {
    Experiment experiment =
        parse(
            "variants: [synchronized, unlocked]\nexpect: {synchronized on 21: any, unlocked: oversells}",
            Map.of());

    Workload guarded = experiment.workloads().getFirst();
    Workload unguarded = experiment.workloads().getLast();
    assertThat(experiment.expectation(guarded, 21, true)).isEqualTo(Expectation.ANY);
    assertThat(experiment.expectation(guarded, 25, true)).isEqualTo(Expectation.SAFE);
    assertThat(experiment.expectation(unguarded, 21, false)).isEqualTo(Expectation.OVERSELLS);
  }

  @Test
  void acceptsAnExpectationForOneStoreOnOneJdk() throws InvalidExperiment {
    Experiment experiment =
        parse(
            """
            store: [postgresql, h2]
            variants: select-for-update
            expect: {select-for-update on 21 on h2: hangs}
            """,
            Map.of());

    assertThat(experiment.workloads())
        .extracting(workload -> experiment.expectation(workload, 21, true))
        .containsExactly(Expectation.SAFE, Expectation.HANGS);
    assertThat(experiment.workloads())
        .extracting(workload -> experiment.expectation(workload, 25, true))
        .containsOnly(Expectation.SAFE);
  }

  @Test
  void acceptsAnExpectationForANumberOfJvms() throws InvalidExperiment {
    Experiment experiment =
        parse(
            """
            store: postgresql
            processes: [1, 2]
            variants: jvm-synchronized
            expect: {jvm-synchronized in 2 JVMs: oversells}
            """,
            Map.of());

    assertThat(experiment.workloads())
        .extracting(workload -> experiment.expectation(workload, 25, false))
        .containsExactly(Expectation.ANY, Expectation.OVERSELLS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "store: jdbc:oracle:thin:@x|store: found \"jdbc:oracle:thin:@x\", expected one of memory, postgresql, h2, or a URL",
        "store: 'jdbc:postgresql://h/d?user=me&password=p'|with user and password in OVERSELL_STORE_USER and OVERSELL_STORE_PASSWORD",
        "store: 'jdbc:postgresql://h/d?sslmode=require&sslpassword=p'|store: found",
        "store: 'jdbc:mariadb://h/d?trustStorePassword=p'|store: found",
        "{store: h2, processes: 2}|processes: found several JVMs and a stock in the memory of one",
        "processes: 2|processes: found several JVMs and a stock in the memory of one",
        "store: [memory, h2]|store: found memory beside a database, expected an experiment for each",
        "isolation: serializable|isolation: found a stock in memory, without it, expected a store",
        "connections: 5|connections: found a stock in memory, without it, expected a store",
        "patience: 2s|patience: found a stock in memory, without it, expected a store",
        "{store: h2, isolation: snapshot}|isolation: found \"snapshot\", expected one of own, default, read-committed, repeatable-read, serializable",
        "{store: h2, connections: 0}|connections: found \"0\", expected default, or a whole number from 1 to 1000",
        "{store: h2, patience: 1ms}|patience: found \"1ms\", expected a duration of at most 3600 s",
        "{store: postgresql, processes: 0}|processes: found \"0\", expected a whole number from 1 to 64",
        "{store: h2, redis: 'redis://h:6379'}|redis: found no variant that locks in one, expected a variant such as redis, and a store for it",
        "{store: h2, redis: 'redis://me:secret@h'}|redis: found \"redis://me:secret@h\", expected local, or a URL such as redis://host:6379, with user and password in OVERSELL_REDIS_USER and OVERSELL_REDIS_PASSWORD",
        "{store: h2, redis: 'redis://h:65536'}|redis: found \"redis://h:65536\", expected local, or a URL",
        "{store: h2, fault: lose-answer}|fault: found lose-answer, and a store that the lab does not start, expected store: postgresql with it",
        "{store: postgresql, processes: 9}|processes: found more JVMs than buyers",
        "{store: 'jdbc:mariadb://h/d', processes: 2, articles: 3}|articles: found several, and several JVMs, expected 1 with them, or PostgreSQL",
        "{store: postgresql, processes: 2, mode: returning}|processes: found several JVMs, and another mode",
        "{store: postgresql, processes: 2, bystander: true}|processes: found several JVMs, and another mode, a baseline or a bystander",
        "{store: postgresql, processes: 2, pinning: true}|pinning: found true, and several JVMs, expected false with more than one JVM",
        "{store: 'jdbc:mariadb://h/d', fault: kill-jvm, processes: 2, fault-every: 1}|processes: found several, and a store that cannot give the buyers of one to another, expected 1 with it, or PostgreSQL",
        "{store: postgresql, fault: kill-database, processes: 2, fault-every: 1}|processes: found several, and a fault that kills their database, expected 1 with it",
        "{store: postgresql, fault: kill-jvm, processes: 2, articles: 2, fault-every: 1}|articles: found several, and a fault of a process, expected 1 with it",
        "{store: postgresql, fault: stop-jvm, fault-every: 1}|processes: found another number, and a fault that stops one of two, expected 2 with it",
        "{store: 'jdbc:mariadb://h/d', fault: stop-jvm, processes: 2, fault-every: 1}|fault: found stop-jvm, and a store that ends no transaction of who stands still, expected PostgreSQL with it",
        "{store: postgresql, fault: stop-jvm, processes: 2, idempotency-key: false, fault-every: 1}|idempotency-key: found false, and no fault that leaves a buyer without an answer",
        "fault: kill-database|fault: found kill-database, and a store that the lab does not start, expected store: postgresql with it",
        "{store: h2, fault: kill-jvm}|fault: found a fault of a process, and a stock in the memory of one",
        "{store: postgresql, fault: kill-database, mode: returning}|fault: found a fault of a process, and another mode",
        "{store: postgresql, fault: kill-database, articles: 2}|articles: found several, and a fault of a process, expected 1 with it",
        "{store: postgresql, fault: kill-database, fault-every: 9}|fault-every: found more than the 5 buyers that can be served, expected at most so many",
        "{store: h2, durable: false}|durable: found false, and a store that the lab does not start, expected true, or store: postgresql",
        "{store: postgresql, idempotency-key: false}|idempotency-key: found false, and no fault that leaves a buyer without an answer",
        "{store: postgresql, processes: 2, gate: false}|gate: found false, and several JVMs, expected true with more than one JVM",
      })
  void refusesADeploymentThatCannotBe(String text, String message) {
    String variant =
        text.contains("h2") || text.contains("jdbc") || text.contains("postgresql")
            ? "variants: select-for-update"
            : "variants: unlocked";
    String whole =
        text.startsWith("{") ? "{" + variant + ", " + text.substring(1) : variant + "\n" + text;

    assertThat(errors(whole, Map.of())).anyMatch(error -> error.contains(message));
  }

  @Test
  void runsTheDefaultLevelOfEachProductFirstAndEachLevelOnce() throws InvalidExperiment {
    Experiment experiment =
        parse(
            """
            store: [h2, 'jdbc:mariadb://host/shop']
            isolation: [default, read-committed, repeatable-read]
            variants: select-then-write
            """,
            Map.of());

    assertThat(experiment.workloads())
        .extracting(workload -> workload.deployment())
        .extracting(where -> where.shown() + " at " + where.isolation().orElseThrow())
        .containsExactly(
            "h2 at read-committed",
            "h2 at repeatable-read",
            "mariadb at repeatable-read",
            "mariadb at read-committed");
  }

  @Test
  void givesEachBuyerAConnectionUnlessThatWouldBeMany() throws InvalidExperiment {
    Experiment experiment =
        parse(
            "{store: h2, buyers: [5, 50], connections: [default, 30], variants: select-for-update}",
            Map.of());

    assertThat(experiment.workloads())
        .extracting(workload -> workload.pool().connections())
        .containsExactly(5, 10, 30, 30);
  }

  @Test
  void leavesOutATechniqueThatAProductLacks() throws InvalidExperiment {
    Experiment experiment =
        parse("{store: [postgresql, h2], variants: [advisory-lock, select-for-update]}", Map.of());

    assertThat(experiment.workloads())
        .extracting(workload -> workload.variant() + " on " + workload.deployment().store())
        .containsExactly(
            "advisory-lock on postgresql",
            "select-for-update on postgresql",
            "select-for-update on h2");
  }

  @Test
  void refusesTechniquesThatTheOnlyProductLacks() {
    assertThat(errors("{store: h2, variants: advisory-lock}", Map.of()))
        .singleElement()
        .asString()
        .contains("variants: found none that this store has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sychronized on 21", "synchronized on twenty-one", "synchronized on 2"})
  void refusesAnExpectationForAnUnknownVariant(String name) {
    assertThat(errors("variants: unlocked\nexpect: {%s: any}".formatted(name), Map.of()))
        .singleElement()
        .asString()
        .startsWith("mine.yaml:2:10: expect: found \"" + name + "\", expected ");
  }

  @Test
  void refusesAFileWithoutVariants() {
    assertThat(errors("buyers: 5", Map.of()))
        .singleElement()
        .asString()
        .startsWith("mine.yaml:1:1: variants: found nothing, expected one of ");
  }

  @Test
  void reportsAllErrorsAtOnceInTheOrderOfTheFile() {
    assertThat(errors("trails: 5\nvariants: unlocked\nhold: long\nbuyers: [1, two]", Map.of()))
        .hasSize(3)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(
                        "mine.yaml:1:1: trails: found an unknown key, expected \"trials\" perhaps"),
            second -> assertThat(second).startsWith("mine.yaml:3:7: hold: "),
            third -> assertThat(third).startsWith("mine.yaml:4:13: buyers: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "variants: [unlocked",
        "variants: unlocked\n\tbuyers: 5",
        "variants: 'unlocked",
        "a: b: c",
        "- variants",
        "just text",
        "",
        "variants: &a [*a]",
        "variants: unlocked\n---\nvariants: unlocked",
        "? [a]\n: b",
        "%YAML 9.0\n--- x",
        "\u0000\u0001"
      })
  void reportsWhereATextIsNotAnExperiment(String text) {
    assertThat(errors(text, Map.of()))
        .singleElement()
        .asString()
        .matches(
            "mine\\.yaml:\\d+:\\d+: experiment: found .*, expected lines of the form key: value");
  }

  @Test
  void refusesDeeplyNestedValues() {
    String deep = "variants: " + "[".repeat(5000) + "]".repeat(5000);

    assertThat(errors(deep, Map.of())).hasSize(1);
  }

  @Test
  void refusesBothKindsOfStock() {
    assertThat(errors("variants: unlocked\nstock: 1\nstock-per-buyer: 1", Map.of()))
        .containsExactly(
            "mine.yaml:3:18: stock-per-buyer: found both stock and stock-per-buyer, expected one of them");
  }

  @Test
  void refusesNumbersThatOverflow() {
    assertThat(errors("variants: unlocked\nbuyers: 10000000\nunits: 1000", Map.of()))
        .containsExactly(
            "mine.yaml:3:8: units: found buyers who want 10000000000 units, expected at most 2147483647");
    assertThat(errors("variants: unlocked\nbuyers: 10000000\nstock-per-buyer: 1000", Map.of()))
        .containsExactly(
            "mine.yaml:3:18: stock-per-buyer: found a stock of 10000000000, expected at most 2147483647");
    assertThat(errors("variants: unlocked\nforks: 10000\nbuyers: [1, 2]", Map.of()))
        .containsExactly(
            "mine.yaml:2:8: forks: found more than 10000 forks in all, expected at most so many");
  }

  @Test
  void refusesATrialThatTakesMoreThanADay() {
    assertThat(
            errors(
                "variants: unlocked\nbuyers: [5, 10_000_000]\nhold: [0, 60min]\nstock: 2000",
                Map.of()))
        .containsExactly(
            "mine.yaml:3:7: hold: found holds of 7200000 s in one trial, expected at most 86400 s");
  }

  @Test
  void takesTheLargestSeed() throws InvalidExperiment {
    assertThat(parse("variants: unlocked\nseed: 9_223_372_036_854_775_807", Map.of()).runs().seed())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void settingsReplaceWhatTheFileSays() throws InvalidExperiment {
    Experiment experiment =
        parse(
            "variants: unlocked\nbuyers: 7\nstock: 3\nexpect: {unlocked: oversells}",
            Map.of(
                Key.BUYERS, "5,50",
                Key.HOLD, "10ms",
                Key.VARIANTS, "unlocked, synchronized",
                Key.STOCK_PER_BUYER, "2",
                Key.EXPECT, "unlocked=any,synchronized:safe"));

    assertThat(experiment.matrix().buyers()).containsExactly(5, 50);
    assertThat(experiment.matrix().holds()).containsExactly(Duration.ofMillis(10));
    assertThat(experiment.matrix().variants()).containsExactly("unlocked", "synchronized");
    assertThat(experiment.terms().stock()).isEqualTo(new Experiment.Stock.PerBuyer(2));
    assertThat(experiment.expectations()).containsEntry("unlocked", Expectation.ANY).hasSize(2);
  }

  @Test
  void aSettingReplacesAWrongValueInTheFile() throws InvalidExperiment {
    assertThat(parse("variants: unlocked\nbuyers: many", Map.of(Key.BUYERS, "3")).matrix().buyers())
        .containsExactly(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5,x    | -Dbuyers:1:3: buyers: found \"x\", expected a whole number from 1 to 10000000",
        "''     | -Dbuyers:1:1: buyers: found nothing, expected a whole number from 1 to 10000000",
        "5,     | -Dbuyers:1:3: buyers: found nothing, expected a whole number from 1 to 10000000",
      })
  void reportsWhichSettingIsWrong(String setting, String error) {
    assertThat(errors("variants: unlocked", Map.of(Key.BUYERS, setting))).containsExactly(error);
  }

  @Test
  void explainsHowToGiveAnExpectation() {
    assertThat(errors("variants: unlocked", Map.of(Key.EXPECT, "safe")))
        .containsExactly(
            "-Dexpect:1:1: expect: found \"safe\", expected lines of the form variant: one of safe, oversells, starves, hangs, any");
  }

  @Test
  void aQuestionIsOneLine() throws InvalidExperiment {
    assertThat(
            parse("question: |\n  Is it\n  one?\nvariants: unlocked", Map.of()).page().question())
        .isEqualTo("Is it one?");
  }

  @Test
  void refusesAMissingFile() {
    InvalidExperiment invalid =
        catchThrowableOfType(
            InvalidExperiment.class,
            () -> ExperimentFile.read(folder.resolve("none.yaml"), "none.yaml"));

    assertThat(invalid)
        .hasMessage(
            "none.yaml:1:1: file: found no such file, expected an experiment file such as experiments/seed.yaml");
  }

  @Test
  void refusesALargeFileWithoutReadingIt() throws IOException {
    Path file = Files.writeString(folder.resolve("large.yaml"), "#".repeat(10_000_000));

    InvalidExperiment invalid =
        catchThrowableOfType(
            InvalidExperiment.class, () -> ExperimentFile.read(file, "large.yaml"));

    assertThat(invalid)
        .hasMessage("large.yaml:1:1: file: found 10000000 bytes, expected at most 65536");
  }

  @Test
  void refusesBytesThatAreNotText() throws IOException {
    Path file =
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xC3, (byte) 0x28, 0, 1});

    InvalidExperiment invalid =
        catchThrowableOfType(
            InvalidExperiment.class, () -> ExperimentFile.read(file, "binary.yaml"));

    assertThat(invalid)
        .hasMessage("binary.yaml:1:1: file: found bytes that are no UTF-8, expected text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mine.yaml", "-x.yaml", "a b.yaml", ".yaml"})
  void refusesANameThatCannotBeThatOfAResultsFolder(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "variants: unlocked");

    InvalidExperiment invalid =
        catchThrowableOfType(InvalidExperiment.class, () -> ExperimentFile.read(file, name));

    assertThat(invalid).hasMessageStartingWith(name + ":1:1: file: found the name");
  }
}
