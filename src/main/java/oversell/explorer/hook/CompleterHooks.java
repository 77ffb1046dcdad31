package oversell.explorer.hook;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call to complete tasks, above all those that wait for a number of others. The
 * JDK goes from such a task to the one that waits for it, and so on, in one call. Other threads may
 * go on between any two of them, so this does the same with a step for each: whoever comes to a
 * task takes one off its number, or calls it back and goes on to the next.
 */
public final class CompleterHooks {
  private static final MethodHandle SET_RESULT = handle("setRawResult", void.class, Object.class);
  // Up to JDK 21 it tells the status that it finds or sets, and since then whether it has set it.
  private static final boolean TELLS_STATUS = Runtime.version().feature() < 22;
  private static final MethodHandle SET_THROWN =
      handle("trySetThrown", TELLS_STATUS ? int.class : boolean.class, Throwable.class);

  private static final MethodHandle EXECUTE = execution();

  private CompleterHooks() {}

  /** A method that the JDK keeps to itself. */
  private static MethodHandle handle(String name, Class<?> result, Class<?> argument) {
    try {
      return MethodHandles.privateLookupIn(ForkJoinTask.class, MethodHandles.lookup())
          .findVirtual(ForkJoinTask.class, name, MethodType.methodType(result, argument));
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException("this JDK completes tasks in another way", unknown);
    }
  }

  /** What it answers depends on the release. */
  private static MethodHandle execution() {
    try {
      Method method = ForkJoinTask.class.getDeclaredMethod("doExec");
      return MethodHandles.privateLookupIn(ForkJoinTask.class, MethodHandles.lookup())
          .unreflect(method)
          .asType(MethodType.methodType(void.class, ForkJoinTask.class));
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException("this JDK executes tasks in another way", unknown);
    }
  }

  /** Runs a task, and does not wait for its end if that comes later. */
  static void execute(ForkJoinTask<?> task) {
    try {
      EXECUTE.invokeExact(task);
    } catch (Throwable thrown) {
      throw Undeclared.thrown(thrown);
    }
  }

  /** Runs the code of a task that has begun: what that throws is what becomes of the task. */
  static void run(CountedCompleter<?> task, int site) {
    try {
      task.compute();
    } catch (Throwable thrown) {
      fail(task, thrown, site);
      Hooks.controller.endTask();
    }
  }

  public static void tryComplete(Object task, int site) {
    CountedCompleter<?> caller = counted(task);
    CountedCompleter<?> at = caller;
    while (isLast(at, site)) {
      callBack(at, caller);
      caller = at;
      at = caller.getCompleter();
      if (at == null) {
        end(caller, site);
        return;
      }
    }
  }

  public static void propagateCompletion(Object task, int site) {
    CountedCompleter<?> at = counted(task);
    while (isLast(at, site)) {
      CountedCompleter<?> next = at.getCompleter();
      if (next == null) {
        end(at, site);
        return;
      }
      at = next;
    }
  }

  public static @Nullable CountedCompleter<?> nextComplete(Object task, int site) {
    CountedCompleter<?> asked = counted(task);
    CountedCompleter<?> next = asked.getCompleter();
    if (next == null) {
      end(asked, site);
      return null;
    }
    return isLast(next, site) ? next : null;
  }

  public static void quietlyCompleteRoot(Object task, int site) {
    end(counted(task).getRoot(), site);
  }

  public static void complete(Object task, @Nullable Object result, int site) {
    @SuppressWarnings("unchecked")
    ForkJoinTask<@Nullable Object> asked =
        (ForkJoinTask<@Nullable Object>) Objects.requireNonNull(task);
    if (Overrides.has(asked, "complete", Object.class)) {
      asked.complete(result);
    } else {
      superComplete(asked, result, site);
    }
  }

