package oversell.explorer.control;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * The futures that are there as soon as all of some others are. Whoever waits for such a one waits
 * for each of those, one after the other: so it does not matter in which order they come, nor
 * whether it was made before them, as long as nothing else depends on it.
 */
final class Conjunctions {
  private final IdentityHashMap<Object, List<CompletableFuture<?>>> parts = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Dependents> dependents = new IdentityHashMap<>();

  /** Of one part: how many of its dependents are such futures, and which. */
  private static final class Dependents {
    private final List<CompletableFuture<?>> wholes = new ArrayList<>();
    private int count;
  }

  void clear() {
    parts.clear();
    dependents.clear();
  }

  /** Makes one. */
  CompletableFuture<Void> make(CompletableFuture<?>[] of) {
    List<CompletableFuture<?>> copy = List.of(of);
    IdentityHashMap<Object, Integer> before = new IdentityHashMap<>();
    copy.forEach(part -> before.put(part, part.getNumberOfDependents()));
    CompletableFuture<Void> whole = CompletableFuture.allOf(of);
    copy.forEach(
        part -> {
          Integer count = before.remove((Object) part);
          if (count != null) {
            Dependents known = dependents.computeIfAbsent(part, unused -> new Dependents());
            known.count += part.getNumberOfDependents() - count;
            known.wholes.add(whole);
          }
        });
    parts.put(whole, copy);
    return whole;
  }

  /** Whether it is one of these. */
  boolean contains(Future<?> future) {
    return parts.containsKey(future);
  }

  /** What is waited for instead of a future: itself, unless it is one of these. */
  List<Future<?>> partsOf(Future<?> future) {
    List<CompletableFuture<?>> direct = parts.get(future);
    if (direct == null) {
      return List.of(future);
    }
    List<Future<?>> all = new ArrayList<>();
    direct.forEach(part -> all.addAll(partsOf(part)));
    return all;
  }

  /** Whether nothing depends on a future but such ones on which nothing else depends. */
  boolean isAwaitedAlone(CompletableFuture<?> future) {
    int count = future.getNumberOfDependents();
    Dependents known = dependents.get(future);
    return count == 0
        || (known != null
            && count == known.count
            && known.wholes.stream().allMatch(whole -> !whole.isDone() && isAwaitedAlone(whole)));
  }
}
