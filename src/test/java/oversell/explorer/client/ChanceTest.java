package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.explored;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** What differs each time elsewhere is the same in every execution: the time, and chance. */
public class ChanceTest {
  /** What a thread drew at random while another one ran. */
  abstract static class Draws implements Scenario<List<String>> {
    private final List<String> drawn = new ArrayList<>();
    private volatile int other;

    abstract void draw(List<String> into);

    @Override
    public List<String> run() throws InterruptedException {
      Thread drawing = new Thread(() -> draw(drawn));
      drawing.start();
      other = 1;
      drawing.join();
      drawn.add(String.valueOf(other));
      return drawn;
    }
  }

  static class OfMaths extends Draws {
    @Override
    void draw(List<String> into) {
      into.add(String.valueOf(Math.random()));
      into.add(String.valueOf(StrictMath.random()));
    }
  }

  static class OfAGenerator extends Draws {
    @Override
    void draw(List<String> into) {
      into.add(String.valueOf(new Random().nextInt(1_000)));
      into.add(String.valueOf(new SplittableRandom().nextInt(1_000)));
    }
  }

  static class OfASecureGenerator extends Draws {
    @Override
    void draw(List<String> into) {
      SecureRandom random = new SecureRandom();
      into.add(random.nextInt() + " " + random.nextLong() + " " + random.nextDouble());
      byte[] bytes = new byte[5];
      random.nextBytes(bytes);
      random.setSeed(7);
      random.setSeed(new byte[] {8});
      into.add(Arrays.toString(bytes) + Arrays.toString(random.generateSeed(2)));
      Random any = random;
      into.add(any.nextInt() + " " + any.ints(3).sum());
      into.add(Arrays.toString(SecureRandom.getSeed(3)));
      into.add(String.valueOf(new SecureRandom(new byte[] {1}).nextInt()));
    }
  }

  static class OfASecureGeneratorByName extends Draws {
    @Override
    void draw(List<String> into) {
      try {
        into.add(String.valueOf(SecureRandom.getInstance("SHA1PRNG").nextInt()));
        into.add(String.valueOf(SecureRandom.getInstanceStrong().nextInt()));
        SecureRandom.getInstance("no algorithm");
      } catch (NoSuchAlgorithmException expected) {
        into.add(expected.getMessage());
      }
    }
  }

