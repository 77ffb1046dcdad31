package oversell.explore;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what at the end of an execution in which nobody can go on.
 *
 * @param engine that ran it
 */
record WaitsFor(Engine engine) {
  /** A line for each thread that waits, but the owner of the scope, who waits for all of them. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Task task : engine.tasks()) {
      if (!task.ended && !engine.isOwner(task)) {
        lines.add(engine.name(task) + " " + wait(task));
      }
    }
    return lines;
  }

  private String wait(Task task) {
    if (task.wants != null) {
      return "wants the monitor of a "
          + task.wants.object.getClass().getSimpleName()
          + heldBy(task.wants.owner);
    }
    if (task.waitsIn != null) {
      return "waits for a signal of a "
          + task.waitsIn.object.getClass().getSimpleName()
          + ", which nobody will give";
    }
    Object blocker = task.thread == null ? null : LockSupport.getBlocker(task.thread);
    if (blocker == null) {
      return "waits, and nobody will let it go on";
    }
    Class<?> type = blocker.getClass();
    Class<?> outer = type.getEnclosingClass();
    return "waits in a "
        + (outer == null ? type : outer).getSimpleName()
        + heldBy(ownerOf(blocker));
  }

  private String heldBy(@Nullable Task owner) {
    return owner == null ? ", which nobody has" : ", which " + engine.name(owner) + " has";
  }

  private @Nullable Task ownerOf(Object synchronizer) {
    if (!(synchronizer instanceof AbstractOwnableSynchronizer)) {
      return null;
    }
    try {
      Method owner = AbstractOwnableSynchronizer.class.getDeclaredMethod("getExclusiveOwnerThread");
      owner.setAccessible(true);
      Object thread = owner.invoke(synchronizer);
      return engine.tasks().stream().filter(task -> task.thread == thread).findFirst().orElse(null);
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return null;
    }
  }
}
