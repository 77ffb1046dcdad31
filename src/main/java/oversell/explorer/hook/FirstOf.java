package oversell.explorer.hook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The first of several tasks of a {@link TaskPool} that returns. What comes of it becomes that of a
 * task of its own, by the thread of the one that decides, so that the caller is told as by the JDK.
 */
final class FirstOf {
  private final TaskPool pool;
  private final int site;
  private final List<Future<Object>> tasks = new ArrayList<>();
  private final Decided decided = new Decided();
  private @Nullable Object result;
  private @Nullable Exception failure;
  private int undecided;

  FirstOf(TaskPool pool, int site) {
    this.pool = pool;
    this.site = site;
  }

  List<Future<Object>> others() {
    return tasks;
  }

  /** Ends as it was decided, be that by an exception that is checked. */
  @SuppressWarnings("serial")
  private final class Decided extends RecursiveTask<@Nullable Object> {
    @Override
    protected @Nullable Object compute() {
      if (failure != null) {
        throw Undeclared.thrown(failure);
      }
      return result;
    }
  }

  void handOver(Collection<? extends Callable<Object>> all) {
    Hooks.callAnything(site);
    Hooks.controller.copy(all, site);
    try {
      undecided = all.size();
      if (undecided == 0) {
        throw new IllegalArgumentException();
      }
      for (Callable<Object> task : all) {
        Objects.requireNonNull(task);
        ForkJoinTask<Object> one =
            ForkJoinTask.adaptInterruptible(
                () -> {
                  run(task);
                  return this;
                });
        tasks.addFirst(one);
        pool.executeInterruptibly(one);
      }
    } finally {
      Hooks.controller.left();
    }
    Hooks.controller.submitted(decided);
  }

  private void run(Callable<Object> task) {
    if (decided.isDone()) {
      return;
    }
    try {
      result = resultUnlessDecided(task.call());
      decided.quietlyInvoke();
    } catch (Exception thrown) {
      failure = thrown;
      if (--undecided == 0) {
        decided.quietlyInvoke();
      }
    } catch (Error thrown) {
      ClassLoader loader = thrown.getClass().getClassLoader();
      if (loader == null || loader instanceof Woven) {
        // Releases of the JDK differ in what they tell of it. Any other is the explorer's own.
        Hooks.controller.escape(
            site, "an Error that a task of invokeAny throws (throw an exception)");
      }
      throw thrown;
    }
  }

  private @Nullable Object resultUnlessDecided(@Nullable Object returned) {
    if (decided.isDone()) {
      return result;
    }
    failure = null;
    return returned;
  }

  @Nullable Object await() throws InterruptedException, ExecutionException {
    if (!Hooks.controller.awaitResult(decided, site)) {
      Hooks.callAnything(site);
    }
    try {
      return decided.get();
    } finally {
      Hooks.controller.left();
    }
  }

  @Nullable Object await(long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    InvokeHooks.waitForEnds(decided::isDone, nanos, site);
    InvokeHooks.enterToCancel(pool, site);
    try {
      return decided.get(0, TimeUnit.NANOSECONDS);
    } catch (TimeoutException passed) {
      TimedHooks.passTime(nanos);
      throw passed;
    } finally {
      Hooks.controller.left();
    }
  }
}
