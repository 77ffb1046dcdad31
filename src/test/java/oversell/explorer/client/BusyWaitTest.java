package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Failure;
import oversell.explorer.FailureKind;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/**
 * Threads that ask again and again for what another one writes. A thread that has gone round in
 * vain takes no further step, unless what it did in that round matters.
 */
class BusyWaitTest {
  /** Two threads, and what they count together. */
  abstract static class Two implements Scenario<Integer> {
    int count;

    abstract void run(int me) throws InterruptedException;

    private void runUninterrupted(int me) {
      try {
        run(me);
      } catch (InterruptedException nobodyDoes) {
        throw new AssertionError(nobodyDoes);
      }
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread first = Thread.ofVirtual().start(() -> runUninterrupted(0));
      Thread second = Thread.ofVirtual().start(() -> runUninterrupted(1));
      first.join();
      second.join();
      return count;
    }
  }

  static class Peterson extends Two {
    final AtomicIntegerArray wants = new AtomicIntegerArray(2);
    volatile int turn;

    void ask(int me) {
      wants.set(me, 1);
      turn = 1 - me;
    }

    @Override
    void run(int me) {
      ask(me);
      while (wants.get(1 - me) == 1 && turn == 1 - me) {
        Thread.onSpinWait();
      }
      count++;
      wants.set(me, 0);
    }
  }

  /** Its threads do the two steps in the wrong order. */
  static class PetersonTheOtherWayRound extends Peterson {
    @Override
    void ask(int me) {
      turn = 1 - me;
      wants.set(me, 1);
    }
  }

  static class Dekker extends Two {
    final AtomicIntegerArray wants = new AtomicIntegerArray(2);
    volatile int turn;

    void leave(int me) {
      turn = 1 - me;
      wants.set(me, 0);
    }

    @Override
    void run(int me) {
      wants.set(me, 1);
      while (wants.get(1 - me) == 1) {
        if (turn != me) {
          wants.set(me, 0);
          while (turn != me) {
            Thread.onSpinWait();
          }
          wants.set(me, 1);
        }
      }
      count++;
      leave(me);
    }
  }

  /** Whoever leaves keeps the turn. */
  static class DekkerWithoutTurns extends Dekker {
    @Override
    void leave(int me) {
      wants.set(me, 0);
    }
  }

  static class TestAndSet extends Two {
    final AtomicBoolean taken = new AtomicBoolean();

    void take() {
      while (taken.getAndSet(true)) {
        Thread.onSpinWait();
      }
    }

    @Override
    void run(int me) {
      take();
      count++;
      taken.set(false);
    }
  }

  /** Whoever puts the key into the map has the lock. */
  static class PutsAKey extends Two {
    final Map<String, Thread> taken = new ConcurrentHashMap<>();

    final void take() {
      while (taken.putIfAbsent("key", Thread.currentThread()) != null) {
        Thread.onSpinWait();
      }
    }

    @Override
    void run(int me) {
      take();
      count++;
      taken.remove("key");
    }
  }

  /** It gives the lock back before it writes. */
  static class PutsAKeyForTooShort extends PutsAKey {
    @Override
    void run(int me) {
      take();
      int seen = count;
      taken.remove("key");
      count = seen + 1;
    }
  }

  /** A method calls itself until it has the lock. */
  static class CallsItself extends TestAndSet {
    private boolean take(int me, long delay) throws InterruptedException {
      if (taken.compareAndSet(false, true)) {
        return true;
      }
      Thread.sleep(delay);
      return take(me, Math.min(delay + me, 3L));
    }

    @Override
    void run(int me) {
      try {
        assertThat(take(me, 1L)).isTrue();
      } catch (InterruptedException nobodyDoes) {
        throw new AssertionError(nobodyDoes);
      }
      count++;
      taken.set(false);
    }
  }

  /** It does so as the last thing, and returns on the line of its closing brace. */
  static class CallsItselfAtItsEnd extends TestAndSet {
    private void enter() {
      if (taken.compareAndSet(false, true)) {
        return;
      }
      Thread.yield();
      enter();
    }

