package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import oversell.boot.Jdk;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Key;

class ForkPlanTest {
  @Test
  void runsTheProductOfAllListsAsOftenAsAsked() {
    ForkPlan plan =
        Plans.seed(
            Map.of(
                Key.VARIANTS,
                "unlocked,synchronized",
                Key.BUYERS,
                "1,2,3",
                Key.JDKS,
                "998,999",
                Key.FORKS,
                "2"));

    assertThat(plan.rows()).hasSize(2 * 3 * 2).doesNotHaveDuplicates();
    assertThat(plan.rows())
        .extracting(ForkPlan.Row::number)
        .isEqualTo(IntStream.range(0, 12).boxed().toList());
    assertThat(plan.forks()).hasSize(24);
    assertThat(plan.forks())
        .extracting(Fork::index)
        .isEqualTo(IntStream.range(0, 24).boxed().toList());
    assertThat(plan.rows())
        .allSatisfy(
            row -> assertThat(plan.forks()).filteredOn(fork -> fork.row().equals(row)).hasSize(2));
  }

  @Test
  void theSameSeedGivesTheSameOrderAndAnotherOneAnother() {
    Map<Key<?>, String> settings = Map.of(Key.BUYERS, "1,2,3,4,5,6,7,8,9");
    ForkPlan first = Plans.seed(settings);

    assertThat(Plans.seed(settings).forks()).isEqualTo(first.forks());
    assertThat(order(first)).isNotEqualTo(IntStream.range(0, 9).boxed().toList());
    assertThat(order(Plans.seed(Map.of(Key.BUYERS, "1,2,3,4,5,6,7,8,9", Key.SEED, "2"))))
        .isNotEqualTo(order(first));
  }

  private static List<Integer> order(ForkPlan plan) {
    return plan.forks().stream().map(fork -> fork.row().number()).toList();
  }

  @Test
  void findsTheJdksThatAreAskedFor() {
    int host = Plans.host().feature();
    List<Integer> installed = Plans.installed().stream().map(Jdk::feature).toList();

    assertThat(jdks("host")).containsExactly(host);
    assertThat(jdks("all")).isEqualTo(installed).contains(host);
    assertThat(jdks("all,host," + host)).isEqualTo(installed);
    assertThat(jdks("999")).containsExactly(999);
    assertThat(Plans.fork(Map.of(Key.JDKS, "999")).jdk()).isEmpty();
  }

  private static List<Integer> jdks(String setting) {
    return Plans.seed(Map.of(Key.JDKS, setting)).rows().stream().map(ForkPlan.Row::jdk).toList();
  }

  @Test
  void expectsWhatTheFileSaysAndElseWhatTheVariantClaims() {
    Map<Key<?>, String> both = Map.of(Key.VARIANTS, "unlocked,synchronized");
    Map<Key<?>, String> said =
        Map.of(
            Key.VARIANTS,
            "unlocked,synchronized",
            Key.EXPECT,
            "unlocked=oversells,synchronized=any");

    assertThat(Plans.seed(both).rows())
        .extracting(ForkPlan.Row::expected)
        .containsExactly(Expectation.ANY, Expectation.SAFE);
    assertThat(Plans.seed(said).rows())
        .extracting(ForkPlan.Row::expected)
        .containsExactly(Expectation.OVERSELLS, Expectation.ANY);
  }

  @Test
  void pinningIsCountedInOneForkMoreOfEachRow() {
    ForkPlan plan = Plans.seed(Map.of(Key.PINNING, "true", Key.BUYERS, "1,2", Key.FORKS, "3"));

    assertThat(plan.rows())
        .allSatisfy(
            row ->
                assertThat(plan.forks())
                    .filteredOn(fork -> fork.row().equals(row))
                    .hasSize(3 + 1)
                    .filteredOn(fork -> fork.purpose() == Fork.Purpose.PINNING)
                    .singleElement()
                    .satisfies(
                        fork -> {
                          assertThat(fork.trials()).isEqualTo(1);
                          assertThat(fork.warmups()).isZero();
                          assertThat(fork.assignment(Optional.empty()).purpose())
                              .isEqualTo(fork.purpose());
                        }));
    assertThat(Plans.seed(Map.of()).forks())
        .extracting(Fork::purpose)
        .containsOnly(Fork.Purpose.TRIALS);
  }

  @Test
  void theHeapIsLimitedWhereThatIsAsked() {
    assertThat(Plans.fork(Map.of(Key.HEAP, "64")).flags()).contains("-Xms64m", "-Xmx64m");
    assertThat(Plans.fork(Map.of()).flags()).noneMatch(flag -> flag.startsWith("-Xmx"));
  }

  @Test
  void oneJdkMayBeExpectedToDoSomethingElse() {
    assertThat(
            Plans.seed(Map.of(Key.JDKS, "998,999", Key.EXPECT, "synchronized on 998=hangs")).rows())
        .extracting(ForkPlan.Row::expected)
        .containsExactly(Expectation.HANGS, Expectation.SAFE);
  }

  @Test
  void theFloorCountsHoldsThatFollowOneAnother() {
    assertThat(Plans.fork(Map.of(Key.VARIANTS, "synchronized")).row().floor())
        .isEqualTo(Duration.ofMillis(60));
    assertThat(Plans.fork(Map.of(Key.VARIANTS, "unlocked")).row().floor())
        .isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void theDeadlineGrowsWithTheWorkUnlessItIsGiven() {
    Duration small = Plans.fork(Map.of()).deadline();
    Duration large = Plans.fork(Map.of(Key.TRIALS, "1000", Key.HOLD, "1s")).deadline();

    assertThat(small).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
    assertThat(large).isGreaterThan(Duration.ofSeconds(3 * 1000));
    assertThat(Plans.fork(Map.of(Key.DEADLINE, "7s")).deadline()).isEqualTo(Duration.ofSeconds(7));
  }
}
