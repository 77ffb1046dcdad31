package oversell.lab.fork;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.TrialResult;
import oversell.store.ClientBooks;
import oversell.store.StoreAccess;

/**
 * The JVMs that the buyers of a fork are spread over, as the fork sees them: started once, for all
 * trials, and set off by one signal in each. If one of them dies, so does the fork, and its row
 * says so.
 */
final class Members implements AutoCloseable {
  /** What a member sends when its buyers are there. */
  static final String READY = "ready";

  /** What all members are sent when those of every member are. */
  static final String GO = "go";

  // Longer than any fork: the host kills one that is late, and its members with it.
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Duration TO_EXIT = Duration.ofSeconds(10);

  private final List<Member> members = new ArrayList<>();

  private Members() {}

  private record Member(int number, Process process, ForkConnection connection) {
    String read() throws IOException {
      return connection
          .readLine()
          .orElseThrow(
              () -> new IOException("JVM %d ended before it had reported".formatted(number)));
    }
  }

  /**
   * The first line that a member gets.
   *
   * @param number from 1
   * @param share the workload with this member's part of the buyers
   * @param store how to reach it
   * @param trials how many there are, warmups included
   */
  record Membership(int number, Workload share, StoreAccess store, int trials) {}

  /**
   * The line that a member gets for each trial.
   *
   * @param article what is sold
   * @param trial its number
   * @param warmup whether it is not to be counted
   */
  record Call(long article, int trial, boolean warmup) {}

  /**
   * What a member sends after each trial.
   *
   * @param result of its own buyers: it knows what they were told, and not what others bought
   * @param books what they know
   */
  record Part(TrialResult result, ClientBooks books) {}

  /**
   * Starts them.
   *
   * @throws IOException if one cannot be started
   */
  static Members start(Fork.Assignment assignment, StoreAccess store, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    Members all = new Members();
    try {
      Workload workload = assignment.workload();
      int processes = workload.deployment().processes();
      for (int i = 0; i < processes; i++) {
        ForkConnection connection = ForkConnection.open(LONGEST, nanoTime);
        all.members.add(new Member(i + 1, launch(connection), connection));
      }
      for (Member member : all.members) {
        // As even as it gets: of 20 buyers over 3 JVMs 7, 7 and 6.
        int share = (workload.buyers() + processes - member.number) / processes;
        int trials = assignment.warmups() + assignment.trials();
        Membership membership = new Membership(member.number, workload.of(share), store, trials);
        if (!member.connection.begin(member.process::isAlive, Wire.line(membership))) {
          throw new IOException("JVM %d ended before it had begun".formatted(member.number));
        }
      }
      return all;
    } catch (IOException | InterruptedException | RuntimeException broken) {
      all.close();
      throw broken;
    }
  }

  private static Process launch(ForkConnection connection) throws IOException {
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
    return process;
  }

  /**
   * Lets the buyers of all members buy from an article.
   *
   * @throws IOException if a member dies
   */
  List<Part> sell(Call call) throws IOException {
    for (Member member : members) {
      member.connection.send(Wire.line(call));
    }
    for (Member member : members) {
      if (!member.read().equals(READY)) {
        throw new IOException("JVM %d did not say that it is ready".formatted(member.number));
      }
    }
    for (Member member : members) {
      member.connection.send(GO);
    }
    List<Part> parts = new ArrayList<>();
    for (Member member : members) {
      parts.add(Wire.parse(member.read(), Part.class));
    }
    return parts;
  }

  /** Waits for those that end by themselves after their last trial, and kills the others. */
  @Override
  public void close() throws IOException {
    for (Member member : members) {
      // First: a member that waits for a line ends when there can be none.
      member.connection.close();
    }
    for (Member member : members) {
      try {
        if (!member.process.waitFor(TO_EXIT.toMillis(), TimeUnit.MILLISECONDS)) {
          member.process.destroyForcibly();
        }
      } catch (InterruptedException interrupted) {
        member.process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
