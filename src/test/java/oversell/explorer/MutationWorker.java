package oversell.explorer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oversell.corpus.Patient;
import oversell.corpus.QuietLogs;
import oversell.corpus.Scripted;
import oversell.corpus.Strangers;
import oversell.explorer.CorpusTest.Pair;
import oversell.explorer.client.ArraysTest;
import oversell.explorer.client.AttackTest;
import oversell.explorer.client.ChanceTest;
import oversell.explorer.client.LockQueuesTest;
import oversell.explorer.client.MapsTest;
import oversell.explorer.client.PlatformThreadsTest;
import oversell.explorer.client.PoolsTest;
import oversell.explorer.client.TestLibrariesTest;
import oversell.explorer.client.TimeLimitsTest;
import oversell.explorer.client.UnsafeTest;
import oversell.explorer.weave.JdkCalls;
import oversell.explorer.weave.Mutant;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;

/**
 * A JVM of its own that explores programs of the suites with one table of calls: a wrong one may
 * take the JVM along. It is told their names by lines, and answers each with a line.
 */
final class MutationWorker {
  private static final long MOST = 20_000;
  private static final int SCRIPTS = 12;

  private MutationWorker() {}

  /** One program, as a suite explores it. */
  private sealed interface Program {
    /** What came of it, without figures but for the last: how many executions it took. */
    List<String> seen(JdkCalls calls) throws IOException;
  }

  /** A sale. */
  private record Sale(Class<? extends InventoryProvider> provider, Explorations sale)
      implements Program {
    @Override
    public List<String> seen(JdkCalls calls) {
      Explored explored = sale.explore(provider, calls).explored();
      return fields(
          explored.isProof(),
          explored.violations(),
          explored.uncontrolled().toString(),
          explored.bound(),
          explored.complete(),
          explored.distinctOutcomes().map(Outcome::toString),
          explored.executions());
    }
  }

  /** Anything else. */
  private record Client(Class<? extends Scenario<?>> type) implements Program {
    @Override
    public List<String> seen(JdkCalls calls) throws IOException {
      return seen(type, calls);
    }

    // Whatever its outcomes are.
    @SuppressWarnings("unchecked")
    private static <R> List<String> seen(Class<?> type, JdkCalls calls) throws IOException {
      ScenarioSubject<R> subject =
          new ScenarioSubject<>(
              new ScenarioClass<>((Class<? extends Scenario<R>>) type, Options.exhaustive()));
      Findings<ScenarioResult<R>> findings =
          new SubjectExplorer<>(
                  subject, Options.exhaustive().schedules(MOST), calls, System::nanoTime)
              .explore(new Failures<>((executions, failures, share, running) -> {}));
      return fields(
          findings.complete() && findings.failures() == 0,
          findings.failures(),
          findings.uncontrolled().toString(),
          findings.bound(),
          findings.complete(),
          findings.outcomes().stream().map(share -> share.outcome().toString()),
          findings.executions());
    }
  }

  private static List<String> fields(
      boolean isProof,
      long failures,
      String uncontrolled,
      String bound,
      boolean complete,
      Stream<String> outcomes,
      long executions) {
    return List.of(
        isProof ? "proved" : failures > 0 ? "refuted" : "open",
        uncontrolled.replaceAll("\\s+", " ").replaceAll("\\d+", "0"),
        bound.isEmpty() ? "" : "bound",
        complete
            ? new TreeSet<>(outcomes.map(text -> text.replaceAll("\\s+", " ")).toList()).toString()
            : "incomplete",
        complete ? String.valueOf(executions) : "");
  }

