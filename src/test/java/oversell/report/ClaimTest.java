package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;

class ClaimTest {
  private static final Workload AT_ACCESS =
      Told.workload(Strategy.EXHAUSTIVE, Granularity.ACCESS, Reduction.SOURCE_DPOR);

  /**
   * Every combination of what a certificate depends on. All but one are broken twins of that one.
   */
  static Stream<Explored> combinations() {
    return Stream.of(true, false)
        .flatMap(
            complete ->
                Stream.of(0, 1, 100)
                    .flatMap(
                        violations ->
                            Stream.of(List.<String>of(), List.of("Socket.connect"))
                                .map(
                                    uncontrolled ->
                                        Told.explored(
                                            complete,
                                            violations,
                                            uncontrolled,
                                            Outcome.Grade.OVERSOLD))));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void onlyACompleteAndControlledExplorationWithoutFailuresIsCertified(Explored explored) {
    boolean proved =
        explored.complete() && explored.violations() == 0 && explored.uncontrolled().isEmpty();

    Claim claim = new Claim(AT_ACCESS, explored);

    assertThat(claim.isCertificate()).isEqualTo(proved);
    assertThat(claim.sentence().contains("not covered")).isEqualTo(proved);
    assertThat(claim.sentence().contains(": 0 violations")).isEqualTo(proved);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void uncontrolledActionsAreReportedFirst(Explored explored) {
    assertThat(new Claim(AT_ACCESS, explored).sentence().startsWith("**not under control:** "))
        .isNotEqualTo(explored.uncontrolled().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void violationsAreAlwaysReported(Explored explored) {
    assertThat(new Claim(AT_ACCESS, explored).sentence().contains("violations in"))
        .isEqualTo(explored.violations() > 0);
  }

  @Test
  void anExplorationWithoutExecutionsProvesNothing() {
    Explored none =
        new Explored(
            0,
            0,
            Optional.of(BigInteger.ZERO),
            0,
            true,
            0,
            List.of(),
            "",
            List.of(),
            List.of(),
            0,
            1,
            List.of(),
            OptionalDouble.empty());

    assertThat(new Claim(AT_ACCESS, none).isCertificate()).isFalse();
  }

  @Test
  void aCertificateNamesItsSizeAndWhatItDoesNotCover() {
    assertThat(
            new Claim(AT_ACCESS, Told.explored(true, 0, List.of(), Outcome.Grade.SAFE)).sentence())
        .isEqualTo(
            "all 7,000 schedules (100 traces after reduction) of 5 buyers at `access`: 0 violations; 2 of them were run twice, with the same steps and outcome; not covered:"
                + " weak memory (interleavings are sequentially consistent), what the JDK does inside one call,"
                + " other numbers of buyers, wake-ups that are spurious or in another order than HotSpot's");
  }

  /** The line that several certificates share leaves out their numbers and nothing else. */
  @ParameterizedTest
  @EnumSource(Granularity.class)
  void theSharedSentenceOfCertificatesHasTheSameLimits(Granularity granularity) {
    Workload workload = Told.workload(Strategy.EXHAUSTIVE, granularity, Reduction.SOURCE_DPOR);
    Claim claim = new Claim(workload, Told.explored(true, 0, List.of(), Outcome.Grade.SAFE));

    assertThat(claim.proof())
        .startsWith(
            "Every schedule at `"
                + granularity
                + "` was run or is stood for by one that was, with 0 violations;")
        .endsWith("Not covered: " + claim.sentence().replaceFirst(".*; not covered: ", "") + ".");
  }

  /** The twin is above: a sale that draws no number does not mention any. */
  @Test
  void aCertificateNamesWhatItsExecutionsHaveInCommon() {
    Explored plain = Told.explored(true, 0, List.of(), Outcome.Grade.SAFE);
    Explored drawing =
        new Explored(
            plain.executions(),
            plain.cut(),
            plain.standsFor(),
            plain.runTwice(),
            plain.complete(),
            plain.violations(),
            plain.uncontrolled(),
            plain.bound(),
            plain.notWoven(),
            List.of("other random numbers"),
            plain.steps(),
            plain.wallNanos(),
            plain.outcomes(),
            plain.leastProbability());

    assertThat(new Claim(AT_ACCESS, drawing).sentence())
        .isEqualTo(new Claim(AT_ACCESS, plain).sentence() + ", other random numbers");
    assertThat(new Claim(AT_ACCESS, drawing).proof()).endsWith(", other random numbers.");
  }

  @Test
  void aBoundIsNoCertificateAndNoViolation() {
    Explored bounded =
        new Explored(
            1,
            0,
            Optional.of(BigInteger.ONE),
            1,
            false,
            0,
            List.of(),
            "a busy-wait, in Any.purchase (Any.java:7); wait for a signal instead",
            List.of(),
            List.of(),
            5,
            1,
            List.of(),
            OptionalDouble.empty());

    Claim claim = new Claim(AT_ACCESS, bounded);

    assertThat(claim.isCertificate()).isFalse();
    assertThat(claim.sentence())
        .isEqualTo(
            "**bound reached:** a busy-wait, in Any.purchase (Any.java:7); wait for a signal instead;"
                + " this is no violation, and no certificate is given; nothing is decided: no violation in"
                + " 1 schedule (1 trace) up to that point");
    assertThat(claim.coverage()).isEqualTo("1 schedule (1 trace), BOUND REACHED");
  }

  @ParameterizedTest
  @EnumSource(Granularity.class)
  void aCertificateAtACoarserGranularityNamesIt(Granularity granularity) {
    Workload workload = Told.workload(Strategy.EXHAUSTIVE, granularity, Reduction.NONE);
    Claim claim = new Claim(workload, Told.explored(true, 0, List.of(), Outcome.Grade.SAFE));

    assertThat(claim.sentence().contains("switches anywhere but at `" + granularity + "`"))
        .isEqualTo(granularity != Granularity.ACCESS);
    assertThat(claim.sentence()).doesNotContain("trace");
  }

  @Test
  void violationsAreCountedInSchedulesThatAreStoodFor() {
    assertThat(
            new Claim(AT_ACCESS, Told.explored(true, 25, List.of(), Outcome.Grade.DEADLOCK))
                .sentence())
        .isEqualTo(
            "violations in 1,750 of all 7,000 schedules (100 traces after reduction) of 5 buyers at `access`"
                + " (25.0 %); 1,750 schedules: "
                + Outcome.Grade.DEADLOCK.meaning());
  }

  @Test
  void anIncompleteExplorationIsNoProof() {
    assertThat(
            new Claim(AT_ACCESS, Told.explored(false, 0, List.of(), Outcome.Grade.SAFE)).sentence())
        .isEqualTo(
            "no violation in 7,000 schedules (100 traces) of 5 buyers at `access`; not complete, so no proof");
  }

  @Test
  void pctReportsItsBound() {
    Workload workload = Told.workload(Strategy.PCT, Granularity.ACCESS, Reduction.SOURCE_DPOR);
    Explored drawn =
        new Explored(
            100,
            0,
            Optional.of(BigInteger.valueOf(100)),
            1,
            false,
            0,
            List.of(),
            "",
            List.of(),
            List.of(),
            1,
            1,
            List.of(),
            OptionalDouble.of(0.01));

    assertThat(new Claim(workload, drawn).sentence())
        .startsWith(
            "no violation in 100 schedules of 5 buyers at `access`; not complete, so no proof")
        .contains(
            "probability of at least 0.010",
            "in one or more of them with a probability of at least 0.6339");
  }

  @ParameterizedTest
  @CsvSource({
    "0,1000,0.0 %",
    "1,1000000,under 0.1 %",
    "1,3,33.3 %",
    "999999,1000000,over 99.9 %",
    "7,7,100 %"
  })
  void aShareIsNeverRoundedToNoneOrAll(BigInteger part, BigInteger all, String shown) {
    assertThat(Claim.percent(part, all)).isEqualTo(shown);
  }
}
