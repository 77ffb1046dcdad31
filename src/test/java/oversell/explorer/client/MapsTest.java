package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.FailureKind;
import oversell.explorer.Scenario;

/** Maps whose values are computed, and classes that extend the JDK's map. */
public class MapsTest {
  private static <R> void comesTo(Class<? extends Scenario<R>> scenario, Set<R> outcomes) {
    Exploration<R> explored = explored(scenario);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet()).isEqualTo(outcomes);
    checkAgainstAllSchedules(scenario, explored);
  }

  /** Two threads, each of which asks for something. */
  abstract static class Two implements Scenario<String> {
    volatile int made;

    abstract void first();

    abstract void second();

    abstract Map<String, Integer> map();

    @Override
    public String run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::second);
      first();
      other.join();
      return made + " " + map();
    }
  }

  /** A map that makes what is missing when it is asked. */
  static class Cache extends ConcurrentHashMap<String, Integer> {
    private static final long serialVersionUID = 1L;

    private final transient Two owner;

    Cache(Two owner) {
      this.owner = owner;
    }

    @Override
    public Integer get(Object key) {
      return computeIfAbsent((String) key, missing -> ++owner.made);
    }
  }

  /** The same in two steps. */
  static final class CacheOfTwoSteps extends ConcurrentHashMap<String, Integer> {
    private static final long serialVersionUID = 1L;

    private final transient Two owner;

    CacheOfTwoSteps(Two owner) {
      this.owner = owner;
    }

    @Override
    public Integer get(Object key) {
      Integer found = super.get(key);
      if (found == null) {
        found = ++owner.made;
        put((String) key, found);
      }
      return found;
    }
  }

  static class AsksACache extends Two {
    final Map<String, Integer> cache = cache();

    Map<String, Integer> cache() {
      return new Cache(this);
    }

    @Override
    void first() {
      cache.get("a");
    }

    @Override
    void second() {
      cache.get("a");
    }

    @Override
    Map<String, Integer> map() {
      return cache;
    }
  }

  static final class AsksACacheOfTwoSteps extends AsksACache {
    @Override
    Map<String, Integer> cache() {
      return new CacheOfTwoSteps(this);
    }
  }

  @Test
  void aMapThatComputesWhenItIsAskedMakesEachValueOnce() {
    comesTo(AsksACache.class, Set.of("1 {a=1}"));
    assertThat(explored(AsksACacheOfTwoSteps.class).outcomes().keySet())
        .contains("1 {a=1}", "2 {a=2}");
  }

  /** Counts who asks it for its size, or whether it has a key: the JDK does so of none. */
  static final class Counting extends ConcurrentHashMap<String, Integer> {
    private static final long serialVersionUID = 1L;

    private final transient Two owner;

    Counting(Two owner) {
      this.owner = owner;
    }

    @Override
    public int size() {
      owner.made++;
      return super.size();
    }

    @Override
    public boolean containsKey(Object key) {
      owner.made++;
      return super.containsKey(key);
    }
  }

  static final class MergesInAMapOfItsOwn extends AsksACache {
    private int called;

    @Override
    Map<String, Integer> cache() {
      return new Counting(this);
    }

    @Override
    void first() {
      cache.merge("a", 5, (old, added) -> old + added + called);
    }

    @Override
    void second() {
      cache.computeIfAbsent("a", missing -> ++called);
    }
  }

  @Test
  void theMethodsOfAMapOfItsOwnAreCalledOnlyWhereTheJdkCallsThem() {
    comesTo(MergesInAMapOfItsOwn.class, Set.of("0 {a=5}", "0 {a=7}"));
  }

  /** Values of two keys are computed at once, each under its own lock. */
  static final class ComputesTwoValues extends AsksACache {
    @Override
    Map<String, Integer> cache() {
      return new ConcurrentHashMap<>();
    }

    @Override
    void first() {
      cache.computeIfAbsent("a", missing -> ++made);
    }

    @Override
    void second() {
      cache.computeIfAbsent("b", missing -> ++made);
    }
  }

  @Test
  void aMapThatIsStillEmptyComputesSeveralValuesAtOnce() {
    comesTo(ComputesTwoValues.class, Set.of("2 {a=1, b=2}", "2 {a=2, b=1}", "1 {a=1, b=1}"));
  }

  /** The value is what a task of its own comes to, which is run while the map computes. */
  static class RunsATask extends Two {
    private final ConcurrentHashMap<String, FutureTask<Integer>> tasks = new ConcurrentHashMap<>();
    private int seen;

    @Override
    void first() {
      seen += get();
    }

    @Override
    void second() {
      int got = get();
      synchronized (tasks) {
        made += 10 * got;
      }
    }

    int get() {
      return tasks.computeIfAbsent("key", this::run).resultNow();
    }

    final FutureTask<Integer> run(String key) {
      FutureTask<Integer> task =
          new FutureTask<>(
              () -> {
                synchronized (tasks) {
                  return ++made;
                }
              });
      task.run();
      return task;
    }

    @Override
    Map<String, Integer> map() {
      return Map.of("seen", seen);
    }
  }

  /** The same for a map that is asked first. */
  static final class RunsATaskForEach extends RunsATask {
    private final Map<String, FutureTask<Integer>> asked = new ConcurrentHashMap<>();

    @Override
    int get() {
      FutureTask<Integer> known = asked.get("key");
      if (known == null) {
        known = run("key");
        asked.put("key", known);
      }
      return known.resultNow();
    }
  }

  /** The value comes of a future, which is completed at once while the map computes. */
  static final class CompletesAFuture extends RunsATask {
    private final ConcurrentHashMap<String, CompletableFuture<Integer>> futures =
        new ConcurrentHashMap<>();

    @Override
    int get() {
      return futures
          .computeIfAbsent(
              "key",
              key -> CompletableFuture.supplyAsync(() -> run(key).resultNow(), Runnable::run))
          .resultNow();
    }
  }

  @Test
  void aTaskMayRunWhileAMapComputes() {
    comesTo(RunsATask.class, Set.of("11 {seen=1}"));
    comesTo(CompletesAFuture.class, Set.of("11 {seen=1}"));
    assertThat(explored(RunsATaskForEach.class).outcomes().keySet())
        .contains("11 {seen=1}")
        .hasSizeGreaterThan(1);
  }

  /** What is computed for a key that the JDK compares without a step. */
  abstract static class ByAKey extends Two {
    private final Map<Object, Integer> sold = new ConcurrentHashMap<>();
    private final Object key = key();

    abstract Object key();

    @Override
    void first() {
      sold.compute(key, (same, before) -> before == null ? ++made : before);
    }

    @Override
    void second() {
      first();
    }

    @Override
    Map<String, Integer> map() {
      return Map.of("sold", sold.get(key()) == null ? sold.get(key) : sold.get(key()));
    }
  }

  static class ByARecord extends ByAKey {
    private enum Size {
      SMALL,
      LARGE
    }

    private record Article(String name, Size size) {}

    private record Place(Article article, int shelf) {}

    @Override
    Object key() {
      return new Place(new Article("book", Size.LARGE), 3);
    }
  }

  static class ByADate extends ByAKey {
    @Override
    Object key() {
      return LocalDate.EPOCH;
    }
  }

  static class ByAnObject extends ByAKey {
    private static final class Article {}

    @Override
    Object key() {
      return new Article();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {ByARecord.class, ByADate.class, ByAnObject.class})
  void aMapComputesForAnyKeyThatIsComparedWithoutAStep(Class<? extends ByAKey> scenario) {
    comesTo(scenario, Set.of("1 {sold=1}"));
  }

  /** A record that counts how often it is compared: each time is a step. */
  static class ByARecordOfItsOwn extends ByAKey {
    private record Article(String name) {
      private static volatile int asked;

      @Override
      public int hashCode() {
        asked++;
        return name.hashCode();
      }
    }

    @Override
    Object key() {
      return new Article("book");
    }
  }

  @Test
  void aKeyThatTakesStepsIsNotUnderControlWhileItsMapComputes() {
    Exploration<String> explored = explored(ByARecordOfItsOwn.class);

    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.uncontrolled()).singleElement().asString().contains("let its keys be");
  }

  /** The value is a collection that is made of others. */
  abstract static class MakesACollection extends Two {
    private final Map<String, Collection<Integer>> numbers = new ConcurrentHashMap<>();

    abstract Collection<Integer> fresh();

    @Override
    void first() {
      var unused =
          numbers.computeIfAbsent(
              "key",
              missing -> {
                made++;
                return fresh();
              });
    }

    @Override
    void second() {
      first();
    }

    @Override
    Map<String, Integer> map() {
      return Map.of("size", numbers.get("key").size());
    }
  }

  static class MakesACopy extends MakesACollection {
    @Override
    Collection<Integer> fresh() {
      List<Integer> copy = new ArrayList<>(List.of(1));
      copy.addAll(List.of(2));
      return Collections.synchronizedList(copy);
    }
  }

  static class MakesASet extends MakesACollection {
    @Override
    Collection<Integer> fresh() {
      Set<Integer> set = ConcurrentHashMap.newKeySet();
      set.add(1);
      set.add(2);
      return set;
    }
  }

  static class MakesAStream extends MakesACollection {
    @Override
    Collection<Integer> fresh() {
      return List.of(1, 2, 3).stream().filter(number -> number < 3).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {MakesACopy.class, MakesASet.class, MakesAStream.class})
  void aMapMayMakeACollectionWhileItComputes(Class<? extends MakesACollection> scenario) {
    comesTo(scenario, Set.of("1 {size=2}"));
  }

  /** A view of the map that computes removes from it. */
  static class ChangesItByAView extends MakesACollection {
    private final Map<String, Integer> changed = new ConcurrentHashMap<>(Map.of("a", 1));

    @Override
    void first() {
      changed.computeIfPresent("a", (key, one) -> changed.values().removeAll(Set.of(2)) ? 1 : 3);
    }

    @Override
    Collection<Integer> fresh() {
      return Set.of();
    }
  }

  @Test
  void aChangeByAViewOfTheMapThatComputesIsNotUnderControl() {
    assertThat(explored(ChangesItByAView.class).uncontrolled())
        .singleElement()
        .asString()
        .contains("removeAll while a ConcurrentHashMap computes");
  }

  /** Of two threads, one computes a value until the other, which changes the map, goes on. */
  abstract static class ComputesUntilAnotherGoesOn extends AsksACache {
    private final CountDownLatch changed = new CountDownLatch(1);

    @Override
    final Map<String, Integer> cache() {
      return new ConcurrentHashMap<>();
    }

    abstract void change();

    @Override
    final void first() {
      made = 1;
      change();
      changed.countDown();
    }

    @Override
    final void second() {
      cache.compute("a", (key, old) -> waitAndGet());
    }

    private int waitAndGet() {
      try {
        changed.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      return 1;
    }
  }

  /** It waits for the bin, so both wait for each other. */
  static final class PutsMeanwhile extends ComputesUntilAnotherGoesOn {
    @Override
    void change() {
      cache.put("a", 2);
    }
  }

  static final class PutsAllMeanwhile extends ComputesUntilAnotherGoesOn {
    @Override
    void change() {
      cache.putAll(Map.of("a", 2));
    }
  }

  static final class PutsByAView extends ComputesUntilAnotherGoesOn {
    @Override
    void change() {
      cache.entrySet().removeIf(entry -> entry.getValue() == 1);
    }
  }

  static final class PutsByAWrapper extends ComputesUntilAnotherGoesOn {
    @Override
    void change() {
      Collections.synchronizedMap(cache).putIfAbsent("a", 2);
    }
  }

  static final class PutsByABoundHandle extends ComputesUntilAnotherGoesOn {
    @Override
    void change() {
      try {
        MethodType type = MethodType.methodType(Object.class, Object.class, Object.class);
        MethodHandle put =
            MethodHandles.lookup().findVirtual(ConcurrentHashMap.class, "put", type).bindTo(cache);
        Object unused = put.invoke((Object) "a", (Object) 2);
      } catch (Throwable thrown) {
        throw new IllegalStateException(thrown);
      }
    }
  }

  static final class PutsByReflection extends ComputesUntilAnotherGoesOn {
    @Override
    void change() {
      try {
        Map.class.getMethod("putAll", Map.class).invoke(cache, Map.of("a", 2));
      } catch (ReflectiveOperationException thrown) {
        throw new IllegalStateException(thrown);
      }
    }
  }

  static final class PutsByACollector extends ComputesUntilAnotherGoesOn {
    @Override
    void change() {
      Map<String, Integer> all =
          Stream.of("a").collect(Collectors.toMap(key -> key, key -> 2, Integer::sum, () -> cache));
      if (all.isEmpty()) {
        throw new IllegalStateException("it has collected nothing");
      }
    }
  }

  static final class TakesOutByAMapOfItsOwn extends ComputesUntilAnotherGoesOn {
    @Override
    void change() {
      new AbstractMap<String, Integer>() {
        @Override
        public Set<Entry<String, Integer>> entrySet() {
          return cache.entrySet();
        }
      }.clear();
    }
  }

  @Test
  void whoChangesAValueThatIsComputedWaitsForThat() {
    assertThat(explored(PutsMeanwhile.class).failure())
        .hasValueSatisfying(found -> assertThat(found.kind()).isEqualTo(FailureKind.DEADLOCK));
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(PutsAllMeanwhile.class, "putAll"),
        Arguments.of(PutsByAView.class, "removeIf"),
        Arguments.of(PutsByAWrapper.class, "putIfAbsent"),
        Arguments.of(PutsByABoundHandle.class, "invoke"),
        Arguments.of(PutsByReflection.class, "invoke"),
        Arguments.of(PutsByACollector.class, "collect"),
        Arguments.of(TakesOutByAMapOfItsOwn.class, "clear"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeThatIsNotSeenWhileAValueIsComputedIsNamed(
      Class<? extends Scenario<String>> program, String call) {
    assertThat(explored(program).uncontrolled())
        .singleElement()
        .asString()
        .startsWith(call)
        .contains(
            "while a ConcurrentHashMap computes a value",
            "Options.inside(\"java.util.concurrent.ConcurrentHashMap\")",
            "(MapsTest.java:");
  }

  /** Both add to what a map has for a key, and the JDK helps them to compute that. */
  abstract static class Computes implements Scenario<String> {
    final ConcurrentHashMap<String, Object> map = new ConcurrentHashMap<>();

    abstract Object add(@Nullable Object old) throws Throwable;

    void step() {
      map.compute("key", (key, old) -> added(old));
    }

    final Object added(@Nullable Object old) {
      try {
        return add(old);
      } catch (Throwable thrown) {
        throw new IllegalStateException(thrown);
      }
    }

    @Override
    public final String run() throws InterruptedException {
      Thread other = Thread.startVirtualThread(this::step);
      step();
      other.join();
      Object all = map.get("key");
      return all instanceof Collection<?> several ? several.size() + "" : String.valueOf(all);
    }
  }

  static class CopiesAList extends Computes {
    @Override
    @SuppressWarnings("unchecked")
    Object add(@Nullable Object old) {
      List<Integer> all = old == null ? new ArrayList<>() : new ArrayList<>((List<Integer>) old);
      all.addAll(List.of(all.size()));
      return List.copyOf(all);
    }
  }

  /** Its twin asks first, and puts then. */
  static final class CopiesAListInTwoSteps extends CopiesAList {
    @Override
    void step() {
      Object old = map.get("key");
      map.put("key", added(old));
    }
  }

  static final class AddsToASetOfKeys extends Computes {
    @Override
    @SuppressWarnings("unchecked")
    Object add(@Nullable Object old) {
      Set<Integer> all = old == null ? ConcurrentHashMap.newKeySet() : (Set<Integer>) old;
      all.add(all.size());
      return all;
    }
  }

  static final class CollectsAStream extends Computes {
    @Override
    @SuppressWarnings("unchecked")
    Object add(@Nullable Object old) {
      Stream<Integer> all = old == null ? Stream.of() : ((List<Integer>) old).stream();
      return Stream.concat(all, Stream.of(1)).collect(Collectors.toList());
    }
  }

  static final class AddsToASynchronizedList extends Computes {
    @Override
    @SuppressWarnings("unchecked")
    Object add(@Nullable Object old) {
      List<Integer> all =
          old == null ? Collections.synchronizedList(new ArrayList<>()) : (List<Integer>) old;
      all.add(1);
      return all;
    }
  }

  /** A list that is made by its class. */
  public static final class Made extends ArrayList<Integer> {
    private static final long serialVersionUID = 1L;

    /** A list. */
    public Made() {}
  }

  static final class MakesAnObjectByReflection extends Computes {
    @Override
    @SuppressWarnings("unchecked")
    Object add(@Nullable Object old) throws Throwable {
      List<Integer> all =
          old == null ? Made.class.getDeclaredConstructor().newInstance() : (List<Integer>) old;
      all.add(1);
      return all;
    }
  }

  static final class MakesAnObjectByAHandle extends Computes {
    @Override
    @SuppressWarnings("unchecked")
    Object add(@Nullable Object old) throws Throwable {
      List<Integer> all =
          old == null
              ? (Made)
                  MethodHandles.lookup()
                      .findConstructor(Made.class, MethodType.methodType(void.class))
                      .invoke()
              : (List<Integer>) old;
      all.add(1);
      return all;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        CopiesAList.class,
        AddsToASetOfKeys.class,
        CollectsAStream.class,
        AddsToASynchronizedList.class,
        MakesAnObjectByReflection.class,
        MakesAnObjectByAHandle.class
      })
  void aValueMayBeComputedWithTheHelpOfTheJdk(Class<? extends Scenario<String>> program) {
    comesTo(program, Set.of("2"));
  }

  @Test
  void aValueThatIsAskedForAndPutInTwoStepsLosesAnother() {
    assertThat(explored(CopiesAListInTwoSteps.class).outcomes().keySet()).contains("1", "2");
  }
}
