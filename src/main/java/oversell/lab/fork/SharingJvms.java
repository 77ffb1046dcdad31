package oversell.lab.fork;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import oversell.lab.cluster.Board;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.TrialResult;
import oversell.store.ClientBooks;
import oversell.store.StoreAccess;

/**
 * JVMs that share the buyers of each sale: those that the fork has launched, and whoever has joined
 * it from another machine. They begin by one signal, and what a JVM does not report is done by
 * another one. Those that were killed are replaced before the next sale.
 */
final class SharingJvms implements SellingJvms {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final Duration BETWEEN_COUNTS = Duration.ofMillis(500);
  private static final Duration TO_START = Duration.ofMinutes(2);

  private final Workload workload;
  private final StoreAccess store;
  private final LongSupplier nanoTime;
  private final Board board;
  private final Map<String, ShareJvm> ours = new TreeMap<>();
  private int launched;
  private int killed;
  private List<Message.Share> last = List.of();

  private SharingJvms(Workload workload, StoreAccess store, LongSupplier nanoTime, Board board) {
    this.workload = workload;
    this.store = store;
    this.nanoTime = nanoTime;
    this.board = board;
  }

  /**
   * Starts those of this machine.
   *
   * @throws IOException if one cannot be started
   */
  static SharingJvms start(Fork.Assignment assignment, StoreAccess store, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    Workload workload = assignment.workload();
    Job job = new Job(workload, assignment.heapMebibytes(), Runtime.version().feature());
    SharingJvms jvms =
        new SharingJvms(workload, store, nanoTime, Board.open(store, Wire.line(job), nanoTime));
    try {
      jvms.launchMissing();
      return jvms;
    } catch (IOException | InterruptedException | RuntimeException broken) {
      jvms.close();
      throw broken;
    }
  }

