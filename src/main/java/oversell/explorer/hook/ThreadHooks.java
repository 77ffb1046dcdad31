package oversell.explorer.hook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call instead of the methods of threads. A platform thread that they make is
 * never started: a virtual thread, which the explorer schedules, stands in for it, and whoever asks
 * about the one is told of the other. A virtual thread stands for itself.
 */
public final class ThreadHooks {
  private ThreadHooks() {}

  /** A thread has just been made by a constructor of {@link Thread}. */
  public static void made(Thread thread, boolean isNamed) {
    Hooks.controller.madeThread(thread, Given.byConstructor(isNamed));
  }

  public static Thread currentThread(int site) {
    return Hooks.controller.currentThread();
  }

  /** The thread as which the program sees one that the JDK hands to it. */
  public static Thread seen(Thread thread) {
    return Hooks.controller.seen(thread);
  }

  public static void start(Object thread, int site) {
    Thread started = (Thread) Objects.requireNonNull(thread);
    if (overrides(started, "start")) {
      started.start();
    } else {
      superStart(started, site);
    }
  }

  /** As {@link #start}, past what overrides it. */
  public static void superStart(Object thread, int site) {
    Hooks.controller.spawn(site);
    Hooks.controller.start((Thread) thread);
  }

  /** Makes a thread and starts it. */
  public static Thread startBy(Object builder, Runnable body, int site) {
    Thread made = make(builder, body);
    Hooks.controller.spawn(site);
    if (!made.isVirtual()) {
      Hooks.controller.madeThread(made, Given.by(builder));
    }
    Hooks.controller.start(made);
    return made;
  }

  public static Thread unstarted(Object builder, Runnable body, int site) {
    Hooks.controller.call(builder, site);
    try {
      Thread made = make(builder, body);
      if (!made.isVirtual()) {
        Hooks.controller.madeThread(made, Given.by(builder));
      }
      return made;
    } finally {
      Hooks.controller.left();
    }
  }

  public static Thread startVirtualThread(Runnable body, int site) {
    return startBy(Thread.ofVirtual(), body, site);
  }

  public static ThreadFactory factory(Object builder, int site) {
    Hooks.controller.call(builder, site);
    try {
      ThreadFactory factory = ((Thread.Builder) Objects.requireNonNull(builder)).factory();
      return builder instanceof Thread.Builder.OfVirtual
          ? body -> factory.newThread(toEnd(body))
          : saying(factory, Given.by(builder));
    } finally {
      Hooks.controller.left();
    }
  }

  private static ThreadFactory saying(ThreadFactory factory, Given given) {
    return body -> {
      Thread made = factory.newThread(body);
      Hooks.controller.madeThread(made, given);
      return made;
    };
  }

  private static Thread make(Object builder, Runnable body) {
    Thread.Builder asked = (Thread.Builder) Objects.requireNonNull(builder);
    return asked.unstarted(asked instanceof Thread.Builder.OfVirtual ? toEnd(body) : body);
  }

  /** A thread ends after the result of what it runs can be had, which is a step of its own. */
  private static Runnable toEnd(Runnable body) {
    return body instanceof Future
        ? () -> {
          body.run();
          Hooks.controller.endTask();
        }
        : body;
  }

  public static void interrupt(Object thread, int site) {
    Thread interrupted = (Thread) Objects.requireNonNull(thread);
    if (overrides(interrupted, "interrupt")) {
      interrupted.interrupt();
    } else {
      superInterrupt(interrupted, site);
    }
  }

  /** As {@link #interrupt}, past what overrides it. */
  public static void superInterrupt(Object thread, int site) {
    if (thread instanceof VirtualTimer.Worker) {
      Hooks.controller.escape(
          site,
          "an interrupt of the thread of a Timer, which forgets it where it waits for a task and"
              + " not where one is due (interrupt a thread of your own)");
    }
    Hooks.controller.touchAnything(site);
    try {
      Hooks.controller.standIn((Thread) thread).interrupt();
    } finally {
      Hooks.controller.left();
    }
  }

