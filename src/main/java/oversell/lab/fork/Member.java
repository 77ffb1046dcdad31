package oversell.lab.fork;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.TrialResult;
import oversell.store.ClientBooks;
import oversell.store.StoreAccess;

/**
 * A JVM that sells to buyers of a fork, as the fork sees it.
 *
 * @param number from 1
 * @param process it runs in
 * @param connection to it
 */
record Member(int number, Process process, ForkConnection connection) {
  /** What a member sends when its buyers are there. */
  static final String READY = "ready";

  /** What a member is sent when its buyers may begin. */
  static final String GO = "go";

  private static final String TOLD = "told ";
  // A line that a kill has cut off does not have it.
  private static final String END_OF_TOLD = ";";

  /** What a member sends when a buyer is where something is to happen to it. */
  static final String HERE = "here";

  /** What a member is sent whose buyer may go on. */
  static final String GO_ON = "go on";

  // Longer than any fork: the host kills one that is late, and its members with it.
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration TO_EXIT = Duration.ofSeconds(10);

  /**
   * The first line that a member gets.
   *
   * @param number from 1
   * @param share the workload with this member's part of the buyers
   * @param store how to reach it
   */
  record Membership(int number, Workload share, StoreAccess store) {}

  /**
   * The line that a member gets for each trial.
   *
   * @param articles what is sold
   * @param trial its number
   * @param warmup whether it is not to be counted
   * @param isHit whether the fault of the sale is to hit it
   * @param unanswered the keys of purchases of another member that got no answer, whose buyers come
   *     here; empty if those come that have not been anywhere
   */
  record Call(
      List<Long> articles, int trial, boolean warmup, boolean isHit, List<String> unanswered) {}

  /**
   * What a member sends after each trial.
   *
   * @param result of its own buyers: it knows what they were told, and not what others bought
   * @param books what they know of each article
   */
  record Part(TrialResult result, List<ClientBooks> books) {
    Part {
      books = List.copyOf(books);
    }
  }

  /**
   * Starts a JVM that has no assignment yet.
   *
   * @throws IOException if it cannot be started
   */
  static Member launch(int number, LongSupplier nanoTime) throws IOException {
    ForkConnection connection = ForkConnection.open(LONGEST, nanoTime);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(MemberMain.class.getName());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    Invitation invitation = Invitation.to(connection.port());
    connection.admit(invitation);
    invitation.write(process.getOutputStream());
    return new Member(number, process, connection);
  }

  /**
   * Gives it its assignment.
   *
   * @param share the workload with its part of the buyers
   * @throws IOException if it ends before that
   */
  void begin(Workload share, StoreAccess store) throws IOException, InterruptedException {
    String membership = Wire.line(new Membership(number, share, store));
    if (!connection.begin(process::isAlive, membership)) {
      throw new IOException("JVM %d ended before it had begun".formatted(number));
    }
  }

  void send(String line) throws IOException {
    connection.send(line);
  }

  /** The next line; empty if it has ended. */
  Optional<String> readLine() {
    return connection.readLine();
  }

  /** The next line, which it must not end before. */
  String read() throws IOException {
    return readLine()
        .orElseThrow(
            () -> new IOException("JVM %d ended before it had reported".formatted(number)));
  }

  /** What a member sends when it tells a buyer that it has bought. */
  static String told(String key) {
    return TOLD + key + END_OF_TOLD;
  }

  /** The key of a purchase whose buyer was told so; empty if a line says something else. */
  static Optional<String> toldKey(String line) {
    return line.startsWith(TOLD) && line.endsWith(END_OF_TOLD)
        ? Optional.of(line.substring(TOLD.length(), line.length() - END_OF_TOLD.length()))
        : Optional.empty();
  }

  /** Waits until its buyers are there. */
  void awaitReady() throws IOException {
    if (!read().equals(READY)) {
      throw new IOException("JVM %d did not say that it is ready".formatted(number));
    }
  }

  /** Lets go of it: it ends, since it gets no line any more. */
  void dismiss() throws IOException {
    connection.close();
  }

  /** Kills it if it does not end by itself. */
  void end() {
    end(process);
  }

  /** Kills a process if it does not end by itself. */
  static void end(Process process) {
    try {
      if (!process.waitFor(TO_EXIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
