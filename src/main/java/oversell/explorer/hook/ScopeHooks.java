package oversell.explorer.hook;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What woven classes call for scopes that have a time limit, which is one of virtual time. Each
 * release has its own types for that, and this class has to be loaded by all of them.
 */
public final class ScopeHooks {
  private static final String SCOPE = "java.util.concurrent.StructuredTaskScope";

  private ScopeHooks() {}

  /** Opens a scope with a configuration, of a release that has those. */
  public static Object open(Object joiner, Object configure, int site) {
    return openLimited(configure, site, joiner);
  }

  /** The same of a scope whose joiner is the JDK's. */
  public static Object open(Object configure, int site) {
    return openLimited(configure, site);
  }

  @SuppressWarnings("unchecked")
  private static Object openLimited(Object configure, int site, @Nullable Object... joiner) {
    Function<@Nullable Object, @Nullable Object> own =
        (Function<@Nullable Object, @Nullable Object>) Objects.requireNonNull(configure);
    AtomicReference<@Nullable Duration> limit = new AtomicReference<>();
    Object scope =
        Configured.open(given -> Configured.withoutLimit(own.apply(given), limit::set), joiner);
    Duration set = limit.get();
    if (set != null) {
      long nanos = TimeUnit.NANOSECONDS.convert(set);
      PoolHooks.startTimer(
          () -> {
            TimedHooks.await(() -> Hooks.controller.isDecided(scope), nanos, site);
            if (Hooks.controller.enterUndecided(scope, site)) {
              try {
                Configured.expire(scope);
                Hooks.controller.passTime(nanos);
              } finally {
                Hooks.controller.left();
              }
              // A join may end by the limit before this, if all threads have ended.
              Hooks.controller.touchAnything(site);
              try {
                Configured.cancel(scope);
              } finally {
                Hooks.controller.left();
              }
            }
          },
          site);
    }
    return scope;
  }

  /** The threads of a scope: a platform thread is the explorer's, and seen as the one made. */
  public static @Nullable ThreadFactory factory(@Nullable ThreadFactory own) {
    return own == null
        ? null
        : task -> {
          Thread made = own.newThread(task);
          return made == null || made.isVirtual() ? made : Hooks.controller.standInOfScope(made);
        };
  }

  /** Gives a configuration other threads. */
  public static Object withThreadFactory(Object configuration, ThreadFactory own, int site) {
    return Configured.withThreads(Objects.requireNonNull(configuration), factory(own));
  }

  /** Joins a scope of a release without configurations, until then at most. */
  public static Object joinUntil(Object scope, Instant deadline, int site)
      throws InterruptedException, TimeoutException {
    if (Overrides.has(Objects.requireNonNull(scope), "joinUntil", Instant.class)) {
      return joinUntil(scope, deadline);
    }
    Instant now = Instant.ofEpochSecond(0, Hooks.controller.nanoTime(site));
    long nanos = TimeUnit.NANOSECONDS.convert(Duration.between(now, deadline));
    TimedHooks.await(() -> Hooks.controller.isDecided(scope), nanos, site);
    boolean isOver = Hooks.controller.joinScopeNow(scope, site);
    try {
      return joinUntil(scope, isOver ? Instant.MAX : Instant.EPOCH);
    } finally {
      if (!isOver) {
        Hooks.controller.passTime(nanos);
      }
      Hooks.controller.left();
    }
  }

  private static Object joinUntil(Object scope, Instant deadline)
      throws InterruptedException, TimeoutException {
    try {
      Method join = Class.forName(SCOPE).getMethod("joinUntil", Instant.class);
      return join.invoke(scope, deadline);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      if (thrown.getCause() instanceof TimeoutException passed) {
        throw passed;
      }
      throw unchecked(thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw unknown(impossible);
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(thrown);
  }

  private static IllegalStateException unknown(ReflectiveOperationException missing) {
    return new IllegalStateException("a scope of this JDK cannot be explored", missing);
  }

  /** What a JDK from 25 on keeps of the limit of a scope. */
  private static final class Configured {
    private static final MethodHandle EXPIRED;
    private static final MethodHandle CANCEL;
    private static final Map<Integer, Method> OPEN = new ConcurrentHashMap<>();

    static {
      try {
        Class<?> type = Class.forName(SCOPE + "Impl");
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        EXPIRED = lookup.findSetter(type, "timeoutExpired", boolean.class);
        CANCEL = lookup.findVirtual(type, "cancel", MethodType.methodType(void.class));
      } catch (ReflectiveOperationException missing) {
        throw unknown(missing);
      }
    }

    private Configured() {}

    /** Opens one by the method that takes a function which configures after these arguments. */
    static Object open(UnaryOperator<@Nullable Object> configure, @Nullable Object... joiner) {
      @Nullable Object[] arguments = Arrays.copyOf(joiner, joiner.length + 1);
      arguments[joiner.length] = configure;
      try {
        return OPEN.computeIfAbsent(arguments.length, Configured::find).invoke(null, arguments);
      } catch (InvocationTargetException thrown) {
        throw unchecked(thrown.getCause());
      } catch (ReflectiveOperationException missing) {
        throw unknown(missing);
      }
    }

    /** The method that takes so many arguments, and a function which configures as the last. */
    private static Method find(int arguments) {
      try {
        for (Method method : Class.forName(SCOPE).getMethods()) {
          Class<?>[] types = method.getParameterTypes();
          if (method.getName().equals("open")
              && types.length == arguments
              && types[arguments - 1].isAssignableFrom(UnaryOperator.class)) {
            return method;
          }
        }
        throw new NoSuchMethodException("open");
      } catch (ReflectiveOperationException missing) {
        throw unknown(missing);
      }
    }

    /** A configuration without its limit, which goes to somebody else, if it has one. */
    // The JDK's own have parts, and it refuses any other.
    static @Nullable Object withoutLimit(@Nullable Object configuration, Consumer<Duration> limit) {
      if (configuration == null || !configuration.getClass().isRecord()) {
        return configuration;
      }
      RecordComponent[] parts = configuration.getClass().getRecordComponents();
      Class<?>[] types = new Class<?>[parts.length];
      @Nullable Object[] values = new Object[parts.length];
      try {
        for (int part = 0; part < parts.length; part++) {
          Method accessor = parts[part].getAccessor();
          accessor.setAccessible(true);
          types[part] = parts[part].getType();
          values[part] = accessor.invoke(configuration);
          if (values[part] instanceof Duration set) {
            limit.accept(set);
            values[part] = null;
          }
        }
        Constructor<?> made = configuration.getClass().getDeclaredConstructor(types);
        made.setAccessible(true);
        return made.newInstance(values);
      } catch (ReflectiveOperationException missing) {
        throw unknown(missing);
      }
    }

    static Object withThreads(Object configuration, @Nullable ThreadFactory factory) {
      try {
        return Class.forName(SCOPE + "$Configuration")
            .getMethod("withThreadFactory", ThreadFactory.class)
            .invoke(configuration, factory);
      } catch (InvocationTargetException thrown) {
        throw unchecked(thrown.getCause());
      } catch (ReflectiveOperationException missing) {
        throw unknown(missing);
      }
    }

    /** Does what the JDK does when the limit of a scope has passed, but for its {@link #cancel}. */
    static void expire(Object scope) {
      try {
        EXPIRED.invoke(scope, true);
      } catch (Throwable thrown) {
        throw unchecked(thrown);
      }
    }

    static void cancel(Object scope) {
      try {
        CANCEL.invoke(scope);
      } catch (Throwable thrown) {
        throw unchecked(thrown);
      }
    }
  }
}
