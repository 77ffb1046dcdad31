package oversell.explorer.control;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads with a scheduler of one's own. The JDK has the constructor and keeps it to
 * itself, so a JVM that explores is launched with {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}.
 */
final class VirtualThreads {
  private static final MethodHandle BUILDER = builder();
  // Each virtual thread has one object for life that goes on with it, and that captures it.
  private static final Field CONTINUATION = field("runContinuation");
  private static final Field PERMIT = field("parkPermit");
  private static final Field CONTAINER = ofThread("container");
  private static final Field INHERITED = ofThread("inheritableThreadLocals");
  private static final Field LOCALS = ofThread("threadLocals");
  // What a skip list draws the levels of its keys from.
  private static final Field LEVELS = ofThread("threadLocalRandomSecondarySeed");
  private static final int GOLDEN = 0x9E3779B9;
  private static final Field SIZE = accessible(LOCALS.getType(), "size");
  private static final Field HOLDER = ofThread("holder");
  private static final Field BODY = accessible(HOLDER.getType(), "task");
  private static final Field GROUP = accessible(HOLDER.getType(), "group");
  private static final ThreadGroup VIRTUAL =
      Objects.requireNonNull(Thread.ofVirtual().unstarted(() -> {}).getThreadGroup());
  static final String NAME_OF_MAIN = "main";
  private static final ThreadGroup MAIN = groupOfMain();
  private static final String FLOCK = "jdk.internal.misc.ThreadFlock$";
  private static final ClassValue<@Nullable Field> CAPTURED =
      new ClassValue<>() {
        @Override
        protected @Nullable Field computeValue(Class<?> type) {
          for (Field field : type.getDeclaredFields()) {
            if (Thread.class.isAssignableFrom(field.getType()) && field.trySetAccessible()) {
              return field;
            }
          }
          return null;
        }
      };

  private VirtualThreads() {}

  private static MethodHandle builder() {
    try {
      Class<?> type = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(type, MethodType.methodType(void.class, Executor.class))
          .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw new IllegalStateException(
          "the schedules of virtual threads cannot be chosen without " + Engine.FLAGS, closed);
    }
  }

  /**
   * Takes the permit of the caller, a virtual thread, to go on where it parks next.
   *
   * @return whether it had one
   */
  static boolean takePermit(Thread caller) {
    try {
      boolean had = PERMIT.getBoolean(caller);
      PERMIT.setBoolean(caller, false);
      return had;
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /**
   * Lets a thread draw the same levels in each execution: by them a skip list compares its keys
   * more or less often, which is steps of the program if that compares them.
   *
   * @param index the number of the thread
   */
  static void seedLevels(Thread thread, int index) {
    try {
      LEVELS.setInt(thread, ((index + 1) * GOLDEN) | 1);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  private static Field field(String name) {
    try {
      return accessible(Class.forName("java.lang.VirtualThread"), name);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("virtual threads are missing", missing);
    }
  }

  private static Field ofThread(String name) {
    return accessible(Thread.class, name);
  }

  private static Field accessible(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException closed) {
      throw new IllegalStateException(
          "virtual threads cannot be told apart without " + Engine.FLAGS, closed);
    }
  }

  /**
   * Gives a platform thread that has the group of all virtual threads, as one of them made it, that
   * of another thread.
   */
  static void inheritGroup(Thread platform, Thread from) {
    if (VIRTUAL.equals(platform.getThreadGroup()) && !from.isVirtual()) {
      try {
        GROUP.set(HOLDER.get(platform), from.getThreadGroup());
      } catch (IllegalAccessException closed) {
        throw new IllegalStateException(closed);
      }
    }
  }

  /** A platform thread as the JVM starts its first one, as which another one is to be seen. */
  static Thread likeMain(Thread other) {
    Thread main =
        Thread.ofPlatform()
            .group(MAIN)
            .name(NAME_OF_MAIN)
            .daemon(false)
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> {});
    main.setContextClassLoader(other.getContextClassLoader());
    return main;
  }

  /** The group of the first thread of the JVM; that of all groups if the JVM has no such thread. */
  private static ThreadGroup groupOfMain() {
    ThreadGroup top = VIRTUAL;
    while (top.getParent() != null) {
      top = top.getParent();
    }
    ThreadGroup[] all = new ThreadGroup[top.activeGroupCount() + 1];
    int count = top.enumerate(all, false);
    for (int i = 0; i < count; i++) {
      if (all[i].getName().equals(NAME_OF_MAIN)) {
        return all[i];
      }
    }
    return top;
  }

  /** Whether a platform thread was made to run what others can have the result of. */
  static boolean runsFuture(Thread platform) {
    try {
      return BODY.get(HOLDER.get(platform)) instanceof Future;
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /** Whether a thread has values of its own of any thread-local. */
  static boolean hasLocals(Thread thread) {
    try {
      Object locals = LOCALS.get(thread);
      return locals != null && SIZE.getInt(locals) > 0;
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /** Whether a thread has values that those inherit that it makes. */
  static boolean hasInheritable(Thread thread) {
    try {
      Object inherited = INHERITED.get(thread);
      return inherited != null && SIZE.getInt(inherited) > 0;
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /** Lets a thread begin with the values that another one inherited from who made it. */
  static void inherit(Thread thread, Thread from) {
    try {
      INHERITED.set(thread, INHERITED.get(from));
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /** Whether a thread that is being started is one of a structured task scope. */
  static boolean isForked(Thread thread) {
    try {
      Object container = CONTAINER.get(thread);
      return container != null && container.getClass().getName().startsWith(FLOCK);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /** Makes threads whose continuations arrive at an executor. */
  static Thread.Builder.OfVirtual scheduledBy(Executor scheduler) {
    try {
      return (Thread.Builder.OfVirtual) BUILDER.invokeExact(scheduler);
    } catch (Throwable broken) {
      throw new IllegalStateException("no virtual thread can be made", broken);
    }
  }

  /**
   * Asks; empty if the answer would take for ever, or fails.
   *
   * @param who hears of the thread that asks, before it does
   */
  static <T> Optional<T> asked(Supplier<T> question, Consumer<Thread> who) {
    AtomicReference<@Nullable T> answer = new AtomicReference<>();
    AtomicBoolean begun = new AtomicBoolean();
    // Where it has to wait it is left, even if it could go on later.
    Thread asking =
        scheduledBy(
                continuation -> {
                  if (begun.compareAndSet(false, true)) {
                    continuation.run();
                  }
                })
            .unstarted(
                () -> {
                  try {
                    answer.set(question.get());
                  } catch (RuntimeException cannotBeTold) {
                    // Then it stays unknown.
                  }
                });
    who.accept(asking);
    asking.start();
    return Optional.ofNullable(answer.get());
  }

  /** The thread whose continuation that is; empty if this JDK does not tell. */
  @SuppressWarnings("ReferenceEquality")
  static Optional<Thread> of(Runnable continuation) {
    try {
      Field captured = CAPTURED.get(continuation.getClass());
      if (captured != null
          && captured.get(continuation) instanceof Thread thread
          && CONTINUATION.get(thread) == continuation) {
        return Optional.of(thread);
      }
    } catch (IllegalAccessException closed) {
      // Then nobody can tell.
    }
    return Optional.empty();
  }
}
