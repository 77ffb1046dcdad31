package oversell.explorer.hook;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call to get a reference together with its stamp or mark, which the JDK writes
 * into an array that it is given. It reads both at once, and writes after that: two steps, which
 * reach nothing else.
 */
public final class StampHooks {
  private StampHooks() {}

  public static @Nullable Object get(Object reference, int[] stamp, int site) {
    AtomicStampedReference<?> asked = (AtomicStampedReference<?>) Objects.requireNonNull(reference);
    if (Overrides.has(asked, "get", int[].class)) {
      return asked.get(stamp);
    }
    int[] read = new int[1];
    Object value = read(asked, () -> asked.get(read), site);
    Hooks.write(stamp, 0, site);
    stamp[0] = read[0];
    return value;
  }

  public static @Nullable Object get(Object reference, boolean[] mark, int site) {
    AtomicMarkableReference<?> asked =
        (AtomicMarkableReference<?>) Objects.requireNonNull(reference);
    if (Overrides.has(asked, "get", boolean[].class)) {
      return asked.get(mark);
    }
    boolean[] read = new boolean[1];
    Object value = read(asked, () -> asked.get(read), site);
    Hooks.write(mark, 0, site);
    mark[0] = read[0];
    return value;
  }

  private static @Nullable Object read(
      Object reference, Supplier<@Nullable Object> both, int site) {
    Hooks.controller.use(reference, 0, Use.READ, site);
    try {
      return both.get();
    } finally {
      Hooks.controller.left();
    }
  }
}
