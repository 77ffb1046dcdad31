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
 * A run, read from its raw log.
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

  /** The conditions that its times depend on and that did not hold, as clauses. */
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
   * Whether bystanders missed more than half of their beats beside buyers that wait for no one;
   * then the machine is the cause, and not a guard.
   */
  private static boolean isStalledWithoutAGuard(RowResult row) {
    List<Observations.Beats> beats =
        row.trials().stream().flatMap(trial -> trial.seen().bystander().stream()).toList();
    return row.row().workload().variant().equals(UNGUARDED)
        && 2 * beats.stream().mapToLong(Observations.Beats::seen).sum()
            < beats.stream().mapToLong(Observations.Beats::expected).sum();
  }

  /** The stores that its rows were sold from, each with its version and settings. */
  public List<String> stores() {
    return rows.stream()
        .flatMap(row -> row.stored().store().stream())
        .map(Message.StoreOpened::facts)
        .map(store -> "%s (%s)".formatted(store.version(), store.settings()))
        .distinct()
        .toList();
  }

  /** Whether the rows were explored, and not measured. */
  public boolean isExplored() {
    return rows.stream().anyMatch(RowResult::isExplored);
  }

  /** Whether a row that has trials fails. */
  public boolean anyVerdictFailed() {
    return rows.stream()
        .anyMatch(row -> row.hasTrials() && row.verdict().equals(Optional.of(Verdict.FAIL)));
  }

  /** Whether a fork failed, other than by missing its deadline where that may happen. */
  public boolean anyForkFailed() {
    return rows.stream().anyMatch(RowResult::failedUnexpectedly);
  }
}
