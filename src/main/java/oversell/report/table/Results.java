package oversell.report.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oversell.lab.fork.Message;
import oversell.lab.fork.RawLog;
import oversell.lab.trial.Observations;

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
  private static final String UNGUARDED = "unlocked";

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
    RowsSoFar rows = new RowsSoFar(run);
    Optional<Message.RunEnded> ended = Optional.empty();
    for (Message message : messages) {
      rows.add(message);
      if (message instanceof Message.RunEnded end) {
        ended = Optional.of(end);
      }
    }
    return new Results(run, rows.forks(), rows.results(), ended);
  }

  /** Which of the conditions that its times depend on did not hold, a sentence each. */
  public List<String> disturbances() {
    List<String> broken = new ArrayList<>();
    long forks = rows.stream().mapToInt(RowResult::disturbed).sum();
    if (forks > 0) {
      broken.add("another machine of the same host took time from " + forks + " of the forks");
    }
    if (rows.stream().anyMatch(Results::isStalledWithoutAGuard)) {
      broken.add(
          "a bystander missed more than half of its beats where no guard can have kept it from them");
    }
    return broken;
  }

  /**
   * Whether bystanders made less than half of their beats beside buyers who wait for nobody, so
   * that it was the machine that kept them from it.
   */
  private static boolean isStalledWithoutAGuard(RowResult row) {
    List<Observations.Beats> beats =
        row.trials().stream().flatMap(trial -> trial.seen().bystander().stream()).toList();
    return row.row().workload().variant().equals(UNGUARDED)
        && 2 * beats.stream().mapToLong(Observations.Beats::seen).sum()
            < beats.stream().mapToLong(Observations.Beats::expected).sum();
  }

  /** Whether interleavings were explored, of every row, instead of held sales counted. */
  public boolean isExplored() {
    return rows.stream().anyMatch(RowResult::isExplored);
  }

  /** Whether a row that has trials fails. */
  public boolean anyVerdictFailed() {
    return rows.stream()
        .anyMatch(row -> row.hasTrials() && row.verdict().equals(Optional.of(Verdict.FAIL)));
  }

  /** Whether a fork did not do what it was launched for, other than hang where it may. */
  public boolean anyForkFailed() {
    return rows.stream().anyMatch(RowResult::failedUnexpectedly);
  }
}
