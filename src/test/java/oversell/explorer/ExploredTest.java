package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import oversell.lab.trial.Explored;

class ExploredTest {
  private static Explored of(long violations, boolean complete, String uncontrolled, long millis) {
    return new Explored(
        6,
        0,
        Optional.empty(),
        1,
        complete,
        violations,
        uncontrolled.isEmpty() ? List.of() : List.of(uncontrolled),
        "",
        List.of(),
        List.of(),
        60,
        millis * 1_000_000,
        List.of(),
        OptionalDouble.empty());
  }

  @Test
  void theExplorationThatClaimsLeastCounts() {
    Explored proof = of(0, true, "", 1);
    Explored bounded = of(0, false, "", 2);
    Explored uncontrolled = of(0, false, "a socket", 3);
    Explored refuted = of(1, true, "", 4);

    assertThat(Explored.leastClaim(List.of(proof, bounded))).hasValue(bounded);
    assertThat(Explored.leastClaim(List.of(bounded, uncontrolled, proof))).hasValue(uncontrolled);
    assertThat(Explored.leastClaim(List.of(uncontrolled, refuted, proof))).hasValue(refuted);
    assertThat(Explored.leastClaim(List.of())).isEmpty();
  }

  @Test
  void ofEqualClaimsTheOneOfMedianTimeCounts() {
    Explored slowest = of(0, true, "", 900);

    assertThat(Explored.leastClaim(List.of(slowest, of(0, true, "", 300), of(0, true, "", 310))))
        .hasValue(of(0, true, "", 310));
    assertThat(Explored.leastClaim(List.of(slowest, of(0, true, "", 300))))
        .hasValue(of(0, true, "", 300));
    assertThat(Explored.leastClaim(List.of(slowest))).hasValue(slowest);
  }
}
