package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.inventory.Inventories;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;

class MemoryEstimateTest {
  private static final long GIBIBYTE = 1L << 30;

  private static MemoryEstimate estimate(String keys, long machineBytes) throws InvalidExperiment {
    return MemoryEstimate.of(
        new ExperimentFile("mine", "mine.yaml", "{variants: synchronized, " + keys + "}")
            .parse(Map.of(), Inventories.onClassPath()),
        machineBytes);
  }

  @ParameterizedTest
  @CsvSource({
    "'buyers: 10_000_000',true",
    "'buyers: [1, 10_000_000, 2]',true",
    "'buyers: 1_000_000',false",
    "'buyers: 10_000_000, gate: false, hold: 0',false",
    "'buyers: 10_000_000, gate: false, hold: 1ms',true",
    "'buyers: 100_000, threads: platform',true",
    "'buyers: 10_000, threads: platform',false",
    "'buyers: 1_000_000, heap: 512',true",
    "'buyers: 10_000_000, heap: 16384',false"
  })
  void refusesWhatAMachineOf24GibibytesHasTooLittleFor(String keys, boolean tooMuch)
      throws InvalidExperiment {
    assertThat(estimate(keys, 24 * GIBIBYTE).isTooMuch()).isEqualTo(tooMuch);
  }

  @Test
  void neverRefusesWhereTheMemoryIsUnknown() throws InvalidExperiment {
    assertThat(estimate("buyers: 10_000_000", 0).isTooMuch()).isFalse();
  }

  @Test
  void aHeapCountsWhereTheMemoryIsUnknown() throws InvalidExperiment {
    assertThat(estimate("buyers: 10_000_000, heap: 64", 0).isTooMuch()).isTrue();
  }
}
