package oversell.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import oversell.fork.ForkOutcome;
import oversell.fork.Message;
import oversell.fork.RawLog;
import oversell.plan.ForkPlan;
import oversell.trial.TrialResult;

/**
 * A run, as its raw log tells it.
 *
 * @param run what was asked, and where
 * @param forks those that were launched
 * @param rows the table's, in its order
 * @param ended empty if the run was interrupted
 */
public record Results(
    Message.RunStarted run,
    List<Message.ForkStarted> forks,
    List<RowResult> rows,
    Optional<Message.RunEnded> ended) {
  /** Copies its lists. */
  public Results {
    forks = List.copyOf(forks);
    rows = List.copyOf(rows);
  }

  /**
   * Reads a raw log, of a run that has ended or not.
   *
   * @throws IOException if it cannot be read or does not begin as a run does; the text says what is
   *     wrong
   */
  public static Results read(Path log) throws IOException {
    List<Message> messages = RawLog.read(log);
    if (messages.isEmpty() || !(messages.getFirst() instanceof Message.RunStarted run)) {
      throw new IOException(log + ":1: found no start of a run");
    }
    List<Message.ForkStarted> forks = new ArrayList<>();
    Map<Integer, Integer> rowOfFork = new TreeMap<>();
    Map<Integer, List<ForkOutcome>> outcomes = new TreeMap<>();
    Map<Integer, List<TrialResult>> trials = new TreeMap<>();
    Optional<Message.RunEnded> ended = Optional.empty();
    for (Message message : messages) {
      switch (message) {
        case Message.RunStarted ignored -> {}
        case Message.ForkStarted fork -> {
          forks.add(fork);
          rowOfFork.put(fork.fork(), fork.row());
        }
        case Message.TrialEnded trial -> {
          if (!trial.result().warmup()) {
            trials
                .computeIfAbsent(rowOfFork.getOrDefault(trial.fork(), -1), row -> new ArrayList<>())
                .add(trial.result());
          }
        }
        case Message.ForkEnded fork ->
            outcomes.computeIfAbsent(fork.row(), row -> new ArrayList<>()).add(fork.outcome());
        case Message.RunEnded end -> ended = Optional.of(end);
      }
    }
    List<RowResult> rows = new ArrayList<>();
    for (ForkPlan.Row row : run.rows()) {
      rows.add(
          new RowResult(
              row,
              run.forks(),
              outcomes.getOrDefault(row.number(), List.of()),
              trials.getOrDefault(row.number(), List.of())));
    }
    return new Results(run, forks, rows, ended);
  }

  /** Whether a row that has trials fails. */
  public boolean anyVerdictFailed() {
    return rows.stream()
        .anyMatch(row -> row.hasTrials() && row.verdict().equals(Optional.of(Verdict.FAIL)));
  }

  /** Whether a fork did not do what it was launched for. */
  public boolean anyForkFailed() {
    return rows.stream().anyMatch(row -> !row.failures().isEmpty());
  }
}