  /** All of them, by name. */
  private static Map<String, Program> programs() {
    Map<String, Program> programs = new LinkedHashMap<>();
    Explorations two = Explorations.of(2, 5, 3).atMost(MOST);
    Stream.concat(SoundnessTest.pairs().stream(), SoundnessTest.otherThreads().stream())
        .filter(pair -> !SoundnessTest.OF_MANY_STEPS.contains(pair.name()))
        .forEach(pair -> put(programs, pair, two));
    CorpusTest.pairs().forEach(pair -> put(programs, pair, pair.sale().atMost(MOST)));
    Explorations looks = Explorations.of(2, 3, 3).atMost(MOST);
    ReductionTest.hidden().forEach(provider -> put(programs, provider, looks));
    ReductionTest.endings()
        .forEach(provider -> put(programs, provider, Explorations.of(1, 9, 1).atMost(MOST)));
    ReductionTest.interruptible()
        .forEach(
            provider ->
                put(
                    programs,
                    provider,
                    Explorations.of(2, 2, 1).with(Fault.TIMEOUT, 2).atMost(MOST)));
    for (var provider : ReductionTest.mayWait()) {
      programs.put(
          provider.getName() + " at guards", new Sale(provider, looks.at(Granularity.GUARD)));
    }
    Stream.of(
            BoundsTest.endless(),
            BoundsTest.patient(),
            BoundsTest.uncontrolled(),
            BoundsTest.escapes(),
            BoundsTest.lasting())
        .flatMap(List::stream)
        .forEach(provider -> put(programs, provider, two));
    CommonCodeTest.pairs()
        .forEach(
            pair -> {
              put(programs, pair.broken(), two.at(pair.granularity()));
              put(programs, pair.right(), two.at(pair.granularity()));
            });
    programs.put(
        Patient.GivesWay.class.getName(),
        new Sale(Patient.GivesWay.class, two.at(Granularity.PAUSE)));
    programs.put(
        UnsafeTest.class.getName(),
        new Client(UnsafeTest.scenario("unsafe().arrayIndexScale(byte[].class);")));
    put(programs, Strangers.SellsInAPool.class, two);
    put(programs, Strangers.Publishes.class, two);
    put(programs, Strangers.Cleans.class, two);
    put(programs, Strangers.ThreadsOfTheJdk.Broken.class, two.at(Granularity.PAUSE));
    put(programs, Strangers.ThreadsOfTheJdk.Right.class, two.at(Granularity.GUARD));
    for (int number = 1; number <= SCRIPTS; number++) {
      programs.put(
          Scripted.class.getName() + number,
          new Sale(Scripted.class, Explorations.of(2, number, 1).atMost(MOST)));
    }
    for (Class<?> clients :
        List.of(
            PlatformThreadsTest.class,
            PoolsTest.class,
            TimeLimitsTest.class,
            ChanceTest.class,
            MapsTest.class,
            LockQueuesTest.class,
            ArraysTest.class,
            TestLibrariesTest.class,
            AttackTest.class)) {
      for (Class<?> type : clients.getDeclaredClasses()) {
        if (Scenario.class.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())
            && !type.getSimpleName().startsWith("SubclassOfAPool")) {
          programs.put(type.getName(), new Client(asScenario(type)));
        }
      }
    }
    return programs;
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Scenario<?>> asScenario(Class<?> type) {
    return (Class<? extends Scenario<?>>) type.asSubclass(Scenario.class);
  }

  private static void put(Map<String, Program> programs, Pair pair, Explorations sale) {
    put(programs, pair.broken(), sale);
    put(programs, pair.right(), sale);
  }

  private static void put(
      Map<String, Program> programs,
      Class<? extends InventoryProvider> provider,
      Explorations sale) {
    programs.put(provider.getName(), new Sale(provider, sale));
  }

  static List<String> names() {
    return new ArrayList<>(programs().keySet());
  }

  /**
   * Explores what it is told to: in each line the number of a mutant, or none for the table as it
   * is, and the name of a program.
   */
  public static void main(String[] args) throws IOException {
    QuietLogs.setUp();
    PrintStream answers = System.out;
    System.setOut(new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    Map<String, Program> programs = programs();
    List<Mutant> mutants = Mutant.all();
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = asked.readLine(); line != null; line = asked.readLine()) {
      String[] parts = line.split("\t", -1);
      JdkCalls calls =
          parts[0].isEmpty() ? Mutant.none() : mutants.get(Integer.parseInt(parts[0])).table();
      long start = System.nanoTime();
      String seen = seen(programs.get(parts[1]), calls);
      long millis = (System.nanoTime() - start) / 1_000_000;
      String rows =
          parts[0].isEmpty()
              ? Mutant.decided(calls).stream().map(String::valueOf).collect(Collectors.joining(","))
              : "";
      answers.println(String.join("\t", seen, String.valueOf(millis), rows));
      answers.flush();
    }
    Runtime.getRuntime().halt(0);
  }

  private static String seen(Program program, JdkCalls calls) {
    try {
      return String.join("\t", program.seen(calls));
    } catch (IOException | RuntimeException | Error thrown) {
      return "threw " + thrown.getClass().getName() + "\t\t\t\t";
    }
  }
}