  /** Launches as many as are not there, and returns when all are. */
  private void launchMissing() throws IOException, InterruptedException {
    ours.values().removeIf(jvm -> !jvm.isAlive());
    while (ours.size() < workload.deployment().processes()) {
      ShareJvm jvm = launch(Integer.toString(++launched));
      ours.put(jvm.name(), jvm);
    }
    long begunNanos = nanoTime.getAsLong();
    while (!board.members().containsAll(ours.keySet())) {
      for (ShareJvm jvm : ours.values()) {
        if (!jvm.isAlive()) {
          throw new IOException("JVM %s ended before it had begun".formatted(jvm.name()));
        }
      }
      if (nanoTime.getAsLong() - begunNanos > TO_START.toNanos()) {
        throw new IOException(
            "of %d JVMs only %s have begun within %d s"
                .formatted(ours.size(), board.members(), TO_START.toSeconds()));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private ShareJvm launch(String name) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return ShareJvm.launch(
        command,
        ProcessBuilder.Redirect.INHERIT,
        new ShareMain.Membership(name, true, workload, store));
  }

  /** Those that can take a share, as far as is known. */
  private Set<String> living() throws IOException {
    Set<String> living = new HashSet<>(board.members());
    living.removeIf(name -> !Joiner.hasJoined(name) && !isOursAndAlive(name));
    if (living.isEmpty()) {
      throw new IOException("every JVM that sold has ended, and none is left to do their work");
    }
    return living;
  }

  private boolean isOursAndAlive(String name) {
    ShareJvm jvm = ours.get(name);
    return jvm != null && jvm.isAlive();
  }

  @Override
  public List<Member.Part> sell(List<Long> articles, int trial, boolean warmup)
      throws IOException, InterruptedException {
    launchMissing();
    killed = 0;
    Job.Terms terms = new Job.Terms(articles, trial, warmup);
    List<Integer> shares = shares(workload.buyers(), living().size());
    board.divide(trial, Wire.line(terms), shares);
    awaitBuyers(trial, shares.size());
    long begunNanos = nanoTime.getAsLong();
    board.open(trial);
    awaitReports(trial, shares.size());
    long wallNanos = nanoTime.getAsLong() - begunNanos;
    if (killed < workload.jvmsToKill()) {
      throw new IOException(
          "%d of %d JVMs came to where they were to be killed: with %s"
              .formatted(
                  killed,
                  workload.jvmsToKill(),
                  "more stock or a smaller fault-every it is all of them"));
    }
    List<Board.Share> done = board.shares(trial);
    last = done.stream().map(share -> new Message.Share(share.buyers(), share.takings())).toList();
    return parts(done, terms, wallNanos);
  }

  /** As even as it gets, and a buyer in each: of 20 buyers for 3 JVMs 7, 7 and 6. */
  static List<Integer> shares(int buyers, int jvms) {
    int count = Math.min(buyers, jvms);
    return IntStream.rangeClosed(1, count).map(i -> (buyers + count - i) / count).boxed().toList();
  }

  /**
   * Waits until all buyers are there, or at least those of every JVM that lives: what a JVM has not
   * taken that died meanwhile is done by another one, later.
   */
  private void awaitBuyers(long sale, int shares) throws IOException, InterruptedException {
    long countedNanos = nanoTime.getAsLong();
    int living = shares;
    while (true) {
      int ready = board.progress(sale).ready();
      if (ready == shares || ready >= living) {
        return;
      }
      if (nanoTime.getAsLong() - countedNanos > BETWEEN_COUNTS.toNanos()) {
        living = living().size();
        countedNanos = nanoTime.getAsLong();
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private void awaitReports(long sale, int shares) throws IOException, InterruptedException {
    long countedNanos = nanoTime.getAsLong();
    Board.Progress progress = board.progress(sale);
    while (progress.reported() < shares) {
      for (String name : progress.struck()) {
        ShareJvm jvm = ours.get(name);
        if (jvm != null && jvm.isAlive()) {
          jvm.kill();
          killed++;
        }
      }
      if (nanoTime.getAsLong() - countedNanos > BETWEEN_COUNTS.toNanos()) {
        Set<String> unused = living();
        countedNanos = nanoTime.getAsLong();
      }
      Thread.sleep(BETWEEN_LOOKS);
      progress = board.progress(sale);
    }
  }

  private List<Member.Part> parts(List<Board.Share> done, Job.Terms terms, long wallNanos) {
    List<Member.Part> parts = new ArrayList<>();
    for (Board.Share share : done) {
      if (share.takings().size() > 1) {
        parts.add(ofThoseThatDied(share, terms, wallNanos));
      }
      parts.add(Wire.parse(share.report(), Member.Part.class));
    }
    return parts;
  }

  /**
   * What is known of a share from those who have not reported it: whom they have told. All others
   * of its buyers are in doubt, and came to the JVM that did.
   */
  private Member.Part ofThoseThatDied(Board.Share share, Job.Terms terms, long wallNanos) {
    Set<String> told = Set.copyOf(share.told());
    List<ClientBooks> books =
        terms.keys(share.number(), share.buyers()).stream()
            .map(
                keys ->
                    ClientBooks.heard(
                        keys.stream().filter(told::contains).toList(),
                        keys.stream().filter(key -> !told.contains(key)).toList()))
            .toList();
    TrialResult result =
        Parts.told(
            terms.trial(),
            terms.warmup(),
            told.size(),
            (long) told.size() * workload.units(),
            // The sale goes on until the buyers of a dead JVM are answered.
            wallNanos);
    return new Member.Part(result, books);
  }

  @Override
  public int kills() {
    return killed;
  }

  @Override
  public List<Message.OfFork> news(int fork, boolean warmup) {
    return List.of(new Message.SaleShared(fork, warmup, last));
  }

  @Override
  public void close() {
    // All at once: each takes its time to end.
    ours.values().forEach(ShareJvm::dismiss);
    ours.values().forEach(ShareJvm::close);
    board.close();
  }
}
