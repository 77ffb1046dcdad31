package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import oversell.explorer.weave.Mutant;

/**
 * Each row of the table of calls is needed: some program of the suites notices if it is taken away
 * or made weaker. It notices by another verdict or another outcome, or by a crash or a hang of the
 * JVM; that a row is gone which only spares schedules, by their number.
 */
@Tag("mutations")
class TableMutationsTest {
  private static final int MOST_SECONDS = 40;
  private static final int WORKERS = 2;

  /** What a program came to, and which rows it is about. */
  private record Told(List<String> fields, long millis, Set<Integer> rows) {
    static Told parse(String line) {
      List<String> all = Arrays.asList(line.split("\t", -1));
      Set<Integer> rows =
          Arrays.stream(all.get(6).split(","))
              .filter(row -> !row.isEmpty())
              .map(Integer::valueOf)
              .collect(Collectors.toSet());
      return new Told(all.subList(0, 5), Long.parseLong(all.get(5)), rows);
    }

    boolean differs(Told other, boolean count) {
      boolean verdict = !fields.subList(0, 3).equals(other.fields.subList(0, 3));
      boolean both = isComplete() && other.isComplete();
      return verdict
          || (both && !fields.get(3).equals(other.fields.get(3)))
          || (both && count && !fields.get(4).equals(other.fields.get(4)));
    }

    private boolean isComplete() {
      return !fields.get(4).isEmpty();
    }
  }

  /** A JVM that explores with one table. */
  private static final class Worker implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final ExecutorService reader = Executors.newSingleThreadExecutor();

    Worker(String... args) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-preview",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xshare:auto"));
      command.addAll(Explorer.FLAGS);
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), MutationWorker.class.getName()));
      command.addAll(List.of(args));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** What it says of a program; null if it crashes or hangs. */
    @Nullable Told explore(String program) throws InterruptedException {
      questions.println(program);
      Future<@Nullable String> line = reader.submit(answers::readLine);
      try {
        String told = line.get(MOST_SECONDS, TimeUnit.SECONDS);
        return told == null ? null : Told.parse(told);
      } catch (ExecutionException | TimeoutException none) {
        return null;
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
      reader.shutdownNow();
    }
  }

  private static <T> List<T> all(List<Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(WORKERS)) {
      for (Future<T> future : executor.invokeAll(tasks)) {
        results.add(future.get());
      }
    }
    return results;
  }

  /** What all programs come to with the table as it is. */
  private static Map<String, Told> asItIs() throws InterruptedException, ExecutionException {
    Map<String, Told> told = Collections.synchronizedMap(new HashMap<>());
    List<String> names = MutationWorker.names();
    List<Callable<Boolean>> halves = new ArrayList<>();
    for (int half = 0; half < WORKERS; half++) {
      int first = half;
      halves.add(
          () -> {
            Worker worker = new Worker();
            for (int i = first; i < names.size(); i += WORKERS) {
              Told one = worker.explore(names.get(i));
              if (one == null) {
                System.out.println("no answer: " + names.get(i));
                worker.close();
                worker = new Worker();
              } else {
                told.put(names.get(i), one);
              }
            }
            worker.close();
            return true;
          });
    }
    var unused = all(halves);
    return told;
  }

  /** Which program notices a mutant, and by what; empty if none does. */
  private static String noticed(int number, Map<String, Told> asItIs)
      throws IOException, InterruptedException {
    Mutant mutant = Mutant.all().get(number);
    List<String> programs =
        asItIs.entrySet().stream()
            .filter(program -> program.getValue().rows().contains(mutant.row()))
            .sorted(Comparator.comparingLong(program -> program.getValue().millis()))
            .map(Map.Entry::getKey)
            .toList();
    try (Worker worker = new Worker(String.valueOf(number))) {
      for (String program : programs) {
        Told right = asItIs.get(program);
        Told wrong = worker.explore(program);
        if (wrong == null) {
          return program + ": crash or hang";
        }
        if (right.differs(wrong, mutant.how() == Mutant.How.AWAY)) {
          return "%s: %s, was %s".formatted(program, wrong.fields(), right.fields());
        }
      }
    }
    return "";
  }

  @Test
  void eachRowIsNeededAsItIs() throws Exception {
    Map<String, Told> asItIs = asItIs();
    List<Mutant> mutants = Mutant.all();
    StringBuffer report = new StringBuffer();
    List<Callable<String>> tasks = new ArrayList<>();
    for (int number = 0; number < mutants.size(); number++) {
      int one = number;
      tasks.add(
          () -> {
            String by = noticed(one, asItIs);
            long asked =
                asItIs.values().stream()
                    .filter(told -> told.rows().contains(mutants.get(one).row()))
                    .count();
            String line = "%s | %d programs | %s%n".formatted(mutants.get(one), asked, by);
            report.append(line);
            Files.writeString(Path.of("target", "mutations.txt"), report);
            return by.isEmpty() ? mutants.get(one) + " (" + asked + " programs)" : "";
          });
    }
    List<String> unnoticed = all(tasks).stream().filter(mutant -> !mutant.isEmpty()).toList();

    assertThat(unnoticed).isEmpty();
  }
}
