package oversell.explorer.control;

import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Operation;
import oversell.explorer.schedule.Locations;

/**
 * Who initialises the classes that an execution uses, and who waits for that: as JLS 12.4.2 has it,
 * with a lock for each class that the thread keeps which initialises it.
 */
final class Initialisations {
  /** A thread has initialised a class before there were others, who so find it done. */
  private static final int BY_WHO_WAS_ALONE = 1;

  private static final int BY_ONE_OF_SEVERAL = 2;

  private final Points points;
  private final Locations locations;
  private final IdentityHashMap<Class<?>, Initialisation> begun = new IdentityHashMap<>();

  Initialisations(Points points, Locations locations) {
    this.points = points;
    this.locations = locations;
  }

  /** That of one class. */
  private static final class Initialisation implements Task.Wanted {
    final String type;
    // Who does it, and whether it has been done: who only asks for that does not mind who begins.
    final long location;
    final long done;
    @Nullable Task by;
    boolean isOutside;
    boolean isDone;
    boolean hasFailed;

    Initialisation(String type, long location, long done) {
      this.type = type;
      this.location = location;
      this.done = done;
    }

    @Override
    public boolean isFreeFor(Task task) {
      return by == null;
    }

    @Override
    public long location() {
      return location;
    }

    @Override
    public Optional<Thread> holder() {
      return Optional.ofNullable(by).map(task -> task.thread);
    }

    @Override
    public String toString() {
      return "the end of the initialisation of " + type;
    }
  }

  void clear() {
    begun.clear();
  }

  /** Whether the caller, who uses a class that is yet to be initialised, has to do that. */
  boolean begin(Class<?> type, int site) {
    Initialisation initialisation = of(type);
    Task task = points.announcer();
    if (task == null) {
      boolean first = !initialisation.isOutside && !initialisation.isDone;
      initialisation.isOutside = true;
      return first;
    }
    if (initialisation.by == task) {
      // It uses the class while it initialises it.
      return false;
    }
    // The step that found it unfinished is another one than if it had found it done.
    points.scheduler().steps.touch(initialisation.done, 0);
    boolean isPoint = points.isPoint(Operation.INITIALISE);
    if (!isPoint) {
      // The step that found it unfinished goes on to here, so when others end it matters to that.
      touch(initialisation);
    }
    if (isPoint || initialisation.by != null) {
      points.scheduler().tasks.want(task, initialisation);
      points.passWhenFree(task, site);
    }
    touch(initialisation);
    points.scheduler().steps.touch(initialisation.done, 0);
    if (initialisation.hasFailed) {
      throw new NoClassDefFoundError("Could not initialize class " + type.getName());
    }
    if (initialisation.isDone) {
      return false;
    }
    initialisation.by = task;
    return true;
  }

  /** The caller has done it. */
  int end(Class<?> type, int site) {
    boolean wasAlone = points.scheduler().isAlone();
    leave(type, site);
    of(type).isDone = true;
    return wasAlone ? BY_WHO_WAS_ALONE : BY_ONE_OF_SEVERAL;
  }

  /** The caller has failed to do it; answers what is to be thrown. */
  Throwable fail(Throwable failure, Class<?> type, int site) {
    if (failure instanceof Engine.Dropped) {
      return failure;
    }
    leave(type, site);
    of(type).hasFailed = true;
    return failure instanceof Error ? failure : new ExceptionInInitializerError(failure);
  }

  private void leave(Class<?> type, int site) {
    Task task = points.announcer();
    Initialisation initialisation = of(type);
    if (task != null) {
      points.pass(task, Operation.INITIALISE, site);
      touch(initialisation);
      points.scheduler().steps.touch(Locations.INITIALISED, initialisation.done);
    }
    initialisation.by = null;
    initialisation.isOutside = false;
  }

  /** A class is used that was initialised while there were several threads. */
  void use(Class<?> type) {
    if (points.announcer() != null) {
      points.scheduler().steps.touch(of(type).done, 0);
    }
  }

  private void touch(Initialisation initialisation) {
    points.scheduler().steps.touch(0, initialisation.location);
  }

  private Initialisation of(Class<?> type) {
    Initialisation known = begun.get(type);
    if (known == null) {
      String name = type.getName();
      known =
          new Initialisation(
              type.getSimpleName(),
              locations.of(null, ("initialisation of " + name).hashCode()),
              locations.of(null, ("end of the initialisation of " + name).hashCode()));
      begun.put(type, known);
    }
    return known;
  }
}
