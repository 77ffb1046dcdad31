package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.BuyerScope;
import oversell.lab.trial.Trial;
import oversell.lab.trial.TrialResult;
import oversell.store.Guard;
import oversell.store.Guards;
import oversell.store.Incident;
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
  private final ReentrantLock sending = new ReentrantLock();

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
    Member.Membership membership = Wire.parse(read(), Member.Membership.class);
    Workload share = membership.share();
    Guard guard = Guards.of(share.variant());
    BuyerScope scope = BuyerScope.load(MemberMain.class.getClassLoader()).behind(this::awaitSignal);
    Consumer<String> told =
        share.conduct().fault() == Conduct.Fault.KILL_JVM
            ? key -> sendOrEnd(Member.told(key))
            : key -> {};
    try (Store store = Store.join(membership.store(), guard, share.pool())) {
      JoinedStore stock = new JoinedStore(store, share.variant(), membership.number(), told);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Member.Call call = Wire.parse(line, Member.Call.class);
        Workload sale = take(stock, call, share);
        Trial trial = new Trial(sale, stock, scope, Trial.pauseOf(sale), System::nanoTime);
        TrialResult result = trial.run(call.trial(), call.warmup());
        send(Wire.line(new Member.Part(result, stock.books())));
      }
    }
  }

  /** Takes an article, and returns what is sold of it here. */
  private Workload take(JoinedStore stock, Member.Call call, Workload share) {
    int nth = share.conduct().faultEvery();
    if (share.conduct().fault() == Conduct.Fault.STOP_JVM) {
      // A silent client finds its connections ended, and what it then does is to try again.
      stock.next(
          call.articles(),
          new Incident(
              Incident.Moment.CHECKED,
              call.isHit() ? nth : 0,
              this::awaitStop,
              Incident.Unanswered.SAME_KEY));
      return share;
    }
    if (share.conduct().fault() != Conduct.Fault.KILL_JVM) {
      stock.next(call.articles(), Incident.none());
      return share;
    }
    Incident.Unanswered unanswered =
        Incident.Unanswered.triesAgain(share.deployment().precautions().idempotencyKey());
    if (call.isHit()) {
      stock.next(
          call.articles(),
          new Incident(Incident.Moment.COMMITTED, nth, this::awaitKill, unanswered));
      return share;
    }
    stock.next(call.articles(), List.of(call.unanswered()), unanswered);
    return share.of(call.unanswered().size());
  }

  /** Says that a buyer is where this JVM is to be stopped; the buyer goes on when it is told to. */
  private void awaitStop() {
    sendOrEnd(Member.HERE);
    await(Member.GO_ON);
  }

  /** Says that a buyer is where this JVM is to be killed; the buyer does not go on from there. */
  private void awaitKill() throws InterruptedException {
    sendOrEnd(Member.HERE);
    new CountDownLatch(1).await();
  }

  /** Waits until the buyers of all others are there as well. */
  private void awaitSignal() {
    sendOrEnd(Member.READY);
    await(Member.GO);
  }

  private void await(String signal) {
    try {
      if (!read().equals(signal)) {
        throw new IOException("the fork sent something else than \"%s\"".formatted(signal));
      }
    } catch (IOException lost) {
      end(lost);
    }
  }

  private void sendOrEnd(String line) {
    try {
      send(line);
    } catch (IOException lost) {
      end(lost);
    }
  }

  /** The fork is gone, and with it whoever would read an answer. */
  private static void end(IOException lost) {
    lost.printStackTrace();
    Runtime.getRuntime().halt(BROKEN);
  }

  private String read() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the fork has ended");
    }
    return line;
  }

  /** Sends a line, whole: several buyers may be told something at the same time. */
  private void send(String line) throws IOException {
    sending.lock();
    try {
      fork.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
    } finally {
      sending.unlock();
    }
  }
}
