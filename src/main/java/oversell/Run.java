package oversell;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.boot.Jdk;
import oversell.lab.fork.Fork;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.ForkPlan;
import oversell.lab.fork.ForkRunner;
import oversell.lab.fork.MachineShare;
import oversell.lab.fork.Message;
import oversell.lab.fork.RawLog;

/**
 * One run of a plan, from its first line in the raw log to its last. Can be stopped from another
 * thread.
 */
final class Run implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final Message.RunStarted start;
  private final ForkPlan plan;
  private final ForkRunner runner;
  private final RawLog log;
  private final InstantSource clock;
  private volatile boolean closed;
  private final AtomicInteger trials = new AtomicInteger();
  private final AtomicInteger explorations = new AtomicInteger();

  Run(Message.RunStarted start, ForkPlan plan, ForkRunner runner, RawLog log, InstantSource clock) {
    this.start = start;
    this.plan = plan;
    this.runner = runner;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Runs every fork of the plan, one at a time.
   *
   * @throws IOException if the raw log cannot be written
   * @throws InterruptedException if the run was stopped
   */
  void runAll(Progress progress) throws IOException, InterruptedException {
    try {
      log.append(start);
      for (Fork fork : plan.forks()) {
        run(fork, progress);
      }
      log.append(new Message.RunEnded(clock.instant(), Machine.load()));
    } catch (IOException unwritten) {
      if (closed) {
        throw new InterruptedException("the raw log was closed");
      }
      throw unwritten;
    }
  }

  private void run(Fork fork, Progress progress) throws IOException, InterruptedException {
    int row = fork.row().number();
    String build = fork.jdk().map(Jdk::build).orElse("");
    log.append(new Message.ForkStarted(fork.index(), row, fork.purpose(), build, fork.flags()));
    progress.forkStarted(fork);
    int before = trials.get();
    Optional<long[]> machine = MachineShare.counters();
    ForkOutcome outcome =
        runner.run(
            fork,
            message -> {
              if (message instanceof Message.ExplorationProgressed news) {
                progress.explored(news);
                return;
              }
              log.append(message);
              if (message instanceof Message.TrialEnded) {
                trials.incrementAndGet();
                progress.trialEnded();
              } else if (message instanceof Message.SaleExplored) {
                explorations.incrementAndGet();
              }
            });
    log.append(new Message.ForkEnded(fork.index(), row, outcome, MachineShare.since(machine)));
    progress.forkEnded(fork, outcome, trials.get() - before);
  }

  /** What is in the raw log and how much of it; warmups count as trials. */
  String kept() {
    return Progress.explores(plan.forks())
        ? "explorations that had ended (%d)".formatted(explorations.get())
        : "trials that had ended (%d)".formatted(trials.get());
  }

  /** Kills the fork that runs and closes the raw log, which interrupts the run. */
  @Override
  public void close() throws IOException {
    LOG.debug("closes the raw log; kept: {}", kept());
    closed = true;
    runner.close();
    log.close();
  }
}
