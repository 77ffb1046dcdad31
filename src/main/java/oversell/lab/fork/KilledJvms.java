package oversell.lab.fork;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.TrialResult;
import oversell.store.ClientBooks;
import oversell.store.JoinedStore;
import oversell.store.StoreAccess;

/**
 * A JVM that sells and is killed in the middle of each sale, where one of its buyers says so, and
 * the JVM that takes its place. The fork is in the place of the buyers: what it has read from the
 * killed JVM is what they were told, and those who were told nothing come to the next one.
 */
final class KilledJvms implements SellingJvms {
  private final Workload workload;
  private final StoreAccess store;
  private final LongSupplier nanoTime;
  private Member selling;

  private KilledJvms(Workload workload, StoreAccess store, LongSupplier nanoTime, Member selling) {
    this.workload = workload;
    this.store = store;
    this.nanoTime = nanoTime;
    this.selling = selling;
  }

  /**
   * Starts the first.
   *
   * @throws IOException if it cannot be started
   */
  static KilledJvms start(Fork.Assignment assignment, StoreAccess store, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    KilledJvms jvms =
        new KilledJvms(assignment.workload(), store, nanoTime, Member.launch(1, nanoTime));
    jvms.begin();
    return jvms;
  }

  private void begin() throws IOException, InterruptedException {
    try {
      selling.begin(workload, store);
    } catch (IOException | InterruptedException | RuntimeException broken) {
      close();
      throw broken;
    }
  }

  @Override
  public List<Member.Part> sell(List<Long> articles, int trial, boolean warmup)
      throws IOException, InterruptedException {
    long begunNanos = nanoTime.getAsLong();
    call(new Member.Call(articles, trial, warmup, true, List.of()));
    List<String> told = killWhereItSays();
    Set<String> unanswered =
        new LinkedHashSet<>(
            JoinedStore.keys(articles.getFirst(), selling.number(), workload.buyers()));
    told.forEach(unanswered::remove);
    selling.dismiss();
    selling = Member.launch(selling.number() + 1, nanoTime);
    begin();
    call(new Member.Call(articles, trial, warmup, false, List.copyOf(unanswered)));
    Member.Part part = part();
    TrialResult killed =
        Parts.told(
            trial,
            warmup,
            told.size(),
            (long) told.size() * workload.units(),
            nanoTime.getAsLong() - begunNanos);
    ClientBooks books = ClientBooks.heard(told, List.copyOf(unanswered));
    return List.of(new Member.Part(killed, List.of(books)), part);
  }

  @Override
  public int kills() {
    return 1;
  }

  private void call(Member.Call call) throws IOException {
    selling.send(Wire.line(call));
    selling.awaitReady();
    selling.send(Member.GO);
  }

  /** The keys of those who were told that they have bought, up to the last word of the JVM. */
  private List<String> killWhereItSays() throws IOException, InterruptedException {
    List<String> told = new ArrayList<>();
    boolean killed = false;
    for (Optional<String> line = selling.readLine(); line.isPresent(); line = selling.readLine()) {
      if (line.get().equals(Member.HERE)) {
        selling.process().destroyForcibly();
        killed = true;
      } else {
        Member.toldKey(line.get()).ifPresent(told::add);
      }
    }
    selling.process().waitFor();
    if (!killed) {
      throw new IOException("JVM %d ended before it was killed".formatted(selling.number()));
    }
    return told;
  }

  /** What the next JVM sends when all buyers are answered. */
  private Member.Part part() throws IOException {
    String line = selling.read();
    while (Member.toldKey(line).isPresent()) {
      line = selling.read();
    }
    return Wire.parse(line, Member.Part.class);
  }

  @Override
  public void close() throws IOException {
    selling.dismiss();
    selling.end();
  }
}
