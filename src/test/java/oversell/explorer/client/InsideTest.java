package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Failure;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** Classes of the JDK, explored from the inside. */
@Timeout(300)
class InsideTest {
  private static final String DEQUE = ConcurrentLinkedDeque.class.getName();

  /** Two threads, and what each of them got. */
  abstract static class Two implements Scenario<String> {
    private @Nullable Object one;
    private @Nullable Object other;

    abstract @Nullable Object first() throws Exception;

    abstract @Nullable Object second() throws Exception;

    @Nullable Object end() {
      return "";
    }

    @Override
    public final String run() throws InterruptedException {
      Thread a = Thread.startVirtualThread(() -> one = got(this::first));
      Thread b = Thread.startVirtualThread(() -> other = got(this::second));
      a.join();
      b.join();
      return one + " " + other + " " + end();
    }

    private interface Call {
      @Nullable Object make() throws Exception;
    }

    private static @Nullable Object got(Call call) {
      try {
        return call.make();
      } catch (Exception thrown) {
        return thrown.getClass().getSimpleName();
      }
    }
  }

  /**
   * JDK-8256833: whichever comes first, the two cannot both get -8. If it is polled, since it is
   * the last, there was no -6 yet; and whoever adds that finds it.
   */
  static class BothEnds extends Two {
    private final ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>();

    @Override
    Object first() {
      deque.addLast(-6);
      return deque.peekFirst();
    }

    @Override
    Object second() {
      deque.addFirst(-8);
      return deque.pollLast();
    }
  }

