package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.FieldAccessor;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/** Outcomes that were missed once, and scenarios like them that are right. */
public class AttackTest {
  private static Thread unstarted(Runnable body) {
    return Thread.ofVirtual().unstarted(body);
  }

  private static void joinOrGiveUp(Thread other) {
    try {
      other.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A join of a thread that another one may not have started yet does not wait for it. */
  static class JoinsBeforeTheStart implements Scenario<Integer> {
    private int count;
    private int seen = -1;

    @Override
    public Integer run() throws InterruptedException {
      Thread adder = unstarted(() -> count = 1);
      Thread reader =
          Thread.startVirtualThread(
              () -> {
                joinOrGiveUp(adder);
                seen = count;
              });
      adder.start();
      reader.join();
      adder.join();
      return seen;
    }
  }

  /** It is started before the one that joins it. */
  static class JoinsAfterTheStart implements Scenario<Integer> {
    private int count;
    private int seen = -1;

    @Override
    public Integer run() throws InterruptedException {
      Thread adder = unstarted(() -> count = 1);
      adder.start();
      Thread reader =
          Thread.startVirtualThread(
              () -> {
                joinOrGiveUp(adder);
                seen = count;
              });
      reader.join();
      return seen;
    }
  }

  /** An object is copied while a field of it is written, without a method of its own for that. */
  static class IsCopied implements Scenario<Integer>, Cloneable {
    private int count;

    @Override
    public Integer run() throws Exception {
      Thread writer = Thread.startVirtualThread(() -> count = 1);
      IsCopied copy = (IsCopied) clone();
      writer.join();
      return copy.count;
    }
  }

  /** A join with a limit throws where nobody has started the thread. */
  abstract static class JoinsForATime implements Scenario<Boolean> {
    private volatile boolean isRunning;
    private volatile boolean hasBegun;
    private final Thread joined = new Thread(() -> {});

    boolean isStartedBefore() {
      return false;
    }

    @Override
    public final Boolean run() throws InterruptedException {
      if (isStartedBefore()) {
        joined.start();
      }
      Thread starter = Thread.startVirtualThread(this::startUnlessStarted);
      isRunning = true;
      boolean hasThrown = false;
      try {
        boolean unused = joined.join(Duration.ofMillis(5));
      } catch (IllegalThreadStateException notStarted) {
        hasThrown = true;
      }
      starter.join();
      return hasThrown && isRunning && hasBegun;
    }

    private void startUnlessStarted() {
      hasBegun = true;
      if (!isStartedBefore()) {
        joined.start();
      }
    }
  }

  static class JoinsForATimeWhatAnotherStarts extends JoinsForATime {}

  static class JoinsForATimeWhatIsStarted extends JoinsForATime {
    @Override
    boolean isStartedBefore() {
      return true;
    }
  }

  /** A thread is asked for what it has only until its end, or before its start. */
  abstract static class AsksAThread implements Scenario<Boolean> {
    private volatile boolean isRunning;
    final Thread asked = new Thread(new ThreadGroup("of the scenario"), () -> {});

    abstract boolean ask();

    @Override
    public final Boolean run() throws InterruptedException {
      Thread starter =
          Thread.startVirtualThread(
              () -> {
                isRunning = true;
                asked.start();
                joinOrGiveUp(asked);
              });
      isRunning = true;
      boolean answer = ask();
      starter.join();
      return answer && isRunning;
    }
  }

  static class AsksForItsGroup extends AsksAThread {
    @Override
    boolean ask() {
      return asked.getThreadGroup() == null;
    }
  }

  static class AsksForItsState extends AsksAThread {
    @Override
    boolean ask() {
      return asked.getState() == Thread.State.NEW;
    }
  }

  /** Two threads make one each, and the identifiers tell which was made first. */
  abstract static class AsksForIdentifiers implements Scenario<Boolean> {
    private volatile boolean isRunning;

    abstract long idOfANewOne();

    @Override
    public Boolean run() throws InterruptedException {
      long[] ids = new long[2];
      Thread one =
          Thread.startVirtualThread(
              () -> {
                isRunning = true;
                ids[0] = idOfANewOne();
              });
      Thread two = Thread.startVirtualThread(() -> ids[1] = idOfANewOne());
      one.join();
      two.join();
      return isRunning && ids[0] < ids[1];
    }
  }

  static class AsksForThemBeforeTheStart extends AsksForIdentifiers {
    @Override
    long idOfANewOne() {
      return unstarted(() -> {}).threadId();
    }
  }

  static class AsksForThemAfterTheStart extends AsksForIdentifiers {
    @Override
    long idOfANewOne() {
      return Thread.startVirtualThread(() -> {}).threadId();
    }
  }

  /** Of two threads that are made one after the other, which one is started first. */
  abstract static class OrdersByIdentifiers implements Scenario<Boolean> {
    abstract void start(Thread one, Thread other);

    @Override
    public Boolean run() throws InterruptedException {
      Thread one = unstarted(() -> {});
      Thread other = unstarted(() -> {});
      start(one, other);
      one.join();
      other.join();
      return one.threadId() < other.threadId();
    }
  }

  static class StartsTheFirstFirst extends OrdersByIdentifiers {
    @Override
    void start(Thread one, Thread other) {
      one.start();
      other.start();
    }
  }

  static class StartsTheSecondFirst extends OrdersByIdentifiers {
    @Override
    void start(Thread one, Thread other) {
      other.start();
      one.start();
    }
  }

  /** Sets a property by a method that it looks up: nobody would set that back. */
  static class SetsAPropertyByReflection implements Scenario<Object> {
    static final String KEY = "oversell.attack.reflection";

    @Override
    public Object run() throws Exception {
      return ""
          + System.class
              .getMethod("setProperty", String.class, String.class)
              .invoke(null, KEY, "set");
    }
  }

  /** The same as anybody does it. */
  static class SetsAProperty implements Scenario<Object> {
    @Override
    public Object run() {
      return "" + System.setProperty(SetsAPropertyByReflection.KEY, "set");
    }
  }

  /** An interrupt ends the wait for a thread, which may not have ended, nor begun. */
  static class IsInterruptedInAJoin implements Scenario<String> {
    private int count;
    private String seen = "";

    @Override
    public String run() throws InterruptedException {
      Thread adder = Thread.startVirtualThread(() -> count = 1);
      Thread reader =
          Thread.startVirtualThread(
              () -> {
                try {
                  adder.join();
                  seen = "joined";
                } catch (InterruptedException interrupted) {
                  seen = "interrupted";
                }
                seen += " " + count;
              });
      reader.interrupt();
      reader.join();
      return seen;
    }
  }

  /** What it returns is still changed by a thread that nobody has joined. */
  static class ReturnsWhatIsChanged implements Scenario<List<Integer>> {
    @Override
    public List<Integer> run() {
      List<Integer> list = new ArrayList<>();
      Thread.startVirtualThread(() -> list.add(1));
      return list;
    }
  }

  private static String afterTwoLookups(HashMap<Integer, Integer> map) throws InterruptedException {
    map.put(1, 1);
    map.put(2, 2);
    Thread other = Thread.startVirtualThread(() -> map.get(1));
    int unused = map.getOrDefault(2, 0);
    other.join();
    return map.toString();
  }

  /** A map that is ordered by when its keys were looked up is changed by whoever does that. */
  static class LooksUpWhatIsOrderedByThat implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      return afterTwoLookups(new LinkedHashMap<>(4, 0.75f, true));
    }
  }

