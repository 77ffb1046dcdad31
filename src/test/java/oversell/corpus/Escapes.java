package oversell.corpus;

import ch.qos.logback.classic.Logger;
import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.security.Security;
import java.time.Clock;
import java.time.chrono.IsoChronology;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.ResourceBundle;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Inventories that call what nobody controls, each one method. */
public final class Escapes {
  private Escapes() {}

  public static final class SetsTheOutput extends Door {
    public SetsTheOutput() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  System.setOut(System.out);
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class SetsASecurityProperty extends Door {
    public SetsASecurityProperty() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Security.setProperty("oversell.any", "any");
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class ClearsResourceBundles extends Door {
    public ClearsResourceBundles() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  ResourceBundle.clearCache();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class SetsAssertions extends Door {
    public SetsAssertions() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  new ClassLoader() {}.setDefaultAssertionStatus(true);
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class AsksForALayer extends Door {
    public AsksForALayer() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = ModuleLayer.empty();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class CountsThreads extends Door {
    public CountsThreads() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = Thread.activeCount();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class WaitsByAUnit extends Door {
    public WaitsByAUnit() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  TimeUnit.SECONDS.timedWait(this, 0);
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class MakesAnId extends Door {
    public MakesAnId() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = UUID.randomUUID();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class FindsAGenerator extends Door {
    public FindsAGenerator() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = RandomGenerator.getDefault();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class Shuffles extends Door {
    public Shuffles() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Collections.shuffle(new ArrayList<>(List.of(1, 2)));
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class MakesAGenerator extends Door {
    public MakesAGenerator() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = new Random();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class MakesADate extends Door {
    public MakesADate() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = new Date();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class MakesACalendar extends Door {
    public MakesACalendar() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = new GregorianCalendar(Locale.ROOT);
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class FindsACalendar extends Door {
    public FindsACalendar() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = Calendar.getInstance();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class AsksAClock extends Door {
    public AsksAClock() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = Clock.systemUTC().millis();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class AsksAChronology extends Door {
    public AsksAChronology() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = IsoChronology.INSTANCE.dateNow();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class GuessesAPrime extends Door {
    public GuessesAPrime() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = BigInteger.TEN.isProbablePrime(1);
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class RefreshesZones extends Door {
    public RefreshesZones() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = ZoneRulesProvider.refresh();
                  return sell(units, pause);
                }
              });
    }
  }

  @SuppressWarnings("deprecation")
  public static final class ChangesAMarker extends Door {
    public ChangesAMarker() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  MarkerFactory.getDetachedMarker("shop")
                      .add(MarkerFactory.getDetachedMarker("units"));
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class SetsALevel extends Door {
    public SetsALevel() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  ((Logger) LoggerFactory.getLogger("shop")).setLevel(null);
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class WatchesGarbage extends Door {
    public WatchesGarbage() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = new WeakReference<>(this).get();
                  return sell(units, pause);
                }
              });
    }
  }

  public static final class AsksForMemory extends Door {
    public AsksForMemory() {
      super(
          stock ->
              new Shop(stock) {
                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  Object any = Runtime.getRuntime().freeMemory();
                  return sell(units, pause);
                }
              });
    }
  }
}
