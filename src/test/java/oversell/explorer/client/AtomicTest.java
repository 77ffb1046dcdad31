package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Failure;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/** Classes each call of which counts as one step, since their users take them for right. */
class AtomicTest {
  private static final String CLOCK = Clock.class.getName();

  /** Counts its readings, and would lose some if one came between another's steps. */
  static class Clock {
    private static int made;

    int readings;

    int read() {
      return ++readings;
    }

    synchronized int readLocked() {
      return ++readings;
    }

    IntSupplier reader() {
      return () -> ++readings;
    }

    void fail() {
      readings++;
      throw new IllegalArgumentException("late");
    }

    int apply(IntUnaryOperator next) {
      readings = next.applyAsInt(readings);
      return readings;
    }

    static synchronized int make() {
      return ++made;
    }
  }

  /** Two threads that do the same with one clock. */
  abstract static class Twice implements Scenario<Set<Integer>> {
    final Clock clock = new Clock();
    private final List<Integer> seen = new ArrayList<>();

    abstract int use();

    @Override
    public final Set<Integer> run() throws InterruptedException {
      int[] found = new int[2];
      Thread one = Thread.startVirtualThread(() -> found[0] = use());
      Thread other = Thread.startVirtualThread(() -> found[1] = use());
      one.join();
      other.join();
      seen.add(found[0]);
      seen.add(found[1]);
      return Set.copyOf(seen);
    }
  }

  static class Reading extends Twice {
    @Override
    int use() {
      return clock.read();
    }
  }

  static class ReadingLocked extends Twice {
    @Override
    int use() {
      return clock.readLocked();
    }
  }

  static class ReadingByLambda extends Twice {
    @Override
    int use() {
      return clock.reader().getAsInt();
    }
  }

  static class ReadingByReference extends Twice {
    @Override
    int use() {
      IntSupplier read = clock::read;
      return read.getAsInt();
    }
  }

  static class Failing extends Twice {
    @Override
    int use() {
      try {
        clock.fail();
      } catch (IllegalArgumentException late) {
        // It was counted all the same.
      }
      return clock.read();
    }
  }

  static class CallingBack extends Twice {
    @Override
    int use() {
      return clock.apply(readings -> readings + 1);
    }
  }

  static class Making extends Twice {
    @Override
    int use() {
      return Clock.make();
    }
  }

  /** Two calls are two steps. */
  static class ReadingTwice extends Twice {
    @Override
    int use() {
      return clock.apply(readings -> readings) + clock.read();
    }
  }

  /** It reaches into the clock past its methods. */
  static class PastIt extends Twice {
    @Override
    int use() {
      return ++clock.readings;
    }
  }

  private static <R> Exploration<R> explore(Class<? extends Scenario<R>> scenario) {
    return Explorer.explore(scenario, Options.exhaustive().atomic(CLOCK));
  }