    @Override
    void run(int me) {
      enter();
      count++;
      taken.set(false);
    }
  }

  /** It does so where it has caught that the lock is taken, and on another object. */
  static class CallsItselfWhereItCatches extends TestAndSet {
    /** It is of no class that the JDK has. */
    private static final class Taken extends Exception {
      private static final long serialVersionUID = 1L;
    }

    private void takeOnce() throws Taken {
      if (!taken.compareAndSet(false, true)) {
        throw new Taken();
      }
    }

    private static void take(CallsItselfWhereItCatches of) {
      try {
        of.takeOnce();
      } catch (Taken isTaken) {
        Thread.yield();
        take(of);
      }
    }

    @Override
    void run(int me) {
      take(this);
      count++;
      taken.set(false);
    }
  }

  /** Whoever changes what it asks has the lock; to give it back changes that back. */
  abstract static class Changes extends Two {
    abstract boolean take(int me);

    abstract boolean giveBack(int me);

    @Override
    final void run(int me) {
      while (!take(me)) {
        Thread.onSpinWait();
      }
      count++;
      assertThat(giveBack(me)).isTrue();
    }
  }

  static class AddsToASet extends Changes {
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    @Override
    boolean take(int me) {
      return taken.add("key");
    }

    @Override
    boolean giveBack(int me) {
      return taken.remove("key");
    }
  }

  static class RemovesFromASet extends Changes {
    private final Set<String> free = new ConcurrentSkipListSet<>(Set.of("key"));

    @Override
    boolean take(int me) {
      return free.remove("key");
    }

    @Override
    boolean giveBack(int me) {
      return free.add("key");
    }
  }

  static class OffersToAFullQueue extends Changes {
    private final BlockingQueue<Integer> taken = new ArrayBlockingQueue<>(1);

    @Override
    boolean take(int me) {
      return taken.offer(me);
    }

    @Override
    boolean giveBack(int me) {
      return taken.remove(me);
    }
  }

  static class ReplacesInAMap extends Changes {
    private final Map<String, Integer> owners = new ConcurrentHashMap<>(Map.of("key", -1));

    @Override
    boolean take(int me) {
      return owners.replace("key", -1, me);
    }

    @Override
    boolean giveBack(int me) {
      return owners.replace("key", me, -1);
    }
  }

  /** Nobody gives the lock back. */
  static class PutsAKeyForEver extends PutsAKey {
    @Override
    void run(int me) {
      take();
      count++;
    }
  }

  static class TestAndTestAndSet extends TestAndSet {
    @Override
    void take() {
      do {
        while (taken.get()) {
          Thread.onSpinWait();
        }
      } while (taken.getAndSet(true));
    }
  }

  /** The first time that it asks is not in vain: it sets what it waits for. */
  static class SetsWhatItWaitsFor extends TestAndSet {
    @Override
    void run(int me) {
      if (me == 0) {
        while (!taken.getAndSet(true)) {
          Thread.onSpinWait();
        }
      } else {
        while (!taken.get()) {
          Thread.onSpinWait();
        }
      }
      synchronized (this) {
        count++;
      }
    }
  }

  static class TestThenSet extends TestAndSet {
    @Override
    void take() {
      while (taken.get()) {
        Thread.onSpinWait();
      }
      taken.set(true);
    }
  }

  static class ByAHandle extends Two {
    private static final VarHandle TAKEN = handle();
    private int taken;

    private static VarHandle handle() {
      try {
        return MethodHandles.lookup().findVarHandle(ByAHandle.class, "taken", int.class);
      } catch (ReflectiveOperationException impossible) {
        throw new AssertionError(impossible);
      }
    }

    @Override
    void run(int me) {
      while (!TAKEN.compareAndSet(this, 0, 1)) {
        while ((int) TAKEN.getAcquire(this) == 1) {
          Thread.onSpinWait();
        }
      }
      count++;
      TAKEN.setRelease(this, 0);
    }
  }

  static class Ticket extends Two {
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger served = new AtomicInteger();

    int draw() {
      return next.getAndIncrement();
    }

