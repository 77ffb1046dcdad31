package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;

/** Views of maps, entries, iterators and streams: they read what they go through. */
class PartsTest {
  private static final String TWO_THREADS =
      """
      var used = %s;
      var other = new java.util.concurrent.CopyOnWriteArrayList<Integer>(List.of(5));
      var left = new java.util.concurrent.atomic.AtomicInteger(10);
      %s
      int[] seen = new int[2];
      Thread beside = Thread.startVirtualThread(() -> {
        int sum = 0;
        %s
        seen[1] = sum;
      });
      int sum = 0;
      %s
      seen[0] = sum;
      beside.join();
      return 100_000 * left.get() + 1_000 * seen[0] + 10 * seen[1] + used.hashCode() %% 7;
      """;

  private static final String MAP = "new ConcurrentHashMap<Integer, Integer>(Map.of(1, 1, 2, 2))";
  private static final String LIST = "new CopyOnWriteArrayList<Integer>(List.of(1, 2))";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          |                                                        | used.put(3, 3);                                | for (int one : used.values()) sum += one;
          |                                                        | used.put(2, 5);                                | for (var one : used.entrySet()) sum += one.getValue();
          |                                                        | used.remove(1);                                | for (int one : used.keySet()) sum += one;
          |                                                        | used.merge(1, 5, Integer::sum);                | sum = used.values().stream().mapToInt(one -> one).sum();
          |                                                        | used.put(3, 3);                                | sum = used.keySet().size() + (used.values().contains(3) ? 10 : 0);
          | var view = used.values();                              | used.put(3, 3);                                | for (int one : view) sum += one;
          | var stream = used.values().stream();                   | used.put(3, 3);                                | sum = (int) stream.count();
          | var stream = used.values().stream().filter(i -> i > 1); | used.put(3, 3);                               | sum = stream.mapToInt(one -> one).sum();
          | var entry = used.entrySet().iterator().next();         | synchronized (lock) { entry.setValue(7); }     | synchronized (lock) { sum = entry.getValue(); }
          | var entries = new ArrayList<>(used.entrySet());        | entries.get(0).setValue(7);                    | sum = entries.stream().max(Map.Entry.comparingByValue()).get().getKey();
          |                                                        | other.add(6);                                  | sum = used.values().stream().flatMap(one -> other.stream()).mapToInt(i -> i).sum();
          |                                                        | other.add(6);                                  | sum = used.values().stream().limit(1).flatMap(one -> other.stream()).map(one -> one + left.get()).reduce(0, Integer::sum);
          |                                                        | left.decrementAndGet();                        | used.values().forEach(one -> left.addAndGet(one));
          |                                                        | left.set(1);                                   | sum = used.values().stream().anyMatch(one -> one == left.get()) ? 1 : 0;
          |                                                        | used.put(3, left.get());                       | sum = used.values().stream().peek(one -> left.decrementAndGet()).toList().size();
          |                                                        | used.put(0, 3);                                | sum = used.values().stream().sorted().findFirst().get();
          |                                                        | used.put(0, 3);                                | sum = used.values().stream().max(Comparator.naturalOrder()).get();
          |                                                        | used.entrySet().iterator().next().setValue(9); | sum = used.values().stream().collect(java.util.stream.Collectors.counting()).intValue();
          |                                                        | used.values().remove(2);                       | for (var it = used.values().iterator(); it.hasNext();) if (it.next() > 1) { it.remove(); sum++; }
          """)
  void whatGoesThroughAMapSeesWhatOthersDoToIt(
      String none, String before, String beside, String mine) {
    checkAgainstAllSchedules(
        Sources.scenario(TWO_THREADS.formatted(MAP, empty(before), beside, mine)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          |                                        | used.add(3);                                     | for (int one : used) sum += one;
          |                                        | used.add(3);                                     | sum = used.stream().mapToInt(one -> one).sum();
          | var stream = used.stream();            | used.add(3);                                     | sum = (int) stream.count();
          | var stream = used.stream();            | try { sum = (int) stream.count(); } catch (IllegalStateException e) { sum = 9; } | try { sum = stream.mapToInt(i -> i).sum(); } catch (IllegalStateException e) { sum = 9; }
          | var stream = used.stream();            | try { stream.filter(one -> one > 1); } catch (IllegalStateException e) { sum = 9; } | try { stream.map(one -> one); } catch (IllegalStateException e) { sum = 9; }
          | var lists = List.of(other, other);     | other.add(6);                                    | sum = lists.stream().collect(java.util.stream.Collectors.toSet()).size() + lists.stream().sorted(Comparator.comparing(List::size)).findFirst().get().size();
          | var lists = List.of(other);            | other.add(6);                                    | sum = lists.stream().distinct().toList().toString().length();
          | var own = new ArrayList<Integer>(used) { public Spliterator<Integer> spliterator() { return other.spliterator(); } }; | other.add(6); | sum = own.stream().mapToInt(i -> i).sum();
          |                                        | left.decrementAndGet();                          | sum = java.util.stream.IntStream.range(0, 2).map(one -> left.get()).sum();
          |                                        | left.decrementAndGet();                          | sum = List.of(1, 2).stream().mapToInt(one -> one + left.get()).sum();
          """)
  void whatGoesThroughAListSeesWhatOthersDoToIt(
      String none, String before, String beside, String mine) {
    checkAgainstAllSchedules(
        Sources.scenario(TWO_THREADS.formatted(LIST, empty(before), beside, mine)));
  }

  private static String empty(String text) {
    return text == null ? "" : text;
  }

  /** Two threads that read the same, or each its own, are of one trace. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new ConcurrentHashMap<Integer, Integer>(Map.of(1, 1, 2, 2)) | for (int one : used.values()) sum += one;
          new ConcurrentHashMap<Integer, Integer>(Map.of(1, 1, 2, 2)) | for (var one : used.entrySet()) sum += one.getValue();
          new TreeMap<Integer, Integer>(Map.of(1, 1, 2, 2))           | for (var one : used.entrySet()) sum += one.getValue();
          new LinkedHashMap<Integer, Integer>(Map.of(1, 1, 2, 2))     | for (int one : used.keySet()) sum += one;
          new HashMap<Integer, Integer>(Map.of(1, 1, 2, 2))           | sum = used.values().stream().filter(one -> one > 1).mapToInt(one -> one).sum();
          new HashSet<Integer>(Set.of(1, 2))                          | for (int one : used) sum += one;
          new CopyOnWriteArrayList<Integer>(List.of(1, 2))            | for (int one : used) sum += one;
          new ArrayList<Integer>(List.of(1, 2))                       | used.stream().map(one -> one + 1).collect(java.util.stream.Collectors.toList());
          List.of(1, 2)                                               | sum = used.stream().limit(1).reduce(0, Integer::sum);
          Map.of(1, 1)                                                | sum = java.util.stream.IntStream.rangeClosed(1, 3).mapToObj(one -> one).toList().size();
          """)
  void whoOnlyReadsConflictsWithNobody(String made, String read) {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(
                TWO_THREADS
                    .formatted(made, "", read, read)
                    .replace("seen[1] = sum;", "")
                    .replace("used.hashCode()", "used.size()")),
            Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.executions()).isEqualTo(1);
  }

  /** An element that the JDK has made is no part of the list that it is in. */
  @Test
  void anElementIsNoPartOfItsList() {
    checkAgainstAllSchedules(
        Sources.scenario(
            """
            List<List<Integer>> lists = new CopyOnWriteArrayList<>();
            lists.add(Collections.synchronizedList(new ArrayList<>()));
            List<Integer> first = lists.get(0);
            int[] seen = new int[1];
            Thread beside = Thread.startVirtualThread(() -> first.add(1));
            for (List<Integer> one : lists) {
              seen[0] += one.size();
            }
            beside.join();
            return seen[0];
            """));
  }
}
