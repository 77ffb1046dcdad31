package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.BuyerScope;
import oversell.lab.trial.Trial;
import oversell.lab.trial.TrialResult;
import oversell.store.Guard;
import oversell.store.Guards;
import oversell.store.JoinedStore;
import oversell.store.Store;

/**
 * One of the JVMs that the buyers of a fork are spread over. Sells from the articles that the fork
 * names, each time from the fork's signal on, and ends with the fork.
 */
public final class MemberMain {
  private static final int BROKEN = 1;

  private final Socket fork;
  private final BufferedReader in;

  private MemberMain(Socket fork) throws IOException {
    this.fork = fork;
    in = new BufferedReader(new InputStreamReader(fork.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Does what the fork asks. How to reach it is read from standard input.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      new MemberMain(Invitation.read(System.in).accept()).run();
      Runtime.getRuntime().halt(0);
    } catch (Throwable broken) {
      broken.printStackTrace();
      Runtime.getRuntime().halt(BROKEN);
    }
  }

  private void run() throws IOException, InterruptedException {
    Members.Membership membership = Wire.parse(read(), Members.Membership.class);
    Workload share = membership.share();
    Guard guard = Guards.of(share.variant());
    try (Store store = Store.join(membership.store(), guard, share.pool())) {
      JoinedStore stock = new JoinedStore(store, share.variant(), membership.number());
      Trial trial = new Trial(share, stock, signalled(), Trial.pauseOf(share), System::nanoTime);
      for (int i = 0; i < membership.trials(); i++) {
        Members.Call call = Wire.parse(read(), Members.Call.class);
        stock.next(call.article());
        TrialResult result = trial.run(call.trial(), call.warmup());
        send(Wire.line(new Members.Part(result, stock.books())));
      }
    }
  }

  /** The scope of this JVM, whose buyers are let in when those of all others are there as well. */
  private BuyerScope signalled() {
    BuyerScope scope = BuyerScope.load(MemberMain.class.getClassLoader());
    return (threads, buyers, timeout, whenForked) ->
        scope.run(
            threads,
            buyers,
            timeout,
            () -> {
              awaitSignal();
              whenForked.run();
            });
  }

  private void awaitSignal() {
    try {
      send(Members.READY);
      if (!read().equals(Members.GO)) {
        throw new IOException("the fork sent something else than its signal");
      }
    } catch (IOException lost) {
      // The fork is gone, and with it whoever would read an answer; buyers wait at the gate.
      lost.printStackTrace();
      Runtime.getRuntime().halt(BROKEN);
    }
  }

  private String read() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the fork has ended");
    }
    return line;
  }

  private void send(String line) throws IOException {
    fork.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
  }
}
