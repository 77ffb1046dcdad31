package oversell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;

class RequestTest {
  private static Request request(String... settings) throws InvalidExperiment {
    return Request.parse(List.of(settings)).request();
  }

  @Test
  void listsTheExperimentsIfNoneIsNamed() throws InvalidExperiment {
    assertThat(request()).isEqualTo(new Request.ListExperiments());
    assertThat(request("exp=")).isEqualTo(new Request.ListExperiments());
  }

  @Test
  void runsAnExperimentWithItsSettings() throws InvalidExperiment {
    assertThat(request("exp=seed", "trials=5", "stock-per-buyer=2"))
        .isEqualTo(new Request.Run("seed", Map.of(Key.TRIALS, "5", Key.STOCK_PER_BUYER, "2")));
  }

  @Test
  void exploresAScenarioWithoutAnExperiment() throws InvalidExperiment {
    assertThat(request("scenario=a.B")).isEqualTo(new Request.Run("", Map.of(Key.SCENARIO, "a.B")));
    assertThat(request("scenario=a.B", "replay=a.B:0001"))
        .isEqualTo(new Request.Replay("", Map.of(Key.SCENARIO, "a.B"), "a.B:0001"));
    assertThatThrownBy(() -> request("replay=a.B:0001")).hasMessageContaining("no -Dexp beside it");
  }

  @Test
  void makesTablesAgain() throws InvalidExperiment {
    assertThat(request("report=results/seed")).isEqualTo(new Request.Remake("results/seed"));
  }

  @Test
  void joinsARunOfAnotherMachine() throws InvalidExperiment {
    assertThat(request("join=jdbc:postgresql://db/shop"))
        .isEqualTo(new Request.Join("jdbc:postgresql://db/shop"));
    assertThatThrownBy(() -> request("join=jdbc:postgresql://db/shop", "exp=seed"))
        .hasMessage("-Djoin:1:1: setting: found -Dexp beside it, expected one of them");
  }

  @Test
  void doesNotKnowWhichOfTwoRequestsIsMeant() {
    assertThatThrownBy(() -> request("report=results/seed", "exp=seed"))
        .hasMessage("-Dreport:1:1: setting: found -Dexp beside it, expected one of them");
  }

  @Test
  void refusesALevelOfTheLogThatThereIsNot() throws InvalidExperiment {
    assertThat(request("exp=seed", "log=info")).isEqualTo(new Request.Run("seed", Map.of()));
    assertThatThrownBy(() -> request("exp=seed", "log=chatty"))
        .hasMessage("-Dlog:1:1: log: found \"chatty\", expected one of error, warn, info, debug");
  }

  /** A misspelt setting that changed nothing would give a table of something else. */
  @ParameterizedTest
  @CsvSource({
    "trails, trials",
    "buyer, buyers",
    "hodl, hold",
    "Trials, trials",
    "ex, exp",
    "stock_per_buyer, stock-per-buyer"
  })
  void refusesASettingThatLooksMisspelt(String setting, String meant) {
    assertThatThrownBy(() -> request("exp=seed", setting + "=5"))
        .isInstanceOf(InvalidExperiment.class)
        .hasMessage(
            "-D%s:1:1: setting: found an unknown name, expected -D%s perhaps", setting, meant);
  }

  @Test
  void saysWhichSettingsMeanNothingToIt() throws InvalidExperiment {
    assertThat(Request.parse(List.of("exp=seed", "skipTests=true", "trials=5")).ignored())
        .containsExactly("skipTests");
  }
}
