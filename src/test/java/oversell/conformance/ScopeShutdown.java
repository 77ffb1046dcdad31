package oversell.conformance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import oversell.explorer.Scenario;

/**
 * A model of a structured task scope that is shut down while a subtask is forked in it. Source:
 * JDK-8311867, <i>StructuredTaskScope.shutdown does not interrupt newly started threads</i>, of JDK
 * 21 before its release: the threads of the scope are known before they are started, and shutdown
 * interrupted only those of them that were alive.
 */
abstract class ScopeShutdown implements Scenario<String> {
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean isShutDown;
  private volatile String ending = "not forked";

  /** Whether shutdown interrupts a thread. */
  abstract boolean interrupts(Thread thread);

  static final class OnlyAlive extends ScopeShutdown {
    @Override
    boolean interrupts(Thread thread) {
      return thread.isAlive();
    }
  }

  static final class AllKnown extends ScopeShutdown {
    @Override
    boolean interrupts(Thread thread) {
      return true;
    }
  }

  private void shutDown() {
    isShutDown = true;
    for (Thread thread : threads) {
      if (interrupts(thread)) {
        thread.interrupt();
      }
    }
  }

  private Thread fork(Runnable subtask) {
    Thread thread = Thread.ofVirtual().unstarted(subtask);
    threads.add(thread);
    if (isShutDown) {
      return Thread.currentThread();
    }
    thread.start();
    return thread;
  }

  private void waitForever() {
    try {
      never.await();
    } catch (InterruptedException shutDown) {
      ending = "interrupted";
    }
  }

  @Override
  public final String run() throws InterruptedException {
    Thread other = Thread.startVirtualThread(this::shutDown);
    Thread forked = fork(this::waitForever);
    if (forked != Thread.currentThread()) {
      forked.join();
    }
    other.join();
    return ending;
  }
}
