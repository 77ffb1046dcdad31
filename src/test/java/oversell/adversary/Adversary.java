package oversell.adversary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import oversell.explorer.Granularity;

/**
 * Draws programs, explores them and compares; what fails is shrunk. By hand, with the flags of
 * tests and these system properties, all preceded by {@code adversary.}:
 *
 * <ul>
 *   <li>{@code programs}, {@code first} and {@code seed}: how many, from which number on, of which
 *       seed
 *   <li>{@code features}: as {@link Feature#parse} has it; {@code kinds}: a pattern for the names
 *       of operations
 *   <li>{@code granularity}: PAUSE, GUARD or ACCESS
 *   <li>{@code without} and {@code with}: the most executions without and with reduction
 *   <li>{@code runs}: how often each is run on real threads
 *   <li>{@code failures}: after how many it ends
 * </ul>
 */
public final class Adversary {
  /** What the explorer has no known hole in. */
  static final Set<Feature> SOUND = EnumSet.allOf(Feature.class);

  private static final int BATCH = 100;

  private final Generator generator;
  private final Comparison comparison;
  private final Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
  private final List<Failure> failures = new ArrayList<>();
  private final Map<String, Integer> uncontrolled = new TreeMap<>();
  private final int mostFailures;
  private final int runs;

  /**
   * Draws from a generator until so many have failed.
   *
   * @param runs how often each is run on real threads, too
   */
  Adversary(Generator generator, Comparison comparison, int mostFailures, int runs) {
    this.runs = runs;
    this.generator = generator;
    this.comparison = comparison;
    this.mostFailures = mostFailures;
  }

  /**
   * A program that failed.
   *
   * @param number by which it is drawn again
   * @param shrunk the smallest that fails in the same way
   */
  record Failure(long number, Program shrunk, Verdict verdict) {
    @Override
    public String toString() {
      return "program %d: %s %s%n%s"
          .formatted(number, verdict.kind(), verdict.detail(), Source.told(shrunk));
    }
  }

  /** Compares programs of consecutive numbers. */
  void run(long first, long number) {
    for (long from = first; from < first + number && failures.size() < mostFailures; ) {
      long to = Math.min(first + number, from + BATCH);
      Map<String, String> sources = new LinkedHashMap<>();
      List<Program> programs = new ArrayList<>();
      for (long i = from; i < to; i++) {
        Program program = generator.draw(i);
        programs.add(program);
        sources.put("P" + i, Source.of(program, "P" + i, false));
        if (runs > 0) {
          sources.put("N" + i, Source.of(program, "N" + i, true));
        }
      }
      Classes classes = Classes.compile(sources);
      for (int i = 0; i < programs.size() && failures.size() < mostFailures; i++) {
        one(from + i, programs.get(i), classes);
      }
      from = to;
    }
  }

  private void one(long number, Program program, Classes classes) {
    Verdict verdict = verdict(program, classes, number);
    counts.merge(verdict.kind(), 1, Integer::sum);
    if (verdict.kind() == Verdict.Kind.UNCONTROLLED) {
      uncontrolled.merge(verdict.detail().replaceAll("P\\d+|:\\d+|, in.*", ""), 1, Integer::sum);
    }
    if (verdict.kind().isFailure()) {
      failures.add(shrunk(number, program, verdict));
    }
  }

  private Verdict verdict(Program program, Classes classes, long number) {
    Verdict verdict = comparison.of(program, classes.provider("P" + number));
    if (verdict.kind() != Verdict.Kind.SAME || runs == 0 || !Natives.ends(program)) {
      return verdict;
    }
    try {
      return Natives.unexplored(program, classes, "N" + number, verdict.explored(), runs)
          .map(seen -> Verdict.of(Verdict.Kind.NATIVE, seen + " not in " + verdict.explored()))
          .orElse(verdict);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private Failure shrunk(long number, Program program, Verdict verdict) {
    Program least = program;
    Verdict last = verdict;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (Program candidate : least.smaller()) {
        Verdict again = fresh(candidate);
        if (again.kind() == verdict.kind()) {
          least = candidate;
          last = again;
          smaller = true;
          break;
        }
      }
    }
    return new Failure(number, least, last);
  }

  private Verdict fresh(Program program) {
    Classes classes =
        Classes.compile(
            Map.of("P0", Source.of(program, "P0", false), "N0", Source.of(program, "N0", true)));
    return verdict(program, classes, 0);
  }

  Map<Verdict.Kind, Integer> counts() {
    return counts;
  }

  List<Failure> failures() {
    return failures;
  }

  Map<String, Integer> uncontrolled() {
    return uncontrolled;
  }

  /** Runs as many as the system properties say, and prints what fails. */
  public static void main(String[] arguments) {
    long seed = Long.getLong("adversary.seed", 1);
    int runs = Integer.getInteger("adversary.runs", 0);
    long first = Long.getLong("adversary.first", 0);
    long programs = Long.getLong("adversary.programs", 1_000);
    Set<Feature> features = Feature.parse(System.getProperty("adversary.features", "sound"), SOUND);
    Pattern kinds = Pattern.compile(System.getProperty("adversary.kinds", ".*"));
    Predicate<Kind> allowed = kind -> kinds.matcher(kind.name()).matches();
    Adversary adversary =
        new Adversary(
            new Generator(seed, features, runs > 0 ? Natives.threadSafe().and(allowed) : allowed),
            Comparison.usual()
                .at(Granularity.valueOf(System.getProperty("adversary.granularity", "ACCESS")))
                .atMost(
                    Long.getLong("adversary.without", 2_000),
                    Long.getLong("adversary.with", 5_000)),
            Integer.getInteger("adversary.failures", 5),
            runs);
    long chunk = 1_000;
    int shown = 0;
    for (long from = first; from < first + programs; from += chunk) {
      adversary.run(from, Math.min(chunk, first + programs - from));
      System.out.printf("seed %d, %d: %s%n", seed, from + chunk, adversary.counts());
      for (; shown < adversary.failures().size(); shown++) {
        System.out.println(adversary.failures().get(shown));
      }
      if (shown >= adversary.mostFailures) {
        break;
      }
    }
    adversary.uncontrolled().forEach((what, times) -> System.out.println(times + " x " + what));
    System.exit(0);
  }
}
