package oversell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.lab.fork.MachineShare;

class MachineTest {
  @ParameterizedTest
  @CsvSource({"0, false", "0.5, false", "0.51, true", "1, true"})
  void warnsWhereOthersHaveTheMachine(double busy, boolean warned) {
    assertThat(Machine.warning(new MachineShare(0, busy)).isPresent()).isEqualTo(warned);
  }
}
