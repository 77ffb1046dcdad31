package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** A wait with a time limit ends by what it waits for or by its limit, and both are explored. */
public class TimeLimitsTest {
  /** One thread waits for what another does, and says whether that came in time. */
  abstract static class InTime implements Scenario<Boolean> {
    private boolean isInTime;

    abstract boolean await() throws Exception;

    abstract void act() throws Exception;

    /** Before anybody waits. */
    void prepare() throws Exception {}

    @Override
    public Boolean run() throws Exception {
      prepare();
      Thread waiting = new Thread(() -> isInTime = unchecked());
      waiting.start();
      act();
      waiting.join();
      return isInTime;
    }

    final boolean unchecked() {
      try {
        return await();
      } catch (TimeoutException passed) {
        return false;
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  static class ALock extends InTime {
    private final Lock lock = new ReentrantLock();

    @Override
    void prepare() {
      lock.lock();
    }

    @Override
    boolean await() throws InterruptedException {
      return lock.tryLock(1, TimeUnit.SECONDS);
    }

    @Override
    void act() throws InterruptedException {
      Thread.sleep(5);
      lock.unlock();
    }
  }

  static class AStampedLock extends InTime {
    private final StampedLock lock = new StampedLock();
    private long stamp;

    @Override
    void prepare() {
      stamp = lock.writeLock();
    }

    @Override
    boolean await() throws InterruptedException {
      return lock.tryReadLock(1, TimeUnit.SECONDS) != 0;
    }

    @Override
    void act() {
      lock.unlockWrite(stamp);
    }
  }

  static class ASemaphore extends InTime {
    private final Semaphore permits = new Semaphore(1);

    @Override
    boolean await() throws InterruptedException {
      return permits.tryAcquire(2, 1, TimeUnit.SECONDS);
    }

    @Override
    void act() {
      permits.release();
    }
  }

  static class ALatch extends InTime {
    final CountDownLatch latch = new CountDownLatch(1);

    @Override
    boolean await() throws InterruptedException {
      return latch.await(1, TimeUnit.SECONDS);
    }

    @Override
    void act() {
      latch.countDown();
    }
  }

  static class AQueue extends InTime {
    final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    @Override
    boolean await() throws Exception {
      return queue.poll(1, TimeUnit.SECONDS) != null;
    }

    @Override
    void act() {
      queue.add("an order");
    }
  }

  static class AFullQueue extends InTime {
    private final ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(1);

    @Override
    void prepare() {
      queue.add("an order");
    }

    @Override
    boolean await() throws InterruptedException {
      return queue.offer("another", 1, TimeUnit.SECONDS);
    }

    @Override
    void act() throws InterruptedException {
      queue.take();
    }
  }

  static class AFuture extends InTime {
    private final FutureTask<String> task = new FutureTask<>(() -> "done");

    @Override
    boolean await() throws Exception {
      return task.get(1, TimeUnit.SECONDS).equals("done");
    }

    @Override
    void act() {
      task.run();
    }
  }

  static class AThread extends InTime {
    final Thread other = new Thread(() -> {});

    @Override
    void prepare() {
      other.start();
    }

    @Override
    boolean await() throws InterruptedException {
      return other.join(Duration.ofSeconds(1));
    }

    @Override
    void act() {}
  }

  static class AMonitor extends InTime {
    boolean isReady;

    @Override
    synchronized boolean await() throws InterruptedException {
      if (!isReady) {
        wait(1_000);
      }
      return isReady;
    }

    @Override
    synchronized void act() {
      isReady = true;
      notifyAll();
    }
  }

  static class ACondition extends InTime {
    private final Lock lock = new ReentrantLock();
    final Condition ready = lock.newCondition();
    boolean isReady;

    boolean awaitLocked() throws InterruptedException {
      return isReady || ready.await(1, TimeUnit.SECONDS);
    }

    @Override
    boolean await() throws InterruptedException {
      lock.lock();
      try {
        return awaitLocked();
      } finally {
        lock.unlock();
      }
    }

    @Override
    void act() {
      lock.lock();
      try {
        isReady = true;
        ready.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether it waited and was signalled to. */
  static class ADeadline extends ACondition {
    @Override
    boolean awaitLocked() throws InterruptedException {
      return !isReady && ready.awaitUntil(new Date(System.currentTimeMillis() + 1_000));
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ALock.class,
        AStampedLock.class,
        ASemaphore.class,
        ALatch.class,
        AQueue.class,
        ByAReference.class,
        AFullQueue.class,
        AFuture.class,
        AThread.class,
        AMonitor.class,
        ByAUnit.class,
        AThreadByAUnit.class,
        ACondition.class,
        ADeadline.class
      })
  void itEndsByWhatItWaitsForOrByItsLimit(Class<? extends InTime> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(true, false);
    checkAgainstAllSchedules(scenario);
  }

  /** Where threads are stopped only while they sleep, a wait with a limit is like a sleep. */
  @ParameterizedTest
  @EnumSource(Granularity.class)
  void aLockIsHadInTimeAndTooLateAtEveryGranularity(Granularity granularity) {
    Exploration<Boolean> explored =
        Explorer.explore(ALock.class, Options.exhaustive().granularity(granularity));

    assertThat(explored.outcomes()).containsOnlyKeys(true, false);
  }

  /** Who waits has not been stopped since it started the thread that acts. */
  abstract static class AtOnce implements Scenario<Boolean> {
    private final InTime both;

    AtOnce(InTime both) {
      this.both = both;
    }

    @Override
    public Boolean run() throws Exception {
      both.prepare();
      Thread acting =
          Thread.startVirtualThread(
              () -> {
                try {
                  both.act();
                } catch (Exception impossible) {
                  throw new IllegalStateException(impossible);
                }
              });
      boolean isInTime = both.unchecked();
      acting.join();
      return isInTime;
    }
  }

  static final class ALatchAtOnce extends AtOnce {
    ALatchAtOnce() {
      super(new ALatch());
    }
  }

  static final class AQueueAtOnce extends AtOnce {
    AQueueAtOnce() {
      super(new AQueue());
    }
  }

  static final class AFutureAtOnce extends AtOnce {
    AFutureAtOnce() {
      super(new AFuture());
    }
  }

  static final class AThreadAtOnce extends AtOnce {
    AThreadAtOnce() {
      super(new AThread());
    }
  }

  static final class ASemaphoreAtOnce extends AtOnce {
    ASemaphoreAtOnce() {
      super(new ASemaphore());
    }
  }

  static final class ALongLimitAtOnce extends AtOnce {
    ALongLimitAtOnce() {
      super(new ALongLimit());
    }
  }

  static List<Arguments> waitsAtOnce() {
    return Stream.of(
            ALatchAtOnce.class,
            AQueueAtOnce.class,
            AFutureAtOnce.class,
            AThreadAtOnce.class,
            ASemaphoreAtOnce.class)
        .flatMap(
            scenario ->
                Arrays.stream(Granularity.values())
                    .map(granularity -> Arguments.of(scenario, granularity)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("waitsAtOnce")
  void othersGoOnDuringAWaitAtEveryGranularity(
      Class<? extends AtOnce> scenario, Granularity granularity) {
    Exploration<Boolean> explored =
        Explorer.explore(scenario, Options.exhaustive().granularity(granularity));

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes()).containsOnlyKeys(true, false);
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void aMinuteIsLongEnoughAtEveryGranularity(Granularity granularity) {
    Exploration<Boolean> explored =
        Explorer.explore(ALongLimitAtOnce.class, Options.exhaustive().granularity(granularity));

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes()).containsOnlyKeys(true);
  }

  static class ByAUnit extends AMonitor {
    @Override
    synchronized boolean await() throws InterruptedException {
      if (!isReady) {
        TimeUnit.SECONDS.timedWait(this, 1);
      }
      return isReady;
    }
  }

  static class AThreadByAUnit extends AThread {
    @Override
    boolean await() throws InterruptedException {
      long begun = System.nanoTime();
      TimeUnit.SECONDS.timedJoin(other, 1);
      return System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(1);
    }
  }

  /** A minute passes only if no thread can do anything else. */
  static class ALongLimit extends ALatch {
    @Override
    boolean await() throws InterruptedException {
      return latch.await(1, TimeUnit.MINUTES);
    }
  }

  static class ALongLimitOfWhatNeverComes extends ALongLimit {
    @Override
    void act() {}
  }

  @Test
  void aLimitOfAMinutePassesOnlyIfNoOtherThreadCanGoOn() {
    assertThat(explored(ALongLimit.class).outcomes()).containsOnlyKeys(true);
    assertThat(explored(ALongLimit.class).certificate().orElseThrow().toString())
        .contains("a limit of a minute or more");
    checkAgainstAllSchedules(ALongLimit.class);
    assertThat(explored(ALongLimitOfWhatNeverComes.class).outcomes()).containsOnlyKeys(false);
    checkAgainstAllSchedules(ALongLimitOfWhatNeverComes.class);
  }

  /** A thread waits for 5 ms in vain while another one sleeps for 10: each says when it goes on. */
  abstract static class BesideASleep implements Scenario<String> {
    volatile boolean isRunning;
    private long begun;
    private long awake;

    abstract void awaitInVain() throws InterruptedException;

    private long millis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    @Override
    public final String run() throws InterruptedException {
      begun = System.nanoTime();
      Thread sleeping =
          Thread.startVirtualThread(
              () -> {
                try {
                  Thread.sleep(10);
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                }
                awake = millis();
              });
      isRunning = true;
      awaitInVain();
      long over = millis();
      sleeping.join();
      return over + ", " + awake;
    }
  }

  static final class ASemaphoreBesideASleep extends BesideASleep {
    private final Semaphore permits = new Semaphore(0);

    @Override
    void awaitInVain() throws InterruptedException {
      boolean unused = permits.tryAcquire(5, TimeUnit.MILLISECONDS);
    }
  }

  static final class AMonitorBesideASleep extends BesideASleep {
    @Override
    synchronized void awaitInVain() throws InterruptedException {
      while (!isRunning) {
        wait(1);
      }
      wait(5);
    }
  }

  static final class AConditionBesideASleep extends BesideASleep {
    private final Lock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();

    @Override
    void awaitInVain() throws InterruptedException {
      lock.lock();
      try {
        boolean unused = never.await(5, TimeUnit.MILLISECONDS);
      } finally {
        lock.unlock();
      }
    }
  }

  static final class AParkedThreadBesideASleep extends BesideASleep {
    @Override
    void awaitInVain() {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  static final class AQueueBesideASleep extends BesideASleep {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    @Override
    void awaitInVain() throws InterruptedException {
      Object unused = queue.poll(5, TimeUnit.MILLISECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ASemaphoreBesideASleep.class,
        AMonitorBesideASleep.class,
        AConditionBesideASleep.class,
        AParkedThreadBesideASleep.class,
        AQueueBesideASleep.class
      })
  void aLimitCountsFromWhenItsWaitBegins(Class<? extends BesideASleep> scenario) {
    assertThat(explored(scenario).outcomes())
        .containsOnlyKeys("5, 10", "5, 15", "10, 10", "15, 10", "15, 15");
    checkAgainstAllSchedules(scenario);
  }

  /** Two threads wait for more than a minute, the second for a little longer. */
  static class TwoLongLimits implements Scenario<String> {
    private final CountDownLatch never = new CountDownLatch(1);
    volatile boolean isRunning;
    private String order = "";

    private synchronized void note(String name) {
      order += name;
    }

    void sleep() throws InterruptedException {}

    private void await(long millis, String name) {
      try {
        boolean unused = never.await(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
      note(name);
    }

    @Override
    public final String run() throws InterruptedException {
      Thread first =
          Thread.startVirtualThread(
              () -> {
                isRunning = true;
                await(60_000, "a");
              });
      Thread second = Thread.startVirtualThread(() -> await(60_005, "b"));
      sleep();
      first.join();
      second.join();
      return order;
    }
  }

  /** Time passes before the first begins to wait, or after that. */
  static final class TwoLongLimitsBesideASleep extends TwoLongLimits {
    @Override
    void sleep() throws InterruptedException {
      Thread.sleep(10);
    }
  }

  @Test
  void ofTwoLongLimitsTheOnePassesFirstThatEndsFirst() {
    assertThat(explored(TwoLongLimits.class).outcomes()).containsOnlyKeys("ab");
    assertThat(explored(TwoLongLimitsBesideASleep.class).outcomes()).containsOnlyKeys("ab", "ba");
    checkAgainstAllSchedules(TwoLongLimits.class);
    checkAgainstAllSchedules(TwoLongLimitsBesideASleep.class);
  }

  /** What is left of a limit is said of a condition, while another thread sleeps. */
  abstract static class WhatIsLeft implements Scenario<Long> {
    private final Lock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();

    abstract long sleepMillis();

    @Override
    public final Long run() throws InterruptedException {
      Thread sleeping =
          Thread.startVirtualThread(
              () -> {
                try {
                  Thread.sleep(sleepMillis());
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                }
              });
      lock.lock();
      try {
        return TimeUnit.NANOSECONDS.toMillis(never.awaitNanos(TimeUnit.MILLISECONDS.toNanos(5)));
      } finally {
        lock.unlock();
        sleeping.join();
      }
    }
  }

  static final class WhatIsLeftAfterALongSleep extends WhatIsLeft {
    @Override
    long sleepMillis() {
      return 12;
    }
  }

  static final class WhatIsLeftAfterAShortSleep extends WhatIsLeft {
    @Override
    long sleepMillis() {
      return 3;
    }
  }

  @Test
  void lessThanNothingIsLeftOfALimitIfOthersSleepForLonger() {
    assertThat(explored(WhatIsLeftAfterALongSleep.class).outcomes()).containsOnlyKeys(0L, -7L);
    assertThat(explored(WhatIsLeftAfterAShortSleep.class).outcomes()).containsOnlyKeys(0L);
    checkAgainstAllSchedules(WhatIsLeftAfterALongSleep.class);
  }

  /** A lease is held for 10 ms, and the clock is asked whether it is. */
  static final class ALease implements Scenario<Integer> {
    private long until;
    private int count;

    private synchronized boolean isGranted() {
      long now = System.nanoTime();
      boolean isFree = now >= until;
      if (isFree) {
        until = now + TimeUnit.MILLISECONDS.toNanos(10);
      }
      return isFree;
    }

    private void countWithLease() {
      if (isGranted()) {
        count++;
      }
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::countWithLease);
      countWithLease();
      other.join();
      return count;
    }
  }

  @Test
  void aProofSaysThatTimePassesOnlyInSleepsAndLimitsIfTheClockIsAsked() {
    String asks = explored(ALease.class).certificate().orElseThrow().toString();
    String doesNot = explored(ALatch.class).certificate().orElseThrow().toString();

    assertThat(asks).contains("time that passes while no thread sleeps");
    assertThat(doesNot).doesNotContain("time that passes");
  }

  /** The textbook loop, which waits until a deadline of the clock. */
  static class Deadline extends ACondition {
    @Override
    boolean awaitLocked() throws InterruptedException {
      long left = TimeUnit.SECONDS.toNanos(1);
      while (!isReady) {
        if (left <= 0) {
          return false;
        }
        left = ready.awaitNanos(left);
      }
      return true;
    }
  }

  static class DeadlineOfAMonitor extends AMonitor {
    @Override
    synchronized boolean await() throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      while (!isReady) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        wait(TimeUnit.NANOSECONDS.toMillis(left));
      }
      return true;
    }
  }

  static class DeadlineOfAParkedThread extends InTime {
    volatile boolean isReady;

    @Override
    boolean await() {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      while (!isReady) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(left);
      }
      return true;
    }

    @Override
    void act() {
      isReady = true;
    }
  }

  /** The deadline is a time of day. */
  static class DeadlineOfTheDay extends DeadlineOfAParkedThread {
    @Override
    boolean await() {
      long deadline = System.currentTimeMillis() + 1_000;
      while (!isReady && System.currentTimeMillis() < deadline) {
        LockSupport.parkUntil(this, deadline);
      }
      return isReady;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Deadline.class,
        DeadlineOfAMonitor.class,
        DeadlineOfAParkedThread.class,
        DeadlineOfTheDay.class
      })
  void aLoopWithADeadlineEndsSinceTheLimitTakesItsTime(Class<? extends InTime> scenario) {
    Exploration<Boolean> explored = explored(scenario);

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes()).containsOnlyKeys(true, false);
  }

  /** A signal that comes before the wait is lost; the limit saves the thread. */
  static class LostSignal implements Scenario<Integer> {
    final Lock lock = new ReentrantLock();
    final Condition ready = lock.newCondition();

    void await() throws InterruptedException {
      boolean unused = ready.await(1, TimeUnit.SECONDS);
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread waiting =
          new Thread(
              () -> {
                lock.lock();
                try {
                  await();
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                } finally {
                  lock.unlock();
                }
              });
      waiting.start();
      lock.lock();
      try {
        ready.signal();
      } finally {
        lock.unlock();
      }
      waiting.join();
      return 1;
    }
  }

  static class LostSignalUntil extends LostSignal {
    @Override
    void await() throws InterruptedException {
      boolean unused = ready.awaitUntil(new Date(System.currentTimeMillis() + 1_000));
    }
  }

  static class LostSignalWithoutALimit extends LostSignal {
    @Override
    void await() throws InterruptedException {
      ready.await();
    }
  }

  /** Of the two conditions one is waited for with a limit, so both are the explorer's own. */
  static class LostSignalBesideALimit extends LostSignal {
    private final Condition other = lock.newCondition();

    @Override
    void await() throws InterruptedException {
      if (other.awaitNanos(1) > 0) {
        throw new IllegalStateException("nobody signals to it");
      }
      ready.await();
    }
  }

  @Test
  void aLostSignalIsADeadlockUnlessTheWaitHasALimit() {
    assertThat(explored(LostSignal.class).certificate()).isPresent();
    checkAgainstAllSchedules(LostSignal.class);
    assertThat(explored(LostSignalUntil.class).certificate()).isPresent();
    for (var broken :
        java.util.List.of(LostSignalWithoutALimit.class, LostSignalBesideALimit.class)) {
      assertThat(explored(broken).failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLOCK);
      checkAgainstAllSchedules(broken);
    }
  }

  /** It takes the lock only if it has it in time, or forgets to look. */
  static class TriesToLock implements Scenario<Integer> {
    private final ReentrantLock lock = new ReentrantLock();
    private int count;

    boolean mayEnter(boolean isLocked) {
      return isLocked;
    }

    private void add() {
      try {
        boolean isLocked = lock.tryLock(10, TimeUnit.MILLISECONDS);
        if (!mayEnter(isLocked)) {
          return;
        }
        int before = count;
        Thread.sleep(5);
        count = before + 1;
        if (isLocked) {
          lock.unlock();
        }
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread one = new Thread(this::add);
      Thread two = new Thread(this::add);
      one.start();
      two.start();
      one.join();
      two.join();
      int added = count;
      if (added < expected(lock)) {
        throw new IllegalStateException("an update is lost");
      }
      return added;
    }

    int expected(ReentrantLock unused) {
      return 1;
    }
  }

  static class EntersWithoutTheLock extends TriesToLock {
    @Override
    boolean mayEnter(boolean isLocked) {
      return true;
    }

    @Override
    int expected(ReentrantLock unused) {
      return 2;
    }
  }

  @Test
  void whoeverGoesOnWithoutTheLockLosesAnUpdate() {
    assertThat(explored(TriesToLock.class).certificate()).isPresent();
    assertThat(explored(TriesToLock.class).outcomes()).containsOnlyKeys(1, 2);
    checkAgainstAllSchedules(TriesToLock.class);
    assertThat(explored(EntersWithoutTheLock.class).failures()).isPositive();
    checkAgainstAllSchedules(EntersWithoutTheLock.class);
  }

  /** A class of one's own gets the limit that it was called with. */
  static class OwnQueue implements Scenario<Long> {
    private static class Recorder extends LinkedBlockingQueue<String> {
      private static final long serialVersionUID = 1L;
      private long limit;

      @Override
      public String poll(long time, TimeUnit unit) {
        limit = unit.toNanos(time);
        return "";
      }
    }

    private static class Plain extends LinkedBlockingQueue<String> {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public Long run() throws InterruptedException {
      Recorder recorder = new Recorder();
      BlockingQueue<String> queue = recorder;
      BlockingQueue<String> plain = new Plain();
      Thread other = new Thread(() -> {});
      other.start();
      if (!"".equals(queue.poll(7, TimeUnit.NANOSECONDS))
          || plain.poll(7, TimeUnit.DAYS) != null
          || new Plain().poll(7, TimeUnit.DAYS) != null) {
        throw new IllegalStateException("not its answer");
      }
      other.join();
      return recorder.limit;
    }
  }

  @Test
  void aMethodOfAWovenClassGetsTheLimitThatItIsCalledWith() {
    assertThat(explored(OwnQueue.class).outcomes()).containsOnlyKeys(7L);
  }

  static class InterruptedWait implements Scenario<String> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();
    private String seen = "";

    @Override
    public String run() throws InterruptedException {
      Thread waiting =
          new Thread(
              () -> {
                lock.lock();
                try {
                  seen = never.await(1, TimeUnit.SECONDS) ? "signalled" : "limit";
                } catch (InterruptedException interrupted) {
                  seen = "interrupted";
                } finally {
                  lock.unlock();
                }
              });
      waiting.start();
      waiting.interrupt();
      waiting.join();
      return seen;
    }
  }

  @Test
  void anInterruptEndsAWaitWithALimit() {
    assertThat(explored(InterruptedWait.class).outcomes()).containsOnlyKeys("interrupted", "limit");
    checkAgainstAllSchedules(InterruptedWait.class);
  }

  /** The queue that is waited for, by a call that is written as such. */
  interface Poll {
    @Nullable Object make(long time, TimeUnit unit) throws Exception;
  }

  static class ByAReference extends AQueue {
    @Override
    boolean await() throws Exception {
      Poll poll = queue::poll;
      return poll.make(1, TimeUnit.SECONDS) != null;
    }
  }

  static class ByReflection extends AQueue {
    @Override
    boolean await() throws Exception {
      Method poll = BlockingQueue.class.getMethod("poll", long.class, TimeUnit.class);
      return poll.invoke(queue, 1L, TimeUnit.SECONDS) != null;
    }
  }

  static class ByReflectionOfItsClass extends AQueue {
    @Override
    boolean await() throws Exception {
      Method poll = LinkedBlockingQueue.class.getMethod("poll", long.class, TimeUnit.class);
      return poll.invoke(queue, 1L, TimeUnit.SECONDS) != null;
    }
  }

  static class ByAHandle extends AQueue {
    @Override
    boolean await() throws Exception {
      MethodType type = MethodType.methodType(Object.class, long.class, TimeUnit.class);
      MethodHandle poll = MethodHandles.lookup().findVirtual(BlockingQueue.class, "poll", type);
      try {
        return poll.invoke(queue, 1L, TimeUnit.SECONDS) != null;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** The JDK would wait for a timer of the JVM there, and always get the order in time. */
  @ParameterizedTest
  @ValueSource(classes = {ByReflection.class, ByReflectionOfItsClass.class, ByAHandle.class})
  void aWaitThatIsNotWrittenAsACallIsNamed(Class<? extends InTime> scenario) {
    Exploration<Boolean> explored = explored(scenario);

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.uncontrolled().toString()).containsAnyOf("invoke", "findVirtual");
  }

  // ---- Subclasses of what is waited for ------------------------------------------------------

  /** What is waited for is of a class of the program's own, which waits as the JDK's does. */
  abstract static class OfItsOwn implements Scenario<String> {
    abstract void end();

    abstract boolean isInTime() throws Exception;

    @Override
    public String run() throws Exception {
      Thread other = Thread.ofVirtual().start(this::end);
      boolean isInTime = isInTime();
      other.join();
      return isInTime ? "in time" : "late";
    }
  }

  static boolean isInTime(Future<?> future) throws InterruptedException, ExecutionException {
    try {
      var unused = future.get(1, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    }
  }

  static class OwnFuture extends OfItsOwn {
    private static class Task extends FutureTask<Integer> {
      Task() {
        super(() -> 1);
      }
    }

    private final Task task = new Task();

    @Override
    void end() {
      task.run();
    }

    @Override
    boolean isInTime() throws Exception {
      return TimeLimitsTest.isInTime(task);
    }
  }

  static class OwnCompletableFuture extends OfItsOwn {
    private static class Promise extends CompletableFuture<Integer> {}

    private final Promise promise = new Promise();

    @Override
    void end() {
      promise.complete(1);
    }

    @Override
    boolean isInTime() throws Exception {
      return TimeLimitsTest.isInTime(promise);
    }
  }

  static class OwnLatch extends OfItsOwn {
    private static class Door extends CountDownLatch {
      Door() {
        super(1);
      }
    }

    private final Door door = new Door();

    @Override
    void end() {
      door.countDown();
    }

    @Override
    boolean isInTime() throws Exception {
      return door.await(1, TimeUnit.MILLISECONDS);
    }
  }

  static class OwnPool extends OfItsOwn {
    private static class Pool extends ThreadPoolExecutor {
      Pool() {
        super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      }
    }

    private final Pool pool = new Pool();

    @Override
    void end() {
      pool.shutdown();
    }

    @Override
    boolean isInTime() throws Exception {
      return pool.awaitTermination(1, TimeUnit.MILLISECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {OwnFuture.class, OwnCompletableFuture.class, OwnLatch.class, OwnPool.class})
  void aSubclassThatWaitsAsTheJdkDoesMayBeLate(Class<? extends OfItsOwn> scenario) {
    assertThat(explored(scenario).outcomes()).containsOnlyKeys("in time", "late");
    checkAgainstAllSchedules(scenario);
  }

  static final class TwoLimits implements Scenario<String> {
    private final CountDownLatch never = new CountDownLatch(1);
    private String seen = "";

    @Override
    public String run() throws InterruptedException {
      Thread later =
          Thread.startVirtualThread(
              () -> {
                try {
                  never.await(2, TimeUnit.DAYS);
                  seen += "two ";
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                }
              });
      never.await(1, TimeUnit.DAYS);
      seen += "one ";
      later.join();
      return seen;
    }
  }

  static final class NoTimeIsLongEnough implements Scenario<Boolean> {
    @Override
    public Boolean run() throws InterruptedException {
      return new CountDownLatch(1).await(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
  }

  @Test
  void ofLongLimitsTheShorterPassesFirst() {
    Exploration<String> explored = Explorer.explore(TwoLimits.class, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactly("one two ");
    assertThat(explored.certificate()).isPresent();
  }

  @Test
  void theLongestLimitOfAllNeverPasses() {
    Exploration<Boolean> explored =
        Explorer.explore(NoTimeIsLongEnough.class, Options.exhaustive());

    assertThat(explored.failure()).isPresent();
    assertThat(explored.outcomes()).isEmpty();
  }

  /** Whoever signals has the monitor; still, the other wait could end by its limit before that. */
  static final class SignalsInAMonitor implements Scenario<String> {
    private final Object monitor = new Object();
    private int entered;
    private String seen = "";

    @Override
    public String run() throws InterruptedException {
      Thread waiting = new Thread(this::await);
      waiting.start();
      for (int i = 0; i < 2; i++) {
        synchronized (monitor) {
          entered++;
          monitor.notifyAll();
        }
      }
      waiting.join();
      return seen;
    }

    private void await() {
      synchronized (monitor) {
        try {
          monitor.wait(5);
        } catch (InterruptedException never) {
          throw new IllegalStateException(never);
        }
        seen += entered;
      }
    }
  }

  /** The same of a lock and its condition. */
  static final class SignalsUnderALock implements Scenario<String> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int entered;
    private String seen = "";

    @Override
    public String run() throws InterruptedException {
      Thread waiting = new Thread(this::await);
      waiting.start();
      for (int i = 0; i < 2; i++) {
        lock.lock();
        entered++;
        changed.signalAll();
        lock.unlock();
      }
      waiting.join();
      return seen;
    }

    private void await() {
      lock.lock();
      try {
        seen += changed.await(5, TimeUnit.MILLISECONDS);
        seen += entered;
      } catch (InterruptedException never) {
        throw new IllegalStateException(never);
      } finally {
        lock.unlock();
      }
    }
  }

  @Test
  void aLimitPassesBeforeASignalOfWhoeverHasTheLock() {
    assertThat(explored(SignalsInAMonitor.class).outcomes()).containsOnlyKeys("0", "1", "2");
    assertThat(explored(SignalsUnderALock.class).outcomes())
        .containsOnlyKeys("false0", "false1", "false2", "true1", "true2");
    checkAgainstAllSchedules(SignalsInAMonitor.class);
    checkAgainstAllSchedules(SignalsUnderALock.class);
  }

  /** A thread waits for a signal, and whoever gives it keeps the lock for longer than the limit. */
  abstract static class HasTheLockLate implements Scenario<String> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isOver;
    private String seen = "";

    abstract boolean isSignalled(Condition condition) throws InterruptedException;

    @Override
    public String run() throws InterruptedException {
      Thread waiting = new Thread(this::await);
      waiting.start();
      lock.lock();
      try {
        changed.signal();
        Thread.sleep(10);
        isOver = true;
      } finally {
        lock.unlock();
      }
      waiting.join();
      return seen;
    }

    private void await() {
      lock.lock();
      try {
        seen = isSignalled(changed) + " " + isOver;
      } catch (InterruptedException never) {
        throw new IllegalStateException(never);
      } finally {
        lock.unlock();
      }
    }
  }

  static final class IsSignalledInTime extends HasTheLockLate {
    @Override
    boolean isSignalled(Condition condition) throws InterruptedException {
      return condition.await(5, TimeUnit.MILLISECONDS);
    }
  }

  @SuppressWarnings("JavaUtilDate")
  static final class IsSignalledBeforeADate extends HasTheLockLate {
    @Override
    boolean isSignalled(Condition condition) throws InterruptedException {
      return condition.awaitUntil(new Date(System.currentTimeMillis() + 5));
    }
  }

  static final class HasTimeLeft extends HasTheLockLate {
    @Override
    boolean isSignalled(Condition condition) throws InterruptedException {
      return condition.awaitNanos(TimeUnit.MILLISECONDS.toNanos(5)) > 0;
    }
  }

  @Test
  void aSignalInTimeIsOneHoweverLateTheLockIsHad() {
    assertThat(explored(IsSignalledInTime.class).outcomes())
        .containsOnlyKeys("false false", "false true", "true true");
    assertThat(explored(IsSignalledBeforeADate.class).outcomes())
        .containsOnlyKeys("false false", "false true", "true true");
    assertThat(explored(HasTimeLeft.class).outcomes())
        .containsOnlyKeys("false false", "false true");
    checkAgainstAllSchedules(IsSignalledInTime.class);
  }

  /** What is left of a limit depends on how long others sleep meanwhile. */
  static final class LooksAtWhatIsLeft implements Scenario<Long> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long left;

    @Override
    public Long run() throws InterruptedException {
      Thread waiting = new Thread(this::await);
      Thread sleeping = new Thread(LooksAtWhatIsLeft::sleep);
      waiting.start();
      sleeping.start();
      lock.lock();
      changed.signal();
      lock.unlock();
      waiting.join();
      sleeping.join();
      return left;
    }

    private void await() {
      lock.lock();
      try {
        long nanos = changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(15));
        left = TimeUnit.NANOSECONDS.toMillis(nanos);
      } catch (InterruptedException never) {
        throw new IllegalStateException(never);
      } finally {
        lock.unlock();
      }
    }

    private static void sleep() {
      try {
        Thread.sleep(10);
      } catch (InterruptedException never) {
        throw new IllegalStateException(never);
      }
    }
  }

  @Test
  void whatIsLeftOfALimitDependsOnThoseWhoSleep() {
    assertThat(explored(LooksAtWhatIsLeft.class).outcomes()).containsOnlyKeys(0L, 5L, 15L);
    checkAgainstAllSchedules(LooksAtWhatIsLeft.class);
  }

  /** A lock that a program has made of the JDK's queue of threads. */
  private static final class OwnLock extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean tryAcquire(int units) {
      return compareAndSetState(0, 1);
    }

    @Override
    protected boolean tryRelease(int units) {
      setState(0);
      return true;
    }
  }

  /** Two threads that count, one of which gives up after a while. */
  static class OfAnOwnLock implements Scenario<String> {
    private final OwnLock lock = new OwnLock();
    private int count;
    private boolean isTaken;

    boolean mayCount(boolean wasTaken) {
      return wasTaken;
    }

    private void countOrGiveUp() {
      try {
        isTaken = lock.tryAcquireNanos(1, 1_000_000);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      if (mayCount(isTaken)) {
        count++;
      }
      if (isTaken) {
        lock.release(1);
      }
    }

    @Override
    public final String run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::countOrGiveUp);
      lock.acquire(1);
      count++;
      lock.release(1);
      other.join();
      return count + " " + isTaken;
    }
  }

  static final class OfAnOwnLockThatIsNotTaken extends OfAnOwnLock {
    @Override
    boolean mayCount(boolean wasTaken) {
      return true;
    }
  }

  @Test
  void aSynchronizerOfAProgramIsExploredFromTheInside() {
    Exploration<String> right = explored(OfAnOwnLock.class);

    assertThat(right.certificate().orElseThrow().toString())
        .contains(
            "what the JDK does with its own java.util.concurrent.locks.AbstractQueuedSynchronizer");
    assertThat(right.outcomes()).containsOnlyKeys("2 true", "1 false");
    assertThat(explored(OfAnOwnLockThatIsNotTaken.class).outcomes())
        .containsOnlyKeys("2 true", "2 false", "1 false");
  }

  /** It takes what is due soon from a queue that another thread looks at. */
  static final class TakesWhatIsDue implements Scenario<Boolean> {
    private record Due(long atNanos) implements Delayed {
      @Override
      public long getDelay(TimeUnit unit) {
        return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      }

      @Override
      public int compareTo(Delayed other) {
        return 0;
      }
    }

    @Override
    public Boolean run() throws InterruptedException {
      DelayQueue<Due> queue = new DelayQueue<>(List.of(new Due(System.nanoTime() + 10_000_000)));
      boolean[] isEmpty = new boolean[1];
      Thread other = Thread.startVirtualThread(() -> isEmpty[0] = queue.isEmpty());
      Object unused = queue.take();
      other.join();
      return isEmpty[0];
    }
  }

  @Test
  void aQueueMayBeAskedBeforeAndAfterWhatIsDueIsTaken() {
    assertThat(explored(TakesWhatIsDue.class).certificate()).isPresent();
    assertThat(explored(TakesWhatIsDue.class).outcomes()).containsOnlyKeys(true, false);
  }
}
