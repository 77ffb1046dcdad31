package oversell.explorer.hook;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The classes of the JDK as which objects of the explorer's classes are seen by woven ones. */
final class Originals {
  private static final String OURS = "oversell.explorer.";
  // Those that the JDK keeps to itself, so that no class of ours extends them.
  private static final Map<Class<?>, Class<?>> HIDDEN =
      Map.of(
          ScheduledPool.Timed.class,
          named(ScheduledThreadPoolExecutor.class.getName() + "$ScheduledFutureTask").orElseThrow(),
          VirtualTimer.Worker.class,
          named("java.util.TimerThread").orElseThrow(),
          PoolHooks.DelayThread.class,
          named(PoolHooks.DELAY_SCHEDULER).orElse(Thread.class));

  private Originals() {}

  static Optional<Class<?>> named(String name) {
    try {
      return Optional.of(Class.forName(name));
    } catch (ClassNotFoundException ofAnotherRelease) {
      return Optional.empty();
    }
  }

  /** The class of an object, or that of the JDK for which it stands. */
  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  static Class<?> classOf(Object object, int site) {
    Class<?> type = object.getClass();
    if (type.getClassLoader() != Originals.class.getClassLoader()
        || !type.getName().startsWith(OURS)) {
      return type;
    }
    if (object instanceof ClassLoader weaving && weaving.getParent() != null) {
      // It loads what that would load.
      return weaving.getParent().getClass();
    }
    Class<?> original = HIDDEN.getOrDefault(type, type.getSuperclass());
    if (original == Object.class || Modifier.isAbstract(original.getModifiers())) {
      Hooks.controller.escape(
          site,
          "the class of an object that the explorer has made (ask whether it is an instance of a type"
              + " of the JDK)");
    }
    return original;
  }
}