  public static boolean isInterrupted(Object thread, int site) {
    Thread asked = (Thread) Objects.requireNonNull(thread);
    return overrides(asked, "isInterrupted")
        ? asked.isInterrupted()
        : superIsInterrupted(asked, site);
  }

  /** As {@link #isInterrupted}, past what overrides it. */
  public static boolean superIsInterrupted(Object thread, int site) {
    Hooks.controller.touchAnything(site);
    try {
      return Hooks.controller.standIn((Thread) thread).isInterrupted();
    } finally {
      Hooks.controller.left();
    }
  }

  public static boolean isAlive(Object thread, int site) {
    Thread asked = (Thread) Objects.requireNonNull(thread);
    askForAnEnd(asked, site);
    return Hooks.controller.isAlive(asked);
  }

  private static void askForAnEnd(Thread thread, int site) {
    Hooks.controller.askForEndOf(thread, site);
    if (thread instanceof ForkJoinWorkerThread && hasEnded(thread)) {
      // Here each task has one of its own.
      Hooks.controller.escape(
          site,
          "whether a thread of a ForkJoinPool has ended, which lives on after its task (ask whether"
              + " the task is done)");
    }
  }

  public static Thread.State getState(Object thread, int site) {
    return standingStill(thread, site).getState();
  }

  public static StackTraceElement[] getStackTrace(Object thread, int site) {
    Thread asked = (Thread) Objects.requireNonNull(thread);
    if (overrides(asked, "getStackTrace")) {
      return asked.getStackTrace();
    }
    boolean isOwn = Hooks.controller.standIn(asked) == Thread.currentThread();
    return Arrays.stream(
            (isOwn ? Thread.currentThread() : standingStill(asked, site)).getStackTrace())
        .filter(frame -> !isOfExplorer(frame))
        .toArray(StackTraceElement[]::new);
  }

  private static boolean isOfExplorer(StackTraceElement frame) {
    return frame.getClassName().startsWith("oversell.explorer.hook.")
        || frame.getMethodName().startsWith("oversell$");
  }

  /** The thread that is asked where it is, which is the caller's or does not run. */
  private static Thread standingStill(Object thread, int site) {
    askForAnEnd((Thread) Objects.requireNonNull(thread), site);
    Thread asked = Hooks.controller.standIn((Thread) thread);
    if (Hooks.controller.isAlive(asked) && asked != Thread.currentThread()) {
      // It begins to wait, and to sleep, without a step.
      Hooks.controller.escapeCall(
          site,
          " of another thread that is alive, which changes without a step (ask"
              + " isAlive, or keep a state of your own)");
    }
    return asked;
  }

  /** That of a thread which has ended is none, though it was started by another in its place. */
  public static Thread.@Nullable UncaughtExceptionHandler getUncaughtExceptionHandler(
      Object thread, int site) {
    Thread asked = (Thread) Objects.requireNonNull(thread);
    if (overrides(asked, "getUncaughtExceptionHandler")) {
      return asked.getUncaughtExceptionHandler();
    }
    askForAnEnd(asked, site);
    return hasEnded(asked) ? null : asked.getUncaughtExceptionHandler();
  }

  private static boolean hasEnded(Thread thread) {
    return Hooks.controller.standIn(thread).getState() == Thread.State.TERMINATED
        && !Hooks.controller.isAlive(thread);
  }

  public static void setDaemon(Object thread, boolean isDaemon, int site) {
    Thread set = (Thread) Objects.requireNonNull(thread);
    Hooks.controller.askForEndOf(set, site);
    if (Hooks.controller.isAlive(set)) {
      throw new IllegalThreadStateException();
    }
    set.setDaemon(isDaemon);
  }

  public static Class<?> classOf(Object object, int site) {
    return Originals.classOf(object, site);
  }

  public static ClassLoader systemLoader(int site) {
    return Hooks.controller.systemLoader();
  }

