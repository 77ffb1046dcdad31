package oversell.lab.fork;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import oversell.lab.experiment.Conduct;
import oversell.store.StoreAccess;

/** The JVMs that sell for a fork, which makes the articles and audits them. */
sealed interface SellingJvms extends AutoCloseable permits Members, KilledJvms, StoppedJvms {
  /**
   * Starts them.
   *
   * @throws IOException if one cannot be started
   */
  static SellingJvms start(Fork.Assignment assignment, StoreAccess store, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    return switch (assignment.workload().conduct().fault()) {
      case KILL_JVM -> KilledJvms.start(assignment, store, nanoTime);
      case STOP_JVM -> StoppedJvms.start(assignment, store, nanoTime);
      case NONE, THROW, INTERRUPT, CANCEL, TIMEOUT, SLOW, KILL_DATABASE ->
          Members.start(assignment, store, nanoTime);
    };
  }

  /** Whether a fork has such JVMs, and does not sell itself. */
  static boolean sellFor(Fork.Assignment assignment) {
    return assignment.workload().deployment().processes() > 1
        || assignment.workload().conduct().fault() == Conduct.Fault.KILL_JVM;
  }

  /**
   * Lets their buyers buy from an article.
   *
   * @return what each of them has to say
   * @throws IOException if one dies that was not to
   */
  List<Member.Part> sell(long article, int trial, boolean warmup)
      throws IOException, InterruptedException;

  /** How many of them are killed in each sale. */
  int kills();

  @Override
  void close() throws IOException;
}
