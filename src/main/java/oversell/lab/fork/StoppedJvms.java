package oversell.lab.fork;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import oversell.lab.experiment.Workload;
import oversell.store.StoreAccess;

/**
 * Two JVMs that sell. In each sale the first is stopped where one of its buyers says so, between
 * check and act; it goes on when a buyer of the second has bought, which shows that whatever the
 * first had locked is locked no more.
 */
final class StoppedJvms implements SellingJvms {
  private final Member holder;
  private final Member other;

  private StoppedJvms(Member holder, Member other) {
    this.holder = holder;
    this.other = other;
  }

  /**
   * Starts them.
   *
   * @throws IOException if one cannot be started
   */
  static StoppedJvms start(Fork.Assignment assignment, StoreAccess store, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    Workload workload = assignment.workload();
    Member holder = Member.launch(1, nanoTime);
    try {
      Member other = Member.launch(2, nanoTime);
      StoppedJvms both = new StoppedJvms(holder, other);
      try {
        // A silent holder of a transaction keeps others out no longer than one of a lease.
        StoreAccess impatient = store.endingIdleTransactions();
        holder.begin(workload.of((workload.buyers() + 1) / 2), impatient);
        other.begin(workload.of(workload.buyers() / 2), impatient);
        return both;
      } catch (IOException | InterruptedException | RuntimeException broken) {
        other.dismiss();
        other.end();
        throw broken;
      }
    } catch (IOException | InterruptedException | RuntimeException broken) {
      holder.dismiss();
      holder.end();
      throw broken;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if a JVM dies, no buyer of the first comes to the place where it is to be
   *     stopped, or no buyer of the second is served meanwhile
   */
  @Override
  public List<Member.Part> sell(List<Long> articles, int trial, boolean warmup) throws IOException {
    call(holder, new Member.Call(articles, trial, warmup, true, List.of()));
    if (!holder.read().equals(Member.HERE)) {
      throw new IOException("no buyer of JVM 1 was between check and act");
    }
    Member.Part ofOther;
    Stop stop = Stop.of(holder.process());
    try {
      call(other, new Member.Call(articles, trial, warmup, false, List.of()));
      ofOther = Wire.parse(other.read(), Member.Part.class);
      if (ofOther.result().purchases() == 0) {
        throw new IOException(
            "no buyer of JVM 2 was served while JVM 1 stood still"
                + ofOther.result().firstFailure().map(first -> ": " + first).orElse(""));
      }
      // It finds this when it goes on, and acts at once.
      holder.send(Member.GO_ON);
    } finally {
      stop.close();
    }
    return List.of(Wire.parse(holder.read(), Member.Part.class), ofOther);
  }

  @Override
  public int kills() {
    return 0;
  }

  private static void call(Member member, Member.Call call) throws IOException {
    member.send(Wire.line(call));
    member.awaitReady();
    member.send(Member.GO);
  }

  @Override
  public void close() throws IOException {
    holder.dismiss();
    other.dismiss();
    holder.end();
    other.end();
  }
}
