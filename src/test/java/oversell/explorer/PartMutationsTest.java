package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.explorer.weave.Mutant;

/**
 * Each row of the table of calls that is about views, entries, iterators and streams is needed:
 * some program notices if it is taken away or made weaker, by its outcomes or by their number.
 */
@Tag("mutations")
class PartMutationsTest {
  private static final String BESIDE =
      """
      var map = new ConcurrentHashMap<Integer, Integer>(Map.of(1, 1, 2, 2));
      var list = new CopyOnWriteArrayList<Integer>(List.of(1, 2));
      %s
      Thread beside = Thread.startVirtualThread(() -> {
        %s
      });
      int sum = 0;
      %s
      beside.join();
      return 100 * sum + count;
      """;

  private static String beside(String before, String other, String mine) {
    return BESIDE.formatted(before, other, mine);
  }

  private static final List<String> PROGRAMS =
      List.of(
          beside("", "list.add(3);", "for (int one : list) sum += one;"),
          beside("", "list.add(3);", "for (int one : list) sum += one; list.add(4);"),
          beside(
              "Iterable<Integer> all = list;", "list.add(3);", "for (int one : all) sum += one;"),
          beside("", "count = 1; count = 2;", "for (int one : List.of(1, 2)) sum += one;"),
          beside("", "map.put(3, 3);", "for (int one : map.values()) sum += one;"),
          beside("var view = map.values();", "map.put(3, 3);", "for (int one : view) sum += one;"),
          beside("", "map.put(3, 3);", "sum = map.keySet().size();"),
          beside("", "map.put(3, 3);", "sum = map.values().contains(3) ? 1 : 0;"),
          beside("var view = map.keySet();", "map.get(1); map.get(2);", "sum = view.size();"),
          beside(
              "var lists = new ConcurrentHashMap<Integer, List<Integer>>(Map.of(1, List.of(1, 2, 3)));"
                  + " var values = lists.values();",
              "list.add(3);",
              "sum = values.contains(list) ? 1 : 0;"),
          beside(
              "var entry = map.entrySet().iterator().next();",
              "entry.setValue(7);",
              "sum = entry.getValue();"),
          beside("", "map.get(1); map.get(2);", "sum = map.entrySet().iterator().next().getKey();"),
          beside("", "list.add(3);", "sum = (int) list.stream().count();"),
          beside("", "list.get(0); list.get(1);", "list.stream();"),
          beside("var some = List.of(1, 2);", "count = 1; count = 2;", "some.stream();"),
          beside("", "count = 1; count = 2;", "java.util.stream.IntStream.range(0, 2);"),
          beside("", "count = 1; count = 2;", "java.util.stream.Collectors.toSet();"),
          beside(
              "var stream = list.stream();",
              "try { stream.filter(one -> one > 1); } catch (IllegalStateException e) { count = 1; }",
              "try { stream.map(one -> one); } catch (IllegalStateException e) { sum = 1; }"),
          beside("", "list.get(0); list.get(1);", "list.stream().filter(one -> one > 1);"),
          beside(
              "var stream = map.values().stream();",
              "map.put(3, 3);",
              "sum = (int) stream.count();"),
          beside(
              "var stream = list.stream();",
              "list.get(0); list.get(1);",
              "sum = (int) stream.count();"));

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void eachRowOfPartsIsNeeded() {
    List<Mutant> mutants = Mutant.all().stream().filter(Mutant::isOfParts).toList();
    MutatedPrograms programs = new MutatedPrograms(PROGRAMS, List.of());

    assertThat(mutants).hasSizeGreaterThan(12);
    assertThat(programs.unnoticed(mutants)).isEmpty();
  }
}
