package oversell.control;

import java.lang.reflect.Method;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what.
 *
 * @param tasks all of them
 */
record WaitsFor(Tasks tasks) {
  /** Of one that cannot go on. */
  String line(Task task) {
    return tasks.name(task) + " " + wait(task);
  }

  private String wait(Task task) {
    if (task.waitsIn != null) {
      return "waits for a signal of a "
          + task.waitsIn.object.getClass().getSimpleName()
          + ", which nobody will give";
    }
    if (task.wants != null) {
      return "wants the monitor of a "
          + task.wants.object.getClass().getSimpleName()
          + heldBy(task.wants.owner);
    }
    Object blocker = task.thread == null ? null : LockSupport.getBlocker(task.thread);
    if (blocker == null) {
      return "waits, and nobody will let it go on";
    }
    Class<?> type = blocker.getClass();
    while (type.getEnclosingClass() != null) {
      type = type.getEnclosingClass();
    }
    return "waits in a " + type.getSimpleName() + heldBy(ownerOf(blocker));
  }

  private String heldBy(@Nullable Task owner) {
    return owner == null ? ", which nobody has" : ", which " + tasks.name(owner) + " has";
  }

  private @Nullable Task ownerOf(Object synchronizer) {
    if (!(synchronizer instanceof AbstractOwnableSynchronizer)) {
      return null;
    }
    try {
      Method owner = AbstractOwnableSynchronizer.class.getDeclaredMethod("getExclusiveOwnerThread");
      owner.setAccessible(true);
      Object thread = owner.invoke(synchronizer);
      return tasks.all().stream().filter(task -> task.thread == thread).findFirst().orElse(null);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
