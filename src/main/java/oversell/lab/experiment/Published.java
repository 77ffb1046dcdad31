package oversell.lab.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What others have published of a scenario, which its exploration is held to.
 *
 * @param traces how many Mazurkiewicz traces it has; empty if that is not published
 * @param outcomes the texts of the outcomes that it has, and no others; empty if they are not
 *     published
 */
public record Published(Optional<Long> traces, List<String> outcomes) {
  /** Copies its list. */
  public Published {
    outcomes = List.copyOf(outcomes);
  }

  /** Of a scenario of which nothing is published. */
  public static Published nothing() {
    return new Published(Optional.empty(), List.of());
  }

  /** Whether it says how many traces there are, and nothing of the outcomes. */
  public boolean isOfTracesAlone() {
    return traces.isPresent() && outcomes.isEmpty();
  }
}
