package oversell.explorer.control;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Rounds;
import oversell.explorer.hook.Sites;

/**
 * Finds out whether an execution never ends: whether all threads that can go on repeat what they
 * do.
 *
 * <p>A thread repeats itself if it comes back to the head of a loop, in the same call of the
 * method, with the same local variables, and nothing has changed in between, by it or by any other.
 * Then it goes the same way again as long as nothing changes: what it does depends on nothing else.
 * If that holds of every thread that can go on, and nobody will let the others go on, nothing ever
 * changes, whoever goes first. To enter and leave a monitor is no change, since no way depends on
 * whether one is free; but whoever waits for one that is left now and then is not kept waiting for
 * ever.
 *
 * <p>Threads that repeat themselves are passed over as long as another can go on that does not.
 *
 * <p>Where {@link Matters#ofRounds} it also stops a thread that has gone round in vain: one that
 * comes back to the head of a loop in the same call, with the same local variables, and has done
 * nothing in between that matters to itself or to others. What others have done does not count. The
 * execution without those steps comes to the same, and it is run as well, so the thread takes no
 * further step in this one. That holds only where each access is a step of its own. When only such
 * threads are left, each goes round once more: if nothing changes, the execution never ends. Source
 * of the idea: Michalis Kokologiannakis, Xiaowei Ren and Viktor Vafeiadis, Dynamic Partial Order
 * Reductions for Spinloops, FMCAD 2021.
 */
final class Repetition implements Rounds.Listener {
  private static final int MOST_HEADS = 10_000;

  private final Points points;
  private final Monitors monitors;
  private final boolean stopsRounds;
  private final Loop[] loops = new Loop[Long.SIZE];
  // How often something has changed.
  private long changes;
  // As of which change locks were given back, and looked at.
  private long unlockedAt;
  private long lockReadAt;

  /** The head of a loop in one call of its method. */
  private record Head(int frame, int site) {}

  /** A visit of it. */
  private static final class Visit {
    private final long[] values;
    private final @Nullable Object[] objects;

    Visit(long[] values, @Nullable Object[] objects) {
      this.values = values;
      this.objects = objects;
    }

    // Which object a variable refers to matters, not what that takes for its equal.
    @SuppressWarnings("ReferenceEquality")
    boolean isLike(Visit other) {
      if (!Arrays.equals(values, other.values) || objects.length != other.objects.length) {
        return false;
      }
      for (int i = 0; i < objects.length; i++) {
        if (objects[i] != other.objects[i]) {
          return false;
        }
      }
      return true;
    }
  }

  /** The visit that the next ones are compared with: one of each power of two, after Brent. */
  private static final class Visits {
    Visit compared;
    long count = 1;
    // As of which change the last one was that was like it.
    long likeAt;

    Visits(Visit first, long at) {
      compared = first;
      likeAt = at;
    }

    void compareWith(Visit next, long at) {
      compared = next;
      likeAt = at;
    }
  }

  /** What is known of a thread. */
  private static final class Loop {
    final Map<Head, Visits> heads = new HashMap<>();
    // As of which change.
    long seenAt = -1;
    long repeatsAt = -1;
    int site = Task.START;
    // How often it has done something that matters.
    long acts;
    // Whether it has gone round in vain.
    boolean isStopped;
  }

  /**
   * Watches all threads.
   *
   * @param stopsRounds whether to stop one that has gone round in vain
   */
  Repetition(Points points, Monitors monitors, boolean stopsRounds) {
    this.points = points;
    this.monitors = monitors;
    this.stopsRounds = stopsRounds;
    clear();
  }

  void clear() {
    Arrays.setAll(loops, index -> new Loop());
    changes = 0;
    unlockedAt = -1;
    lockReadAt = -1;
    monitors.noteLeaving(() -> changes);
  }

