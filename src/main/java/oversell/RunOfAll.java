package oversell;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;

/**
 * Several experiments, one after the other. If one fails, in whatever way, the others are still
 * run; an interruption ends them all.
 *
 * @param out for the user
 */
record RunOfAll(PrintStream out) {
  /** Runs one experiment. */
  interface Runner {
    /**
     * Runs it.
     *
     * @throws InvalidExperiment if it makes no sense
     * @throws InterruptedException if it was interrupted
     */
    ExitStatus run(ExperimentFile file) throws InvalidExperiment, InterruptedException;
  }

  /**
   * Runs them, and prints how each ended.
   *
   * @return the most severe of their statuses
   * @throws InterruptedException if one was interrupted; those after it were not run
   */
  ExitStatus run(List<ExperimentFile> files, Runner runner) throws InterruptedException {
    Map<String, ExitStatus> ends = new LinkedHashMap<>();
    for (ExperimentFile file : files) {
      out.printf("%n[%d/%d] ", ends.size() + 1, files.size());
      ends.put(file.name(), one(file, runner));
      if (ends.get(file.name()) == ExitStatus.INTERRUPTED) {
        break;
      }
    }
    close(files, ends);
    return ExitStatus.of(ends.values());
  }

  private ExitStatus one(ExperimentFile file, Runner runner) throws InterruptedException {
    try {
      return runner.run(file);
    } catch (InvalidExperiment changed) {
      changed.errors().forEach(out::println);
      return ExitStatus.BAD_INPUT;
    } catch (RuntimeException | Error bug) {
      Main.report(bug, out);
      return ExitStatus.BUG;
    }
  }

  private void close(List<ExperimentFile> files, Map<String, ExitStatus> ends) {
    int widest = files.stream().mapToInt(file -> file.name().length()).max().orElse(0);
    out.println();
    for (ExperimentFile file : files) {
      ExitStatus end = ends.get(file.name());
      out.printf("%-" + widest + "s  %s%n", file.name(), end == null ? "not run" : end);
    }
  }
}
