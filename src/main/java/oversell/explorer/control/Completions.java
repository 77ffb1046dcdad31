package oversell.explorer.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Overrides;
import oversell.explorer.schedule.Locations;

/**
 * Tasks that the program has made, and its own queues of tasks that are done. The JDK completes
 * such a task, and adds it to such a queue, on any thread that runs it, and announces neither. So
 * the step that did it is found when it ends.
 */
final class Completions {
  private final List<Made> tasks = new ArrayList<>();
  private final List<Service> services = new ArrayList<>();

  private record Made(FutureTask<?> task, long location) {}

  /** A service whose constructor may not have ended yet. */
  private static final class Service {
    private final ExecutorCompletionService<?> service;
    private final Locations locations;
    private @Nullable BlockingQueue<?> queue;
    private int size;

    Service(ExecutorCompletionService<?> service, Locations locations) {
      this.service = service;
      this.locations = locations;
    }

    void touchIfChanged(Steps steps) {
      if (queue == null) {
        Object own = Pools.valueOf(ExecutorCompletionService.class, "completionQueue", service);
        queue = own instanceof BlockingQueue<?> known && canBeAsked(known) ? known : null;
      }
      if (queue != null && queue.size() != size) {
        size = queue.size();
        steps.touch(0, locations.of(queue, 0));
      }
    }

    /** Whoever calls one that nobody was seen to make conflicts with everything. */
    private boolean canBeAsked(BlockingQueue<?> own) {
      return locations.of(own, 0) != Locations.ANYTHING && !Overrides.has(own, "size");
    }
  }

  void clear() {
    tasks.clear();
    services.clear();
  }

  boolean isEmpty() {
    return tasks.isEmpty() && services.isEmpty();
  }

  /** An object has been made that others can reach at this location. */
  void watch(Object made, Locations locations) {
    if (made instanceof FutureTask<?> task && !Overrides.has(task, "isDone")) {
      tasks.add(new Made(task, locations.of(task, 0)));
    } else if (made instanceof ExecutorCompletionService<?> service) {
      services.add(new Service(service, locations));
    }
  }

  /** The step that is being taken ends. */
  void touchWhatIsNew(Steps steps) {
    for (int i = tasks.size() - 1; i >= 0; i--) {
      if (tasks.get(i).task().isDone()) {
        steps.touch(0, tasks.remove(i).location());
      }
    }
    services.forEach(service -> service.touchIfChanged(steps));
  }
}
