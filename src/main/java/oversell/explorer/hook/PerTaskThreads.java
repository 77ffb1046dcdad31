package oversell.explorer.hook;

import java.lang.reflect.Field;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads of an executor of the JDK that starts one for each task. The executor removes one
 * when its task is done, and ends with the last of them: that is after the result of the task can
 * be had, and so a step of its own.
 */
final class PerTaskThreads extends AbstractSet<Thread> {
  private static final String FIELD = "threads";

  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final ExecutorService executor;

  private PerTaskThreads(ThreadFactory factory) {
    executor = Executors.newThreadPerTaskExecutor(task -> newThread(factory, task));
  }

  private @Nullable Thread newThread(ThreadFactory factory, Runnable task) {
    Thread made = factory.newThread(task);
    return made == null ? null : Hooks.controller.perTask(made, executor);
  }

  /** An executor of the JDK that has such threads. */
  static ExecutorService executor(ThreadFactory factory) {
    PerTaskThreads running = new PerTaskThreads(factory);
    ExecutorService executor = running.executor;
    try {
      Field threads = executor.getClass().getDeclaredField(FIELD);
      threads.setAccessible(true);
      threads.set(executor, running);
      Hooks.controller.madePool(executor, executor);
    } catch (ReflectiveOperationException closed) {
      throw new IllegalStateException(
          "the threads of " + executor.getClass().getName() + " cannot be followed", closed);
    }
    return executor;
  }

  @Override
  public boolean add(Thread thread) {
    return running.add(thread);
  }

  @Override
  public boolean remove(Object thread) {
    // A JDK removes one that is cancelled on the thread that cancels, in a step of that.
    if (thread.equals(Thread.currentThread())) {
      Hooks.controller.leavePool();
    }
    return running.remove(thread);
  }

  @Override
  public Iterator<Thread> iterator() {
    return running.iterator();
  }

  @Override
  public int size() {
    return running.size();
  }
}
