package oversell.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {
  @Test
  void aSchemaTellsItsRun() {
    assertThat(Schemas.run(Schemas.ofFork("0a1b2c3d", 12))).isEqualTo("0a1b2c3d");
    assertThat(Schemas.run(Schemas.ofHost("0a1b2c3d"))).isEqualTo("0a1b2c3d");
    assertThat(Schemas.isOfHost(Schemas.ofHost("0a1b2c3d"))).isTrue();
    assertThat(Schemas.isOfHost(Schemas.ofFork("0a1b2c3d", 12))).isFalse();
  }

  /** Whoever may write to the database could have made it, to be put into somebody's SQL. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "public",
        "oversell_0a1b2c3d_host; drop schema public",
        "oversell_0a1b2c3d_1\n",
        "oversell_0A1B2C3D_1",
        "oversell_0a1b2c3d_x"
      })
  void anyOtherNameIsNotPutIntoSql(String name) {
    assertThat(Schemas.isOfRun(name)).isFalse();
    assertThatThrownBy(() -> Schemas.require(name)).hasMessageContaining("no name of a schema");
  }
}
