package oversell.explore;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * Virtual threads with a scheduler of one's own. The JDK has the constructor and keeps it to
 * itself, so a JVM that explores is launched with {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}.
 */
final class VirtualThreads {
  /** What a JVM needs to be told. */
  static final String OPENS = "java.base/java.lang=ALL-UNNAMED";

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
          "the schedules of virtual threads cannot be chosen without --add-opens " + OPENS, closed);
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
}
