package oversell.versus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.inventory.Inventories;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;

/** The programs of the experiment are what it expects of them, and it has every one. */
class ProgramsTest {
  private static Experiment experiment() throws InvalidExperiment {
    Path file = Path.of("experiments", "versus.yaml");
    return ExperimentFile.read(file, file.toString()).parse(Map.of(), Inventories.onClassPath());
  }

  private static Stream<Class<?>> programs() {
    return Stream.of(Programs.class.getClasses())
        .filter(type -> !java.lang.reflect.Modifier.isAbstract(type.getModifiers()));
  }

  @Test
  void theExperimentLeavesNoneOut() throws InvalidExperiment {
    Set<String> all = new TreeSet<>();
    programs().forEach(program -> all.add(program.getCanonicalName()));

    assertThat(new TreeSet<>(experiment().matrix().variants())).isEqualTo(all);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void eachIsRightOrWrongAsTheExperimentExpects(Class<? extends Operations> program)
      throws InvalidExperiment {
    Expectation expected =
        experiment().expectations().getOrDefault(program.getCanonicalName(), Expectation.SAFE);

    Exploration<String> explored = Explorer.explore(program, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    switch (expected) {
      case SAFE -> assertThat(explored.failure()).isEmpty();
      case HANGS ->
          assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLOCK);
      default ->
          assertThat(explored.failure().orElseThrow().toString())
              .contains("in no order are the calls answered");
    }
  }
}