    @Override
    void run(int me) {
      int mine = draw();
      while (served.get() != mine) {
        Thread.onSpinWait();
      }
      count++;
      served.incrementAndGet();
    }
  }

  /** Both may draw the same. */
  static class TicketOfTwoSteps extends Ticket {
    @Override
    int draw() {
      int drawn = next.get();
      next.set(drawn + 1);
      return drawn;
    }
  }

  static class TakesByExchanging extends Two {
    final AtomicInteger taken = new AtomicInteger();

    boolean take() {
      return taken.compareAndExchange(0, 1) == 0;
    }

    @Override
    void run(int me) {
      while (!take()) {
        Thread.onSpinWait();
      }
      count++;
      taken.set(0);
    }
  }

  static class TakesBySwapping extends TakesByExchanging {
    @Override
    boolean take() {
      return taken.getAndSet(1) == 0;
    }
  }

  static class TriesALock extends Two {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    void run(int me) {
      while (!lock.tryLock()) {
        Thread.yield();
      }
      try {
        count++;
      } finally {
        lock.unlock();
      }
    }
  }

  /** The first writes, the second waits for that. */
  abstract static class Ready extends Two {
    volatile boolean ready;

    void write() {
      count++;
      ready = true;
    }

    abstract void await() throws InterruptedException;

    @Override
    void run(int me) throws InterruptedException {
      if (me == 0) {
        write();
      } else {
        await();
        count++;
      }
    }
  }

  static class Sleeps extends Ready {
    @Override
    void await() throws InterruptedException {
      while (!ready) {
        Thread.sleep(10);
      }
    }
  }

  static class AsksUnderAMonitor extends Ready {
    private synchronized boolean isReady() {
      return ready;
    }

    @Override
    synchronized void write() {
      super.write();
    }

    @Override
    void await() {
      while (!isReady()) {
        Thread.yield();
      }
    }
  }

  /** It does so in a method of another object, which makes objects. */
  static class AsksByALambda extends Ready {
    private interface Question {
      boolean isSo();
    }

    private static void until(Question question) {
      while (!question.isSo()) {
        Thread.yield();
      }
    }

    @Override
    void await() {
      until(() -> ready);
    }
  }

  /** What it hands over is of the JDK's types. */
  static class AsksByASupplier extends Ready {
    private static void until(BooleanSupplier isSo) {
      while (!isSo.getAsBoolean()) {
        Thread.yield();
      }
    }

    @Override
    void await() {
      until(() -> ready);
    }
  }

  static class AsksAMap extends Ready {
    private final Map<String, Integer> map = new ConcurrentHashMap<>();

    @Override
    void write() {
      count++;
      map.put("ready", 1);
    }

    @Override
    void await() {
      while (!map.containsKey("ready")) {
        Thread.yield();
      }
    }
  }

  static class AsksAQueueForAWhile extends Ready {
    private final BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();

    @Override
    void write() {
      count++;
      queue.add(1);
    }

    @Override
    void await() throws InterruptedException {
      while (queue.poll(10, TimeUnit.MILLISECONDS) == null) {
        Thread.yield();
      }
    }
  }

  static class AsksALatchForAWhile extends Ready {
    private final CountDownLatch latch = new CountDownLatch(1);

    @Override
    void write() {
      count++;
      latch.countDown();
    }

    @Override
    void await() throws InterruptedException {
      while (!latch.await(10, TimeUnit.MILLISECONDS)) {
        Thread.yield();
      }
    }
  }

  /** Elsewhere it makes a function of a method of the JDK, which changes nothing. */
  static class RefersToAMethod extends Ready {
    private final Function<Class<?>, String> name = Class::getPackageName;

    @Override
    void await() {
      while (!ready) {
        Thread.yield();
      }
      assertThat(name.apply(Ready.class)).isNotEmpty();
    }
  }

  /** What it adds is lost if it does not wait. */
  static class WaitsForTheFirstOfTwo extends Ready {
    @Override
    void write() {
      ready = true;
      count++;
    }

    @Override
    void await() {
      while (!ready) {
        Thread.onSpinWait();
      }
    }
  }

