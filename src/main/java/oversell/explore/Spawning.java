package oversell.explore;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * The scheduler of threads that a controlled one makes: each gets a task when it first arrives,
 * which is when it is started.
 */
final class Spawning implements Executor {
  private final Supplier<Task> spawned;
  private final Map<Runnable, Task> tasks = new IdentityHashMap<>();

  Spawning(Supplier<Task> spawned) {
    this.spawned = spawned;
  }

  @Override
  public void execute(Runnable continuation) {
    tasks.computeIfAbsent(continuation, unknown -> spawned.get()).execute(continuation);
  }
}
