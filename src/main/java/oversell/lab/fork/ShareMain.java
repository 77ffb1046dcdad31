package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.lab.cluster.Board;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.BuyerScope;
import oversell.lab.trial.Trial;
import oversell.lab.trial.TrialResult;
import oversell.store.Guards;
import oversell.store.Incident;
import oversell.store.JoinedStore;
import oversell.store.Store;
import oversell.store.StoreAccess;

/**
 * A JVM that takes shares of the buyers of a fork's sales, on the fork's machine or on another one.
 * It knows the fork by its tables alone. It ends with the program that has launched it, or when the
 * database does not answer any more.
 */
public final class ShareMain {
  private static final Logger LOG = LoggerFactory.getLogger(ShareMain.class);
  private static final int BROKEN = 1;

  private final Membership membership;
  private final Workload workload;
  private final Board board;
  private final Store store;

  private ShareMain(Membership membership, Board board, Store store) {
    this.membership = membership;
    this.workload = membership.workload();
    this.board = board;
    this.store = store;
  }

  /**
   * The line that such a JVM reads first. Nothing follows it but the end of the stream.
   *
   * @param name among all that sell for the fork
   * @param canBeKilled whether the fork has launched it, and can kill it in the middle of a sale
   * @param workload of the fork
   * @param store how to reach it
   */
  record Membership(String name, boolean canBeKilled, Workload workload, StoreAccess store) {}

  /**
   * Sells until its standard input ends.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String first = in.readLine();
      if (first == null) {
        throw new IOException("a JVM that sells is launched by the lab, which says for whom");
      }
      begin(Wire.parse(first, Membership.class));
      if (in.readLine() != null) {
        throw new IOException("a JVM that sells is told once for whom, and no more");
      }
      Runtime.getRuntime().halt(0);
    } catch (Throwable broken) {
      end(broken);
    }
  }

  private static void begin(Membership membership) {
    Workload workload = membership.workload();
    StoreAccess access = membership.store();
    Board board =
        Board.join(
            access,
            System::nanoTime,
            lost -> end(new IOException("the database does not answer any more: " + access)));
    Store store =
        Store.join(
            access, Guards.of(workload.variant()), workload.of(workload.buyersOfOneJvm()).pool());
    board.work(membership.name(), new ShareMain(membership, board, store)::sell);
    board.appear(membership.name(), "");
  }

  /** Another JVM gets what this one has not reported. */
  private static void end(Throwable broken) {
    broken.printStackTrace();
    Runtime.getRuntime().halt(BROKEN);
  }

  private void sell(Board.Taken taken) {
    try (Telling telling = Telling.start(told -> board.tell(taken, told))) {
      boolean tells = workload.conduct().fault() == Conduct.Fault.KILL_JVM;
      Consumer<String> told = tells ? telling::told : key -> {};
      if (!board.report(taken, Wire.line(sell(taken, told)))) {
        LOG.warn("share {} is another JVM's now, which reports what was sold", taken.id());
      }
    } catch (Throwable broken) {
      end(broken);
    }
  }

  private Member.Part sell(Board.Taken taken, Consumer<String> told) throws InterruptedException {
    Job.Terms terms = Wire.parse(taken.terms(), Job.Terms.class);
    JoinedStore stock = new JoinedStore(store, workload.variant(), taken.number(), told);
    if (taken.attempt() == 1) {
      stock.next(terms.articles(), incident(taken));
      return sell(taken, terms, stock, workload.of(taken.buyers()));
    }
    List<List<String>> unanswered =
        unanswered(terms.keys(taken.number(), taken.buyers()), Set.copyOf(taken.told()));
    int buyers = unanswered.stream().mapToInt(List::size).sum();
    stock.next(terms.articles(), unanswered, triesAgain());
    if (buyers == 0) {
      // The JVM that had it before has died between its last word to a buyer and its report.
      TrialResult nothing = Parts.told(terms.trial(), terms.warmup(), 0, 0, 0);
      return new Member.Part(nothing, stock.books());
    }
    return sell(taken, terms, stock, workload.of(buyers).together());
  }

  private Member.Part sell(Board.Taken taken, Job.Terms terms, JoinedStore stock, Workload sale)
      throws InterruptedException {
    BuyerScope scope =
        BuyerScope.load(ShareMain.class.getClassLoader()).behind(() -> board.awaitOpening(taken));
    Trial trial = new Trial(sale, stock, scope, Trial.pauseOf(sale), System::nanoTime);
    TrialResult result = trial.run(terms.trial(), terms.warmup());
    return new Member.Part(result, stock.books());
  }

  private static List<List<String>> unanswered(List<List<String>> keys, Set<String> told) {
    return keys.stream()
        .map(some -> some.stream().filter(key -> !told.contains(key)).toList())
        .toList();
  }

  /** A buyer that was not answered by a JVM that died tries again, in this one or another. */
  private Incident.Unanswered triesAgain() {
    return Incident.Unanswered.triesAgain(workload.deployment().precautions().idempotencyKey());
  }

  private Incident incident(Board.Taken taken) {
    if (workload.jvmsToKill() == 0 || !membership.canBeKilled()) {
      return Incident.none();
    }
    return new Incident(
        Incident.Moment.COMMITTED,
        workload.conduct().faultEvery(),
        () -> {
          if (board.isStruck(taken, workload.jvmsToKill())) {
            new CountDownLatch(1).await();
          }
        },
        Incident.Unanswered.GIVES_UP);
  }
}
