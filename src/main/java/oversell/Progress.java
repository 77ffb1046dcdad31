package oversell;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.fork.Fork;
import oversell.lab.fork.ForkOutcome;
import oversell.lab.fork.Message;

/** Shows how far a run has come: a bar on a terminal, else a line for each fork that has ended. */
final class Progress implements AutoCloseable {
  private static final int UPDATE_MILLIS = 200;
  private static final int WIDTH = 79;

  private final PrintStream out;
  private final int forks;
  private final Optional<ProgressBar> bar;

  private Progress(PrintStream out, int forks, Optional<ProgressBar> bar) {
    this.out = out;
    this.forks = forks;
    this.bar = bar;
  }

  /**
   * The progress of some forks.
   *
   * @param terminal whether the output is a screen
   */
  static Progress of(List<Fork> forks, PrintStream out, boolean terminal) {
    if (!terminal) {
      return new Progress(out, forks.size(), Optional.empty());
    }
    ProgressBarBuilder builder = explores(forks) ? explored() : trials();
    ProgressBar bar =
        builder
            .setInitialMax(forks.stream().mapToLong(Progress::trials).sum())
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            // The library's own consumer asks the terminal for its width, and leaves a signal
            // handler with which Ctrl-C kills this JVM before its shutdown hook has run.
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .build();
    return new Progress(out, forks.size(), Optional.of(bar));
  }

  private static ProgressBarBuilder trials() {
    return new ProgressBarBuilder().setTaskName("trials");
  }

  /** For explorations: how long one takes is not known before. */
  private static ProgressBarBuilder explored() {
    return new ProgressBarBuilder().setTaskName("explored").hideEta().continuousUpdate();
  }

  /** Whether these explore, rather than run trials. */
  static boolean explores(List<Fork> forks) {
    return forks.stream().anyMatch(fork -> fork.purpose() == Fork.Purpose.EXPLORATION);
  }

  private static long trials(Fork fork) {
    return fork.results();
  }

  void forkStarted(Fork fork) {
    bar.ifPresent(
        shown ->
            shown.setExtraMessage(
                " " + fork.row().workload().variant() + ", JDK " + fork.row().jdk()));
  }

  void trialEnded() {
    bar.ifPresent(ProgressBar::step);
  }

  /** An exploration is going on: how fast, how far, and what it has found. */
  void explored(Message.ExplorationProgressed news) {
    bar.ifPresent(
        shown ->
            shown.setExtraMessage(
                String.format(
                    Locale.ROOT,
                    " %s run, %s/s, %.0f %%, %s violations",
                    compact((double) news.executions()),
                    compact(news.perSecond()),
                    news.share() * 100,
                    compact((double) news.violations()))));
  }

  /** There is room for one line. */
  private static String compact(double number) {
    NumberFormat format =
        NumberFormat.getCompactNumberInstance(Locale.ENGLISH, NumberFormat.Style.SHORT);
    format.setMaximumFractionDigits(1);
    format.setRoundingMode(RoundingMode.DOWN);
    return format.format(number);
  }

  void forkEnded(Fork fork, ForkOutcome outcome, int trials) {
    bar.ifPresentOrElse(
        shown -> shown.stepBy(trials(fork) - trials),
        () ->
            out.printf(
                "[%d/%d] %s: %s%n", fork.index() + 1, forks, label(fork), outcome.describe()));
  }

  private static String label(Fork fork) {
    Workload workload = fork.row().workload();
    StringBuilder label = new StringBuilder(workload.variant());
    label.append(" on JDK ").append(fork.row().jdk());
    if (!workload.deployment().isInMemory()) {
      label.append(", ").append(workload.deployment().shown());
      label.append(", JVMs: ").append(workload.deployment().processes());
      workload.deployment().isolation().ifPresent(level -> label.append(", ").append(level));
      workload
          .deployment()
          .connections()
          .ifPresent(number -> label.append(", connections: ").append(number));
    }
    if (!workload.isScenario()) {
      label.append(", buyers: ").append(workload.buyers());
    }
    if (workload.articles() > 1) {
      label.append(", articles: ").append(workload.articles());
    }
    Optional<Exploration> exploration = workload.conduct().exploration();
    if (exploration.isPresent()) {
      return label.append(", ").append(exploration.get().shown()).toString();
    }
    workload.carriers().ifPresent(carriers -> label.append(", carriers: ").append(carriers));
    BigDecimal millis = BigDecimal.valueOf(workload.hold().toNanos(), 6).stripTrailingZeros();
    return label.append(", hold: ").append(millis.toPlainString()).append(" ms").toString();
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
