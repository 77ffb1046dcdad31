package oversell.explorer.control;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.TaskPool;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Trace;

/**
 * What pools have returned as the results of tasks, and the steps that have made them known.
 *
 * <p>They are told apart by identity.
 */
final class Results {
  private static final String OF_A_THREAD =
      "java.util.concurrent.ThreadPerTaskExecutor$ThreadBoundFuture";
  // No field of a woven class has such a number.
  private static final int RESULT = -4;

  private final Locations locations;
  private final Set<Object> futures = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Object, Integer> completed = new IdentityHashMap<>();
  private final Conjunctions conjunctions = new Conjunctions();

  Results(Locations locations) {
    this.locations = locations;
  }

  void clear() {
    futures.clear();
    completed.clear();
    conjunctions.clear();
  }

  void add(Object future) {
    futures.add(future);
  }

  boolean contains(Object future) {
    return futures.contains(future);
  }

  /**
   * What is read by whoever finds that a result is there, and written by the step that makes it.
   */
  long locationOf(Future<?> result) {
    return locations.of(result, 0) == Locations.ANYTHING
        ? Locations.POOLS
        : locations.of(result, RESULT);
  }

  /** What is touched by the calls of a future that the program has made; nothing of any other. */
  long receiver(Future<?> future) {
    long location = locations.of(future, 0);
    return location == Locations.ANYTHING ? 0 : location;
  }

  /**
   * Whether a result is made known by the JDK as soon as its task returns, and nothing else is done
   * then.
   */
  boolean isMadeByTask(Future<?> result) {
    if (!contains(result)) {
      return false;
    }
    Class<?> type = result.getClass();
    return type == FutureTask.class
        || type.getName().equals(OF_A_THREAD)
        || (result instanceof ForkJoinTask<?> forked && TaskPool.isRecursive(forked))
        || (type == CompletableFuture.class
            && conjunctions.isAwaitedAlone((CompletableFuture<?>) result));
  }

  /** The step that has made a result known; {@link Trace#NO_CAUSE} if that is not known. */
  int completed(Object result) {
    return completed.getOrDefault(result, Trace.NO_CAUSE);
  }

  /** The step that is being taken makes a result known, unless it takes longer than that. */
  void complete(Object result, int step) {
    completed.put(result, step);
  }

  /** It did take longer: no step has made the result known yet. */
  void takeBack(Object result) {
    completed.remove(result);
  }

  /** Whether a future is neither made by the program nor the result of a task. */
  boolean dependsOnOthers(CompletableFuture<?> future) {
    boolean isMade = locations.of(future, 0) != Locations.ANYTHING;
    return conjunctions.contains(future) || !(isMade || contains(future));
  }

  /** Whether one that depends on a future alone comes as soon as that does. */
  boolean isAwaited(@Nullable CompletableFuture<?> part) {
    return part != null
        && part.getClass() == CompletableFuture.class
        && (conjunctions.contains(part) || contains(part));
  }

  /** Makes a future that is there as soon as all of these are, each of which {@link #isAwaited}. */
  CompletableFuture<Void> allOf(CompletableFuture<?>[] parts) {
    CompletableFuture<Void> whole = conjunctions.make(parts);
    add(whole);
    return whole;
  }

  /** What is waited for, one after the other, by whoever waits for a future. */
  List<Future<?>> partsOf(Future<?> future) {
    return conjunctions.partsOf(future);
  }

  /**
   * A wait for a result.
   *
   * @param whole what is waited for by waiting for that, and may have been completed by itself
   */
  Task.Wanted wait(Future<?> part, Future<?> whole) {
    return new Done(part, whole, this);
  }

  private record Done(Future<?> part, Future<?> whole, Results results) implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return part.isDone() || whole.isDone() || task.isInterrupted();
    }

    @Override
    public boolean parks() {
      return true;
    }

    @Override
    public int enabledBy(Task task) {
      return part.isDone() && !task.isInterrupted() ? results.completed(part) : Trace.NO_CAUSE;
    }

    @Override
    public long location() {
      return Locations.POOLS;
    }

    @Override
    public String toString() {
      return "the result of a task";
    }
  }
}
