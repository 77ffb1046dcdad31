package oversell.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import oversell.explorer.Scenario;
import oversell.inventory.Inventories;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Published;

/** The experiment has every program, and the numbers that the tests have. */
class ConformanceExperimentTest {
  /** Of no source. */
  private static final Set<Class<?>> LEFT_OUT = Set.of(Traces.ManyElements.class);

  private static Experiment experiment() throws InvalidExperiment {
    Path file = Path.of("experiments", "conformance.yaml");
    return ExperimentFile.read(file, file.toString()).parse(Map.of(), Inventories.onClassPath());
  }

  private static Map<String, Published> ofTests() {
    Map<String, Published> published = new TreeMap<>();
    TracesTest.published()
        .forEach(
            row ->
                published.put(
                    name((Class<?>) row.get()[0]),
                    new Published(Optional.of((Long) row.get()[2]), List.of())));
    SamplesTest.samples()
        .forEach(
            row ->
                published.put(
                    name((Class<?>) row.get()[0]),
                    new Published(
                        Optional.empty(),
                        ((Set<?>) row.get()[1]).stream().map(String::valueOf).sorted().toList())));
    LEFT_OUT.forEach(program -> published.remove(name(program)));
    return published;
  }

  private static String name(Class<?> program) {
    return program.getCanonicalName();
  }

  @Test
  void holdsTheExplorerToTheNumbersThatTheTestsHoldItTo() throws InvalidExperiment {
    Map<String, Published> asked = new TreeMap<>();
    experiment()
        .published()
        .forEach(
            (name, published) ->
                asked.put(
                    name,
                    new Published(
                        published.traces(), published.outcomes().stream().sorted().toList())));

    assertThat(asked).isEqualTo(ofTests());
  }

  @Test
  void leavesNoProgramOut() throws InvalidExperiment {
    Set<String> programs = new TreeSet<>();
    Stream.of(Traces.class, Samples.class)
        .flatMap(all -> Stream.of(all.getDeclaredClasses()))
        .filter(program -> Scenario.class.isAssignableFrom(program))
        .filter(program -> Modifier.isFinal(program.getModifiers()))
        .filter(program -> !LEFT_OUT.contains(program))
        .forEach(program -> programs.add(name(program)));

    assertThat(new TreeSet<>(experiment().matrix().variants())).isEqualTo(programs);
    assertThat(experiment().published().keySet()).isEqualTo(programs);
    assertThat(experiment().page().sources()).isNotEmpty();
  }
}