  public static @Nullable ThreadGroup getThreadGroup(Object thread, int site) {
    Thread asked = (Thread) Objects.requireNonNull(thread);
    askForAnEnd(asked, site);
    return groupOf(asked);
  }

  /** That of a thread which has ended is none, though it was started by another in its place. */
  private static @Nullable ThreadGroup groupOf(Thread thread) {
    return hasEnded(thread) ? null : thread.getThreadGroup();
  }

  public static String getName(Object thread, int site) {
    Thread asked = (Thread) Objects.requireNonNull(thread);
    // What gives it another name counts as a use of anything.
    Hooks.controller.use(asked, 0, Use.READ, site);
    try {
      TaskPool.askForName(asked, site);
      return asked.getName();
    } finally {
      Hooks.controller.left();
    }
  }

  /** The JDK asks for the name of the stand-in: in the text of a lock, for one. */
  public static void setName(Object thread, String name, int site) {
    change(thread, site, one -> one.setName(name));
  }

  /** The JDK asks the stand-in for it, and so do the threads that it makes. */
  public static void setContextClassLoader(Object thread, @Nullable ClassLoader loader, int site) {
    change(thread, site, one -> one.setContextClassLoader(loader));
  }

  private static void change(Object thread, int site, Consumer<Thread> change) {
    Thread changed = (Thread) Objects.requireNonNull(thread);
    Hooks.controller.touchAnything(site);
    try {
      change.accept(changed);
      change.accept(Hooks.controller.standIn(changed));
    } finally {
      Hooks.controller.left();
    }
  }

  /** The text of a thread has its identifier, which is the explorer's. */
  public static String text(Object thread, int site) {
    Thread written = (Thread) Objects.requireNonNull(thread);
    if (overrides(written, "toString")) {
      return written.toString();
    }
    askForAnEnd(written, site);
    TaskPool.askForName(written, site);
    long id = Hooks.threadId(written, site);
    String name = written.getName();
    if (written.isVirtual()) {
      return "VirtualThread[#"
          + id
          + (name.isEmpty() ? "" : "," + name)
          + "]/"
          + doing(written, site);
    }
    ThreadGroup group = groupOf(written);
    return "Thread[#%d,%s,%d,%s]"
        .formatted(id, name, written.getPriority(), group == null ? "" : group.getName());
  }

  /** What the text of a virtual thread says that it does, and which thread carries it. */
  // A thread is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  private static String doing(Thread virtual, int site) {
    if (virtual == Thread.currentThread()) {
      Hooks.controller.noteCarrier();
      return "runnable@ForkJoinPool-1-worker-1";
    }
    Thread.State state = virtual.getState();
    if (state != Thread.State.NEW && !hasEnded(virtual)) {
      // It begins to wait, and to sleep, without a step.
      Hooks.controller.escape(
          site,
          "the text of a virtual thread that has not ended, which says whether it waits (call getName"
              + " or threadId of it, or join it before)");
    }
    return state.toString().toLowerCase(Locale.ROOT);
  }

  /** An argument of a call that makes texts: in the place of a thread, its text. */
  public static @Nullable Object asText(@Nullable Object object, int site) {
    return object instanceof Thread ? text(object, site) : object;
  }

  public static void unpark(@Nullable Thread thread, int site) {
    Hooks.controller.touchAnything(site);
    try {
      if (thread != null) {
        Hooks.controller.unparks(thread);
        LockSupport.unpark(Hooks.controller.standIn(thread));
      }
    } finally {
      Hooks.controller.left();
    }
  }

  private static boolean overrides(Thread thread, String method) {
    for (Class<?> type = thread.getClass();
        type != Thread.class && type != null && !thread.isVirtual();
        type = type.getSuperclass()) {
      try {
        return type.getDeclaredMethod(method).getDeclaringClass() == type;
      } catch (NoSuchMethodException inherited) {
        // Then what it extends may have it.
      }
    }
    return false;
  }
}