  static class OfTheThread extends Draws {
    @Override
    void draw(List<String> into) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      into.add(random.nextInt() + " " + random.nextInt(9) + " " + random.nextInt(7, 9));
      into.add(random.nextLong() + " " + random.nextDouble() + " " + random.nextBoolean());
    }
  }

  static class OfIdentifiers extends Draws {
    @Override
    void draw(List<String> into) {
      UUID id = UUID.randomUUID();
      if (id.version() != 4 || id.variant() != 2) {
        throw new IllegalStateException("no random identifier: " + id);
      }
      into.add(id.toString());
    }
  }

  static class OfAShuffle extends Draws {
    @Override
    void draw(List<String> into) {
      List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
      Collections.shuffle(numbers);
      into.add(numbers.toString());
    }
  }

  /** The one of the thread is asked as any generator. */
  static class OfAnyGenerator extends Draws {
    @Override
    void draw(List<String> into) {
      Random random = ThreadLocalRandom.current();
      into.add(String.valueOf(random.nextInt(1_000)));
    }
  }

  static class OfAStream extends Draws {
    @Override
    void draw(List<String> into) {
      into.add(String.valueOf(ThreadLocalRandom.current().ints(3).sum()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OfMaths.class,
        OfAGenerator.class,
        OfASecureGenerator.class,
        OfASecureGeneratorByName.class,
        OfTheThread.class,
        OfIdentifiers.class,
        OfAShuffle.class
      })
  void randomNumbersAreTheSameInEveryExecution(Class<? extends Draws> scenario) {
    Exploration<List<String>> explored = explored(scenario);

    assertThat(explored.certificate().orElseThrow().toString()).contains("other random numbers");
    assertThat(explored.outcomes()).hasSize(1);
    assertThat(explored(scenario).outcomes()).isEqualTo(explored.outcomes());
  }

  static class OfAReferenceToAGenerator extends Draws {
    @Override
    void draw(List<String> into) {
      Supplier<Random> maker = Random::new;
      into.add(String.valueOf(maker.get().nextInt()));
    }
  }

  static class OfAReferenceToASecureGenerator extends Draws {
    @Override
    void draw(List<String> into) {
      Supplier<SecureRandom> maker = SecureRandom::new;
      into.add(String.valueOf(maker.get().nextInt()));
    }
  }

  static class OfAReferenceToAShuffle extends Draws {
    @Override
    void draw(List<String> into) {
      Consumer<List<Integer>> shuffle = Collections::shuffle;
      List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3));
      shuffle.accept(numbers);
      into.add(numbers.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OfAReferenceToAGenerator.class,
        OfAReferenceToASecureGenerator.class,
        OfAReferenceToAShuffle.class
      })
  void aReferenceToWhatIsGivenASeedIsNamed(Class<? extends Draws> scenario) {
    assertThat(explored(scenario).certificate()).isEmpty();
    assertThat(explored(scenario).uncontrolled().toString()).contains("ChanceTest.java");
  }

  /** Two threads that draw from one generator: who draws first gets its first number. */
  static class FromOneSecureGenerator implements Scenario<Boolean> {
    private final SecureRandom random = new SecureRandom();
    private int one;
    private int other;

    @Override
    public Boolean run() throws InterruptedException {
      Thread first = new Thread(() -> one = random.nextInt(1_000));
      Thread second = new Thread(() -> other = random.nextInt(1_000));
      first.start();
      second.start();
      first.join();
      second.join();
      return one < other;
    }
  }

  /** A thread that reads an array while another one fills it. */
  static class AnArrayThatIsFilled implements Scenario<Boolean> {
    private final SecureRandom random = new SecureRandom();
    private final byte[] ticket = new byte[8];
    private boolean sawNone;

    @Override
    public Boolean run() throws InterruptedException {
      Thread filling = new Thread(() -> random.nextBytes(ticket));
      Thread reading = new Thread(() -> sawNone = ticket[3] == 0);
      filling.start();
      reading.start();
      filling.join();
      reading.join();
      return sawNone;
    }
  }

  @Test
  void whoDrawsFirstFromOneSecureGeneratorIsExplored() {
    Exploration<Boolean> order = explored(FromOneSecureGenerator.class);
    Exploration<Boolean> array = explored(AnArrayThatIsFilled.class);

    assertThat(order.certificate()).isPresent();
    assertThat(order.outcomes()).containsOnlyKeys(true, false);
    assertThat(array.certificate()).isPresent();
    assertThat(array.outcomes()).containsOnlyKeys(true, false);
  }

  @Test
  void theGeneratorOfAThreadIsNamedWhereItIsAskedAsAnyOther() {
    assertThat(explored(OfAnyGenerator.class).uncontrolled().toString())
        .contains("nextInt")
        .contains("ChanceTest.java");
    assertThat(explored(OfAStream.class).uncontrolled().toString()).contains("ints");
  }

  @Test
  void eachThreadAndEachGeneratorHasItsOwnNumbers() {
    List<String> drawn = explored(OfMaths.class).outcomes().keySet().iterator().next();

    assertThat(drawn.get(0)).isNotEqualTo(drawn.get(1));
  }

  private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** The time that a thread finds after it has slept, by all the ways to ask for it. */
  static class Times implements Scenario<List<Long>> {
    private final List<Long> millis = new ArrayList<>();

    @Override
    public List<Long> run() throws InterruptedException {
      Thread asking =
          new Thread(
              () -> {
                try {
                  Thread.sleep(Duration.ofDays(2));
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                }
                ask();
              });
      asking.start();
      asking.join();
      return millis;
    }

    private void ask() {
      ZoneId zone = ZoneOffset.UTC;
      millis.add(System.currentTimeMillis());
      millis.add(System.nanoTime() / 1_000_000);
      millis.add(new Date().getTime());
      millis.add(Instant.now().toEpochMilli());
      millis.add(Clock.systemUTC().millis());
      millis.add(Clock.systemDefaultZone().instant().toEpochMilli());
      millis.add(Clock.system(zone).millis());
      millis.add(Clock.tickMillis(zone).millis());
      millis.add(Clock.tickSeconds(zone).millis());
      millis.add(Clock.tickMinutes(zone).millis());
      millis.add(Clock.offset(Clock.systemUTC(), Duration.ZERO).millis());
      millis.add(InstantSource.system().millis());
      millis.add(LocalDate.now(zone).toEpochDay() * Duration.ofDays(1).toMillis());
      millis.add(LocalDate.now(Clock.systemUTC()).toEpochDay() * Duration.ofDays(1).toMillis());
      TimeZone ofCalendar = TimeZone.getTimeZone(zone);
      List.of(
              Calendar.getInstance(),
              Calendar.getInstance(ofCalendar),
              Calendar.getInstance(Locale.ROOT),
              GregorianCalendar.getInstance(ofCalendar, Locale.ROOT),
              new GregorianCalendar(),
              new GregorianCalendar(ofCalendar),
              new GregorianCalendar(Locale.ROOT),
              new GregorianCalendar(ofCalendar, Locale.ROOT))
          .forEach(calendar -> millis.add(calendar.getTimeInMillis()));
    }
  }

  static class FixedTimes extends Times {
    @Override
    public List<Long> run() throws InterruptedException {
      Thread beside = new Thread(() -> {});
      beside.start();
      Clock fixed = Clock.fixed(Instant.ofEpochMilli(7), ZoneOffset.UTC);
      List<Long> seen = List.of(fixed.millis(), Instant.now(fixed).toEpochMilli());
      beside.join();
      return seen;
    }
  }

  /** The clock of the JVM, where this class is not woven. */
  public static class RealClock {
    public static final Clock CLOCK = Clock.systemUTC();

    private RealClock() {}
  }

  /** A clock of the JDK that was had past the explorer. */
  static class RealTime extends Times {
    @Override
    public List<Long> run() throws InterruptedException {
      try {
        // That of the class that nobody has woven.
        Clock clock =
            (Clock)
                RealTime.class
                    .getClassLoader()
                    .getParent()
                    .loadClass(RealClock.class.getName())
                    .getField("CLOCK")
                    .get(null);
        return List.of(clock.millis());
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  @Test
  void aClockThatShowsTheRealTimeIsNamed() {
    assertThat(explored(RealTime.class).certificate()).isEmpty();
    assertThat(explored(RealTime.class).uncontrolled()).isNotEmpty();
  }

  @Test
  void allClocksShowOneTime() {
    Exploration<List<Long>> explored = explored(Times.class);

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes())
        .containsOnlyKeys(Collections.nCopies(22, BEGIN + Duration.ofDays(2).toMillis()));
    assertThat(explored(FixedTimes.class).outcomes()).containsOnlyKeys(List.of(7L, 7L));
  }

  /** Two that sleep for other times, each of which may look first. */
  static class TwoClocks implements Scenario<Long> {
    private long seen;

    @Override
    public Long run() throws InterruptedException {
      Thread sleeping = Thread.startVirtualThread(() -> sleep(10));
      seen = Instant.now().toEpochMilli();
      sleeping.join();
      return seen;
    }

    private static void sleep(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  @Test
  void aLookAtTheClockComesBeforeOrAfterASleepOfAnother() {
    assertThat(explored(TwoClocks.class).outcomes()).containsOnlyKeys(BEGIN, BEGIN + 10);
  }

  /** It is refreshed at once, since it has never been before, if it is not 1970. */
  static class RefreshedByAge implements Scenario<String> {
    private static final long AGE_MILLIS = 60_000;

    private String value = "stale";
    private long refreshed;

    @Override
    public String run() throws InterruptedException {
      Thread refreshing = new Thread(this::refreshIfOld);
      refreshing.start();
      String seen = value;
      refreshing.join();
      return seen;
    }

    private void refreshIfOld() {
      long now = System.currentTimeMillis();
      if (now - refreshed > AGE_MILLIS) {
        refreshed = now;
        value = "fresh";
      }
    }
  }

  @Test
  void theVirtualClockBeginsLongAfterWhatWasNever() {
    assertThat(explored(RefreshedByAge.class).outcomes()).containsOnlyKeys("stale", "fresh");
  }

  /** The rounds that are left out would have made objects, and those after them other numbers. */
  static class OfIdentity implements Scenario<Integer> {
    private volatile boolean isReady;

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(() -> isReady = true);
      while (!isReady) {
        Object unused = new Object();
      }
      other.join();
      return System.identityHashCode(new Object());
    }
  }

  @Test
  void aProofByIdentityHashCodesSaysThatOthersAreNotCovered() {
    Exploration<Integer> explored = explored(OfIdentity.class);

    assertThat(explored.certificate().orElseThrow().toString())
        .contains("other identity hash codes");
  }

  /** Sums up in the order in which a map has its keys, which are known by their hash codes. */
  abstract static class GoesThroughKeys implements Scenario<Integer> {
    private volatile int sum = 1;

    abstract Set<? extends Counted> keys();

    @Override
    public Integer run() throws InterruptedException {
      Set<? extends Counted> keys = keys();
      Thread other = new Thread(() -> sum *= 2);
      other.start();
      for (Counted key : keys) {
        sum += key.count();
      }
      other.join();
      return keys.contains(keys.iterator().next()) ? sum : -1;
    }

    /** What is counted. */
    interface Counted {
      int count();
    }
  }

  static class OfObjects extends GoesThroughKeys {
    private static final class Item implements Counted {
      private int count = 1;

      // Here its constructor has not ended yet.
      Item(Set<Item> all) {
        all.add(this);
      }

      @Override
      public int count() {
        return count++;
      }
    }

    @Override
    Set<Item> keys() {
      Set<Item> all = new HashSet<>();
      List<Item> made = List.of(new Item(all), new Item(all), new Item(all));
      assertThat(all).containsAll(made);
      return all;
    }
  }

  static class OfConstants extends GoesThroughKeys {
    private enum Kind implements Counted {
      SMALL,
      LARGE,
      HUGE;

      private int count = 1;

      @Override
      public int count() {
        return count++;
      }
    }

    @Override
    Set<Kind> keys() {
      return new HashSet<>(List.of(Kind.values()));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {OfObjects.class, OfConstants.class})
  void aMapGoesThroughItsKeysInTheSameOrderInEachExecution(Class<? extends GoesThroughKeys> keys) {
    assertThat(explored(keys).certificate()).isPresent();
    assertThat(explored(keys).outcomes()).containsOnlyKeys(2, 3, 4, 5, 6, 7, 8);
  }

  static final class SetsWeakly implements Scenario<Boolean> {
    @Override
    public Boolean run() {
      return new AtomicInteger().weakCompareAndSetPlain(0, 1);
    }
  }

  static final class SetsForSure implements Scenario<Boolean> {
    @Override
    public Boolean run() {
      return new AtomicInteger().compareAndSet(0, 1);
    }
  }

  @Test
  void aProofByWeakAttemptsSaysThatTheyMayFail() {
    String weakly = "a weak compare-and-set that fails for no reason";

    assertThat(explored(SetsWeakly.class).certificate().orElseThrow().toString()).contains(weakly);
    assertThat(explored(SetsForSure.class).certificate().orElseThrow().toString())
        .doesNotContain(weakly);
  }

  /** Jobs in the order of their priority, which is a field that others could write. */
  abstract static class Enlists implements Scenario<Integer> {
    static final class Job implements Comparable<Job> {
      private int priority;

      Job(int priority) {
        this.priority = priority;
      }

      @Override
      public int compareTo(Job other) {
        return Integer.compare(priority, other.priority);
      }
    }

    final Set<Job> jobs = new ConcurrentSkipListSet<>(List.of(new Job(2)));

    abstract int sizeAfter(Thread enlisting) throws InterruptedException;

    @Override
    public final Integer run() throws InterruptedException {
      Thread enlisting = Thread.startVirtualThread(() -> jobs.add(new Job(1)));
      int size = sizeAfter(enlisting);
      enlisting.join();
      return size;
    }
  }

  static final class CountsMeanwhile extends Enlists {
    @Override
    int sizeAfter(Thread enlisting) {
      return jobs.size();
    }
  }

  static final class CountsAfterwards extends Enlists {
    @Override
    int sizeAfter(Thread enlisting) throws InterruptedException {
      enlisting.join();
      return jobs.size();
    }
  }

  @Test
  void aSkipListOfKeysThatTheProgramComparesIsTheSameInEachExecution() {
    Exploration<Integer> broken = Explorer.explore(CountsMeanwhile.class, Options.exhaustive());
    Exploration<Integer> right = Explorer.explore(CountsAfterwards.class, Options.exhaustive());

    assertThat(broken.uncontrolled()).isEmpty();
    assertThat(broken.outcomes()).containsOnlyKeys(1, 2);
    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(2);
  }
}
