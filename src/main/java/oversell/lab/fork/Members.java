package oversell.lab.fork;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import oversell.lab.experiment.Workload;
import oversell.store.StoreAccess;

/**
 * The JVMs that the buyers of a fork are spread over, as the fork sees them: started once, for all
 * trials, and set off by one signal in each. If one of them dies, so does the fork, and its row
 * says so. For MariaDB, which has no signal to send: see {@link SharingJvms}.
 */
final class Members implements SellingJvms {
  private final List<Member> members = new ArrayList<>();

  private Members() {}

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
        all.members.add(Member.launch(i + 1, nanoTime));
      }
      for (Member member : all.members) {
        // As even as it gets: of 20 buyers over 3 JVMs 7, 7 and 6.
        int share = (workload.buyers() + processes - member.number()) / processes;
        member.begin(workload.of(share), store);
      }
      return all;
    } catch (IOException | InterruptedException | RuntimeException broken) {
      all.close();
      throw broken;
    }
  }

  @Override
  public List<Member.Part> sell(List<Long> articles, int trial, boolean warmup) throws IOException {
    for (Member member : members) {
      member.send(Wire.line(new Member.Call(articles, trial, warmup, false, List.of())));
    }
    for (Member member : members) {
      member.awaitReady();
    }
    for (Member member : members) {
      member.send(Member.GO);
    }
    List<Member.Part> parts = new ArrayList<>();
    for (Member member : members) {
      parts.add(Wire.parse(member.read(), Member.Part.class));
    }
    return parts;
  }

  @Override
  public int kills() {
    return 0;
  }

  /** Waits for those that end by themselves after their last trial, and kills the others. */
  @Override
  public void close() throws IOException {
    for (Member member : members) {
      // First: a member that waits for a line ends when there can be none.
      member.dismiss();
    }
    members.forEach(Member::end);
  }
}