  /** It reads two numbers that were written together. */
  static class SequenceLock extends Two {
    volatile int version;
    volatile int tens;
    volatile int ones;

    boolean isLocked(int seen) {
      return seen % 2 == 1;
    }

    @Override
    void run(int me) {
      if (me == 0) {
        version++;
        tens = 1;
        ones = 1;
        version++;
      } else {
        int seen;
        int read;
        do {
          seen = version;
          read = 10 * tens + ones;
        } while (isLocked(seen) || seen != version);
        count = read;
      }
    }
  }

  static class SequenceLockThatDoesNotAsk extends SequenceLock {
    @Override
    boolean isLocked(int seen) {
      return false;
    }
  }

  /** The main thread is the one that waits. */
  static class MainWaits implements Scenario<Integer> {
    private volatile int number;
    private volatile boolean ready;

    @Override
    public Integer run() {
      Thread.ofVirtual()
          .start(
              () -> {
                number = 1;
                ready = true;
                number = 2;
              });
      while (!ready) {
        Thread.onSpinWait();
      }
      return number;
    }
  }

  /** What the other thread does depends on whether this one waits. */
  static class SeesThatItWaits extends Two {
    private volatile boolean waits;
    private volatile int answer;

    @Override
    void run(int me) {
      if (me == 0) {
        waits = true;
        while (answer == 0) {
          Thread.yield();
        }
        count = answer;
      } else {
        answer = waits ? 2 : 1;
      }
    }
  }

