package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oversell.explorer.client.Sources;
import oversell.explorer.weave.JdkCalls;
import oversell.explorer.weave.Mutant;

/**
 * Small programs that notice whether a row of the table of calls is taken away or made weaker: by
 * their outcomes, their verdict, or, of a row that only spares schedules, by their number.
 */
final class MutatedPrograms {
  private final List<Class<? extends Scenario<Integer>>> programs;
  private final List<Told> asItIs;

  /**
   * Programs by the bodies of their scenarios.
   *
   * @param uncontrolled those that come to no outcome, since they do what is not under control
   */
  MutatedPrograms(List<String> controlled, List<String> uncontrolled) {
    programs =
        Stream.concat(controlled.stream(), uncontrolled.stream())
            .<Class<? extends Scenario<Integer>>>map(Sources::scenario)
            .toList();
    asItIs = explored();
    assertThat(asItIs.subList(0, controlled.size())).noneMatch(told -> told.outcomes().isEmpty());
    assertThat(asItIs.subList(controlled.size(), programs.size()))
        .allMatch(told -> told.outcomes().isEmpty() && !told.complete());
    assertThat(explored()).isEqualTo(asItIs);
  }

  private List<Told> explored() {
    return programs.stream().map(one -> explored(one, Mutant.none())).toList();
  }

  /** What a program came to. */
  private record Told(Map<String, Long> outcomes, long failures, boolean complete) {}

  private static Told explored(Class<? extends Scenario<Integer>> program, JdkCalls calls) {
    ScenarioSubject<Integer> subject =
        new ScenarioSubject<>(new ScenarioClass<>(program, Options.exhaustive()));
    Failures<Integer> nobody = new Failures<>((executions, failures, share, running) -> {});
    try {
      Findings<ScenarioResult<Integer>> findings =
          new SubjectExplorer<>(
                  subject, Options.exhaustive().schedules(20_000), calls, System::nanoTime)
              .explore(nobody);
      Map<String, Long> outcomes = new HashMap<>();
      findings
          .outcomes()
          .forEach(
              share -> outcomes.merge(share.outcome().toString(), share.executions(), Long::sum));
      return new Told(outcomes, findings.failures(), findings.complete());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Those that no program notices. */
  List<Mutant> unnoticed(List<Mutant> mutants) {
    List<Mutant> unnoticed = new ArrayList<>();
    for (Mutant mutant : mutants) {
      if (!isNoticed(mutant)) {
        unnoticed.add(mutant);
      }
    }
    return unnoticed;
  }

  private boolean isNoticed(Mutant mutant) {
    for (int i = 0; i < programs.size(); i++) {
      try {
        if (!explored(programs.get(i), mutant.table()).equals(asItIs.get(i))) {
          return true;
        }
      } catch (RuntimeException broken) {
        return true;
      }
    }
    return false;
  }
}