  /** No other map is. */
  static class LooksUp implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      return afterTwoLookups(new HashMap<>());
    }
  }

  /** A value that is compared with what a key is mapped to reads that. */
  static class ReplacesIfAListEqualsAnother implements Scenario<Boolean> {
    @Override
    public Boolean run() throws InterruptedException {
      List<Integer> list = new ArrayList<>(List.of(1));
      Map<Integer, List<Integer>> map = new ConcurrentHashMap<>(Map.of(1, list));
      Thread other = Thread.startVirtualThread(() -> list.set(0, 2));
      boolean replaced = map.replace(1, List.of(1), List.of());
      other.join();
      return replaced;
    }
  }

  /** The same, where it is removed. */
  static class RemovesIfAListEqualsAnother implements Scenario<Boolean> {
    @Override
    public Boolean run() throws InterruptedException {
      List<Integer> list = new ArrayList<>(List.of(1));
      ConcurrentHashMap<Integer, Object> map = new ConcurrentHashMap<>(Map.of(1, list));
      Thread other = Thread.startVirtualThread(() -> list.set(0, 2));
      boolean removed = map.remove(1, List.of(1));
      other.join();
      return removed;
    }
  }

  /** A number equals no list, whatever is in that. */
  static class RemovesIfANumberEqualsAList implements Scenario<Boolean> {
    @Override
    public Boolean run() throws InterruptedException {
      List<Integer> list = new ArrayList<>(List.of(1));
      ConcurrentHashMap<Integer, Object> map = new ConcurrentHashMap<>(Map.of(1, list));
      Thread other = Thread.startVirtualThread(() -> list.set(0, 2));
      boolean removed = map.remove(1, 1);
      other.join();
      return removed;
    }
  }

  /** The same, after the end of that thread. */
  static class ReturnsWhatWasChanged implements Scenario<List<Integer>> {
    @Override
    public List<Integer> run() throws InterruptedException {
      List<Integer> list = new ArrayList<>();
      Thread adder = Thread.startVirtualThread(() -> list.add(1));
      adder.join();
      return list;
    }
  }

  /** An array is read when it is returned, too. */
  static class ReturnsAnArrayThatIsChanged implements Scenario<int[]> {
    private int other;

    @Override
    public int[] run() {
      int[] array = new int[1];
      Thread.startVirtualThread(() -> array[0] = 1);
      other++;
      return array;
    }
  }

  /** A set of bits has no copy of its own class's, unless it is made. */
  static class ReturnsBitsThatAreChanged implements Scenario<BitSet> {
    @Override
    public BitSet run() {
      BitSet bits = new BitSet();
      Thread.startVirtualThread(() -> bits.set(1));
      return bits;
    }
  }

  /** A task is cancelled before a thread begins with it, in the middle, or too late. */
  static class CancelsATask implements Scenario<String> {
    private volatile int done;

    @Override
    public String run() throws InterruptedException {
      FutureTask<Integer> task = new FutureTask<>(() -> done = 1);
      Thread worker = Thread.startVirtualThread(task);
      boolean[] cancelled = new boolean[1];
      Thread other = Thread.startVirtualThread(() -> cancelled[0] = task.cancel(false));
      worker.join();
      other.join();
      return done + (cancelled[0] ? " cancelled" : "");
    }
  }

  /** Of two threads that begin with one task the first runs it. */
  static class SharesATask implements Scenario<String> {
    private String by = "";

    @Override
    public String run() throws InterruptedException {
      FutureTask<String> task = new FutureTask<>(() -> by = Thread.currentThread().getName());
      Thread one = Thread.ofVirtual().name("one").start(task);
      Thread other = Thread.ofVirtual().name("other").start(task);
      one.join();
      other.join();
      return by;
    }
  }

  /**
   * A thread that waits is interrupted, and signalled to before it goes on: then it returns as if
   * it had only been signalled to. Threads of the JDK do that about every other time.
   */
  static class IsInterruptedAndSignalled implements Scenario<String> {
    private final Object lock = new Object();
    private String seen = "";

    @Override
    public String run() throws InterruptedException {
      Thread waiter = Thread.startVirtualThread(this::await);
      waiter.interrupt();
      synchronized (lock) {
        lock.notify();
      }
      waiter.join();
      return seen;
    }

    // It waits once, for either.
    @SuppressWarnings("WaitNotInLoop")
    private void await() {
      synchronized (lock) {
        try {
          lock.wait();
          seen = "signalled, " + Thread.interrupted();
        } catch (InterruptedException interrupted) {
          seen = "interrupted";
        }
      }
    }
  }

  @Test
  void aJoinWithALimitMayComeBeforeTheStart() {
    assertThat(outcomes(JoinsForATimeWhatAnotherStarts.class)).isEqualTo(Set.of(true, false));
    assertThat(outcomes(JoinsForATimeWhatIsStarted.class)).isEqualTo(Set.of(false));
  }

  @Test
  void aCopyHasWhatItsOriginalHad() {
    assertThat(outcomes(IsCopied.class)).isEqualTo(Set.of(0, 1));
  }

  @Test
  void aThreadHasNoGroupAfterItsEnd() {
    assertThat(outcomes(AsksForItsGroup.class)).isEqualTo(Set.of(true, false));
  }

  @Test
  void theStateOfAThreadIsAskedWhenItMayHaveBeenStarted() {
    Exploration<Boolean> explored = Explorer.explore(AsksForItsState.class, Options.exhaustive());

    assertThat(explored.uncontrolled()).first().asString().contains("getState");
  }

  @Test
  void noExecutionFindsAPropertyThatAnotherOneHasSet() {
    Exploration<Object> set = Explorer.explore(SetsAProperty.class, Options.exhaustive());
    Exploration<Object> reflected =
        Explorer.explore(SetsAPropertyByReflection.class, Options.exhaustive());

    assertThat(set.certificate()).isPresent();
    assertThat(set.outcomes()).containsOnlyKeys("null");
    assertThat(reflected.certificate()).isEmpty();
    assertThat(reflected.uncontrolled()).first().asString().contains("invoke");
    assertThat(System.getProperty(SetsAPropertyByReflection.KEY)).isNull();
  }

  @Test
  void theOrderOfIdentifiersIsThatInWhichThreadsWereMade() {
    Exploration<Boolean> first = Explorer.explore(StartsTheFirstFirst.class, Options.exhaustive());
    Exploration<Boolean> second =
        Explorer.explore(StartsTheSecondFirst.class, Options.exhaustive());

    assertThat(first.certificate()).isPresent();
    assertThat(first.outcomes()).containsOnlyKeys(true);
    assertThat(second.certificate()).isEmpty();
    assertThat(second.uncontrolled()).first().asString().contains("in the order in which");
  }

  @Test
  void theOrderOfIdentifiersIsThatOfTheStarts() {
    Exploration<Boolean> before =
        Explorer.explore(AsksForThemBeforeTheStart.class, Options.exhaustive());
    Exploration<Boolean> after =
        Explorer.explore(AsksForThemAfterTheStart.class, Options.exhaustive());

    assertThat(before.uncontrolled()).first().asString().contains("not started yet");
    assertThat(before.certificate()).isEmpty();
    assertThat(after.certificate()).isPresent();
    assertThat(after.outcomes()).containsOnlyKeys(true, false);
  }

  @Test
  void aThreadThatIsInterruptedMayStillBeNotified() {
    assertThat(outcomes(IsInterruptedAndSignalled.class))
        .isEqualTo(Set.of("interrupted", "signalled, true"));
  }

  @Test
  void aTaskMayBeCancelledBeforeItBegins() {
    assertThat(outcomes(CancelsATask.class)).isEqualTo(Set.of("0 cancelled", "1 cancelled", "1"));
  }

  @Test
  void eitherOfTwoThreadsMayRunATask() {
    assertThat(outcomes(SharesATask.class)).isEqualTo(Set.of("one", "other"));
  }

  @Test
  void aJoinMayComeBeforeTheStart() {
    assertThat(outcomes(JoinsBeforeTheStart.class)).isEqualTo(Set.of(0, 1));
  }

  @Test
  void aJoinOfAThreadThatWasStartedBeforeSeesAllItsWrites() {
    Exploration<Integer> explored =
        Explorer.explore(JoinsAfterTheStart.class, Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes().keySet()).containsExactly(1);
    assertThat(explored.executions()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsAJoinWhateverTheOtherThreadDoes() {
    assertThat(outcomes(IsInterruptedInAJoin.class))
        .isEqualTo(Set.of("joined 1", "interrupted 0", "interrupted 1"));
  }

  @Test
  void anOutcomeMayStillBeChangedByAThread() {
    assertThat(outcomes(ReturnsWhatIsChanged.class)).isEqualTo(Set.of(List.of(), List.of(1)));
    assertThat(outcomes(ReturnsBitsThatAreChanged.class))
        .isEqualTo(Set.of(new BitSet(), BitSet.valueOf(new long[] {2})));
    assertThat(outcomes(ReturnsWhatWasChanged.class)).isEqualTo(Set.of(List.of(1)));
  }

  @Test
  void aLookupChangesAMapThatIsOrderedByThemWhateverItIsDeclaredAs() {
    Exploration<String> explored =
        Explorer.explore(LooksUpWhatIsOrderedByThat.class, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).isEqualTo(Set.of("{1=1, 2=2}", "{2=2, 1=1}"));
    assertThat(explored.uncontrolled())
        .singleElement()
        .asString()
        .startsWith("two threads that use one LinkedHashMap at once");
  }

  @Test
  void comparingAListWithTheValueOfAKeyReadsTheValue() {
    assertThat(outcomes(ReplacesIfAListEqualsAnother.class)).isEqualTo(Set.of(true, false));
    assertThat(outcomes(RemovesIfAListEqualsAnother.class)).isEqualTo(Set.of(true, false));
  }

  @Test
  void comparingANumberWithTheValueOfAKeyReadsNothing() {
    Exploration<Boolean> explored =
        Explorer.explore(RemovesIfANumberEqualsAList.class, Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes().keySet()).containsExactly(false);
    assertThat(explored.executions()).isEqualTo(1);
  }

  @Test
  void lookupsInAnyOtherMapCommute() {
    Exploration<String> explored = Explorer.explore(LooksUp.class, Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes().keySet()).containsExactly("{1=1, 2=2}");
    assertThat(explored.executions()).isEqualTo(1);
  }

  /** A thread whose constructor starts it before it sets a field. */
  static final class StartsItself implements Scenario<Integer> {
    private static final class Own extends Thread {
      private int value;
      private int seen;

      Own() {
        start();
        value = 1;
      }

      @Override
      public void run() {
        seen = value;
      }
    }

    @Override
    public Integer run() throws Exception {
      Own own = new Own();
      own.join();
      return own.seen;
    }
  }

  /** The same of a field that whoever has started the thread sets. */
  static final class SetsAfterTheStart implements Scenario<Integer> {
    private static final class Own extends Thread {
      private int value;

      @Override
      public void run() {}
    }

    @Override
    public Integer run() throws Exception {
      Own own = new Own();
      int[] seen = new int[1];
      Thread reader = Thread.startVirtualThread(() -> seen[0] = own.value);
      own.start();
      own.value = 1;
      reader.join();
      own.join();
      return seen[0];
    }
  }

  @Test
  void aThreadMayReadItsFieldsBeforeItsConstructorHasReturned() {
    assertThat(outcomes(StartsItself.class)).containsExactlyInAnyOrder(0, 1);
    assertThat(outcomes(SetsAfterTheStart.class)).containsExactlyInAnyOrder(0, 1);
  }

  private static <R> Set<R> outcomes(Class<? extends Scenario<R>> scenario) {
    Exploration<R> explored = Explorer.explore(scenario, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    return explored.outcomes().keySet();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        JoinsBeforeTheStart.class,
        JoinsAfterTheStart.class,
        IsInterruptedInAJoin.class,
        ReturnsWhatIsChanged.class,
        ReturnsWhatWasChanged.class,
        ReturnsAnArrayThatIsChanged.class,
        ReturnsBitsThatAreChanged.class,
        CancelsATask.class,
        SharesATask.class,
        IsInterruptedAndSignalled.class,
        LooksUp.class,
        ReplacesIfAListEqualsAnother.class,
        RemovesIfAListEqualsAnother.class,
        RemovesIfANumberEqualsAList.class,
        StartsItself.class,
        SetsAfterTheStart.class
      })
  <R> void theReductionStandsForAllSchedules(Class<? extends Scenario<R>> scenario) {
    for (Granularity granularity : Granularity.values()) {
      Options options = Options.exhaustive().granularity(granularity);
      Exploration<R> reduced = Explorer.explore(scenario, options);
      Exploration<R> full = Explorer.explore(scenario, options.reduction(Reduction.NONE));

      assertThat(full.isComplete()).isTrue();
      assertThat(reduced.schedules()).hasValue(BigInteger.valueOf(full.executions()));
      assertThat(reduced.outcomes().keySet()).isEqualTo(full.outcomes().keySet());
    }
  }

  /** What a function reads, while an atomic is updated by it; a subclass has another function. */
  static class Updates implements Scenario<List<Integer>> {
    final AtomicInteger updated = new AtomicInteger();
    final List<Integer> read = new ArrayList<>();
    int other;

    int next(int value) {
      return value;
    }

    @Override
    public List<Integer> run() throws InterruptedException {
      Thread updating = Thread.startVirtualThread(() -> updated.updateAndGet(this::next));
      other = 5;
      updated.set(10);
      updating.join();
      return read;
    }
  }

  static class UpdatesByAFunctionOfASubclass extends Updates {
    @Override
    int next(int value) {
      read.add(other);
      return value + other;
    }
  }

  static class UpdatesByAFunctionOfItsOwn extends Updates {
    @Override
    public List<Integer> run() throws InterruptedException {
      Thread updating = Thread.startVirtualThread(() -> updated.updateAndGet(this::add));
      other = 5;
      updated.set(10);
      updating.join();
      return read;
    }

    private int add(int value) {
      read.add(other);
      return value + other;
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {UpdatesByAFunctionOfASubclass.class, UpdatesByAFunctionOfItsOwn.class})
  void anotherThreadMayComeBetweenAFunctionAndTheUpdateByIt(Class<? extends Updates> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).outcomes().keySet())
        .contains(List.of(0), List.of(5), List.of(0, 5), List.of(5, 5));
  }

  /** An object that counts down when the garbage collector finds it. */
  static class Finalized implements Scenario<Integer> {
    private static int open;

    private static class Handle {
      Handle() {
        open++;
      }

      @SuppressWarnings({"removal", "Finalize"})
      @Override
      protected void finalize() {
        open--;
      }
    }

    @Override
    public Integer run() {
      new Handle();
      return open;
    }
  }

  /** Its keys go when the garbage collector finds them, whoever it was handed to. */
  static class WeakKeys implements Scenario<Boolean> {
    @Override
    public Boolean run() {
      Set<Object> all = Collections.newSetFromMap(new WeakHashMap<>());
      all.add(new Object());
      return all.isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Finalized.class, WeakKeys.class})
  <R> void whatTheGarbageCollectorDecidesIsNotUnderControl(Class<? extends Scenario<R>> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).certificate()).isEmpty();
    assertThat(Explorer.explore(scenario, Options.exhaustive()).uncontrolled()).isNotEmpty();
  }

  /** The twin: its finalizer does nothing. */
  static class FinalizedByNothing implements Scenario<Integer> {
    private int open;

    @SuppressWarnings({"removal", "Finalize"})
    @Override
    protected void finalize() {}

    @Override
    public Integer run() {
      return open;
    }
  }

  @Test
  void aFinalizerThatDoesNothingMattersToNobody() {
    assertThat(Explorer.explore(FinalizedByNothing.class, Options.exhaustive()).certificate())
        .isPresent();
  }

  /** A reference to a method that its class inherits, by an object of that class. */
  static class RefersToAnInheritedMethod extends Updates {
    @Override
    public List<Integer> run() throws InterruptedException {
      Thread updating = Thread.startVirtualThread(() -> updated.updateAndGet(this::next));
      updating.join();
      return List.of(updated.get());
    }
  }

  @Test
  void aReferenceToAnInheritedMethodIsExplored() {
    assertThat(Explorer.explore(RefersToAnInheritedMethod.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(List.of(0));
  }

  /** Two threads count in what a ThreadLocal keeps for each. */
  abstract static class CountsByAThreadLocal implements Scenario<Integer> {
    private final ThreadLocal<int[]> counted = ThreadLocal.withInitial(this::counter);

    abstract int[] counter();

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(() -> counted.get()[0]++);
      counted.get()[0]++;
      other.join();
      int count = counted.get()[0];
      counted.remove();
      return count;
    }
  }

  static class CountsForEachThread extends CountsByAThreadLocal {
    @Override
    int[] counter() {
      return new int[1];
    }
  }

  static class CountsForAllThreads extends CountsByAThreadLocal {
    private final int[] shared = new int[1];

    @Override
    int[] counter() {
      return shared;
    }
  }

  @Test
  void whatAThreadLocalKeepsIsSharedOnlyIfItsValueIs() {
    Exploration<Integer> ofEach = Explorer.explore(CountsForEachThread.class, Options.exhaustive());

    assertThat(ofEach.outcomes()).containsOnlyKeys(1);
    assertThat(ofEach.certificate()).isPresent();
    assertThat(ofEach.executions()).isEqualTo(1);
    assertThat(Explorer.explore(CountsForAllThreads.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(1, 2);
  }

  /** A thread waits for another one, whose last act is to interrupt it. */
  abstract static class WaitsForTheInterrupter implements Scenario<String> {
    abstract void waitFor(Runnable interrupting) throws Exception;

    @Override
    public String run() throws Exception {
      Thread waiting = Thread.currentThread();
      try {
        waitFor(waiting::interrupt);
        return "waited, " + (Thread.interrupted() ? "interrupted" : "not interrupted");
      } catch (InterruptedException ended) {
        return "ended";
      }
    }
  }

  static class JoinsTheInterrupter extends WaitsForTheInterrupter {
    @Override
    void waitFor(Runnable interrupting) throws Exception {
      Thread.startVirtualThread(interrupting).join();
    }
  }

  static class GetsFromTheInterrupter extends WaitsForTheInterrupter {
    @Override
    void waitFor(Runnable interrupting) throws Exception {
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var unused = executor.submit(interrupting).get();
      }
    }
  }

  static class InvokesTheInterrupter extends WaitsForTheInterrupter {
    @Override
    void waitFor(Runnable interrupting) throws Exception {
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var unused = executor.invokeAll(List.of(Executors.callable(interrupting)));
      }
    }
  }

  static class AwaitsThePoolOfTheInterrupter extends WaitsForTheInterrupter {
    @Override
    void waitFor(Runnable interrupting) throws Exception {
      try (var executor = Executors.newFixedThreadPool(1)) {
        executor.execute(interrupting);
        executor.shutdown();
        boolean unused = executor.awaitTermination(1, TimeUnit.HOURS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        JoinsTheInterrupter.class,
        GetsFromTheInterrupter.class,
        InvokesTheInterrupter.class,
        AwaitsThePoolOfTheInterrupter.class
      })
  void anInterruptMayEndAWaitForTheThreadThatInterrupts(
      Class<? extends WaitsForTheInterrupter> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).outcomes())
        .containsOnlyKeys("waited, interrupted", "ended");
  }

  /** An interrupt that came before ends the wait, however short. */
  static class AwaitsAPoolInterrupted extends WaitsForTheInterrupter {
    @Override
    void waitFor(Runnable interrupting) throws Exception {
      try (var executor = Executors.newFixedThreadPool(1)) {
        CountDownLatch stopped = new CountDownLatch(1);
        executor.execute(() -> awaitOrGiveUp(stopped));
        interrupting.run();
        try {
          boolean unused = executor.awaitTermination(1, TimeUnit.MILLISECONDS);
        } finally {
          stopped.countDown();
        }
      }
    }

    private static void awaitOrGiveUp(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aWaitForTheEndOfAPoolIsEndedByAnInterrupt() {
    assertThat(Explorer.explore(AwaitsAPoolInterrupted.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys("ended");
  }

  /** What is found last matters to how it is found. */
  static class AsksWhatTheFailureDoesNot implements Scenario<Boolean> {
    private volatile boolean isReady;
    private boolean isAlive;

    @Override
    public Boolean run() throws InterruptedException {
      Thread preparing = unstarted(() -> isReady = true);
      Thread waiting =
          Thread.startVirtualThread(
              () -> {
                if (!isReady) {
                  LockSupport.park();
                }
                isAlive = preparing.isAlive();
              });
      preparing.start();
      preparing.join();
      waiting.join();
      return isAlive;
    }
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void aFailureIsToldThatCameBeforeItWasKnownWhatMatters(Reduction reduction) {
    Exploration<Boolean> explored =
        Explorer.explore(
            AsksWhatTheFailureDoesNot.class, Options.exhaustive().reduction(reduction));

    assertThat(explored.failures()).isPositive();
    assertThat(explored.failure())
        .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DEADLOCK));
  }

  /** Sees what a thread has written, and asks whether it has ended in another way than isAlive. */
  abstract static class AsksForAnEnd implements Scenario<List<Boolean>> {
    private volatile boolean isWritten;

    abstract boolean hasEnded(Thread other);

    @Override
    public List<Boolean> run() throws InterruptedException {
      Thread other = new Thread(() -> isWritten = true);
      other.start();
      before(other);
      boolean isSeen = isWritten;
      boolean hasEnded = hasEnded(other);
      other.join();
      return List.of(isSeen, hasEnded);
    }

    void before(Thread other) throws InterruptedException {}
  }

  static class AsksForTheHandler extends AsksForAnEnd {
    @Override
    boolean hasEnded(Thread other) {
      return other.getUncaughtExceptionHandler() == null;
    }
  }

  static class AsksForTheHandlerAfterAJoin extends AsksForTheHandler {
    @Override
    void before(Thread other) throws InterruptedException {
      other.join();
    }
  }

  static class AsksForTheStack extends AsksForAnEnd {
    @Override
    boolean hasEnded(Thread other) {
      return other.getStackTrace().length == 0;
    }
  }

  static class AsksForTheStackAfterAJoin extends AsksForTheStack {
    @Override
    void before(Thread other) throws InterruptedException {
      other.join();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AsksForTheHandlerAfterAJoin.class, AsksForTheStackAfterAJoin.class})
  void aThreadThatIsJoinedHasEndedForWhoeverAsks(Class<? extends AsksForAnEnd> scenario) {
    Exploration<List<Boolean>> explored = Explorer.explore(scenario, Options.exhaustive());

    assertThat(explored.outcomes()).containsOnlyKeys(List.of(true, true));
    assertThat(explored.certificate()).isPresent();
  }

  @Test
  void aThreadEndsAfterItsLastStepForWhoeverAsksForItsHandler() {
    assertThat(Explorer.explore(AsksForTheHandler.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(
            List.of(false, false), List.of(false, true), List.of(true, false), List.of(true, true));
  }

  @Test
  void whereAThreadIsThatRunsIsNotUnderControl() {
    assertThat(Explorer.explore(AsksForTheStack.class, Options.exhaustive()).uncontrolled())
        .singleElement()
        .asString()
        .startsWith("getStackTrace");
  }

  /** The text of a future says whether it is done. */
  abstract static class AsksForAText implements Scenario<List<Boolean>> {
    private volatile boolean isWritten;

    abstract String text(Future<?> future);

    @Override
    public List<Boolean> run() {
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> future = executor.submit(() -> isWritten = true);
        boolean isSeen = isWritten;
        return List.of(isSeen, text(future).contains("Completed"));
      }
    }
  }

  static class AsksForItsText extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return future.toString();
    }
  }

  static class WritesItIntoAText extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return "a future: " + future;
    }
  }

  static class AppendsItToAText extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return new StringBuilder().append(future).toString();
    }
  }

  /** Counts how often it is asked for an element. */
  static class ListOfOne extends AbstractList<Object> {
    private final Object element;
    int asked;

    ListOfOne(Object element) {
      this.element = element;
    }

    @Override
    public Object get(int index) {
      asked++;
      return element;
    }

    @Override
    public int size() {
      return 1;
    }
  }

  static class WritesAListOfTheUsers extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return "a list: " + new ListOfOne(future);
    }
  }

  static class WritesAViewOfAListOfTheUsers extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return "a list: " + Collections.unmodifiableList(new ListOfOne(future));
    }
  }

  static class WritesAListThatExtendsTheJdks extends AsksForAText {
    private static final class Own extends ArrayList<Object> {
      private static final long serialVersionUID = 1;
    }

    @Override
    String text(Future<?> future) {
      List<Object> own = new Own();
      own.add(future);
      return own.toString();
    }
  }

  /** What an iterator of the user's does it does once. */
  static class CountsWhoAsks implements Scenario<Integer> {
    @Override
    public Integer run() {
      ListOfOne list = new ListOfOne("one");
      String unused = "a list: " + Collections.unmodifiableList(list);
      return list.asked;
    }
  }

  @Test
  void aTextAsksForEachElementOnce() {
    assertThat(Explorer.explore(CountsWhoAsks.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(1);
  }

  static class WritesAnyObject extends AsksForAText {
    @Override
    String text(Future<?> future) {
      Object any = future;
      return "any: " + any;
    }
  }

  static class FormatsIt extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return String.format("%s", future);
    }
  }

  static class WritesAListOfIt extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return "all: " + List.of(future);
    }
  }

  static class WritesAnArrayOfIt extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return Arrays.toString(new Object[] {future});
    }
  }

  static class WritesAnOptional extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return Optional.of(future).toString();
    }
  }

  static class WritesAReference extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return new AtomicReference<>(future).toString();
    }
  }

  /** Anything. */
  record Kept(Object object) {}

  static class WritesARecord extends AsksForAText {
    @Override
    String text(Future<?> future) {
      return new Kept(future).toString();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        AsksForItsText.class,
        WritesItIntoAText.class,
        AppendsItToAText.class,
        WritesAnyObject.class,
        FormatsIt.class,
        WritesAListOfIt.class,
        WritesAnArrayOfIt.class,
        WritesAnOptional.class,
        WritesAReference.class,
        WritesARecord.class,
        WritesAListOfTheUsers.class,
        WritesAViewOfAListOfTheUsers.class,
        WritesAListThatExtendsTheJdks.class
      })
  void theTextOfAFutureSaysThatItIsDoneAfterTheLastStepOfItsTask(
      Class<? extends AsksForAText> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).outcomes())
        .containsOnlyKeys(
            List.of(false, false), List.of(false, true), List.of(true, false), List.of(true, true));
  }

  /** Each of two classes makes one of the other while it is made. */
  static class MakeEachOther implements Scenario<Integer> {
    static class Buyer {
      final Basket basket;

      Buyer(int depth) {
        basket = new Basket(depth);
      }
    }

    static final class Basket {
      final @Nullable Buyer of;
      int units;

      Basket(int depth) {
        of = depth == 0 ? null : new Buyer(depth - 1);
      }
    }

    private final Buyer buyer = new Buyer(1);

    void add() {
      synchronized (buyer) {
        buyer.basket.units++;
      }
    }

    @Override
    public final Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::add);
      add();
      other.join();
      return buyer.basket.units;
    }
  }

  static final class MakeEachOtherUnlocked extends MakeEachOther {
    @Override
    void add() {
      new Buyer(0).basket.units++;
      super.buyer.basket.units++;
    }
  }

  @Test
  void classesWhoseConstructorsMakeEachOtherAreExplored() {
    Exploration<Integer> right = Explorer.explore(MakeEachOther.class, Options.exhaustive());

    assertThat(right.certificate()).as(right.toString()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(2);
    assertThat(Explorer.explore(MakeEachOtherUnlocked.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(1, 2);
  }

  /** Loggers name the loader of a class by its class. */
  static class AsksForTheClassOfItsLoader implements Scenario<String> {
    @Override
    public String run() {
      return getClass().getClassLoader().getClass().getName();
    }
  }

  @Test
  void theLoaderOfAClassIsOfTheClassThatItIsOfWhenNothingIsWoven() {
    Exploration<String> explored =
        Explorer.explore(AsksForTheClassOfItsLoader.class, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(new AsksForTheClassOfItsLoader().run());
  }

  /** Sees how numbers are written before it changes the language of all. */
  static class ChangesTheLocale implements Scenario<List<Locale>> {
    @Override
    public List<Locale> run() throws InterruptedException {
      List<Locale> seen =
          List.of(
              Locale.getDefault(Locale.Category.DISPLAY),
              Locale.getDefault(Locale.Category.FORMAT));
      Thread other = Thread.startVirtualThread(() -> Locale.setDefault(Locale.ITALY));
      Locale.setDefault(Locale.Category.FORMAT, Locale.JAPAN);
      other.join();
      return seen;
    }
  }

  @Test
  void theLocaleOfEachUseIsSetBackForTheNextExecution() {
    Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    Locale all = Locale.getDefault();
    Locale.setDefault(Locale.ROOT);
    Locale.setDefault(Locale.Category.DISPLAY, Locale.CANADA);
    Locale.setDefault(Locale.Category.FORMAT, Locale.FRANCE);
    try {
      assertThat(Explorer.explore(ChangesTheLocale.class, Options.exhaustive()).outcomes())
          .containsOnlyKeys(List.of(Locale.CANADA, Locale.FRANCE));
      assertThat(Locale.getDefault()).isEqualTo(Locale.ROOT);
      assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(Locale.FRANCE);
    } finally {
      Locale.setDefault(all);
      Locale.setDefault(Locale.Category.DISPLAY, display);
      Locale.setDefault(Locale.Category.FORMAT, format);
    }
  }

  static class WritesItWhenItIsDone extends AsksForAText {
    @Override
    String text(Future<?> future) {
      while (!future.isDone()) {
        Thread.yield();
      }
      return "all: " + List.of(future);
    }
  }

  @Test
  void theTextOfAFutureThatIsKnownToBeDoneSaysSo() {
    Exploration<List<Boolean>> explored =
        Explorer.explore(WritesItWhenItIsDone.class, Options.exhaustive());

    assertThat(explored.outcomes()).containsOnlyKeys(List.of(false, true), List.of(true, true));
    assertThat(explored.certificate()).isPresent();
  }

  /** The text of a thread that has ended names no group. */
  abstract static class WritesAThread extends AsksForAnEnd {
    abstract String text(Thread thread);

    @Override
    boolean hasEnded(Thread other) {
      return text(other).endsWith(",]");
    }
  }

  static class ConcatenatesAThread extends WritesAThread {
    @Override
    String text(Thread thread) {
      return "a thread: " + thread;
    }
  }

  static class TakesTheTextOfAnyObject extends WritesAThread {
    @Override
    String text(Thread thread) {
      return String.valueOf((Object) thread);
    }
  }

  static class AppendsAThread extends WritesAThread {
    @Override
    String text(Thread thread) {
      return new StringBuilder().append(thread).toString();
    }
  }

  static class RefersToTheTextOfAnyObject extends WritesAThread {
    @Override
    String text(Thread thread) {
      Function<Object, String> text = String::valueOf;
      return text.apply(thread);
    }
  }

  static class WritesARecordOfAThread extends WritesAThread {
    @Override
    String text(Thread thread) {
      return new Kept(thread).toString().replace("]]", "]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ConcatenatesAThread.class,
        TakesTheTextOfAnyObject.class,
        AppendsAThread.class,
        RefersToTheTextOfAnyObject.class,
        WritesARecordOfAThread.class
      })
  void theTextOfAThreadSaysThatItHasEndedAfterItsLastStep(Class<? extends WritesAThread> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).outcomes())
        .containsOnlyKeys(
            List.of(false, false), List.of(false, true), List.of(true, false), List.of(true, true));
  }

  static class WritesAThreadAfterAJoin extends ConcatenatesAThread {
    @Override
    void before(Thread other) throws InterruptedException {
      other.join();
    }
  }

  @Test
  void theTextOfAThreadThatIsJoinedSaysThatItHasEnded() {
    Exploration<List<Boolean>> explored =
        Explorer.explore(WritesAThreadAfterAJoin.class, Options.exhaustive());

    assertThat(explored.outcomes()).containsOnlyKeys(List.of(true, true));
    assertThat(explored.certificate()).isPresent();
  }

  /** Its number is that of the explorer wherever the text is made. */
  static class WritesItself implements Scenario<String> {
    @Override
    public String run() {
      return "by " + Thread.currentThread();
    }
  }

  @Test
  void theTextOfAThreadIsTheSameInEachExecution() {
    Exploration<String> explored = Explorer.explore(WritesItself.class, Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes()).hasSize(1);
  }

  static class FormatsAThread extends WritesAThread {
    @Override
    String text(Thread thread) {
      return String.format("%s", thread);
    }
  }

  static class WritesAListOfThreads extends WritesAThread {
    @Override
    String text(Thread thread) {
      return List.of(thread).toString().replace("]]", "]");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {FormatsAThread.class, WritesAListOfThreads.class})
  void theTextOfAThreadThatTheJdkMakesIsNotUnderControl(Class<? extends WritesAThread> scenario) {
    assertThat(Explorer.explore(scenario, Options.exhaustive()).uncontrolled())
        .singleElement()
        .asString()
        .contains("call toString or getName of the thread yourself");
  }

  /** A map of the program's, which has its entries in one of the JDK. */
  abstract static class ClearsAMap implements Scenario<Boolean> {
    final Map<String, Integer> kept = new HashMap<>(Map.of("a", 1));

    private final class Kept extends AbstractMap<String, Integer> {
      private final Set<Entry<String, Integer>> entries = kept.entrySet();

      @Override
      public Set<Entry<String, Integer>> entrySet() {
        return entries;
      }
    }

    abstract boolean isEmptyAfter(Thread clearing) throws InterruptedException;

    void clear(AbstractMap<String, Integer> map) {
      map.clear();
    }

    @Override
    public final Boolean run() throws InterruptedException {
      AbstractMap<String, Integer> map = new Kept();
      Thread clearing = Thread.startVirtualThread(() -> clear(map));
      boolean isEmpty = isEmptyAfter(clearing);
      clearing.join();
      return isEmpty;
    }
  }

  static class ClearsAMapMeanwhile extends ClearsAMap {
    @Override
    boolean isEmptyAfter(Thread clearing) {
      return kept.isEmpty();
    }
  }

  static final class TakesOutOfAMapMeanwhile extends ClearsAMapMeanwhile {
    @Override
    void clear(AbstractMap<String, Integer> map) {
      map.remove("a");
    }
  }

  static final class ClearsAMapBefore extends ClearsAMap {
    @Override
    boolean isEmptyAfter(Thread clearing) throws InterruptedException {
      clearing.join();
      return kept.isEmpty();
    }
  }

  @Test
  void aMapThatTheJdkClearsByItsEntriesIsSeenToChange() {
    Exploration<Boolean> broken = Explorer.explore(ClearsAMapMeanwhile.class, Options.exhaustive());
    Exploration<Boolean> right = Explorer.explore(ClearsAMapBefore.class, Options.exhaustive());

    assertThat(broken.outcomes()).containsOnlyKeys(false, true);
    assertThat(Explorer.explore(TakesOutOfAMapMeanwhile.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(false, true);
    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(true);
  }

  /** The JDK goes through the program's own collection by an iterator of the JDK. */
  abstract static class JoinsNames implements Scenario<String>, Iterable<String> {
    private final List<String> names = names();

    abstract List<String> names();

    @Override
    public synchronized Iterator<String> iterator() {
      return names.iterator();
    }

    private String joined() {
      try {
        return String.join(" ", this);
      } catch (ConcurrentModificationException changed) {
        return "changed";
      }
    }

    @Override
    public final String run() throws InterruptedException {
      names.add("a");
      Thread adding = Thread.startVirtualThread(() -> names.add("b"));
      String joined = joined();
      adding.join();
      return joined;
    }
  }

  static final class JoinsNamesOfAnArrayList extends JoinsNames {
    @Override
    List<String> names() {
      return new ArrayList<>();
    }
  }

  static final class JoinsNamesOfACopy extends JoinsNames {
    @Override
    List<String> names() {
      return new CopyOnWriteArrayList<>();
    }
  }

  @Test
  void aListThatTheJdkGoesThroughByAnIteratorThatItWasGivenIsRead() {
    Exploration<String> broken =
        Explorer.explore(JoinsNamesOfAnArrayList.class, Options.exhaustive());
    Exploration<String> right = Explorer.explore(JoinsNamesOfACopy.class, Options.exhaustive());

    assertThat(broken.outcomes()).containsOnlyKeys("a", "a b", "changed");
    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys("a", "a b");
  }

  /** A list is copied into the array that a function of the program returns. */
  abstract static class CopiesAList implements Scenario<String> {
    final String[] shared = {"-"};

    abstract String[] array(int length);

    @Override
    public final String run() throws InterruptedException {
      List<String> list = new ArrayList<>(List.of("a"));
      Thread copying = Thread.startVirtualThread(() -> list.toArray(this::array));
      String seen = shared[0];
      copying.join();
      return seen;
    }
  }

  static final class CopiesAListIntoASharedArray extends CopiesAList {
    @Override
    String[] array(int length) {
      return shared;
    }
  }

  static final class CopiesAListIntoANewArray extends CopiesAList {
    @Override
    String[] array(int length) {
      return new String[length];
    }
  }

  @Test
  void anArrayThatAListIsCopiedIntoIsSeenToChange() {
    Exploration<String> broken =
        Explorer.explore(CopiesAListIntoASharedArray.class, Options.exhaustive());
    Exploration<String> right =
        Explorer.explore(CopiesAListIntoANewArray.class, Options.exhaustive());

    assertThat(broken.outcomes()).containsOnlyKeys("-", "a");
    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys("-");
  }

  private interface Stock {
    int get();

    void set(int left);

    int decrementAndGet();
  }

  private static final class AtomicStock extends AtomicInteger implements Stock {
    private static final long serialVersionUID = 1L;

    AtomicStock() {
      super(2);
    }
  }

  /** Two threads take from a stock, of which they know only an interface. */
  abstract static class TakesByAnInterface implements Scenario<Integer> {
    final Stock stock = new AtomicStock();

    abstract void take();

    @Override
    public final Integer run() throws InterruptedException {
      Thread taker = Thread.startVirtualThread(this::take);
      take();
      taker.join();
      return stock.get();
    }
  }

  static final class SetsByAnInterface extends TakesByAnInterface {
    @Override
    void take() {
      stock.set(stock.get() - 1);
    }
  }

  static final class RefersToAnInterface extends TakesByAnInterface {
    private final Supplier<Integer> left = stock::get;
    private final BiConsumer<Stock, Integer> setting = Stock::set;

    @Override
    void take() {
      setting.accept(stock, left.get() - 1);
    }
  }

  static final class DecrementsByAnInterface extends TakesByAnInterface {
    @Override
    void take() {
      int unused = stock.decrementAndGet();
    }
  }

  @Test
  void whatAnInterfaceEndsInOfAnAtomicIsSeen() {
    Exploration<Integer> broken = Explorer.explore(SetsByAnInterface.class, Options.exhaustive());
    Exploration<Integer> referring =
        Explorer.explore(RefersToAnInterface.class, Options.exhaustive());
    Exploration<Integer> right =
        Explorer.explore(DecrementsByAnInterface.class, Options.exhaustive());

    assertThat(broken.outcomes()).containsOnlyKeys(0, 1);
    assertThat(referring.outcomes()).containsOnlyKeys(0, 1);
    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(0);
  }

  private interface Full {
    private int get() {
      return 7;
    }

    default int stock() {
      return get();
    }
  }

  private static final class FullStock extends AtomicInteger implements Full {
    private static final long serialVersionUID = 1L;
  }

  static final class AsksAPrivateMethod implements Scenario<Integer> {
    @Override
    public Integer run() {
      Full full = new FullStock();
      return full.stock();
    }
  }

  @Test
  void aPrivateMethodOfAnInterfaceIsThatOfTheInterface() {
    assertThat(Explorer.explore(AsksAPrivateMethod.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(7);
  }

  private interface Task {
    void join() throws InterruptedException;
  }

  private static final class Adder extends Thread implements Task {
    private int count;

    @Override
    public void run() {
      count++;
    }
  }

  /** Waits for a thread, of which it knows only an interface. */
  static class JoinsByAnInterface implements Scenario<Integer> {
    void join(Task task) throws Throwable {
      task.join();
    }

    @Override
    public final Integer run() throws InterruptedException {
      Adder adder = new Adder();
      adder.start();
      try {
        join(adder);
      } catch (Throwable failed) {
        throw new IllegalStateException(failed);
      }
      return adder.count;
    }
  }

  static final class LooksUpAJoin extends JoinsByAnInterface {
    @Override
    void join(Task task) throws Throwable {
      MethodHandles.lookup()
          .findVirtual(Task.class, "join", MethodType.methodType(void.class))
          .invoke(task);
    }
  }

  @Test
  void aJoinByAnInterfaceIsOneAndOneThatIsLookedUpIsNamed() {
    Exploration<Integer> direct = Explorer.explore(JoinsByAnInterface.class, Options.exhaustive());
    Exploration<Integer> lookedUp = Explorer.explore(LooksUpAJoin.class, Options.exhaustive());

    assertThat(direct.certificate()).isPresent();
    assertThat(direct.outcomes()).containsOnlyKeys(1);
    assertThat(lookedUp.uncontrolled()).isNotEmpty();
  }

  /** A final method that only the classes below it have for an interface of the JDK. */
  abstract static class CountsInAFinalMethod {
    int count;

    abstract void count();

    public final void run() {
      count();
    }
  }

  static final class CountsUnguarded extends CountsInAFinalMethod implements Runnable {
    @Override
    void count() {
      count++;
    }
  }

  static final class CountsGuarded extends CountsInAFinalMethod implements Runnable {
    @Override
    synchronized void count() {
      count++;
    }
  }

  abstract static class RunsTwice<T extends CountsInAFinalMethod & Runnable>
      implements Scenario<Integer> {
    private final T counter;

    RunsTwice(T counter) {
      this.counter = counter;
    }

    @Override
    public final Integer run() throws InterruptedException {
      Thread first = new Thread(counter);
      Thread second = new Thread(counter);
      first.start();
      second.start();
      first.join();
      second.join();
      return counter.count;
    }
  }

  static final class RunsUnguarded extends RunsTwice<CountsUnguarded> {
    RunsUnguarded() {
      super(new CountsUnguarded());
    }
  }

  static final class RunsGuarded extends RunsTwice<CountsGuarded> {
    RunsGuarded() {
      super(new CountsGuarded());
    }
  }

  @Test
  void aFinalMethodMayBeOneOfAnInterfaceBelow() {
    Exploration<Integer> broken = Explorer.explore(RunsUnguarded.class, Options.exhaustive());
    Exploration<Integer> right = Explorer.explore(RunsGuarded.class, Options.exhaustive());

    assertThat(broken.outcomes()).containsOnlyKeys(1, 2);
    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(2);
  }

  record Sold(AtomicInteger tickets, AtomicInteger units) {
    void sell() {
      tickets.incrementAndGet();
      units.incrementAndGet();
    }
  }

  /** A record asks its components for their texts one after the other. */
  abstract static class TellsWhatIsSold implements Scenario<String> {
    final Sold sold = new Sold(new AtomicInteger(), new AtomicInteger());

    abstract void sell();

    abstract String text();

    @Override
    public final String run() throws InterruptedException {
      Thread selling = Thread.startVirtualThread(this::sell);
      String text = text();
      selling.join();
      return text;
    }
  }

  static final class TellsMeanwhile extends TellsWhatIsSold {
    @Override
    void sell() {
      sold.sell();
    }

    @Override
    String text() {
      return "" + sold;
    }
  }

  static final class TellsBeforeOrAfter extends TellsWhatIsSold {
    @Override
    synchronized void sell() {
      sold.sell();
    }

    @Override
    synchronized String text() {
      return "" + sold;
    }
  }

  @Test
  void theTextOfARecordIsMadeOfThoseOfItsComponentsOneByOne() {
    Exploration<String> broken = Explorer.explore(TellsMeanwhile.class, Options.exhaustive());
    Exploration<String> right = Explorer.explore(TellsBeforeOrAfter.class, Options.exhaustive());

    assertThat(broken.outcomes())
        .containsOnlyKeys(
            "Sold[tickets=0, units=0]",
            "Sold[tickets=1, units=0]",
            "Sold[tickets=0, units=1]",
            "Sold[tickets=1, units=1]");
    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes())
        .containsOnlyKeys("Sold[tickets=0, units=0]", "Sold[tickets=1, units=1]");
  }

  record Shelves(List<Integer> front, List<Integer> back) {}

  /**
   * A record asks its components for their hash codes in order, and compares the last one first.
   */
  abstract static class AsksForShelves<R> implements Scenario<R> {
    final Shelves shelves = new Shelves(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());

    abstract void fill();

    abstract R answer();

    @Override
    public final R run() throws InterruptedException {
      Thread filling = Thread.startVirtualThread(this::fill);
      R answer = answer();
      filling.join();
      return answer;
    }
  }

  static final class HashesShelves extends AsksForShelves<Integer> {
    @Override
    void fill() {
      shelves.front().add(5);
      shelves.back().add(5);
    }

    @Override
    Integer answer() {
      return shelves.hashCode();
    }
  }

  static final class ComparesShelves extends AsksForShelves<Boolean> {
    @Override
    void fill() {
      shelves.back().add(5);
      shelves.front().add(5);
    }

    @Override
    Boolean answer() {
      return shelves.equals(new Shelves(List.of(5), List.of()));
    }
  }

  @Test
  void aRecordIsComparedByItsComponentsOneByOne() {
    assertThat(outcomes(HashesShelves.class))
        .isEqualTo(
            Set.of(
                new Shelves(List.of(), List.of()).hashCode(),
                new Shelves(List.of(5), List.of()).hashCode(),
                new Shelves(List.of(), List.of(5)).hashCode(),
                new Shelves(List.of(5), List.of(5)).hashCode()));
    assertThat(outcomes(ComparesShelves.class)).isEqualTo(Set.of(true, false));
  }

  record OfEach(
      boolean flag,
      byte small,
      short shorter,
      char letter,
      int number,
      long larger,
      float fraction,
      double precise,
      String text,
      List<Integer> list) {
    static OfEach of(float fraction, double precise) {
      return new OfEach(true, (byte) 2, (short) 3, 'd', 5, 1L << 40, fraction, precise, "i", null);
    }
  }

  static class ComparesOneOfEach implements Scenario<String> {
    @Override
    public String run() {
      OfEach one = OfEach.of(Float.NaN, 0.0);
      return "%d %s %s %s %s"
          .formatted(
              one.hashCode(),
              one.equals(one),
              one.equals(OfEach.of(Float.NaN, 0.0)),
              one.equals(OfEach.of(Float.NaN, -0.0)),
              one.equals("one"));
    }
  }

  @Test
  void aRecordIsComparedAsTheCompilerSays() throws Exception {
    assertThat(outcomes(ComparesOneOfEach.class)).containsExactly(new ComparesOneOfEach().run());
  }

  // ---- Patterns ------------------------------------------------------------------------------

  /** Since Java 23 a label of a pattern for a component that is a number is a primitive type. */
  private static final String SELLS_BY_PATTERNS =
      """
      record Open(int left) {}
      record Gone() {}
      class Shop {
        Object state = new Open(5);
        int sell(int units) {
          return switch (state) {
            case Open(int left) when left == units -> { state = new Gone(); yield units; }
            case Open(int left) when left > units -> { state = new Open(left - units); yield units; }
            default -> 0;
          };
        }
      }
      var shop = new Shop();
      int[] sold = new int[2];
      var other = Thread.startVirtualThread(() -> { GUARD { sold[0] = shop.sell(3); } });
      GUARD { sold[1] = shop.sell(3); }
      other.join();
      return sold[0] + sold[1];
      """;

  @Test
  void aPatternFitsANumberAsItDoesWithoutTheExplorer() {
    Class<? extends Scenario<Integer>> broken =
        Sources.scenario(SELLS_BY_PATTERNS.replace("GUARD", ""));
    Class<? extends Scenario<Integer>> right =
        Sources.scenario(SELLS_BY_PATTERNS.replace("GUARD", "synchronized (lock)"));

    assertThat(Explorer.explore(broken, Options.exhaustive()).outcomes()).containsOnlyKeys(3, 6);
    assertThat(Explorer.explore(right, Options.exhaustive()).outcomes()).containsOnlyKeys(3);
  }

  /** Of an object that may be a constant of an enum, or a number. */
  private static final String CHOOSES_BY_A_CONSTANT =
      """
      enum Order { ALL, NONE }
      class Shop {
        int units(Object order) {
          return switch (order) {
            case Order.ALL -> 5;
            case Order.NONE -> 0;
            case NUMBER units -> units;
            default -> -1;
          };
        }
      }
      var shop = new Shop();
      return 100 * shop.units(Order.ALL) + 10 * shop.units(3) + shop.units(Order.NONE);
      """;

  @Test
  void aPatternFitsANumberBesideAConstantOfAnEnum() {
    String number = Runtime.version().feature() < 23 ? "Integer" : "int";
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(CHOOSES_BY_A_CONSTANT.replace("NUMBER", number));

    assertThat(Explorer.explore(scenario, Options.exhaustive()).outcomes()).containsOnlyKeys(530);
  }

  /** Sells by a method that a class overrides. */
  abstract static class SellsByASubclass implements Scenario<Integer> {
    public static class Shelf {
      public int left = 2;

      public void setLeft(int left) {
        this.left = left;
      }
    }

    public static final class Written extends Shelf {
      @Override
      public void setLeft(int units) {
        left = units;
      }
    }

    abstract Shelf shelf() throws ReflectiveOperationException;

    @Override
    public Integer run() throws Exception {
      Shelf shelf = shelf();
      Thread other = Thread.startVirtualThread(() -> shelf.setLeft(shelf.left - 1));
      shelf.setLeft(shelf.left - 1);
      other.join();
      return shelf.left;
    }
  }

  static final class SellsByAWrittenSubclass extends SellsByASubclass {
    @Override
    Shelf shelf() {
      return new Written();
    }
  }

  /** Its class comes from a library for tests, which is not woven. */
  static final class SellsByAGeneratedSubclass extends SellsByASubclass {
    @Override
    Shelf shelf() throws ReflectiveOperationException {
      return new ByteBuddy()
          .subclass(Shelf.class)
          .method(ElementMatchers.named("setLeft"))
          .intercept(FieldAccessor.ofField("left"))
          .make()
          .load(Shelf.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
          .getLoaded()
          .getDeclaredConstructor()
          .newInstance();
    }
  }

  @Test
  void aClassThatIsGeneratedIsNotUnderControl() {
    Options options = Options.exhaustive();

    assertThat(Explorer.explore(SellsByAWrittenSubclass.class, options).outcomes())
        .containsOnlyKeys(0, 1);
    assertThat(Explorer.explore(SellsByAGeneratedSubclass.class, options).uncontrolled())
        .first()
        .asString()
        .contains("load", "not woven");
  }

  /** Each file has a lock, but for one that has two names. */
  abstract static class LocksAFile implements Scenario<Integer> {
    private final Map<Path, Object> locks = new ConcurrentHashMap<>();
    private int lines;

    abstract Path named(File file);

    private void append(File file) {
      synchronized (locks.computeIfAbsent(named(file), path -> new Object())) {
        lines++;
      }
    }

    @Override
    public Integer run() throws Exception {
      File file = Path.of("orders", "today.csv").toFile();
      Thread other =
          Thread.startVirtualThread(() -> append(new File("orders/../orders", file.getName())));
      append(file);
      other.join();
      return lines;
    }
  }

  static final class LocksAFileByAnyName extends LocksAFile {
    @Override
    Path named(File file) {
      return file.toPath();
    }
  }

  static final class LocksAFileByOneName extends LocksAFile {
    @Override
    Path named(File file) {
      return file.toPath().toAbsolutePath().normalize();
    }
  }

  @Test
  void namesOfFilesAreValues() {
    Options options = Options.exhaustive();

    assertThat(Explorer.explore(LocksAFileByAnyName.class, options).outcomes())
        .containsOnlyKeys(1, 2);
    Exploration<Integer> right = Explorer.explore(LocksAFileByOneName.class, options);
    assertThat(right.certificate()).as(right.toString()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(2);
  }

  static final class LooksForAFile implements Scenario<Boolean> {
    @Override
    public Boolean run() {
      return new File("orders").exists();
    }
  }

  @Test
  void whatIsInAFileIsTheOutside() {
    assertThat(Explorer.explore(LooksForAFile.class, Options.exhaustive()).uncontrolled())
        .first()
        .asString()
        .contains("exists");
  }

  /** An enum has more than one method of that name: only that of the compiler takes no step. */
  abstract static class SellsByAnEnum implements Scenario<Integer> {
    enum Shop {
      ONLY;
      private int left = 1;
      private int sold;

      void values(int units) {
        if (left >= units) {
          left -= units;
          sold += units;
        }
      }

      synchronized void value(int units) {
        values(units);
      }
    }

    abstract void sell();

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::sell);
      sell();
      other.join();
      return Shop.ONLY.sold;
    }
  }

  static class SellsByValues extends SellsByAnEnum {
    @Override
    void sell() {
      Shop.ONLY.values(1);
    }
  }

  static class SellsByValue extends SellsByAnEnum {
    @Override
    void sell() {
      Shop.ONLY.value(1);
    }
  }

  @Test
  void aMethodOfAnEnumIsSeenWhateverItsName() {
    assertThat(Explorer.explore(SellsByValues.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(1, 2);
    assertThat(Explorer.explore(SellsByValue.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(1);
  }

  /** The parts of a name are in an array that another thread changes. */
  static final class NamesAFileByParts implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      String[] parts = {"today"};
      Thread other = Thread.startVirtualThread(() -> parts[0] = "tomorrow");
      String name = Path.of("orders", parts).getFileName().toString();
      other.join();
      return name;
    }
  }

  @Test
  void aNameOfAFileIsMadeOfWhatIsInAnArray() {
    assertThat(outcomes(NamesAFileByParts.class)).isEqualTo(Set.of("today", "tomorrow"));
  }

  /** A class of the program's is no pool that the explorer makes. */
  static final class ExtendsAScheduledPool implements Scenario<Integer> {
    private static final class Own extends ScheduledThreadPoolExecutor {
      Own() {
        super(1);
      }
    }

    @Override
    public Integer run() {
      return new Own().getCorePoolSize();
    }
  }

  @Test
  void aPoolThatExtendsAScheduledOneIsNotUnderControl() {
    assertThat(Explorer.explore(ExtendsAScheduledPool.class, Options.exhaustive()).uncontrolled())
        .first()
        .asString()
        .contains("a class that extends it");
  }

  /** A vector is emptied while another thread asks for one of its ends. */
  abstract static class AsksAVector implements Scenario<String> {
    private final List<Integer> all = new Vector<>(List.of(1));

    abstract Integer ask(List<Integer> all);

    @Override
    public String run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(all::clear);
      String found;
      try {
        found = ask(all).toString();
      } catch (NoSuchElementException | IndexOutOfBoundsException none) {
        found = none.getClass().getSimpleName();
      }
      other.join();
      return found;
    }
  }

  static final class AsksForTheFirst extends AsksAVector {
    @Override
    Integer ask(List<Integer> all) {
      return all.getFirst();
    }
  }

  static final class AsksForTheLast extends AsksAVector {
    @Override
    Integer ask(List<Integer> all) {
      return all.getLast();
    }
  }

  static final class RemovesTheFirst extends AsksAVector {
    @Override
    Integer ask(List<Integer> all) {
      return all.removeFirst();
    }
  }

  static final class RemovesTheLast extends AsksAVector {
    @Override
    Integer ask(List<Integer> all) {
      return all.removeLast();
    }
  }

  /** It inherits that from List, which asks first whether it is empty. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        AsksForTheFirst.class,
        AsksForTheLast.class,
        RemovesTheFirst.class,
        RemovesTheLast.class
      })
  void aVectorIsAskedForItsEndsByMoreThanOneCall(Class<? extends Scenario<String>> asks) {
    assertThat(outcomes(asks))
        .isEqualTo(Set.of("1", "NoSuchElementException", "ArrayIndexOutOfBoundsException"));
  }

  /** One of two elements is there before, the other one after. */
  static final class AsksForTwo implements Scenario<Boolean> {
    private final Collection<Integer> all = new LinkedBlockingQueue<>(List.of(1));

    @Override
    public Boolean run() throws InterruptedException {
      Thread other =
          Thread.startVirtualThread(
              () -> {
                all.remove(1);
                all.add(2);
              });
      boolean both = all.containsAll(List.of(1, 2));
      other.join();
      return both;
    }
  }

  @Test
  void aQueueIsAskedForOneElementAfterTheOther() {
    assertThat(Explorer.explore(AsksForTwo.class, Options.exhaustive()).outcomes())
        .containsOnlyKeys(true, false);
  }

  /** Several elements are added, and another thread counts those that are there. */
  abstract static class AddsSeveral implements Scenario<Integer> {
    private final Collection<Integer> all;

    AddsSeveral(Collection<Integer> all) {
      this.all = all;
    }

    abstract void addTo(Collection<Integer> all);

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(() -> addTo(all));
      int size = all.size();
      other.join();
      return size;
    }
  }

  static final class AddsThemToAQueue extends AddsSeveral {
    AddsThemToAQueue() {
      super(new LinkedBlockingQueue<>());
    }

    @Override
    void addTo(Collection<Integer> all) {
      all.addAll(List.of(1, 2));
    }
  }

  static final class AddsThemOneByOne extends AddsSeveral {
    AddsThemOneByOne() {
      super(new CopyOnWriteArrayList<>());
    }

    @Override
    void addTo(Collection<Integer> all) {
      Collections.addAll(all, 1, 2);
    }
  }

  static final class AddsThemAtOnce extends AddsSeveral {
    AddsThemAtOnce() {
      super(new CopyOnWriteArrayList<>());
    }

    @Override
    void addTo(Collection<Integer> all) {
      all.addAll(List.of(1, 2));
    }
  }

  @Test
  void whatIsAddedOneByOneIsSeenHalf() {
    assertThat(outcomes(AddsThemToAQueue.class)).isEqualTo(Set.of(0, 1, 2));
    assertThat(outcomes(AddsThemOneByOne.class)).isEqualTo(Set.of(0, 1, 2));
    assertThat(outcomes(AddsThemAtOnce.class)).isEqualTo(Set.of(0, 2));
  }

  /** Several entries are put, and another thread counts those that are there. */
  static final class PutsSeveral implements Scenario<Integer> {
    @Override
    public Integer run() throws InterruptedException {
      Map<Integer, Integer> map = new ConcurrentHashMap<>();
      Thread other = Thread.startVirtualThread(() -> map.putAll(Map.of(1, 1, 2, 2)));
      int size = map.size();
      other.join();
      return size;
    }
  }

  @Test
  void whatIsPutOneByOneIsSeenHalf() {
    assertThat(outcomes(PutsSeveral.class)).isEqualTo(Set.of(0, 1, 2));
  }

  /** A reference is read with its stamp, which comes into an array that another thread reads. */
  static final class ReadsAStamp implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      AtomicStampedReference<String> reference = new AtomicStampedReference<>("old", 1);
      int[] stamp = new int[1];
      String[] read = new String[1];
      Thread reader = Thread.startVirtualThread(() -> read[0] = reference.get(stamp));
      reference.set("new", 2);
      int seen = stamp[0];
      reader.join();
      return read[0] + " " + seen;
    }
  }

  /** The same with a mark. */
  static final class ReadsAMark implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      AtomicMarkableReference<String> reference = new AtomicMarkableReference<>("old", true);
      boolean[] mark = new boolean[1];
      String[] read = new String[1];
      Thread reader = Thread.startVirtualThread(() -> read[0] = reference.get(mark));
      reference.set("new", true);
      boolean seen = mark[0];
      reader.join();
      return read[0] + " " + seen;
    }
  }

  /** Each thread has an array of its own. */
  static final class CountsByStamps implements Scenario<Integer> {
    private final AtomicStampedReference<String> reference = new AtomicStampedReference<>("", 0);

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::count);
      count();
      other.join();
      return reference.getStamp();
    }

    private void count() {
      int[] stamp = new int[1];
      String value;
      do {
        value = reference.get(stamp);
      } while (!reference.compareAndSet(value, value, stamp[0], stamp[0] + 1));
    }
  }

  @Test
  void aStampComesIntoTheArrayAfterItHasBeenRead() {
    assertThat(outcomes(ReadsAStamp.class)).isEqualTo(Set.of("old 0", "old 1", "new 0", "new 2"));
    assertThat(outcomes(ReadsAMark.class))
        .isEqualTo(Set.of("old false", "old true", "new false", "new true"));
  }

  @Test
  void threadsThatReadStampsIntoArraysOfTheirOwnDoNotMeetThere() {
    Exploration<Integer> explored = Explorer.explore(CountsByStamps.class, Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(2);
    assertThat(explored.executions()).isEqualTo(4);
  }
}
