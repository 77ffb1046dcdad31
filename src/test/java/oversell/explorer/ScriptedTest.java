package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oversell.corpus.Scripted;

/** Whatever buyers do, what is left out would have shown nothing new. */
@Timeout(120)
class ScriptedTest {
  private static final int PROGRAMS = 40;

  @ParameterizedTest
  @EnumSource
  void anyProgramHasTheSameOutcomesWithAndWithout(Granularity granularity) {
    int compared = 0;
    for (int number = 1; number <= PROGRAMS; number++) {
      Explorations sale = Explorations.of(2 + number % 2, number, 1).at(granularity).atMost(3_000);

      var all = sale.with(Reduction.NONE).explore(Scripted.class);
      if (all.explored().complete()) {
        compared++;
        var reduced = sale.explore(Scripted.class);
        assertThat(reduced.outcomes()).as("of %d", number).isEqualTo(all.outcomes());
      }
    }
    assertThat(compared).isGreaterThan(PROGRAMS / 4);
  }
}
