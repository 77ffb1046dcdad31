package oversell.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import oversell.experiment.Workload;
import oversell.inventory.Inventories;
import oversell.inventory.Pause;
import oversell.trial.BuyerScope;
import oversell.trial.Trial;

/**
 * The forked JVM: asks the host what to do, does it, and says what came of each trial as soon as it
 * ended.
 */
public final class ForkMain {
  private static final int BROKEN = 1;
  private static final int ORPHANED = 1;
  private static final Duration FOR_HOST = Duration.ofSeconds(3);

  private ForkMain() {}

  /**
   * Runs the trials of one fork.
   *
   * @param arguments the host's port on the loopback address
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Socket host = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8));
    Fork.Assignment assignment = Wire.parse(in.readLine(), Fork.Assignment.class);
    Thread.ofPlatform().daemon().name("host-watch").start(() -> endWithHost(in));
    Runtime.getRuntime().addShutdownHook(new Thread(ForkMain::awaitHost, "host-wait"));
    try {
      run(assignment, host.getOutputStream());
    } catch (Throwable broken) {
      broken.printStackTrace();
      Runtime.getRuntime().halt(BROKEN);
    }
    // Not by returning: an inventory that started a thread of its own must not keep this JVM alive.
    Runtime.getRuntime().halt(0);
  }

  private static void run(Fork.Assignment assignment, OutputStream out)
      throws IOException, InterruptedException {
    Workload workload = assignment.workload();
    Trial trial =
        new Trial(
            workload,
            Inventories.onClassPath().get(workload.variant()),
            BuyerScope.load(ForkMain.class.getClassLoader()),
            Pause.sleeping(workload.hold()),
            System::nanoTime);
    for (int i = 0; i < assignment.warmups() + assignment.trials(); i++) {
      Message message =
          new Message.TrialEnded(assignment.fork(), trial.run(i, i < assignment.warmups()));
      out.write((Wire.line(message) + '\n').getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  /**
   * Ctrl-C reaches host and fork alike. The fork waits for the host to end it, so that the host
   * never takes for a crash what was an interruption.
   */
  private static void awaitHost() {
    try {
      Thread.sleep(FOR_HOST);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The host says nothing more, so whatever ends this wait is the host's end: then nobody wants the
   * results.
   */
  private static void endWithHost(BufferedReader in) {
    try {
      in.readLine();
    } catch (IOException lost) {
      // As good as an end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
