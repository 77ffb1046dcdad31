package oversell.explorer.control;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Given;

/**
 * The platform threads that controlled threads make. None of them is ever started: a virtual thread
 * that the explorer schedules stands in for it, and runs its code. What the JDK keeps of a thread
 * while it runs (locals, interrupts, permits, locks) it keeps of the stand-in; what the user's code
 * sees is the thread that it made.
 */
final class StandIns {
  // To clear a table takes as long as it is large, and most executions have none of these.
  private static final int FEW = 4;

  private final IdentityHashMap<Thread, Thread> standIns = new IdentityHashMap<>(FEW);
  private final IdentityHashMap<Thread, Thread> shown = new IdentityHashMap<>(FEW);
  private final IdentityHashMap<Thread, Integer> numbers = new IdentityHashMap<>(FEW);
  // The names that they got for want of one, which are no names that a user gave.
  private final IdentityHashMap<Thread, String> defaults = new IdentityHashMap<>(FEW);
  private final IdentityHashMap<Thread, PoolThread> serving = new IdentityHashMap<>(FEW);

  void clear() {
    serving.clear();
    standIns.clear();
    shown.clear();
    numbers.clear();
    defaults.clear();
  }

  /**
   * One has been made by a controlled thread. The JDK numbers threads in a JVM; here they are
   * numbered in an execution. It has what the JDK let it inherit from a virtual thread, and gets
   * what it would inherit from the thread that the user's code knows.
   *
   * @param maker that one
   */
  // Nobody relies on its priority, but the program may ask for it.
  @SuppressWarnings("ThreadPriorityCheck")
  void add(Thread platform, Given given, Thread maker) {
    if (numbers.putIfAbsent(platform, numbers.size()) != null) {
      return;
    }
    VirtualThreads.inheritGroup(platform, maker);
    if (!given.daemon()) {
      platform.setDaemon(maker.isDaemon());
    }
    if (!given.priority()) {
      platform.setPriority(maker.getPriority());
    }
    if (!given.name()) {
      platform.setName("Thread-" + defaults.size());
      defaults.put(platform, platform.getName());
    }
  }

  /** A virtual thread is seen as this platform thread, which nobody in the program has made. */
  void show(Thread standIn, Thread platform) {
    standIns.put(platform, standIn);
    shown.put(standIn, platform);
  }

  /** Which of those made it is, in the order in which they were; empty of others. */
  Optional<Integer> numberOf(Thread thread) {
    return Optional.ofNullable(numbers.get(thread));
  }

  /** Whether a thread has the name that it was given for want of one. */
  boolean hasDefaultName(Thread thread) {
    return thread.getName().equals(defaults.get(thread));
  }

  /**
   * Makes the thread that stands in for a platform thread, unstarted; the caller is controlled.
   *
   * @param uncaught hears of what ends it, if the thread has no handler of its own
   */
  Thread make(Thread platform, Consumer<Throwable> uncaught) {
    return make(platform, platform, uncaught);
  }

  /** The same of a thread whose own code would wait for the tasks of its pool, and not run this. */
  Thread make(Thread platform, Runnable body, Consumer<Throwable> uncaught) {
    // What it inherits was asked for when that was made.
    Thread standIn =
        Thread.ofVirtual()
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> run(platform, body, uncaught));
    VirtualThreads.inherit(standIn, platform);
    // It is in the text of what that thread holds.
    standIn.setName(platform.getName());
    standIn.setContextClassLoader(platform.getContextClassLoader());
    if (platform.isInterrupted()) {
      standIn.interrupt();
    }
    show(standIn, platform);
    return standIn;
  }

  private static void run(Thread platform, Runnable body, Consumer<Throwable> uncaught) {
    try {
      body.run();
    } catch (Engine.Dropped dropped) {
      throw dropped;
    } catch (Throwable thrown) {
      Thread.UncaughtExceptionHandler handler = platform.getUncaughtExceptionHandler();
      if (handler == null || isOfJdk(handler)) {
        uncaught.accept(thrown);
      } else {
        handle(handler, platform, thrown);
      }
    }
  }

  /** Whether it is a group of threads that does no more with what it hears than all of them do. */
  private static boolean isOfJdk(Thread.UncaughtExceptionHandler handler) {
    Object above = handler;
    while (above instanceof ThreadGroup group && group.getClass() == ThreadGroup.class) {
      above = group.getParent();
    }
    return above == null;
  }

  /** The JVM ignores what a handler throws. */
  private static void handle(
      Thread.UncaughtExceptionHandler handler, Thread platform, Throwable thrown) {
    try {
      handler.uncaughtException(platform, thrown);
    } catch (Engine.Dropped dropped) {
      throw dropped;
    } catch (RuntimeException | Error ignored) {
      // Nobody is told of it.
    }
  }

  /** The JDK will run tasks on a thread. */
  void serve(Thread standIn, PoolThread by) {
    serving.put(standIn, by);
  }

  /** As which thread of a pool the JDK runs tasks on one; null if it runs none. */
  @Nullable PoolThread servedBy(Thread standIn) {
    return serving.get(standIn);
  }

  /** Whether it has been started, or is to be, by a stand-in. */
  boolean hasOne(Thread thread) {
    return standIns.containsKey(thread);
  }

  /** The thread that runs for one; itself if none stands in for it. */
  Thread of(Thread thread) {
    return standIns.getOrDefault(thread, thread);
  }

  /** The thread that one stands in for; null if for none. */
  @Nullable Thread shownAs(Thread standIn) {
    return shown.get(standIn);
  }
}