  /** The same as a check. */
  static class NotBoth implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      String got = new BothEnds().run();
      if (got.startsWith("-8 -8")) {
        throw new AssertionError("both got -8");
      }
      return got;
    }
  }

  @Test
  void aDequeOfTheJdkIsNotLinearizable() {
    Exploration<String> asOneStep = Explorer.explore(BothEnds.class, Options.exhaustive());
    Exploration<String> inside =
        Explorer.explore(BothEnds.class, Options.exhaustive().inside(DEQUE));

    assertThat(asOneStep.isComplete()).isTrue();
    assertThat(asOneStep.outcomes().keySet()).doesNotContain("-8 -8 ");
    assertThat(inside.isComplete()).as(inside.toString()).isTrue();
    assertThat(inside.outcomes().keySet())
        .containsAll(asOneStep.outcomes().keySet())
        .contains("-8 -8 ");
  }

  @Test
  void theStoryOfThatNamesPlacesInTheJdkAndHowToRunItAgain() {
    Options options = Options.exhaustive().inside(DEQUE);

    Failure failure =
        Explorer.explore(NotBoth.class, options.stopAtFirstFailure()).failure().orElseThrow();

    assertThat(failure.toString())
        .contains(
            "both got -8",
            "ConcurrentLinkedDeque.java:",
            "Explorer.replay(NotBoth.class, \"%s\", Options.exhaustive().inside(\"%s\"))"
                .formatted(failure.schedule(), DEQUE));
    assertThat(Explorer.replay(NotBoth.class, failure.schedule(), options).failure())
        .hasValueSatisfying(again -> assertThat(again).hasToString(failure.toString()));
  }

  static class Queue extends Two {
    private final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();

    @Override
    @Nullable Object first() {
      queue.add(1);
      return queue.poll();
    }

    @Override
    @Nullable Object second() {
      queue.add(2);
      return queue.peek();
    }

    @Override
    Object end() {
      return new ArrayList<>(queue);
    }
  }

  static class Numbers extends Two {
    private final AtomicInteger number = new AtomicInteger();

    @Override
    Object first() {
      return number.incrementAndGet();
    }

    @Override
    Object second() {
      return number.compareAndSet(1, 5);
    }

    @Override
    Object end() {
      return number.get();
    }
  }

  static class Locked extends Two {
    private final ReentrantLock lock = new ReentrantLock();
    private int count;

    @Override
    Object first() {
      lock.lock();
      try {
        return count++;
      } finally {
        lock.unlock();
      }
    }

    @Override
    Object second() {
      return first();
    }

    @Override
    Object end() {
      return count;
    }
  }

  static class Permits extends Two {
    private final Semaphore semaphore = new Semaphore(1);
    private int count;

    @Override
    Object first() throws InterruptedException {
      semaphore.acquire();
      try {
        return count++;
      } finally {
        semaphore.release();
      }
    }

    @Override
    Object second() throws InterruptedException {
      return first();
    }
  }

  static class Latched extends Two {
    private final CountDownLatch latch = new CountDownLatch(1);
    private int count;

    @Override
    Object first() throws InterruptedException {
      latch.await();
      return count;
    }

    @Override
    Object second() {
      count = 1;
      latch.countDown();
      return count;
    }
  }

  static class Signalled extends Two {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int count;

    @Override
    Object first() throws InterruptedException {
      lock.lock();
      try {
        while (count == 0) {
          changed.await();
        }
        return count;
      } finally {
        lock.unlock();
      }
    }

    @Override
    Object second() {
      lock.lock();
      try {
        count++;
        changed.signal();
        return count;
      } finally {
        lock.unlock();
      }
    }
  }

  static class Stamps extends Two {
    private final StampedLock lock = new StampedLock();
    private int count;

    @Override
    Object first() {
      long stamp = lock.writeLock();
      try {
        return count++;
      } finally {
        lock.unlockWrite(stamp);
      }
    }

    @Override
    Object second() {
      long stamp = lock.tryOptimisticRead();
      int seen = count;
      return lock.validate(stamp) ? seen : -1;
    }
  }

  static class Sorted extends Two {
    private final Map<String, Integer> map = new ConcurrentSkipListMap<>();

    @Override
    @Nullable Object first() {
      return map.putIfAbsent("key", 1);
    }

    @Override
    @Nullable Object second() {
      return map.remove("key");
    }

    @Override
    @Nullable Object end() {
      return map.get("key");
    }
  }

  /** Its table is there: to wait for whoever makes it is a busy-wait. */
  static class Hashed extends Two {
    private final ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>(Map.of("a", 0));

    @Override
    @Nullable Object first() {
      return map.putIfAbsent("key", 1);
    }

    @Override
    @Nullable Object second() {
      return map.merge("key", 2, Integer::sum);
    }

    @Override
    @Nullable Object end() {
      return map.get("key") + " of " + map.size();
    }
  }

  static class Blocking extends Two {
    private final LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();

    @Override
    Object first() throws InterruptedException {
      queue.put(1);
      return 0;
    }

    @Override
    Object second() throws InterruptedException {
      return queue.take();
    }
  }

  static class Copied extends Two {
    private final CopyOnWriteArrayList<Integer> list = new CopyOnWriteArrayList<>();

    @Override
    Object first() {
      return list.addIfAbsent(1);
    }

    @Override
    Object second() {
      return list.addIfAbsent(1);
    }

    @Override
    Object end() {
      return list.size();
    }
  }

  static Stream<Arguments> right() {
    return Stream.of(
        arguments(Queue.class, ConcurrentLinkedQueue.class),
        arguments(Numbers.class, AtomicInteger.class),
        arguments(Locked.class, ReentrantLock.class),
        arguments(Permits.class, Semaphore.class),
        arguments(Latched.class, CountDownLatch.class),
        arguments(Stamps.class, StampedLock.class),
        arguments(Sorted.class, ConcurrentSkipListMap.class),
        arguments(Hashed.class, ConcurrentHashMap.class),
        arguments(Blocking.class, LinkedBlockingQueue.class),
        arguments(Copied.class, CopyOnWriteArrayList.class));
  }

  @ParameterizedTest
  @MethodSource("right")
  void aRightClassDoesFromTheInsideWhatItDoesInOneStep(
      Class<? extends Scenario<String>> scenario, Class<?> inside) {
    Exploration<String> asOneStep = Explorer.explore(scenario, Options.exhaustive());
    Exploration<String> explored =
        Explorer.explore(scenario, Options.exhaustive().inside(inside.getName()));

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.failures()).isZero();
    assertThat(explored.outcomes().keySet()).isEqualTo(asOneStep.outcomes().keySet());
    assertThat(explored.certificate().orElseThrow().toString()).contains(inside.getName());
  }

  @Test
  void aConditionCanBeWaitedForInsideOfALock() {
    Options options = Options.random(2_000, 1).inside(ReentrantLock.class.getName());

    Exploration<String> explored = Explorer.explore(Signalled.class, options);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.failures()).isZero();
    assertThat(explored.outcomes().keySet()).containsExactly("1 1 ");
  }

  /** No collection for several threads. */
  static class Unsafely extends Two {
    private final Map<String, Integer> map = new HashMap<>();

    @Override
    @Nullable Object first() {
      return map.put("one", 1);
    }

    @Override
    @Nullable Object second() {
      return map.put("two", 2);
    }

    @Override
    Object end() {
      return map.get("one") + " " + map.get("two") + " of " + map.size();
    }
  }

  @Test
  void aMapForOneThreadLosesEntriesFromTheInside() {
    Exploration<String> asOneStep = Explorer.explore(Unsafely.class, Options.exhaustive());
    Exploration<String> explored =
        Explorer.explore(Unsafely.class, Options.exhaustive().inside("java.util.HashMap"));

    assertThat(asOneStep.outcomes().keySet()).containsExactly("null null 1 2 of 2");
    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes().keySet())
        .contains("null null 1 2 of 2", "null null null 2 of 2", "null null 1 2 of 1");
  }

  /** It draws a random number by what only the JDK may call. */
  static class Adding extends Two {
    private final LongAdder sum = new LongAdder();

    @Override
    Object first() {
      sum.increment();
      return 0;
    }

    @Override
    Object second() {
      return first();
    }
  }

  @Test
  void whatACopyCannotDoIsNamed() {
    Exploration<String> explored =
        Explorer.explore(Adding.class, Options.exhaustive().inside(LongAdder.class.getName()));

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.uncontrolled()).singleElement().asString().contains("Striped64.java:");
  }

  /** It loses an update if it knows a collection for what it is. */
  abstract static class Knowing extends Two {
    final List<Integer> list = Stream.of(1).collect(Collectors.toList());
    private int known;

    abstract boolean isKnown();

    @Override
    Object first() {
      return isKnown() ? ++known : 0;
    }

    @Override
    Object second() {
      return first();
    }
  }

  static class KnowingByTest extends Knowing {
    @Override
    boolean isKnown() {
      return list instanceof ArrayList;
    }
  }

  static class KnowingByCast extends Knowing {
    @Override
    boolean isKnown() {
      try {
        return ((ArrayList<Integer>) list).size() == 1;
      } catch (ClassCastException another) {
        return false;
      }
    }
  }

  static class KnowingByClass extends Knowing {
    @Override
    boolean isKnown() {
      return list.getClass() == ArrayList.class;
    }
  }

  static class KnowingByPattern extends Knowing {
    @Override
    boolean isKnown() {
      return switch (list) {
        case ArrayList<Integer> growing -> true;
        default -> false;
      };
    }
  }

  static class KnowingByReference extends Knowing {
    @Override
    boolean isKnown() {
      try {
        Function<Enumeration<Integer>, ArrayList<Integer>> listed = Collections::list;
        return listed.apply(Collections.enumeration(list)).size() == 1;
      } catch (LinkageError another) {
        return false;
      }
    }
  }

  /** The twin: what the program makes is of the copy. */
  static class KnowingItsOwn extends Knowing {
    private final List<Integer> own = new ArrayList<>();

    @Override
    boolean isKnown() {
      return own instanceof ArrayList;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        KnowingByTest.class,
        KnowingByCast.class,
        KnowingByClass.class,
        KnowingByPattern.class,
        KnowingByReference.class
      })
  void nothingIsProvedIfAProgramCanTellTheJdksOwnClassFromTheCopy(
      Class<? extends Scenario<String>> scenario) {
    Exploration<String> asOneStep = Explorer.explore(scenario, Options.exhaustive());
    Exploration<String> inside =
        Explorer.explore(scenario, Options.exhaustive().inside(ArrayList.class.getName()));

    assertThat(asOneStep.outcomes()).containsKey("1 1 ");
    assertThat(inside.certificate()).isEmpty();
    assertThat(inside.uncontrolled().toString())
        .containsAnyOf("java.util.ArrayList", "ArrayList#class", "Collections#list");
  }

  @Test
  void whatAProgramMakesItselfIsOfTheCopy() {
    Exploration<String> inside =
        Explorer.explore(
            KnowingItsOwn.class, Options.exhaustive().inside(ArrayList.class.getName()));

    assertThat(inside.isComplete()).as(inside.toString()).isTrue();
    assertThat(inside.outcomes()).containsKeys("1 1 ", "1 2 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.concurrent.Nothing",
        "java.lang.String",
        "java.util.Map",
        "java.util.concurrent.TimeUnit",
        "java.util.concurrent.ConcurrentHashMap$Node",
        "oversell.explorer.client.InsideTest$Two"
      })
  void aClassThatCannotBeExploredFromTheInsideIsRefused(String name) {
    Options options = Options.exhaustive().inside(name);

    assertThatThrownBy(() -> Explorer.explore(BothEnds.class, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Options.inside(\"%s\")".formatted(name));
  }

  @Test
  void aPoolThatServesTheWholeJvmIsRefused() {
    Options options = Options.exhaustive().inside(ForkJoinPool.class.getName());

    assertThatThrownBy(() -> Explorer.explore(BothEnds.class, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("serves all threads");
  }

  /** Two meet at a barrier, for a second at most. */
  static final class Meeting implements Scenario<String> {
    private final CyclicBarrier barrier = new CyclicBarrier(2);

    private String come() {
      try {
        barrier.await(1, TimeUnit.SECONDS);
        return "met";
      } catch (TimeoutException | BrokenBarrierException late) {
        return late.getClass().getSimpleName();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public String run() throws InterruptedException {
      String[] other = new String[1];
      Thread thread = Thread.startVirtualThread(() -> other[0] = come());
      String mine = come();
      thread.join();
      return mine + " " + other[0];
    }
  }

  @Test
  void aBarrierWithALimitComesToTheSameFromTheInside() {
    Exploration<String> outside = Explorer.explore(Meeting.class, Options.exhaustive());
    Exploration<String> inside =
        Explorer.explore(Meeting.class, Options.exhaustive().inside(CyclicBarrier.class.getName()));

    assertThat(List.of(outside, inside))
        .allSatisfy(
            explored -> {
              assertThat(explored.certificate()).isPresent();
              assertThat(explored.outcomes().keySet())
                  .containsExactlyInAnyOrder(
                      "met met",
                      "TimeoutException BrokenBarrierException",
                      "BrokenBarrierException TimeoutException");
            });
  }

  /** A function that the list calls in a monitor of its own. */
  static final class RemovesOldOnes extends Two {
    private final List<Integer> list = new CopyOnWriteArrayList<>(List.of(1));
    private int oldest = 2;

    @Override
    Object first() {
      return list.removeIf(one -> one < oldest);
    }

    @Override
    Object second() {
      return list.add(2);
    }

    @Override
    Object end() {
      return list;
    }
  }

  /** It removes the first one, which may be another one by then. */
  static final class RemovesTheFirst extends Two {
    private final List<Integer> list = new CopyOnWriteArrayList<>(List.of(1));
    private int oldest = 2;

    @Override
    @Nullable Object first() {
      return list.get(0) < oldest ? list.remove(0) : null;
    }

    @Override
    Object second() {
      list.add(0, 2);
      return true;
    }

    @Override
    Object end() {
      return list;
    }
  }

  @Test
  void aRefusalOfAFunctionOfAListThatIsCopiedSaysHowToExploreIt() {
    String copies = CopyOnWriteArrayList.class.getName();
    Options inside = Options.exhaustive().inside(copies);

    assertThat(Explorer.explore(RemovesOldOnes.class, Options.exhaustive()).uncontrolled())
        .singleElement()
        .asString()
        .contains("Options.inside(\"" + copies + "\")");
    Exploration<String> right = Explorer.explore(RemovesOldOnes.class, inside);
    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys("true true [2]");
    assertThat(Explorer.explore(RemovesTheFirst.class, inside).outcomes())
        .containsOnlyKeys("1 true [2]", "2 true [1]", "null true [2, 1]");
  }

  /** It asks a method of the pool's superclass that is protected, and so shown to its package. */
  static final class CompletesTwo implements Scenario<Integer> {
    @Override
    public Integer run() throws InterruptedException, ExecutionException {
      ExecutorService pool = Executors.newSingleThreadExecutor();
      CompletionService<Integer> completed = new ExecutorCompletionService<>(pool);
      var unused = completed.submit(() -> 1);
      unused = completed.submit(() -> 2);
      int both = 10 * completed.take().get() + completed.take().get();
      pool.shutdown();
      return both;
    }
  }

  @Test
  void aCopyHasACopyOfWhatItsPackageIsShown() {
    Exploration<Integer> explored =
        Explorer.explore(
            CompletesTwo.class,
            Options.exhaustive()
                .inside(ExecutorCompletionService.class.getName())
                .schedules(1_000));

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes()).containsOnlyKeys(12);
  }
}
