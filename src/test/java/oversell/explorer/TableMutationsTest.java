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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private static final String NO_MUTANT = "";

  /** Without them a part of a lock is taken for anything, which costs schedules and hides none. */
  private static final Pattern SPARES_SCHEDULES =
      Pattern.compile("AWAY .*|HARMLESS .*(newCondition|readLock|writeLock).*");

  /**
   * Who waits for a latch and says nothing of it parks there, and is let go on by the last count as
   * before: no program can tell.
   */
  private static boolean isEquivalent(Mutant mutant) {
    String text = mutant.toString();
    return text.startsWith("HARMLESS") && text.contains("CountDownLatch.await\\(\\)V");
  }

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

    // What says that other threads run, or have run.
    private static final Pattern BY_OTHERS =
        Pattern.compile(
            "is not under control and runs|unparked by code|thread (\"[^\"]*\" )?(is|was) started by");

    /** Whether it comes to the same each time: what other threads do, and chance, does not. */
    boolean isSteady() {
      String uncontrolled = fields.get(1);
      return !BY_OTHERS.matcher(uncontrolled).find()
          && !uncontrolled.contains("common pool")
          && !uncontrolled.contains("the same choices");
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

  /** A JVM that explores. */
  private static final class Worker implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final ExecutorService reader = Executors.newSingleThreadExecutor();

    Worker() throws IOException {
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
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** What it says of a program; null if it crashes or hangs. */
    @Nullable Told explore(String mutant, String program) throws InterruptedException {
      questions.println(mutant + "\t" + program);
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

  /** Has a JVM explore, and another one after that has crashed or hangs or is worn. */
  private static final class Bench implements AutoCloseable {
    private final Map<String, Told> asItIs;
    private @Nullable Worker worker;

    Bench(Map<String, Told> asItIs) {
      this.asItIs = asItIs;
    }

    void exploreAsItIs(String program) throws IOException, InterruptedException {
      Told told = explore(NO_MUTANT, program);
      if (told != null) {
        asItIs.put(program, told);
      }
    }

    /** Which program notices a mutant, and by what; empty if none does. */
    String noticed(int number) throws IOException, InterruptedException {
      Mutant mutant = Mutant.all().get(number);
      boolean count = SPARES_SCHEDULES.matcher(mutant.toString()).matches();
      List<Map.Entry<String, Told>> programs =
          asItIs.entrySet().stream()
              .filter(program -> program.getValue().rows().contains(mutant.row()))
              .filter(program -> program.getValue().isSteady())
              .sorted(Comparator.comparingLong(program -> program.getValue().millis()))
              .toList();
      for (Map.Entry<String, Told> program : programs) {
        String name = program.getKey();
        Told right = program.getValue();
        Told wrong = explore(String.valueOf(number), name);
        if (wrong != null && !right.differs(wrong, count)) {
          continue;
        }
        Told now = wrong == null ? null : explore(NO_MUTANT, name);
        if (now == null || right.differs(now, true)) {
          // What an earlier mutant did to the JVM is not taken for what this one does.
          close();
          wrong = explore(String.valueOf(number), name);
        }
        if (wrong == null) {
          return name + ": crash or hang";
        }
        if (right.differs(wrong, count)) {
          return "%s: %s, was %s".formatted(name, wrong.fields(), right.fields());
        }
      }
      return "";
    }

    private @Nullable Told explore(String mutant, String program)
        throws IOException, InterruptedException {
      Worker asked = worker == null ? new Worker() : worker;
      worker = asked;
      Told told = asked.explore(mutant, program);
      if (told == null) {
        close();
      }
      return told;
    }

    @Override
    public void close() {
      if (worker != null) {
        worker.close();
        worker = null;
      }
    }
  }

  /** What a bench does with one of many. */
  private interface Job<T> {
    void run(Bench bench, T one) throws Exception;
  }

  private static <T> void share(List<T> all, Map<String, Told> asItIs, Job<T> job)
      throws InterruptedException, ExecutionException {
    BlockingQueue<T> left = new LinkedBlockingQueue<>(all);
    List<Future<?>> workers = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(WORKERS)) {
      for (int i = 0; i < WORKERS; i++) {
        workers.add(
            executor.submit(
                () -> {
                  try (Bench bench = new Bench(asItIs)) {
                    for (T one = left.poll(); one != null; one = left.poll()) {
                      job.run(bench, one);
                    }
                  }
                  return null;
                }));
      }
    }
    for (Future<?> worker : workers) {
      worker.get();
    }
  }

  @Test
  void eachRowIsNeededAsItIs() throws Exception {
    Map<String, Told> asItIs = new ConcurrentHashMap<>();
    share(MutationWorker.names(), asItIs, Bench::exploreAsItIs);
    assertThat(asItIs).containsOnlyKeys(MutationWorker.names());
    List<Mutant> mutants = Mutant.all();
    // Those of scopes have programs of their own: ScopeMutationsTest.
    List<Integer> numbers =
        IntStream.range(0, mutants.size())
            .filter(number -> !mutants.get(number).isOfScopes())
            .filter(number -> !mutants.get(number).isOfPools())
            .filter(number -> !mutants.get(number).isOfParts())
            .filter(number -> !isEquivalent(mutants.get(number)))
            .boxed()
            .toList();
    StringBuffer report = new StringBuffer();
    BlockingQueue<Mutant> unnoticed = new LinkedBlockingQueue<>();

    share(
        numbers,
        asItIs,
        (bench, number) -> {
          String by = bench.noticed(number);
          report.append("%s | %s%n".formatted(mutants.get(number), by));
          Files.writeString(Path.of("target", "mutations.txt"), report);
          if (by.isEmpty()) {
            unnoticed.add(mutants.get(number));
          }
        });

    assertThat(unnoticed).isEmpty();
  }
}