  private static <R> void checkOutcomes(Class<? extends Scenario<R>> scenario, Set<R> expected) {
    Exploration<R> reduced = explored(scenario);

    assertThat(reduced.isComplete()).as(reduced.toString()).isTrue();
    assertThat(reduced.failures()).isZero();
    assertThat(reduced.outcomes()).containsOnlyKeys(expected);
    checkAgainstAllSchedules(scenario, reduced);
    // These know nothing of rounds.
    Exploration<R> random = Explorer.explore(scenario, Options.random(500, 1));
    assertThat(expected).containsAll(random.outcomes().keySet());
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Peterson.class,
        Dekker.class,
        TestAndSet.class,
        TestAndTestAndSet.class,
        CallsItself.class,
        CallsItselfAtItsEnd.class,
        CallsItselfWhereItCatches.class,
        PutsAKey.class,
        AddsToASet.class,
        RemovesFromASet.class,
        OffersToAFullQueue.class,
        ReplacesInAMap.class,
        SetsWhatItWaitsFor.class,
        ByAHandle.class,
        Ticket.class,
        TriesALock.class,
        Sleeps.class,
        AsksUnderAMonitor.class,
        AsksByALambda.class,
        TakesByExchanging.class,
        TakesBySwapping.class,
        AsksByASupplier.class,
        AsksAMap.class,
        AsksAQueueForAWhile.class,
        AsksALatchForAWhile.class,
        RefersToAMethod.class
      })
  void aLockOfABusyWaitIsProved(Class<? extends Two> scenario) {
    checkOutcomes(scenario, Set.of(2));
    assertThat(explored(scenario).certificate()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        PetersonTheOtherWayRound.class,
        TestThenSet.class,
        TicketOfTwoSteps.class,
        PutsAKeyForTooShort.class,
        WaitsForTheFirstOfTwo.class
      })
  void aBrokenOneLosesAnUpdate(Class<? extends Two> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.outcomes()).containsKeys(1, 2);
    assertThat(explored.uncontrolled()).isEmpty();
  }

  @Test
  void whatIsReadTogetherWasWrittenTogether() {
    checkOutcomes(SequenceLock.class, Set.of(0, 11));
    assertThat(explored(SequenceLockThatDoesNotAsk.class).outcomes()).containsKey(10);
  }

  @Test
  void whatAThreadDoesBeforeItWaitsIsSeen() {
    checkOutcomes(SeesThatItWaits.class, Set.of(1, 2));
    checkOutcomes(MainWaits.class, Set.of(1, 2));
  }

  /** What is left when a call returns that a method makes of itself, and who is called. */
  static class HasMoreToDo implements Scenario<Integer> {
    private final @Nullable HasMoreToDo next;
    private volatile int count;

    HasMoreToDo() {
      this(new HasMoreToDo(null));
    }

    private HasMoreToDo(@Nullable HasMoreToDo next) {
      this.next = next;
    }

    private int downTo(int end, long from) {
      try {
        count++;
        return from == end ? count : downTo(end, from - 1);
      } finally {
        count += 10;
      }
    }

    private static int sum(int first, long second, int third) {
      return first == 0 ? (int) (100 * second + third) : sum(first - 1, second + third, first);
    }

    private synchronized int end() {
      return next == null ? count : next.end();
    }

    private int length() {
      if (next == null) {
        return 1;
      }
      return next.length();
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.ofVirtual().start(() -> count = downTo(1, 3) + count);
      other.join();
      return 10_000 * count + sum(2, 3, 4) + 10 * length() + end();
    }
  }

  @Test
  void aMethodThatCallsItselfComesToTheSame() throws InterruptedException {
    assertThat(explored(HasMoreToDo.class).outcomes()).containsOnlyKeys(new HasMoreToDo().run());
  }

  // ---- Waits without an end ------------------------------------------------------------------

  /** It may come when the number that it waits for has come and gone. */
  static class ComesTooLate extends Two {
    private volatile int number;

    @Override
    void run(int me) {
      if (me == 0) {
        number = 1;
        number = 2;
      } else {
        while (number != 1) {
          Thread.onSpinWait();
        }
      }
    }
  }

  /** The other one cannot write while it has the monitor. */
  static class KeepsTheOtherOut extends Ready {
    @Override
    synchronized void write() {
      super.write();
    }

    @Override
    synchronized void await() {
      while (!ready) {
        Thread.onSpinWait();
      }
    }
  }

  /** Whoever asks waits until another one asks, so the last one waits for ever. */
  static class LetsTheOtherOneGoFirst extends Two {
    private volatile int last;

    @Override
    void run(int me) {
      last = me;
      while (last == me) {
        Thread.onSpinWait();
      }
      count++;
    }
  }

  /** Each waits for the other, if both have asked. */
  static class AfterEachOther extends Two {
    private final AtomicIntegerArray wants = new AtomicIntegerArray(2);

    @Override
    void run(int me) {
      wants.set(me, 1);
      while (wants.get(1 - me) == 1) {
        Thread.yield();
      }
      count++;
      wants.set(me, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ComesTooLate.class,
        KeepsTheOtherOut.class,
        LetsTheOtherOneGoFirst.class,
        AfterEachOther.class,
        PutsAKeyForEver.class,
        DekkerWithoutTurns.class
      })
  void aBusyWaitThatNobodyEndsIsEndless(Class<? extends Two> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.failures()).isPositive();
    Failure failure = explored.failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.ENDLESS);
    assertThat(failure.toString()).contains("goes round the loop in");
    assertThat(Explorer.replay(scenario, failure.schedule()).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.ENDLESS);
  }

  // ---- Rounds that matter --------------------------------------------------------------------

  /** The first thread begins, and the second waits for that by a busy-wait. */
  abstract static class Begun extends Two {
    volatile boolean begun;
    volatile boolean asks;
    volatile boolean ready;

    @SuppressWarnings("ThreadField")
    volatile Thread first;

    abstract void first() throws InterruptedException;

    abstract void second() throws InterruptedException;

    @Override
    void run(int me) throws InterruptedException {
      if (me == 0) {
        first = Thread.currentThread();
        first();
      } else {
        while (!begun) {
          Thread.onSpinWait();
        }
        second();
      }
    }
  }

  /** The second can come in only while the first waits for a time. */
  static class LetsInByAWait extends Begun {
    @Override
    synchronized void first() throws InterruptedException {
      begun = true;
      while (!ready) {
        wait(10);
      }
      count++;
    }

    @Override
    void second() {
      asks = true;
      synchronized (this) {
        ready = true;
      }
    }
  }

  static class LetsInByACondition extends Begun {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition condition = lock.newCondition();

    @Override
    void first() throws InterruptedException {
      lock.lock();
      try {
        begun = true;
        while (!ready) {
          boolean unused = condition.await(10, TimeUnit.MILLISECONDS);
        }
        count++;
      } finally {
        lock.unlock();
      }
    }

    @Override
    void second() {
      asks = true;
      lock.lock();
      ready = true;
      lock.unlock();
    }
  }

  static class LetsInByAnUnlock extends Begun {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    void first() {
      lock.lock();
      begun = true;
      while (!ready) {
        lock.unlock();
        Thread.yield();
        lock.lock();
      }
      count++;
      lock.unlock();
    }

    @Override
    void second() {
      asks = true;
      lock.lock();
      ready = true;
      lock.unlock();
    }
  }

  static class HoldsItOnceMoreEachTime extends Begun {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    void first() {
      begun = true;
      while (!ready) {
        lock.lock();
      }
      count = lock.getHoldCount();
    }

    @Override
    void second() {
      ready = true;
    }
  }

  static class TellsTheTime extends Begun {
    @Override
    void first() throws InterruptedException {
      begun = true;
      while (!ready) {
        Thread.sleep(10);
      }
      count = (int) System.currentTimeMillis();
    }

    @Override
    void second() {
      ready = true;
    }
  }

  static class TellsTheTimeOfAPoll extends TellsTheTime {
    private final BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();

    @Override
    void first() throws InterruptedException {
      begun = true;
      while (!ready) {
        Integer unused = queue.poll(10, TimeUnit.MILLISECONDS);
      }
      count = (int) System.currentTimeMillis();
    }
  }

  static class ForgetsAnInterrupt extends Begun {
    @Override
    void first() {
      begun = true;
      while (!ready) {
        try {
          Thread.sleep(10);
        } catch (InterruptedException forgotten) {
          // It goes on.
        }
      }
      count = Thread.interrupted() ? 2 : 1;
    }

    @Override
    void second() {
      first.interrupt();
      ready = true;
    }
  }

  /** A queue has taken out an element when it asks which of the others comes first. */
  static class TakesWhatItCannotCompare extends Begun {
    private final PriorityQueue<Integer> queue =
        new PriorityQueue<>((one, other) -> comesBefore(one, other));

    private int comesBefore(int one, int other) {
      if (begun) {
        throw new IllegalStateException();
      }
      return Integer.compare(one, other);
    }

    @Override
    void first() {
      queue.addAll(List.of(1, 2, 3));
      begun = true;
      while (!ready) {
        try {
          Integer unused = queue.poll();
        } catch (IllegalStateException cannot) {
          // It asks for the next one.
        }
      }
      count = queue.size();
    }

    @Override
    void second() {
      ready = true;
    }
  }

  static class TakesAPermit extends Begun {
    @Override
    void first() {
      begun = true;
      while (!ready) {
        LockSupport.parkNanos(10);
      }
      LockSupport.park();
    }

    @Override
    void second() {
      LockSupport.unpark(first);
      ready = true;
    }
  }

  static class TakesNulls extends Begun {
    private final Queue<String> queue = new LinkedList<>(Arrays.asList(null, null));

    @Override
    void first() {
      begun = true;
      while (!ready) {
        queue.poll();
      }
      count = queue.size();
    }

    @Override
    void second() {
      ready = true;
    }
  }

  static class FillsAnArray extends Begun {
    private final AtomicStampedReference<String> reference = new AtomicStampedReference<>("", 1);

    @Override
    void first() {
      int[] stamp = new int[1];
      begun = true;
      while (!ready) {
        String unused = reference.get(stamp);
      }
      count = stamp[0];
    }

    @Override
    void second() {
      ready = true;
    }
  }

  static class CopiesIntoAnArray extends Begun {
    @Override
    void first() {
      char[] copy = {0};
      begun = true;
      while (!ready) {
        "1".getChars(0, 1, copy, 0);
      }
      count = copy[0];
    }

    @Override
    void second() {
      ready = true;
    }
  }

  /** Who asks for a value moves it to the end. */
  static class AsksInOrder extends Begun {
    private final Map<Integer, Integer> map = new LinkedHashMap<>(4, 0.75f, true);

    @Override
    void first() {
      map.put(1, 1);
      map.put(2, 2);
      begun = true;
      while (!ready) {
        Integer unused = map.get(1);
      }
      count = map.keySet().iterator().next();
    }

    @Override
    void second() {
      ready = true;
    }
  }

  static class CallsAFunctionOfTheJdk extends Begun {
    @Override
    void first() {
      Iterator<Integer> numbers = List.of(1, 2).iterator();
      begun = true;
      while (!ready && numbers.hasNext()) {
        Integer unused = numbers.next();
      }
      count = numbers.hasNext() ? 1 : 0;
    }

    @Override
    void second() {
      ready = true;
    }
  }

  /** What it does in a round it can do once. */
  abstract static class ChangesOnce extends Begun {
    final AtomicInteger number = new AtomicInteger();

    abstract void change() throws InterruptedException;

    int seen() {
      return number.get();
    }

    @Override
    void first() throws InterruptedException {
      begun = true;
      while (!ready) {
        change();
      }
      count = seen();
    }

    @Override
    void second() {
      ready = true;
    }
  }

  static class Swaps extends ChangesOnce {
    @Override
    void change() {
      int unused = number.getAndSet(1);
    }
  }

  static class AddsOnce extends ChangesOnce {
    private final Set<Integer> set = ConcurrentHashMap.newKeySet();

    @Override
    void change() {
      set.add(1);
    }

    @Override
    int seen() {
      return set.size();
    }
  }

  static class Exchanges extends ChangesOnce {
    @Override
    void change() {
      int unused = number.compareAndExchange(0, 1);
    }
  }

  static class TakesInTime extends ChangesOnce {
    private final BlockingQueue<Integer> queue = new LinkedBlockingQueue<>(List.of(0));

    @Override
    void change() throws InterruptedException {
      Integer unused = queue.poll(10, TimeUnit.MILLISECONDS);
    }

    @Override
    int seen() {
      return 1 - queue.size();
    }
  }

  static class CallsAFunction extends ChangesOnce {
    private final Runnable change = () -> number.set(1);

    @Override
    void change() {
      change.run();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Swaps.class,
        AddsOnce.class,
        TakesWhatItCannotCompare.class,
        Exchanges.class,
        TakesInTime.class,
        CallsAFunctionOfTheJdk.class
      })
  void whatARoundDoesOnceIsSeen(Class<? extends Two> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.outcomes().keySet()).contains(0, 1);
    Exploration<Integer> random = Explorer.explore(scenario, Options.random(500, 1));
    assertThat(explored.outcomes().keySet()).containsAll(random.outcomes().keySet());
  }

  /** Joins the parts of an iterator that is there only once. */
  static class JoinsTheRest extends Begun {
    private final Iterator<String> parts = List.of("a").iterator();

    @Override
    void first() {
      Iterable<String> rest = () -> parts;
      begun = true;
      while (!ready) {
        String unused = String.join("", rest);
      }
      count += parts.hasNext() ? 0 : 1;
    }

    @Override
    void second() {
      ready = true;
    }
  }

  /** To compare a map with one that is ordered by its lookups looks up there. */
  static class ComparesMaps extends Begun {
    private final Map<String, Integer> ordered = new LinkedHashMap<>(4, 0.75f, true);

    @Override
    void first() {
      ordered.put("b", 1);
      ordered.put("a", 1);
      Object other = new TreeMap<>(ordered);
      begun = true;
      while (!ready) {
        boolean unused = other.equals(ordered);
      }
      count += ordered.keySet().iterator().next().equals("a") ? 1 : 0;
    }

    @Override
    void second() {
      ready = true;
    }
  }

  /** Whether a third thread has to wait for a monitor is seen by a fourth. */
  static class ShowsThatAnotherWaits extends Begun {
    @Override
    void first() {
      Thread entering = Thread.ofVirtual().start(this::enter);
      begun = true;
      while (!ready) {
        enter();
      }
      count += entering.getState() == Thread.State.BLOCKED ? 2 : 0;
    }

    private synchronized void enter() {
      // Whoever is in it keeps others out.
    }

    @Override
    void second() {
      ready = true;
    }
  }

  /** What it did shows only if it had to wait: a proof would have to have seen that. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        LetsInByAWait.class,
        LetsInByACondition.class,
        LetsInByAnUnlock.class,
        HoldsItOnceMoreEachTime.class,
        TellsTheTime.class,
        TellsTheTimeOfAPoll.class,
        TakesNulls.class,
        FillsAnArray.class,
        CopiesIntoAnArray.class,
        AsksInOrder.class,
        CallsAFunction.class,
        JoinsTheRest.class,
        ComparesMaps.class,
        ShowsThatAnotherWaits.class
      })
  void nothingIsProvedWhereARoundMatters(Class<? extends Two> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.isComplete()).as(explored.toString()).isFalse();
    assertThat(explored.failures()).as(explored.toString()).isZero();
    assertThat(explored.toString()).contains("a busy-wait");
  }

  @Test
  void nobodyIsSentToAccessWhoExploresAtAccess() {
    Exploration<Integer> explored = explored(LetsInByAnUnlock.class);

    assertThat(explored.bound().orElseThrow())
        .contains("give up after a few rounds")
        .doesNotContain("explore at access");
  }

  /** A thread asks again and again for what never comes, while the scenario ends. */
  static class IsLeft implements Scenario<Integer> {
    private volatile boolean isOver;
    private volatile int value;

    boolean isDaemon() {
      return true;
    }

    @Override
    public Integer run() {
      Thread left =
          new Thread(
              () -> {
                value = 1;
                while (!isOver) {
                  Thread.onSpinWait();
                }
              });
      left.setDaemon(isDaemon());
      left.start();
      return value;
    }
  }

  static final class KeepsTheJvm extends IsLeft {
    @Override
    boolean isDaemon() {
      return false;
    }
  }

  @Test
  void aDaemonThatIsLeftDoesNotKeepAnExecutionFromItsEnd() {
    Exploration<Integer> explored = explored(IsLeft.class);

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(0, 1);
    Exploration<Integer> kept = explored(KeepsTheJvm.class);
    assertThat(kept.failure().orElseThrow().kind()).isEqualTo(FailureKind.ENDLESS);
  }

  @Test
  void anInterruptThatARoundForgetsIsForgotten() {
    checkOutcomes(ForgetsAnInterrupt.class, Set.of(1, 2));
  }

  @Test
  void aPermitThatARoundTakesIsTaken() {
    Exploration<Integer> explored = explored(TakesAPermit.class);

    assertThat(explored.outcomes()).containsOnlyKeys(0);
    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLOCK);
  }

  /**
   * Whoever comes first asks for what the other one does later, and so it asks in vain at first.
   */
  static class AsksIfItIsFirst implements Scenario<Integer> {
    private final Object lock = new Object();
    private volatile boolean isDone;
    private int came;

    private void other() {
      synchronized (lock) {
        came++;
      }
      isDone = true;
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.ofVirtual().start(this::other);
      int before;
      synchronized (lock) {
        before = came;
      }
      while (before == 0 && !isDone) {
        Thread.onSpinWait();
      }
      other.join();
      return before;
    }
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void aRoundThatIsPartOfALongerStepIsNotLeftOut(Granularity granularity) {
    Exploration<Integer> explored =
        Explorer.explore(AsksIfItIsFirst.class, Options.exhaustive().granularity(granularity));

    if (granularity == Granularity.ACCESS) {
      assertThat(explored.certificate()).as(explored.toString()).isPresent();
      assertThat(explored.outcomes()).containsOnlyKeys(0, 1);
    } else {
      assertThat(explored.isComplete()).as(explored.toString()).isFalse();
      assertThat(explored.bound().orElseThrow()).contains("AsksIfItIsFirst.run");
    }
  }
}