  @Test
  void aClassThatIsExploredShowsItsRace() {
    Exploration<Set<Integer>> explored = Explorer.explore(Reading.class, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(Set.of(1), Set.of(1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Reading.class,
        ReadingLocked.class,
        ReadingByLambda.class,
        ReadingByReference.class,
        CallingBack.class
      })
  void eachCallOfAnAtomicClassIsOneStep(Class<? extends Scenario<Set<Integer>>> scenario) {
    Exploration<Set<Integer>> explored = explore(scenario);

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.outcomes().keySet()).containsExactly(Set.of(1, 2));
    assertThat(explored.executions()).isEqualTo(2);
  }

  @Test
  void soIsEachCallOfAStaticMethodOnceItsClassIsInitialised() {
    Exploration<Set<Integer>> explored = explore(Making.class);

    assertThat(explored.outcomes().keySet()).containsExactly(Set.of(1, 2));
  }

  @Test
  void anAtomicCallThatThrowsEndsItsStep() {
    Exploration<Set<Integer>> explored = explore(Failing.class);

    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(Set.of(2, 4), Set.of(3, 4));
  }

  @Test
  void twoAtomicCallsAreTwoSteps() {
    Exploration<Set<Integer>> explored = explore(ReadingTwice.class);

    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(Set.of(1, 3), Set.of(1, 2));
  }

  @Test
  void whatReachesPastItsMethodsIsInterleavedAsEver() {
    Exploration<Set<Integer>> explored = explore(PastIt.class);

    assertThat(explored.outcomes().keySet()).contains(Set.of(1));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {Reading.class, Failing.class, ReadingTwice.class, PastIt.class, Making.class})
  void theReductionStandsForAllSchedulesOfAtomicCalls(
      Class<? extends Scenario<Set<Integer>>> scenario) {
    Exploration<Set<Integer>> reduced = explore(scenario);
    Exploration<Set<Integer>> full =
        Explorer.explore(scenario, Options.exhaustive().reduction(Reduction.NONE).atomic(CLOCK));

    assertThat(full.isComplete()).isTrue();
    assertThat(reduced.schedules()).hasValue(BigInteger.valueOf(full.executions()));
    assertThat(reduced.outcomes().keySet()).isEqualTo(full.outcomes().keySet());
  }

  @Test
  void theCertificateNamesWhatWasTakenForAtomic() {
    assertThat(explore(Reading.class).certificate())
        .hasValueSatisfying(
            certificate ->
                assertThat(certificate.toString())
                    .contains("Not covered", "each call of which counts as one step: " + CLOCK));
  }

  /** A class whose calls wait, each in another way. */
  static class Waiting {
    static final ReentrantLock LOCK = new ReentrantLock();
    static final ReentrantLock FAIR = new ReentrantLock(true);
    static final ReentrantLock OF_SIGNAL = new ReentrantLock();
    static final Condition SIGNAL = OF_SIGNAL.newCondition();
    static final Semaphore SEMAPHORE = new Semaphore(1);
    static final Object MONITOR = new Object();
    static Thread other = Thread.currentThread();

    static void lock() {
      LOCK.lock();
      LOCK.unlock();
    }

    static void lockFairly() {
      FAIR.lock();
      FAIR.unlock();
    }

    static void lockForATime() throws InterruptedException {
      if (LOCK.tryLock(1, TimeUnit.SECONDS)) {
        LOCK.unlock();
      }
    }

    static void awaitSignal() throws InterruptedException {
      OF_SIGNAL.lock();
      try {
        boolean unused = SIGNAL.await(1, TimeUnit.SECONDS);
      } finally {
        OF_SIGNAL.unlock();
      }
    }

    static void acquire() {
      SEMAPHORE.acquireUninterruptibly();
      SEMAPHORE.release();
    }

    static void enter() {
      synchronized (MONITOR) {
        MONITOR.notifyAll();
      }
    }

    static void await() throws InterruptedException {
      synchronized (MONITOR) {
        MONITOR.wait(10);
      }
    }

    static void sleep() throws InterruptedException {
      Thread.sleep(1);
    }

    static void park() {
      LockSupport.park();
    }

    static void start() {
      Thread.startVirtualThread(() -> {});
    }

    static void startPlatformThread() {
      new Thread(() -> {}).start();
    }

    static void join() throws InterruptedException {
      other.join();
    }

    static void joinForATime() throws InterruptedException {
      other.join(1000);
    }
  }

  /** What one thread does while the other is in one of its guards. */
  private interface Doing {
    void call() throws InterruptedException;
  }

  private abstract static class Waits implements Scenario<Integer> {
    abstract Doing waiting();

    @Override
    public final Integer run() throws InterruptedException {
      Doing waiting = waiting();
      Waiting.other =
          Thread.startVirtualThread(
              () -> {
                Waiting.LOCK.lock();
                Waiting.FAIR.lock();
                Waiting.SEMAPHORE.acquireUninterruptibly();
                synchronized (Waiting.MONITOR) {
                  Waiting.MONITOR.notifyAll();
                }
                Waiting.SEMAPHORE.release();
                Waiting.FAIR.unlock();
                Waiting.LOCK.unlock();
              });
      waiting.call();
      return 1;
    }
  }

  static class Locks extends Waits {
    @Override
    Doing waiting() {
      return Waiting::lock;
    }
  }

  static class LocksFairly extends Waits {
    @Override
    Doing waiting() {
      return Waiting::lockFairly;
    }
  }

  static class Acquires extends Waits {
    @Override
    Doing waiting() {
      return Waiting::acquire;
    }
  }

  static class Enters extends Waits {
    @Override
    Doing waiting() {
      return Waiting::enter;
    }
  }

  static class Awaits extends Waits {
    @Override
    Doing waiting() {
      return Waiting::await;
    }
  }

  static class Sleeps extends Waits {
    @Override
    Doing waiting() {
      return Waiting::sleep;
    }
  }

  static class Parks extends Waits {
    @Override
    Doing waiting() {
      return Waiting::park;
    }
  }

  static class Starts extends Waits {
    @Override
    Doing waiting() {
      return Waiting::start;
    }
  }

  static class Joins extends Waits {
    @Override
    Doing waiting() {
      return Waiting::join;
    }
  }

  static class LocksForATime extends Waits {
    @Override
    Doing waiting() {
      return Waiting::lockForATime;
    }
  }

  static class AwaitsSignal extends Waits {
    @Override
    Doing waiting() {
      return Waiting::awaitSignal;
    }
  }

  static class StartsPlatformThread extends Waits {
    @Override
    Doing waiting() {
      return Waiting::startPlatformThread;
    }
  }

  static class JoinsForATime extends Waits {
    @Override
    Doing waiting() {
      return Waiting::joinForATime;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Locks.class,
        LocksFairly.class,
        Acquires.class,
        Enters.class,
        Awaits.class,
        Sleeps.class,
        Parks.class,
        Starts.class,
        Joins.class,
        LocksForATime.class,
        AwaitsSignal.class,
        StartsPlatformThread.class,
        JoinsForATime.class
      })
  void anAtomicCallThatWaitsOrStartsAThreadIsNotUnderControl(
      Class<? extends Scenario<Integer>> scenario) {
    Exploration<Integer> explored =
        Explorer.explore(scenario, Options.exhaustive().atomic(Waiting.class.getName()));

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.uncontrolled())
        .singleElement()
        .asString()
        .contains("Options.atomic", "AtomicTest.java:");
    Exploration<Integer> plain = Explorer.explore(scenario, Options.exhaustive());
    assertThat(plain.uncontrolled()).isEmpty();
  }

