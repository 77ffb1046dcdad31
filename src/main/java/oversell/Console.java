package oversell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import oversell.lab.fork.Fork;
import oversell.lab.fork.ForkPlan;
import oversell.lab.fork.Message;
import oversell.report.Report;

/**
 * What a run prints beside its progress.
 *
 * @param out where to
 * @param project the folder that paths are shown from
 */
record Console(PrintStream out, Path project) {
  void begins(Message.RunStarted start, ForkPlan plan) {
    Duration holds = Duration.ZERO;
    for (Fork fork : plan.forks()) {
      holds = holds.plus(fork.row().floor().multipliedBy((long) fork.trials() + fork.warmups()));
    }
    boolean explores = Progress.explores(plan.forks());
    out.println(start.experiment() + (start.question().isEmpty() ? "" : ": " + start.question()));
    out.printf(
        "forks: %d, %s, JDK: %s, order by seed %d%s%n",
        plan.forks().size(),
        explores
            ? "each explores one "
                + start.rows().getFirst().workload().conduct().exploration().orElseThrow().subject()
                + after(start.warmups())
            : "trials a fork: %d + %d warmup".formatted(start.trials(), start.warmups()),
        start.environment().shownJdks(),
        start.seed(),
        explores
            ? "; no thread really sleeps"
            : String.format("; the holds alone take %.1f s", holds.toMillis() / 1e3));
    start.environment().warnings().forEach(warning -> out.println("Warning: " + warning));
  }

  private static String after(int warmups) {
    return warmups == 0 ? "" : ", " + (warmups + 1) + " times, and the last counts";
  }

  void ends(Report report, Path folder) {
    out.println();
    report.closing().forEach(out::println);
    out.printf("%nResults: %s%n", shown(folder.resolve("table.md")));
    if (report.results().anyForkFailed()) {
      out.println("A fork failed, so README.md keeps its former answer to this question.");
    }
  }

  void interrupted(String kept, Path folder) {
    out.printf(
        "%nInterrupted: the %s are kept in %s%n"
            + "Make their tables with: mvn exec:java -Dreport=%s%n",
        kept, shown(folder), shown(folder));
  }

  void cannotBegin(Path folder, IOException problem) {
    out.printf("%s: cannot be used: %s. Nothing was run.%n", shown(folder), reason(problem));
  }

  void says(String sentence) {
    out.println(sentence);
  }

  void cannotGoOn(Path folder, IOException problem) {
    out.printf(
        "%s: cannot be written: %s. What was written before is kept there; former results are whole.%n",
        shown(folder), reason(problem));
  }

  void cannotStop(IOException problem) {
    out.printf(
        "The database of the run cannot be removed: %s. The next run tries again.%n",
        reason(problem));
  }

  void lacksOverview(IOException problem) {
    out.printf(
        "%nWarning: the answers in results/README.md or README.md cannot be renewed: %s.%n",
        reason(problem));
  }

  private String shown(Path path) {
    return path.startsWith(project) ? project.relativize(path).toString() : path.toString();
  }

  /** Why it failed, in the words of the system where there are some. */
  static String reason(IOException problem) {
    if (problem instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    String message = String.valueOf(problem.getMessage());
    String kind = problem.getClass().getSimpleName().replaceFirst("Exception$", "");
    return kind.equals("IO") ? message : kind + ": " + message;
  }
}
