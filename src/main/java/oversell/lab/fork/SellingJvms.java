package oversell.lab.fork;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Workload;
import oversell.store.StoreAccess;

/** The JVMs that sell for a fork, which makes the articles and audits them. */
sealed interface SellingJvms extends AutoCloseable
    permits Members, KilledJvms, StoppedJvms, SharingJvms {
  /**
   * Starts them.
   *
   * @throws IOException if one cannot be started
   */
  static SellingJvms start(Fork.Assignment assignment, StoreAccess store, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    Workload workload = assignment.workload();
    if (workload.canBeJoined()) {
      return SharingJvms.start(assignment, store, nanoTime);
    }
    return switch (workload.conduct().fault()) {
      case KILL_JVM -> KilledJvms.start(assignment, store, nanoTime);
      case STOP_JVM -> StoppedJvms.start(assignment, store, nanoTime);
      case NONE, THROW, INTERRUPT, CANCEL, TIMEOUT, SLOW, KILL_DATABASE, LOSE_ANSWER ->
          Members.start(assignment, store, nanoTime);
    };
  }

  /** Whether a fork has such JVMs, and does not sell itself. */
  static boolean sellFor(Fork.Assignment assignment) {
    return assignment.workload().deployment().processes() > 1
        || assignment.workload().conduct().fault() == Conduct.Fault.KILL_JVM;
  }

  /**
   * Lets their buyers buy from articles.
   *
   * @return what each of them has to say
   * @throws IOException if one dies that was not to, and no other does its work
   */
  List<Member.Part> sell(List<Long> articles, int trial, boolean warmup)
      throws IOException, InterruptedException;

  /** How many of them are killed in each sale. */
  int kills();

  /** What there is to say of the last sale beside what was sold. */
  default List<Message.OfFork> news(int fork, boolean warmup) {
    return List.of();
  }

  @Override
  void close() throws IOException;
}
