package oversell.junit;

import java.lang.System.Logger;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import oversell.explorer.Certificate;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Failure;
import oversell.explorer.Replayed;
import oversell.explorer.Strategy;

/** Explores one test in this JVM. */
final class Runner {
  private static final Logger LOG = System.getLogger("oversell.junit");
  private static final long MILLIS_BETWEEN_NEWS = 3_000;

  private final ClassLoader classes;

  /** A runner of tests that this loader sees. */
  Runner(ClassLoader classes) {
    this.classes = classes;
  }

  Report run(Request request) {
    long begun = System.nanoTime();
    try {
      TestScenario scenario = new TestScenario(request, classes);
      return request.how().replay().isEmpty()
          ? explored(request, scenario, begun)
          : replayed(request, scenario, begun);
    } catch (IllegalArgumentException | IllegalStateException refused) {
      return Report.refused(refused, millisSince(begun));
    }
  }

  private static long millisSince(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static Report explored(Request request, TestScenario scenario, long begun) {
    long[] news = {MILLIS_BETWEEN_NEWS};
    Exploration<String> explored =
        Explorer.explore(
            scenario,
            request.how().options(),
            (executions, failures, share, running) -> {
              if (running.toMillis() >= news[0]) {
                news[0] = running.toMillis() + MILLIS_BETWEEN_NEWS;
                LOG.log(
                    Logger.Level.INFO,
                    String.format(
                        Locale.ROOT,
                        "%s: %,d executions so far, about %.0f %% of all, in %d s of at most %d s",
                        scenario.name(),
                        executions,
                        100 * share,
                        running.toSeconds(),
                        request.how().within().toSeconds()));
              }
            });
    Report.Verdict verdict = verdict(request.how(), explored);
    Optional<Failure> failure = explored.failure();
    String text =
        switch (verdict) {
          case PROVED ->
              explored.certificate().map(Certificate::toString).orElse("") + unseen(request);
          case PASSED -> passed(scenario, explored) + unseen(request);
          case FAILED -> failed(explored);
          case ABORTED, NOT_PROVED, REFUSED, GIVEN_UP -> explored.toString();
        };
    return new Report(
        verdict,
        text,
        failure.map(Failure::schedule).orElse(""),
        failure.flatMap(Failure::cause).map(Report.Cause::of).orElse(null),
        failure.map(Failure::svg).orElse(""),
        explored.executions(),
        explored.aborted(),
        explored.schedules().map(BigInteger::toString).orElse(""),
        explored.uncontrolled(),
        millisSince(begun));
  }

  /** What extensions prepare before a test is not there in any execution, and may be missed. */
  private static String unseen(Request request) {
    return request.unseen().isEmpty()
        ? ""
        : " No execution has seen anything of what these extensions do: "
            + String.join(", ", request.unseen())
            + ".";
  }

  /** The story, and what may have led to it that is not under control. */
  private static String failed(Exploration<?> explored) {
    String known = explored.toString();
    String more =
        explored.uncontrolled().stream()
            .filter(what -> !known.contains(what))
            .map("not under control: %s\n"::formatted)
            .collect(Collectors.joining());
    return more.isEmpty() ? known : known.stripTrailing() + "\n\n" + more;
  }

  private static String passed(TestScenario scenario, Exploration<?> explored) {
    return String.format(
        Locale.ROOT,
        "%s: %,d executions, none of which failed%s; not a proof.",
        scenario.name(),
        explored.executions(),
        explored.aborted() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %,d of which were aborted and checked nothing",
                explored.aborted()));
  }

  private static Report.Verdict verdict(Request.How how, Exploration<?> explored) {
    if (explored.failures() > 0) {
      return Report.Verdict.FAILED;
    }
    if (!explored.isComplete() && !isEnough(how, explored)) {
      return Report.Verdict.NOT_PROVED;
    }
    if (explored.aborted() == explored.executions()) {
      return Report.Verdict.ABORTED;
    }
    return explored.isComplete() ? Report.Verdict.PROVED : Report.Verdict.PASSED;
  }

  private static boolean isEnough(Request.How how, Exploration<?> explored) {
    boolean draws = how.strategy() == Strategy.RANDOM || how.strategy() == Strategy.PCT;
    long wanted = draws ? Math.min(how.schedules(), how.atLeast()) : how.atLeast();
    return explored.uncontrolled().isEmpty() && explored.executions() >= wanted;
  }

  private static Report replayed(Request request, TestScenario scenario, long begun) {
    String schedule = request.how().replay();
    Replayed<String> replayed = Explorer.replay(scenario, schedule, request.how().replayed());
    Optional<Failure> failure = replayed.failure();
    String followed =
        replayed.isStrict()
            ? ""
            : "The schedule is one of another version of this test: it could not be followed to the"
                + " step.\n\n";
    return new Report(
        failure.isPresent()
            ? Report.Verdict.FAILED
            : replayed.aborted().isPresent() ? Report.Verdict.ABORTED : Report.Verdict.PASSED,
        followed + replayed,
        failure.map(Failure::schedule).orElse(schedule),
        failure.flatMap(Failure::cause).map(Report.Cause::of).orElse(null),
        failure.map(Failure::svg).orElse(""),
        1,
        replayed.aborted().isPresent() ? 1 : 0,
        "1",
        List.of(),
        millisSince(begun));
  }
}