  @Override
  public void head(int frame, int site, long[] values, @Nullable Object[] objects) {
    Task task = points.announcer();
    if (task == null) {
      return;
    }
    Loop loop = loops[task.index];
    long seenAt = stopsRounds ? loop.acts : changes;
    if (loop.seenAt != seenAt || loop.heads.size() > MOST_HEADS) {
      loop.heads.clear();
      loop.seenAt = seenAt;
    }
    Visit visit = new Visit(values, objects);
    Visits visits = loop.heads.get(new Head(frame, site));
    if (visits == null) {
      loop.heads.put(new Head(frame, site), new Visits(visit, changes));
    } else if (visits.compared.isLike(visit)) {
      loop.repeatsAt = visits.likeAt == changes ? changes : loop.repeatsAt;
      loop.isStopped = stopsRounds;
      loop.site = site;
      visits.likeAt = changes;
    } else if (Long.bitCount(++visits.count) == 1) {
      visits.compareWith(visit, changes);
    }
    if (loop.isStopped || isRepeating(task)) {
      // Where threads are stopped is far apart, or nowhere in the loop.
      points.scheduler().pass(task, site, true);
    }
  }

  @Override
  public void changed() {
    changes++;
    acted();
  }

  /** A thread that is not woven goes on: it may change anything. */
  void changedUnseen() {
    changes++;
  }

  @Override
  public void acted() {
    Task task = points.scheduler().running();
    if (task != null && task.index < loops.length) {
      loops[task.index].acts++;
    }
  }

  @Override
  public void unlocked() {
    acted();
    unlockedAt = changes;
    if (lockReadAt == changes) {
      changed();
    }
  }

  @Override
  public void lockRead() {
    lockReadAt = changes;
    if (unlockedAt == changes) {
      changed();
    }
  }

  private boolean isRepeating(Task task) {
    return task.index < loops.length && loops[task.index].repeatsAt == changes;
  }

  /** Of those that can go on, those that do not repeat themselves and are not stopped. */
  long others(long ready) {
    long others = ready;
    for (long left = ready; left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      boolean isPassedOver = loops[index].isStopped || loops[index].repeatsAt == changes;
      others &= isPassedOver ? ~(1L << index) : ~0L;
    }
    return others;
  }

  boolean stopsRounds() {
    return stopsRounds;
  }

  /** How often something has changed so far. */
  long changes() {
    return changes;
  }

  /**
   * A thread that is stopped no more: what its last round has read may have changed since. Null if
   * there is none.
   */
  @Nullable Task goRoundAgain(long ready) {
    for (long left = ready; left != 0; left &= left - 1) {
      Task task = points.scheduler().tasks.get(Long.numberOfTrailingZeros(left));
      if (loops[task.index].isStopped && !isRepeating(task)) {
        loops[task.index].isStopped = false;
        return task;
      }
    }
    return null;
  }

  /** Whether it never ends, where all that can go on repeat themselves. */
  boolean isEndless(long ready) {
    Tasks tasks = points.scheduler().tasks;
    for (Task task : tasks.all()) {
      boolean goesOn = (ready & task.bit) != 0;
      if (!task.ended && !isRepeating(task) && (goesOn || !waitsForEver(task, tasks))) {
        return false;
      }
    }
    return true;
  }

  /** Whether nobody lets it go on as long as nothing changes. */
  private boolean waitsForEver(Task task, Tasks tasks) {
    if (task.wants instanceof Monitors.Monitor monitor) {
      return monitor.leftAt != changes;
    }
    if (task.waitsIn != null) {
      return true;
    }
    if (task.thread == null) {
      return false;
    }
    Optional<Thread> holder = task.blockedBy();
    boolean ofLock =
        task.wants != null
            || LockSupport.getBlocker(task.thread) instanceof AbstractOwnableSynchronizer;
    return ofLock
        ? unlockedAt != changes && holder.flatMap(tasks::of).isPresent()
        : task.thread.getState() == Thread.State.WAITING;
  }

  /** Why a thread does not end; empty if it does not repeat itself. */
  Optional<String> why(Task task, Sites sites) {
    return isRepeating(task)
        ? Optional.of(
            "goes round the loop in "
                + sites.get(loops[task.index].site).inMethod()
                + " for ever: no thread is left to change what it reads")
        : Optional.empty();
  }
}
