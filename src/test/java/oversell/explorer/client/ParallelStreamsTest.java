package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Scenario;

/** Streams that work on their elements in parallel. */
class ParallelStreamsTest {
  private static <R> void isProved(Class<? extends Scenario<R>> scenario, R outcome) {
    Exploration<R> explored = explored(scenario);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).containsExactly(outcome);
    assertThat(explored.certificate().orElseThrow().toString()).contains("a parallel stream that");
  }

  private static <R> void comesTo(Class<? extends Scenario<R>> scenario, Set<R> outcomes) {
    Exploration<R> explored = explored(scenario);

    assertThat(explored.outcomes().keySet()).isEqualTo(outcomes);
    checkAgainstAllSchedules(scenario, explored);
  }

  static final class CountsByARange implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() {
      IntStream.range(0, 2).parallel().forEach(any -> count++);
      return count;
    }
  }

  static final class CountsAtomically implements Scenario<Integer> {
    @Override
    public Integer run() {
      AtomicInteger count = new AtomicInteger();
      IntStream.range(0, 3).parallel().forEach(any -> count.incrementAndGet());
      return count.get();
    }
  }

  static final class CountsUnderALock implements Scenario<Integer> {
    private final ReentrantLock lock = new ReentrantLock();
    private int count;

    @Override
    public Integer run() {
      LongStream.rangeClosed(1, 3).parallel().forEach(this::add);
      return count;
    }

    private void add(long units) {
      lock.lock();
      try {
        count += (int) units;
      } finally {
        lock.unlock();
      }
    }
  }

  @Test
  void elementsOfARangeAreWorkedOnInAnyOrder() {
    comesTo(CountsByARange.class, Set.of(1, 2));
    isProved(CountsAtomically.class, 3);
    isProved(CountsUnderALock.class, 6);
    checkAgainstAllSchedules(CountsUnderALock.class);
  }

  /** Buyers of a list, each of whom takes what is left. */
  abstract static class Buyers implements Scenario<Integer> {
    private int stock = 1;
    private int sold;

    abstract void sellTo(List<String> buyers);

    @Override
    public Integer run() {
      sellTo(List.of("Ann", "Ben"));
      return sold;
    }

    final void buy(String buyer) {
      if (stock > 0) {
        stock--;
        sold++;
      }
    }

    final synchronized void buyAlone(String buyer) {
      buy(buyer);
    }
  }

  static final class BuyersOfAList extends Buyers {
    @Override
    void sellTo(List<String> buyers) {
      buyers.parallelStream().forEach(this::buy);
    }
  }

  static final class BuyersOfAListInTurn extends Buyers {
    @Override
    void sellTo(List<String> buyers) {
      buyers.parallelStream().forEach(this::buyAlone);
    }
  }

  static final class BuyersOfAReference extends Buyers {
    @Override
    void sellTo(List<String> buyers) {
      Function<Collection<String>, Stream<String>> made = Collection::parallelStream;
      made.apply(buyers).forEach(this::buy);
    }
  }

  static final class BuyersOfASource extends Buyers {
    @Override
    void sellTo(List<String> buyers) {
      StreamSupport.stream(buyers.spliterator(), true).map(name -> name + "!").forEach(this::buy);
    }
  }

  static final class BuyersOfAPool extends Buyers {
    @Override
    void sellTo(List<String> buyers) {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        pool.submit(() -> buyers.parallelStream().forEach(this::buy)).join();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        BuyersOfAList.class,
        BuyersOfAReference.class,
        BuyersOfASource.class,
        BuyersOfAPool.class
      })
  void buyersOfAStreamOversell(Class<? extends Buyers> scenario) {
    assertThat(explored(scenario).uncontrolled()).isEmpty();
    assertThat(explored(scenario).outcomes()).containsOnlyKeys(1, 2);
  }

  @Test
  void buyersOfAStreamInTurnDoNot() {
    isProved(BuyersOfAListInTurn.class, 1);
  }

  static final class Collects implements Scenario<List<Integer>> {
    @Override
    public List<Integer> run() {
      return Stream.of(1, 2, 3).parallel().map(one -> one * 2).collect(Collectors.toList());
    }
  }

  static final class AddsUp implements Scenario<Integer> {
    @Override
    public Integer run() {
      return List.of(1, 2, 3).parallelStream().mapToInt(one -> one).sum();
    }
  }

  static final class Counts implements Scenario<Long> {
    @Override
    public Long run() {
      return List.of(1, 2, 3).parallelStream().peek(one -> Thread.yield()).count();
    }
  }

  static final class GoesOnInTurn implements Scenario<String> {
    private String seen = "";

    @Override
    public String run() {
      Stream<Integer> stream = Stream.of(1, 2, 3).parallel();
      boolean isParallel = stream.isParallel();
      Stream<Integer> inTurn = stream.map(one -> one + 1).sequential();
      inTurn.forEach(one -> seen += one);
      return seen + isParallel + inTurn.isParallel();
    }
  }

  /** The stream of one element is worked on by who asks, who may have what that needs. */
  static final class OfOneElement implements Scenario<Integer> {
    private final ReentrantLock lock = new ReentrantLock();
    private int count;

    @Override
    public Integer run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::add);
      lock.lock();
      try {
        List.of(1).parallelStream().forEach(one -> add());
      } finally {
        lock.unlock();
      }
      other.join();
      return count;
    }

    private void add() {
      lock.lock();
      try {
        count++;
      } finally {
        lock.unlock();
      }
    }
  }

  @Test
  void resultsAreThoseOfTheElements() {
    isProved(Collects.class, List.of(2, 4, 6));
    isProved(AddsUp.class, 6);
    isProved(OfOneElement.class, 2);
    assertThat(explored(Counts.class).outcomes()).containsOnlyKeys(3L);
    assertThat(explored(GoesOnInTurn.class).outcomes()).containsOnlyKeys("234truefalse");
  }

  /** One container for all parts, which a collector must not have. */
  static final class SharesAContainer implements Scenario<Integer> {
    private final int[] shared = new int[1];

    @Override
    public Integer run() {
      return Stream.of(1, 2)
          .parallel()
          .collect(() -> shared, (sum, one) -> sum[0] += one, (left, right) -> {})[0];
    }
  }

  /** An identity that is none: it is added once for each part. */
  static final class AddsTheIdentityTwice implements Scenario<Integer> {
    @Override
    public Integer run() {
      return Stream.of(1, 2).parallel().reduce(10, Integer::sum);
    }
  }

  static final class FillsAList implements Scenario<List<Integer>> {
    @Override
    public List<Integer> run() {
      List<Integer> filled = new ArrayList<>();
      List.of(1, 2).parallelStream().forEach(filled::add);
      return filled;
    }
  }

  static final class FillsAListThatLocksItself implements Scenario<List<Integer>> {
    @Override
    public List<Integer> run() {
      List<Integer> filled = Collections.synchronizedList(new ArrayList<>());
      List.of(1, 2).parallelStream().forEach(filled::add);
      return List.copyOf(filled);
    }
  }

  static final class GroupsInOneMap implements Scenario<Map<Boolean, Long>> {
    @Override
    public Map<Boolean, Long> run() {
      return new ConcurrentHashMap<>(
          Stream.of(1, 2, 4)
              .parallel()
              .collect(
                  Collectors.groupingByConcurrent(one -> one % 2 == 0, Collectors.counting())));
    }
  }

  static final class CountsWords implements Scenario<Map<String, Integer>> {
    @Override
    public Map<String, Integer> run() {
      ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
      List.of("one", "one").parallelStream()
          .forEach(word -> counts.compute(word, (key, count) -> count == null ? 1 : count + 1));
      return counts;
    }
  }

  static final class CountsWordsByTwoCalls implements Scenario<Map<String, Integer>> {
    @Override
    public Map<String, Integer> run() {
      ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
      List.of("one", "one").parallelStream()
          .forEach(word -> counts.put(word, counts.getOrDefault(word, 0) + 1));
      return counts;
    }
  }

  /** Another thread changes an element, which a part may have read before, or not. */
  static final class GoesThroughWhatIsChanged implements Scenario<Integer> {
    @Override
    public Integer run() throws InterruptedException {
      List<Integer> elements = new Vector<>(List.of(1, 2));
      AtomicInteger sum = new AtomicInteger();
      Thread changing = Thread.startVirtualThread(() -> elements.set(1, 5));
      elements.parallelStream().forEach(sum::addAndGet);
      changing.join();
      return sum.get();
    }
  }

  @Test
  void theSourceIsReadByThePartsOfIt() {
    comesTo(GoesThroughWhatIsChanged.class, Set.of(3, 6));
  }

  @Test
  void partsThatComputeInAMapAreUnderControl() {
    isProved(CountsWords.class, Map.of("one", 2));
    comesTo(CountsWordsByTwoCalls.class, Set.of(Map.of("one", 1), Map.of("one", 2)));
    checkAgainstAllSchedules(CountsWords.class);
  }

  @Test
  void whatPartsShareIsSeen() {
    comesTo(SharesAContainer.class, Set.of(1, 2, 3));
    comesTo(FillsAListThatLocksItself.class, Set.of(List.of(1, 2), List.of(2, 1)));
    assertThat(explored(FillsAList.class).uncontrolled())
        .singleElement()
        .asString()
        .startsWith("two threads that use one ArrayList at once");
    isProved(AddsTheIdentityTwice.class, 23);
    isProved(GroupsInOneMap.class, Map.of(true, 2L, false, 1L));
  }

  /**
   * One element is refused, and whether others are worked on first is open. What a thread of the
   * JDK's pool has thrown is copied for the caller.
   */
  static final class Throws implements Scenario<String> {
    private volatile int count;

    @Override
    public String run() {
      try {
        IntStream.range(0, 2)
            .parallel()
            .forEach(
                one -> {
                  if (one == 0) {
                    throw new IllegalStateException("refused");
                  }
                  count++;
                });
        return "went on";
      } catch (IllegalStateException expected) {
        return expected.getMessage() + count;
      }
    }
  }

  @Test
  void anElementThatThrowsEndsTheStream() {
    String copied = IllegalStateException.class.getName() + ": refused";

    comesTo(Throws.class, Set.of(copied + 0, copied + 1));
  }

  /** A stream of one element is worked on by the caller, who gets what it has thrown. */
  static final class ThrowsOfOneElement implements Scenario<String> {
    @Override
    public String run() {
      try {
        IntStream.range(0, 1).parallel().forEach(ThrowsOfOneElement::refuse);
        return "went on";
      } catch (IllegalStateException expected) {
        return String.valueOf(expected.getMessage());
      }
    }

    private static void refuse(int one) {
      throw new IllegalStateException("refused");
    }
  }

  @Test
  void anExceptionOfTheCallerIsTheOneThatWasThrown() {
    comesTo(ThrowsOfOneElement.class, Set.of("refused"));
  }

  /** What is not under control. */
  abstract static class Refused implements Scenario<String> {
    abstract Object of(Stream<Integer> stream);

    @Override
    public String run() {
      return String.valueOf(of(Stream.of(2, 1)));
    }
  }

  static final class Sorted extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      return stream.parallel().sorted().toList();
    }
  }

  static final class SortedBefore extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      return stream.sorted().map(one -> one + 1).parallel().toList();
    }
  }

  static final class CutBefore extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      return stream.limit(1).parallel().toList();
    }
  }

  static final class FindsOne extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      return stream.parallel().findAny();
    }
  }

  static final class AsksAny extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      return stream.parallel().anyMatch(one -> one > 1);
    }
  }

  static final class GoesInOrder extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      stream.parallel().forEachOrdered(one -> {});
      return 1;
    }
  }

  static final class Iterates extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      return stream.parallel().iterator().next();
    }
  }

  static final class ThrowsWhatItDoesNotDeclare extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      stream.parallel().forEach(one -> ThrowsWhatItDoesNotDeclare.<RuntimeException>refuse());
      return 1;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void refuse() throws T {
      throw (T) new IOException("refused");
    }
  }

  static final class CallsPastItsOwn extends Refused {
    private static final class Own extends ArrayList<Integer> {
      private static final long serialVersionUID = 1;

      @Override
      public Stream<Integer> parallelStream() {
        return super.parallelStream();
      }
    }

    @Override
    Object of(Stream<Integer> stream) {
      return new Own().parallelStream();
    }
  }

  static final class Concatenates extends Refused {
    @Override
    Object of(Stream<Integer> stream) {
      return Stream.concat(stream.parallel(), Stream.of(3)).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Sorted.class,
        SortedBefore.class,
        CutBefore.class,
        FindsOne.class,
        AsksAny.class,
        GoesInOrder.class,
        Iterates.class,
        ThrowsWhatItDoesNotDeclare.class,
        CallsPastItsOwn.class,
        Concatenates.class
      })
  void whatNeedsOtherElementsIsNamed(Class<? extends Refused> scenario) {
    Exploration<String> explored = explored(scenario);

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.uncontrolled().toString())
        .containsPattern("parallel ?[sS]tream")
        .contains("ParallelStreamsTest.java");
  }

  static final class OfAHundred implements Scenario<Integer> {
    @Override
    public Integer run() {
      IntStream.range(0, 100).parallel().forEach(one -> {});
      return 1;
    }
  }

  @Test
  void aStreamOfMorePartsThanThreadsIsABound() {
    Exploration<Integer> explored = explored(OfAHundred.class);

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.bound().orElseThrow()).contains("threads");
  }

  static final class WithoutAnEnd implements Scenario<Integer> {
    @Override
    public Integer run() {
      Stream.generate(() -> 1).forEach(one -> {});
      return 1;
    }
  }

  static final class WithoutAnEndInParallel implements Scenario<Integer> {
    @Override
    public Integer run() {
      IntStream.generate(() -> 1).parallel().forEach(one -> {});
      return 1;
    }
  }

  @Test
  void aStreamWithoutAnEndIsABound() {
    assertThat(explored(WithoutAnEnd.class).bound().orElseThrow()).contains("went round");
    assertThat(explored(WithoutAnEndInParallel.class).bound().orElseThrow()).contains("went round");
  }
}
