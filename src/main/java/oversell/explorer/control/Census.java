package oversell.explorer.control;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;

/**
 * The platform threads of this JVM at one moment. Whatever thread is there later and was not then
 * may do anything to what is explored, without ever announcing a step: the JDK starts threads for
 * timers, cleaners, pools and publishers. So it is named, and nothing is proved.
 */
public final class Census {
  // Those that the JDK starts when it needs them, and that run nobody's code but its own.
  private static final Pattern OF_THE_JDK =
      Pattern.compile(
          "Reference Handler|Finalizer|Signal Dispatcher|Attach Listener|Common-Cleaner"
              + "|Notification Thread|Service Thread|Monitor Deflation Thread|DestroyJavaVM"
              + "|VirtualThread-unparker.*|VirtualThread-unblocker|.*-delayScheduler|process reaper.*"
              + "|(C1|C2|JVMCI) CompilerThread.*|JFR .*|RMI .*|JMX .*");

  private final Set<Thread> known = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final long started;
  private final long stolen;
  // How many had been started when all that came since were last found to be the JDK's.
  private long harmless;

  private Census() {
    started = startedSoFar();
    harmless = started;
    stolen = stolenSoFar();
    known.addAll(live());
  }

  /** Takes one. */
  public static Census take() {
    return new Census();
  }

  /** A thread that has been started since, as a clause; empty if none has. */
  public Optional<String> newcomer() {
    if (stolenSoFar() > stolen) {
      return Optional.of("the JDK's common pool has worked for what is explored");
    }
    long startedNow = startedSoFar();
    if (startedNow == harmless) {
      return Optional.empty();
    }
    int since = 0;
    for (Thread thread : live()) {
      if (!known.contains(thread)) {
        since++;
        if (!OF_THE_JDK.matcher(thread.getName()).matches()) {
          return Optional.of(
              "thread \"%s\" was started by what is explored".formatted(thread.getName()));
        }
      }
    }
    if (startedNow - started > since) {
      return Optional.of("a platform thread was started by what is explored, and is over");
    }
    harmless = startedNow;
    return Optional.empty();
  }

  /**
   * What the threads of the common pool have done, or are about to do: they may be there before.
   */
  private static long stolenSoFar() {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    return pool.getStealCount()
        + pool.getQueuedSubmissionCount()
        + pool.getQueuedTaskCount()
        + pool.getActiveThreadCount();
  }

  private long startedSoFar() {
    return threads.getTotalStartedThreadCount();
  }

  private static List<Thread> live() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    // More may be started meanwhile, and what does not fit is left out in silence.
    Thread[] threads = new Thread[2 * root.activeCount() + 16];
    int count = root.enumerate(threads);
    while (count == threads.length) {
      threads = new Thread[2 * threads.length];
      count = root.enumerate(threads);
    }
    return new ArrayList<>(Arrays.asList(threads).subList(0, count));
  }
}
