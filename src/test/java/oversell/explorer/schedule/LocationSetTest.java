package oversell.explorer.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Steps conflict in what they touch, however many locations there are. */
class LocationSetTest {
  private static final int SEVERAL_TIMES_THE_BITS = 300;

  /** What a step touches, by number. */
  private record Touched(Set<Integer> reads, Set<Integer> writes) {
    static Touched draw(SplittableRandom random) {
      return new Touched(some(random), some(random));
    }

    private static Set<Integer> some(SplittableRandom random) {
      Set<Integer> some = new HashSet<>();
      int most = random.nextInt(20) == 0 ? 2 * SEVERAL_TIMES_THE_BITS : random.nextInt(4);
      for (int left = most; left > 0; left--) {
        some.add(random.nextInt(SEVERAL_TIMES_THE_BITS));
      }
      return some;
    }

    boolean conflictsWith(Touched other) {
      return !Collections.disjoint(writes, other.writes)
          || !Collections.disjoint(writes, other.reads)
          || !Collections.disjoint(reads, other.writes);
    }
  }

  private final Object object = new Object();
  private final Locations locations = new Locations();

  private LocationSet set(Set<Integer> numbers) {
    LocationSet set = new LocationSet();
    numbers.forEach(number -> set.add(locations.of(object, number)));
    return set;
  }

  @Test
  void stepsConflictIfTheyTouchTheSameOfManyLocations() {
    SplittableRandom random = new SplittableRandom(1);
    locations.register(object, 7);
    Trace trace = new Trace();
    List<Touched> steps = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      steps.add(Touched.draw(random));
      trace.begin(0, Trace.NO_CAUSE, step);
      trace.end(set(steps.get(step).reads()), set(steps.get(step).writes()));
    }

    int byBitsAlone = 0;
    for (int one = 0; one < steps.size(); one++) {
      for (int other = 0; other < steps.size(); other++) {
        boolean conflict = steps.get(one).conflictsWith(steps.get(other));
        assertThat(trace.conflict(one, other)).as("%d and %d", one, other).isEqualTo(conflict);
        boolean common =
            Trace.common(
                    trace.reads(one), trace.writes(one), trace.reads(other), trace.writes(other))
                != 0;
        byBitsAlone += common != conflict ? 1 : 0;
      }
    }
    // The broken twin: steps would conflict that do not if only bits were compared.
    assertThat(byBitsAlone).isGreaterThan(1_000);
  }

  @Test
  void anythingConflictsWithALocationThatHasNoBit() {
    locations.register(object, 7);
    for (int number = 0; number < SEVERAL_TIMES_THE_BITS; number++) {
      var unused = locations.of(object, number);
    }
    Trace trace = new Trace();
    LocationSet none = new LocationSet();
    LocationSet anything = new LocationSet();
    anything.add(locations.of(object, SEVERAL_TIMES_THE_BITS - 1));
    anything.add(Locations.ANYTHING);
    trace.begin(0, Trace.NO_CAUSE, 0);
    trace.end(anything, none);
    trace.begin(1, Trace.NO_CAUSE, 1);
    trace.end(none, set(Set.of(SEVERAL_TIMES_THE_BITS - 2)));
    trace.begin(1, Trace.NO_CAUSE, 2);
    trace.end(set(Set.of(SEVERAL_TIMES_THE_BITS - 2)), none);

    assertThat(trace.conflict(0, 1)).isTrue();
    assertThat(trace.conflict(0, 2)).isFalse();
    assertThat(trace.conflict(1, 2)).isTrue();
  }

  @Test
  void locationsThatWereAddedCanBeRemoved() {
    locations.register(object, 7);
    LocationSet set = set(Set.of(1, 2, 3));
    long bits = set.bits();
    int size = set.size();
    for (int number = 0; number < SEVERAL_TIMES_THE_BITS; number++) {
      set.add(locations.of(object, number));
    }
    set.setBack(bits, size);

    assertThat(set.far()).isEqualTo(set(Set.of(1, 2, 3)).far());
    assertThat(set.bits()).isEqualTo(bits);
  }
}
