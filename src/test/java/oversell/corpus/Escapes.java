package oversell.corpus;

import ch.qos.logback.classic.Logger;
import java.io.InvalidClassException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.Security;
import java.time.chrono.IsoChronology;
import java.time.zone.ZoneRulesProvider;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.KeyGenerator;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;
import oversell.inventory.Answer;
import oversell.inventory.Inventories;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/** Inventories that call a method that cannot be controlled: one each. */
public final class Escapes {
  private Escapes() {}

  /** Calls the method before it sells. */
  private abstract static class Caller implements InventoryProvider {
    abstract Object call() throws Exception;

    @Override
    public final String name() {
      return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    public final Inventory create(int stock) {
      return new Shop(stock) {
        @Override
        public Answer purchase(int units, Pause pause) throws InterruptedException {
          try {
            Object unused = call();
          } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
          }
          return sell(units, pause);
        }
      };
    }
  }

  /** As nothing that such an inventory does is a step, all of it would be right. */
  public static final class SellsFromAnInventoryThatTheLabMade extends Caller {
    @Override
    Object call() throws Exception {
      return Inventories.onClassPath().get("unlocked").create(3).purchase(3, () -> {});
    }
  }

  public static final class SetsTheOutput extends Caller {
    @Override
    Object call() throws Exception {
      System.setOut(System.out);
      return "";
    }
  }

  public static final class SetsASecurityProperty extends Caller {
    @Override
    Object call() throws Exception {
      Security.setProperty("oversell.any", "any");
      return "";
    }
  }

  public static final class ClearsResourceBundles extends Caller {
    @Override
    Object call() throws Exception {
      ResourceBundle.clearCache();
      return "";
    }
  }

  public static final class SetsAssertions extends Caller {
    @Override
    Object call() throws Exception {
      new ClassLoader() {}.setDefaultAssertionStatus(true);
      return "";
    }
  }

  public static final class SetsAFinalField extends Caller {
    private final Object fixed = new Object();

    @Override
    Object call() throws Exception {
      Field field = SetsAFinalField.class.getDeclaredField("fixed");
      field.setAccessible(true);
      field.set(this, "");
      return fixed;
    }
  }

  public static final class MakesASetterOfAField extends Caller {
    private Object any = "";

    @Override
    Object call() throws Exception {
      return MethodHandles.lookup()
          .unreflectSetter(MakesASetterOfAField.class.getDeclaredField("any"));
    }

    @Override
    public String toString() {
      return any.toString();
    }
  }

  public static final class CombinesHandles extends Caller {
    @Override
    Object call() throws Exception {
      MethodHandle identity = MethodHandles.identity(int.class);
      return MethodHandles.filterReturnValue(identity, identity);
    }
  }

  public static final class AsksForALayer extends Caller {
    @Override
    Object call() throws Exception {
      return ModuleLayer.empty();
    }
  }

  public static final class CountsThreads extends Caller {
    @Override
    Object call() throws Exception {
      return Thread.activeCount();
    }
  }

  public static final class MakesAKey extends Caller {
    @Override
    Object call() throws Exception {
      return KeyGenerator.getInstance("AES").generateKey();
    }
  }

  public static final class ExtendsASecureGenerator extends Caller {
    private static final class Own extends SecureRandom {
      private static final long serialVersionUID = 1;
    }

    @Override
    Object call() throws Exception {
      return new Own().nextInt();
    }
  }

  public static final class FindsAGenerator extends Caller {
    @Override
    Object call() throws Exception {
      return RandomGenerator.getDefault();
    }
  }

  public static final class MakesACalendar extends Caller {
    @Override
    Object call() throws Exception {
      return new GregorianCalendar(Locale.ROOT) {
        private static final long serialVersionUID = 1;
      };
    }
  }

  public static final class FindsACalendar extends Caller {
    @Override
    Object call() throws Exception {
      Supplier<Calendar> now = Calendar::getInstance;
      return now.get();
    }
  }

  public static final class AsksAChronology extends Caller {
    @Override
    Object call() throws Exception {
      return IsoChronology.INSTANCE.dateNow();
    }
  }

  public static final class GuessesAPrime extends Caller {
    @Override
    Object call() throws Exception {
      return BigInteger.TEN.isProbablePrime(1);
    }
  }

  public static final class RefreshesZones extends Caller {
    @Override
    Object call() throws Exception {
      return ZoneRulesProvider.refresh();
    }
  }

  @SuppressWarnings("deprecation")
  public static final class ChangesAMarker extends Caller {
    @Override
    Object call() throws Exception {
      MarkerFactory.getDetachedMarker("shop").add(MarkerFactory.getDetachedMarker("units"));
      return "";
    }
  }

  public static final class SetsALevel extends Caller {
    @Override
    Object call() throws Exception {
      ((Logger) LoggerFactory.getLogger("shop")).setLevel(null);
      return "";
    }
  }

  public static final class WatchesGarbage extends Caller {
    @Override
    Object call() throws Exception {
      return new WeakReference<>(this).get();
    }
  }

  public static final class AsksForMemory extends Caller {
    @Override
    Object call() throws Exception {
      return Runtime.getRuntime().freeMemory();
    }
  }

  public static final class DefinesAClass extends Caller {
    @Override
    Object call() throws Exception {
      return MethodHandles.lookup().defineClass(new byte[0]);
    }
  }

  /** Clears a map while the same map computes. */
  public static final class ClearsAMap extends Caller {
    private final Map<Integer, Integer> map = new ConcurrentHashMap<>(Map.of(1, 1));

    @Override
    Object call() throws Exception {
      return map.compute(
          1,
          (key, now) -> {
            map.clear();
            return now;
          });
    }
  }

  /** Writes to an exception, whose text is made at a time that the explorer does not see. */
  public static final class WritesToAnException extends Caller {
    private final InvalidClassException exception = new InvalidClassException("any");

    @Override
    Object call() throws Exception {
      exception.classname = "some";
      return exception.getMessage();
    }
  }

  /** What another thread parks on is to be seen before it is parked. */
  public static final class AsksWhatAThreadIsParkedOn extends Caller {
    @Override
    Object call() throws Exception {
      return String.valueOf(LockSupport.getBlocker(Thread.currentThread()));
    }
  }

  /** The JDK may share that among threads of its own. */
  public static final class MultipliesInParallel extends Caller {
    @Override
    Object call() throws Exception {
      return BigInteger.TEN.parallelMultiply(BigInteger.TWO);
    }
  }

  /** Nothing is in its way here, and the JVM's timer would end its wait if there were. */
  public static final class TakesASynchronizerInTime extends Caller {
    @SuppressWarnings("serial")
    private static final class Open extends AbstractQueuedLongSynchronizer {
      @Override
      protected boolean tryAcquire(long units) {
        return true;
      }
    }

    @Override
    Object call() throws Exception {
      return new Open().tryAcquireNanos(1, 1);
    }
  }
}
