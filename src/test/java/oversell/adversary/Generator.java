package oversell.adversary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Draws programs, each by its number. */
final class Generator {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int MOST_DEPTH = 2;

  private final long seed;
  private final Set<Feature> features;
  private final Predicate<Kind> allowed;

  /** Of programs of these features, and only of these kinds of operations. */
  Generator(long seed, Set<Feature> features, Predicate<Kind> allowed) {
    this.seed = seed;
    this.features = features;
    this.allowed = allowed;
  }

  Generator(long seed, Set<Feature> features) {
    this(seed, features, kind -> true);
  }

  /** The program of a number, always the same. */
  Program draw(long number) {
    SplittableRandom random = new SplittableRandom(seed + number * GOLDEN);
    List<Kind> all =
        Arrays.stream(Kind.values())
            .filter(kind -> features.contains(kind.feature) && allowed.test(kind))
            .toList();
    List<Kind> kinds = kinds(random, all);
    List<Kind> ofClasses = all.stream().filter(Kind::isOfClass).toList();
    int buyers = random.nextInt(10) < 7 ? 2 : 3;
    int most = buyers == 2 ? 4 : 3;
    List<List<Op>> programs = new ArrayList<>();
    for (int i = 0; i < buyers; i++) {
      programs.add(ops(random, kinds, 1 + random.nextInt(most), 0));
    }
    List<List<Op>> initialisers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      initialisers.add(
          ofClasses.isEmpty()
              ? List.of()
              : ops(random, ofClasses, random.nextInt(3), MOST_DEPTH - 1));
    }
    return new Program(programs, initialisers, random.nextInt(4) == 0);
  }

  /** A few kinds that may have to do with one another. */
  private static List<Kind> kinds(SplittableRandom random, List<Kind> all) {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(all.get(random.nextInt(all.size())));
    int number = 2 + random.nextInt(4);
    while (kinds.size() < number) {
      List<Kind> related =
          random.nextInt(3) == 0
              ? all
              : all.stream()
                  .filter(
                      kind ->
                          kinds.stream()
                              .anyMatch(one -> !Collections.disjoint(one.things, kind.things)))
                  .toList();
      kinds.add(related.isEmpty() ? kinds.get(0) : related.get(random.nextInt(related.size())));
    }
    return kinds;
  }

  private static List<Op> ops(SplittableRandom random, List<Kind> kinds, int number, int depth) {
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Kind kind = kinds.get(random.nextInt(kinds.size()));
      int inside = !kind.hasBody() || depth >= MOST_DEPTH ? 0 : random.nextInt(4);
      ops.add(
          new Op(
              kind,
              random.nextInt(2),
              1 + random.nextInt(3),
              ops(random, kinds, inside, depth + 1)));
    }
    return ops;
  }
}