  /** As {@link #complete}, past what overrides it. */
  public static void superComplete(Object task, @Nullable Object result, int site) {
    if (task instanceof CountedCompleter<?> counted) {
      Hooks.controller.callBack();
      try {
        setResult(counted, result);
      } finally {
        Hooks.controller.left();
      }
      callBack(counted, counted);
      end(counted, site);
      CountedCompleter<?> next = counted.getCompleter();
      if (next != null) {
        tryComplete(next, site);
      }
      return;
    }
    ForkJoinTask<?> completed = (ForkJoinTask<?>) task;
    Hooks.controller.competeWithAnEnd(site);
    try {
      setResult(completed, result);
      completed.quietlyComplete();
    } catch (RuntimeException | Error thrown) {
      boolean unused = setThrown(completed, thrown);
    } finally {
      Hooks.controller.left();
    }
  }

  public static void completeExceptionally(Object task, Throwable thrown, int site) {
    ForkJoinTask<?> asked = (ForkJoinTask<?>) Objects.requireNonNull(task);
    if (Overrides.has(asked, "completeExceptionally", Throwable.class)) {
      asked.completeExceptionally(thrown);
    } else {
      superCompleteExceptionally(asked, thrown, site);
    }
  }

  /** As {@link #completeExceptionally}, past what overrides it. */
  public static void superCompleteExceptionally(Object task, Throwable thrown, int site) {
    Throwable unchecked =
        thrown instanceof RuntimeException || thrown instanceof Error
            ? thrown
            : new RuntimeException(thrown);
    if (task instanceof CountedCompleter<?> counted) {
      fail(counted, unchecked, site);
      return;
    }
    Hooks.controller.competeWithAnEnd(site);
    try {
      boolean unused = setThrown((ForkJoinTask<?>) task, unchecked);
    } finally {
      Hooks.controller.left();
    }
  }

  /** A task has failed, and so have those that wait for it, unless one of them says otherwise. */
  private static void fail(CountedCompleter<?> task, Throwable thrown, int site) {
    CountedCompleter<?> caller = task;
    CountedCompleter<?> at = task;
    while (at != null && failsNow(at, thrown, site)) {
      Hooks.controller.callBack();
      try {
        if (!at.onExceptionalCompletion(thrown, caller)) {
          return;
        }
      } finally {
        Hooks.controller.left();
      }
      caller = at;
      at = caller.getCompleter();
      if (TELLS_STATUS && at != null && isDone(at, site)) {
        return;
      }
    }
  }

  private static CountedCompleter<?> counted(Object task) {
    return (CountedCompleter<?>) Objects.requireNonNull(task);
  }

  /**
   * Takes one off the number of tasks that a task waits for; returns whether there is none left.
   */
  private static boolean isLast(CountedCompleter<?> task, int site) {
    Hooks.attempt(task, site);
    try {
      boolean isLast = task.decrementPendingCountUnlessZero() == 0;
      Hooks.succeeded(!isLast);
      return isLast;
    } finally {
      Hooks.controller.left();
    }
  }

  private static void callBack(CountedCompleter<?> task, CountedCompleter<?> caller) {
    Hooks.controller.callBack();
    try {
      task.onCompletion(caller);
    } finally {
      Hooks.controller.left();
    }
  }

  private static void end(CountedCompleter<?> task, int site) {
    Hooks.controller.enterCommonPool(site);
    try {
      task.quietlyComplete();
    } finally {
      Hooks.controller.left();
    }
  }

  private static boolean failsNow(CountedCompleter<?> task, Throwable thrown, int site) {
    Hooks.controller.enterCommonPool(site);
    try {
      return setThrown(task, thrown);
    } finally {
      Hooks.controller.left();
    }
  }

  static boolean isDone(CountedCompleter<?> task, int site) {
    Hooks.controller.enterCommonPool(site);
    try {
      return task.isDone();
    } finally {
      Hooks.controller.left();
    }
  }

  private static void setResult(ForkJoinTask<?> task, @Nullable Object result) {
    try {
      SET_RESULT.invokeExact(task, result);
    } catch (Throwable thrown) {
      throw Undeclared.thrown(thrown);
    }
  }

  /** Returns whether it has failed, be it before, where the JDK does not tell that apart. */
  private static boolean setThrown(ForkJoinTask<?> task, Throwable thrown) {
    try {
      if (TELLS_STATUS) {
        int unused = (int) SET_THROWN.invokeExact(task, thrown);
        return task.isCompletedAbnormally() && !task.isCancelled();
      }
      return (boolean) SET_THROWN.invokeExact(task, thrown);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
