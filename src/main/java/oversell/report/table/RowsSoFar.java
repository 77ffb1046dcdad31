package oversell.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oversell.lab.fork.Fork;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkPlan;
import oversell.lab.fork.Message;
import oversell.lab.trial.Explored;
import oversell.lab.trial.TrialResult;

/** The rows of a run while its messages are read, one after the other. */
final class RowsSoFar {
  private final Message.RunStarted run;
  private final Map<Integer, Message.ForkStarted> forks = new TreeMap<>();
  private final Map<Integer, Row> rows = new TreeMap<>();

  RowsSoFar(Message.RunStarted run) {
    this.run = run;
    run.rows().forEach(row -> rows.put(row.number(), new Row()));
  }

  /** The messages about one row. */
  private static final class Row {
    final List<ForkOutcome> outcomes = new ArrayList<>();
    final Map<Integer, List<TrialResult>> samples = new TreeMap<>();
    final List<Message.StoreOpened> stores = new ArrayList<>();
    final List<Message.StoreAudited> audits = new ArrayList<>();
    final List<Message.SaleShared> shared = new ArrayList<>();
    final List<Message.PinningCounted> pinned = new ArrayList<>();
    final List<Message.MemoryMeasured> memory = new ArrayList<>();
    final List<Explored> explorations = new ArrayList<>();
    final List<List<Long>> lapNanos = new ArrayList<>();
    final List<Message.CounterexampleFound> counterexamples = new ArrayList<>();
    int disturbed;
  }

  void add(Message message) {
    switch (message) {
      case Message.RunStarted ignored -> {}
      case Message.RunEnded ignored -> {}
      case Message.ForkStarted fork -> forks.put(fork.fork(), fork);
      case Message.TrialEnded trial -> {
        if (!trial.result().warmup() && counts(trial.fork())) {
          rowOf(trial.fork())
              .samples
              .computeIfAbsent(trial.fork(), fork -> new ArrayList<>())
              .add(trial.result());
        }
      }
      case Message.StoreOpened opened -> rowOf(opened.fork()).stores.add(opened);
      case Message.StoreAudited audited -> {
        if (!audited.warmup() && counts(audited.fork())) {
          rowOf(audited.fork()).audits.add(audited);
        }
      }
      case Message.SaleShared sale -> {
        if (!sale.warmup() && counts(sale.fork())) {
          rowOf(sale.fork()).shared.add(sale);
        }
      }
      case Message.PinningCounted pinned -> rowOf(pinned.fork()).pinned.add(pinned);
      case Message.MemoryMeasured memory -> {
        if (counts(memory.fork())) {
          rowOf(memory.fork()).memory.add(memory);
        }
      }
      case Message.SaleExplored sale -> {
        rowOf(sale.fork()).explorations.add(sale.explored());
        if (!sale.lapNanos().isEmpty()) {
          rowOf(sale.fork()).lapNanos.add(sale.lapNanos());
        }
      }
      case Message.CounterexampleFound found -> rowOf(found.fork()).counterexamples.add(found);
      case Message.ExplorationProgressed ignored -> {}
      case Message.Replayed ignored -> {}
      case Message.ForkEnded fork -> {
        Row row = rowOf(fork.fork());
        row.outcomes.add(fork.outcome());
        row.disturbed += fork.machine().isDisturbed() && counts(fork.fork()) ? 1 : 0;
      }
    }
  }

  private boolean counts(int fork) {
    Message.ForkStarted started = forks.get(fork);
    return started != null && started.purpose() == Fork.Purpose.TRIALS;
  }

  private Row rowOf(int fork) {
    Message.ForkStarted started = forks.get(fork);
    Row row = started == null ? null : rows.get(started.row());
    // A message about an unknown row counts nowhere.
    return row == null ? new Row() : row;
  }

  /** Every fork that was launched. */
  List<Message.ForkStarted> forks() {
    return List.copyOf(forks.values());
  }

  /** Every row, in the order of the table. */
  List<RowResult> results() {
    List<RowResult> results = new ArrayList<>();
    for (ForkPlan.Row planned : run.rows()) {
      Row row = rows.getOrDefault(planned.number(), new Row());
      results.add(
          new RowResult(
              planned,
              run.forks(),
              row.outcomes,
              List.copyOf(row.samples.values()),
              row.pinned,
              row.memory,
              row.explorations,
              row.lapNanos,
              row.counterexamples,
              row.disturbed,
              new StoredRow(row.stores, row.audits, row.shared)));
    }
    return results;
  }
}
