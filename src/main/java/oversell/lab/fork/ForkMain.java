package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.inventory.Inventories;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.BuyerScope;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Explored;
import oversell.lab.trial.LincheckExplorer;
import oversell.lab.trial.SaleExplorer;
import oversell.lab.trial.SaleListener;
import oversell.lab.trial.ScenarioExplorer;
import oversell.lab.trial.Trial;
import oversell.lab.trial.TrialExplorer;
import oversell.lab.trial.TrialResult;
import oversell.store.Audit;
import oversell.store.Guard;
import oversell.store.GuardedStore;
import oversell.store.Guards;
import oversell.store.Incident;
import oversell.store.Pool;
import oversell.store.Store;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/**
 * The forked JVM: gets its assignment from the host, does it, and sends each result as soon as
 * there is one. When the host ends, the fork ends as well.
 */
public final class ForkMain {
  private static final Logger LOG = LoggerFactory.getLogger(ForkMain.class);
  private static final int BROKEN = 1;
  private static final long KIB = 1024;
  private static final Duration FOR_HOST = Duration.ofSeconds(3);

  private final Socket host;
  private final BufferedReader in;
  private volatile boolean done;

  private ForkMain(Socket host) throws IOException {
    this.host = host;
    in = new BufferedReader(new InputStreamReader(host.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Does what the host asks of one fork. How to reach the host is read from standard input.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    // Halts in any case: an inventory that started a thread of its own must not keep this JVM
    // alive.
    try {
      new ForkMain(Invitation.read(System.in).accept()).run();
      Runtime.getRuntime().halt(0);
    } catch (Throwable broken) {
      broken.printStackTrace();
      if (broken instanceof StoreFailure) {
        // Once more: of all that is printed, a table shows the last lines.
        LOG.error("{}", broken.getMessage());
      }
      Runtime.getRuntime().halt(BROKEN);
    }
  }

  private void run() throws IOException, InterruptedException {
    Fork.Assignment assignment = Wire.parse(in.readLine(), Fork.Assignment.class);
    Thread watch = Thread.ofPlatform().daemon().name("host-watch").start(this::endWithHost);
    Runtime.getRuntime().addShutdownHook(new Thread(ForkMain::awaitHost, "host-wait"));
    switch (assignment.purpose()) {
      case TRIALS, PINNING -> runTrials(assignment);
      case EXPLORATION -> explore(assignment);
      case REPLAY -> send(replayed(assignment));
    }
    // HotSpot gives threads in native code 300 ms to leave it before it halts, and a thread that
    // reads a socket is in native code.
    done = true;
    host.shutdownInput();
    watch.join(FOR_HOST);
  }

  private void explore(Fork.Assignment assignment) throws IOException {
    SaleListener news = news(assignment.fork());
    if (!beginsAnew(assignment.workload())) {
      TrialExplorer explorer = explorer(assignment);
      for (int i = 0; i < assignment.warmups(); i++) {
        explorer.explore(news);
      }
      send(new Message.SaleExplored(assignment.fork(), explorer.explore(news), List.of()));
      return;
    }
    List<Long> lapNanos = new ArrayList<>();
    Explored explored;
    do {
      long begunNanos = System.nanoTime();
      explored = explorer(assignment).explore(lapNanos.isEmpty() ? news : SaleListener.silent());
      lapNanos.add(System.nanoTime() - begunNanos);
    } while (lapNanos.size() <= assignment.warmups());
    send(new Message.SaleExplored(assignment.fork(), explored, lapNanos));
  }

  /** Whether no exploration may make use of what one before it has woven or found. */
  private static boolean beginsAnew(Workload workload) {
    return workload
        .conduct()
        .exploration()
        .filter(how -> how.until() == Exploration.Until.FIRST_FAILURE)
        .isPresent();
  }

  private static TrialExplorer explorer(Fork.Assignment assignment) {
    Workload workload = assignment.workload();
    if (workload.isExploredBy(Exploration.Tool.LINCHECK)) {
      return new LincheckExplorer(workload, ForkMain.class.getClassLoader(), System::nanoTime);
    }
    if (workload.isScenario()) {
      return new ScenarioExplorer(
          workload, ForkMain.class.getClassLoader(), assignment.seed(), System::nanoTime);
    }
    return new SaleExplorer(
        workload,
        Inventories.onClassPath().get(workload.variant()).getClass(),
        BuyerScope.load(ForkMain.class.getClassLoader()),
        assignment.seed(),
        System::nanoTime);
  }

  private static Message.Replayed replayed(Fork.Assignment assignment) {
    TrialExplorer.Replayed replayed = explorer(assignment).replay(assignment.schedule());
    return new Message.Replayed(
        assignment.fork(), replayed.strictly(), replayed.passedOver(), replayed.told());
  }

  private SaleListener news(int fork) {
    return new SaleListener() {
      @Override
      public void progressed(long executions, long violations, double share, double perSecond)
          throws IOException {
        send(new Message.ExplorationProgressed(fork, executions, violations, share, perSecond));
      }

      @Override
      public void found(Counterexample counterexample) throws IOException {
        long launchedMillis = ManagementFactory.getRuntimeMXBean().getUptime();
        send(
            new Message.CounterexampleFound(
                fork, TimeUnit.MILLISECONDS.toNanos(launchedMillis), counterexample));
      }
    };
  }

  private void runTrials(Fork.Assignment assignment) throws IOException, InterruptedException {
    Workload workload = assignment.workload();
    if (assignment.store().isEmpty()) {
      measure(assignment, Inventories.onClassPath().get(workload.variant()), warmup -> {});
      return;
    }
    if (SellingJvms.sellFor(assignment)) {
      sellByOthers(assignment, assignment.store().get());
      return;
    }
    Guard guard = Guards.of(workload.variant());
    try (Store store = Store.create(assignment.store().get(), guard, workload.pool())) {
      send(new Message.StoreOpened(assignment.fork(), store.facts(), guard.lockMode()));
      AtomicInteger kills = new AtomicInteger();
      GuardedStore stock =
          new GuardedStore(store, workload.variant(), incident(workload, store, kills));
      measure(
          assignment,
          stock,
          warmup ->
              send(
                  new Message.StoreAudited(
                      assignment.fork(), warmup, kills.getAndSet(0), stock.audit())));
    }
  }

  /** What happens to the store in the middle of each sale. */
  private static Incident incident(Workload workload, Store store, AtomicInteger kills) {
    Conduct.Fault fault = workload.conduct().fault();
    if (!fault.killsDatabase()) {
      return Incident.none();
    }
    Incident.Strike killing =
        fault == Conduct.Fault.LOSE_ANSWER ? store.losingAnAnswer() : store.killingTheServer();
    return new Incident(
        Incident.Moment.CHECKED,
        workload.conduct().faultEvery(),
        () -> {
          kills.incrementAndGet();
          killing.strike();
        },
        Incident.Unanswered.triesAgain(workload.deployment().precautions().idempotencyKey()));
  }

  /** Makes articles for the buyers of other JVMs, and audits them. */
  private void sellByOthers(Fork.Assignment assignment, StoreAccess access)
      throws IOException, InterruptedException {
    Workload workload = assignment.workload();
    Guard guard = Guards.of(workload.variant());
    try (Store store = Store.create(access, guard, Pool.of(1));
        SellingJvms jvms = SellingJvms.start(assignment, access, System::nanoTime)) {
      send(new Message.StoreOpened(assignment.fork(), store.facts(), guard.lockMode()));
      GuardedStore stock = new GuardedStore(store, workload.variant());
      for (int i = 0; i < assignment.warmups() + assignment.trials(); i++) {
        boolean warmup = i < assignment.warmups();
        List<Inventory> articles = new ArrayList<>();
        for (int article = 0; article < workload.articles(); article++) {
          articles.add(stock.create(workload.stock()));
        }
        List<Member.Part> parts = jvms.sell(stock.articles(), i, warmup);
        send(new Message.TrialEnded(assignment.fork(), joined(workload, articles, parts)));
        Audit audit = stock.audit(parts.stream().map(Member.Part::books).toList());
        send(new Message.StoreAudited(assignment.fork(), warmup, jvms.kills(), audit));
        for (Message.OfFork more : jvms.news(assignment.fork(), warmup)) {
          send(more);
        }
      }
    }
  }

  private static TrialResult joined(
      Workload workload, List<Inventory> articles, List<Member.Part> parts) {
    List<Parts.Article> sold = new ArrayList<>();
    for (int i = 0; i < articles.size(); i++) {
      int article = i;
      long purchases =
          parts.stream().mapToLong(part -> part.books().get(article).acked().size()).sum();
      sold.add(new Parts.Article(purchases * workload.units(), articles.get(i).stock()));
    }
    return new Parts(parts.stream().map(Member.Part::result).toList())
        .joined(workload.stock(), sold);
  }

  /** What is done after each trial. */
  @FunctionalInterface
  private interface AfterTrial {
    void run(boolean warmup) throws IOException;
  }

  private void measure(Fork.Assignment assignment, InventoryProvider variant, AfterTrial afterTrial)
      throws IOException, InterruptedException {
    Workload workload = assignment.workload();
    Trial trial =
        new Trial(
            workload,
            variant,
            BuyerScope.load(ForkMain.class.getClassLoader()),
            Trial.pauseOf(workload),
            System::nanoTime);
    long idleRssBytes = memory("VmRSS");
    if (assignment.purpose() == Fork.Purpose.PINNING) {
      try (PinningWatch pinning = PinningWatch.start()) {
        run(assignment, trial, afterTrial);
        send(pinning.counted(assignment.fork()));
      }
    } else {
      run(assignment, trial, afterTrial);
    }
    send(new Message.MemoryMeasured(assignment.fork(), memory("VmHWM"), idleRssBytes));
  }

  private void run(Fork.Assignment assignment, Trial trial, AfterTrial afterTrial)
      throws IOException, InterruptedException {
    for (int i = 0; i < assignment.warmups() + assignment.trials(); i++) {
      boolean warmup = i < assignment.warmups();
      send(new Message.TrialEnded(assignment.fork(), trial.run(i, warmup)));
      afterTrial.run(warmup);
    }
  }

  /** A line of {@code /proc/self/status} in bytes; 0 where there is none. */
  private static long memory(String name) {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
          .findFirst()
          .orElse(0);
    } catch (IOException notLinux) {
      return 0;
    }
  }

  private void send(Message message) throws IOException {
    host.getOutputStream().write((Wire.line(message) + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Ctrl-C reaches host and fork alike. The fork waits for the host to end it, so that the host
   * never takes an interruption for a crash.
   */
  private static void awaitHost() {
    try {
      Thread.sleep(FOR_HOST);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends this JVM when the host has ended. The host sends nothing after the assignment, so only its
   * end ends this wait.
   */
  private void endWithHost() {
    try {
      in.readLine();
    } catch (IOException lost) {
      // As good as an end.
    }
    if (!done) {
      Runtime.getRuntime().halt(BROKEN);
    }
  }
}
