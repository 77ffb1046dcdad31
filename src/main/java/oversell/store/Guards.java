package oversell.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Every guard of a stock in a database, by its name. */
public final class Guards {
  private static final Map<String, Supplier<Guard>> ALL = new LinkedHashMap<>();

  static {
    add(SelectThenUpdate::new);
    add(SelectThenWrite::new);
    add(SumThenInsert::new);
    add(() -> new JvmSynchronized("jvm-synchronized", new SelectThenUpdate()));
    add(() -> new JvmSynchronized("jvm-synchronized-write", new SelectThenWrite()));
    add(SelectForUpdate::new);
    add(ConditionalUpdate::new);
    add(OptimisticVersion::new);
    add(AtIsolation::repeatableRead);
    add(AtIsolation::serializable);
    add(AdvisoryLock::new);
    add(CheckConstraint::new);
    add(SkipLocked::new);
    add(Reservation::new);
    add(LogOnTheSide::new);
    for (LeasedLock.Mode mode : LeasedLock.Mode.values()) {
      add(() -> LeasedLock.ofSession(mode));
    }
    for (LockService service : LockService.values()) {
      for (LeasedLock.Mode mode : LeasedLock.Mode.values()) {
        add(() -> LeasedLock.of(service, mode));
      }
    }
  }

  private Guards() {}

  private static void add(Supplier<Guard> guard) {
    ALL.put(guard.get().name(), guard);
  }

  /** Their names, those that promise nothing first. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(ALL.keySet());
  }

  /**
   * A guard that guards nothing yet.
   *
   * @throws IllegalArgumentException if none has that name
   */
  public static Guard of(String name) {
    Supplier<Guard> guard = ALL.get(name);
    if (guard == null) {
      throw new IllegalArgumentException("no guard is named " + name);
    }
    return guard.get();
  }
}
