package oversell.control;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads with a scheduler of one's own. The JDK has the constructor and keeps it to
 * itself, so a JVM that explores is launched with {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}.
 */
final class VirtualThreads {
  private static final MethodHandle BUILDER = builder();

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

  /** Makes threads whose continuations arrive at an executor. */
  static Thread.Builder.OfVirtual scheduledBy(Executor scheduler) {
    try {
      return (Thread.Builder.OfVirtual) BUILDER.invokeExact(scheduler);
    } catch (Throwable broken) {
      throw new IllegalStateException("no virtual thread can be made", broken);
    }
  }

  /** Asks; empty if the answer would take for ever, or fails. */
  static <T> Optional<T> asked(Supplier<T> question) {
    AtomicReference<@Nullable T> answer = new AtomicReference<>();
    AtomicBoolean begun = new AtomicBoolean();
    // Where it has to wait it is left, even if it could go on later.
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
            })
        .start();
    return Optional.ofNullable(answer.get());
  }

  /** Makes threads, each of which gets a task when it first arrives: when it is started. */
  static Thread.Builder.OfVirtual spawnedAs(Supplier<Task> tasks) {
    IdentityHashMap<Runnable, Task> known = new IdentityHashMap<>();
    return scheduledBy(
        continuation ->
            known.computeIfAbsent(continuation, unknown -> tasks.get()).execute(continuation));
  }
}