  /** It fails only where one call comes between two others. */
  static class Checked implements Scenario<Integer> {
    private final Clock clock = new Clock();

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(clock::read);
      int before = clock.read();
      int after = clock.read();
      other.join();
      if (after != before + 1) {
        throw new AssertionError("somebody else has read it");
      }
      return after;
    }
  }

  @Test
  void aFailureOfAtomicCallsSaysHowToRunItAgain() {
    Options options = Options.exhaustive().atomic(CLOCK);

    Failure failure = Explorer.explore(Checked.class, options).failure().orElseThrow();

    assertThat(failure.toString())
        .contains(
            "Explorer.replay(Checked.class, \"%s\", Options.exhaustive().atomic(\"%s\"))"
                .formatted(failure.schedule(), CLOCK));
    assertThat(Explorer.replay(Checked.class, failure.schedule(), options).failure())
        .hasValueSatisfying(again -> assertThat(again).hasToString(failure.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "com.acme.Clock()", "com/acme/Clock", ".Clock", "com.acme.*"})
  void whatIsNoNameOfAClassIsRefused(String name) {
    assertThatThrownBy(() -> Options.exhaustive().atomic(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"%s\"".formatted(name))
        .hasMessageContaining("com.acme.Clock");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.Clok",
        "oversell.explorer.client.AtomicTest.Clock",
        "java.util.ArrayList",
        "oversell.explorer.client.AtomicTest$Doing"
      })
  void aClassThatCannotBeAtomicIsRefused(String name) {
    Options options = Options.exhaustive().atomic(name);

    assertThatThrownBy(() -> Explorer.explore(Reading.class, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
