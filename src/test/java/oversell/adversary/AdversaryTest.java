package oversell.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oversell.adversary.Adversary.Failure;
import oversell.explorer.Granularity;

/** What is explored of a drawn program is what the program can do. */
@Timeout(300)
class AdversaryTest {
  private static final int SEED = 1;

  @Test
  void everyOutcomeOfADrawnProgramIsExploredAndNoOther() {
    Adversary adversary =
        new Adversary(
            new Generator(SEED, Adversary.SOUND), Comparison.usual().atMost(300, 1_000), 1, 0);

    adversary.run(0, 500);

    assertThat(adversary.failures()).isEmpty();
    assertThat(adversary.counts().get(Verdict.Kind.SAME)).isGreaterThan(400);
  }

  /** A step of many accesses may touch more in another order. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACCESS")
  void theReductionLeavesNothingOutOfStepsOfManyAccesses(Granularity granularity) {
    Adversary adversary =
        new Adversary(
            new Generator(7, Adversary.SOUND),
            Comparison.usual().at(granularity).atMost(2_000, 2_000),
            1,
            0);

    // Among them is one that was proved with too few of its schedules.
    adversary.run(850, 200);

    assertThat(adversary.failures()).isEmpty();
    assertThat(adversary.counts().get(Verdict.Kind.SAME)).isGreaterThan(150);
  }

  @Tag("long")
  @Test
  void whatRealThreadsShowWasExplored() {
    Adversary adversary =
        new Adversary(
            new Generator(SEED, Adversary.SOUND, Natives.threadSafe()),
            Comparison.usual().atMost(300, 1_000),
            1,
            50);

    adversary.run(0, 200);

    assertThat(adversary.failures()).isEmpty();
    assertThat(adversary.counts().get(Verdict.Kind.SAME)).isGreaterThan(150);
  }

  /** A broken twin of the interpreter, for which there are no monitors. */
  @Test
  void anExplorerThatMissedOutcomesWouldBeCaught() {
    Failure failure = firstFailure(AdversaryTest::withoutMonitors);

    assertThat(failure.verdict().kind()).isEqualTo(Verdict.Kind.MISSED);
    assertThat(failure.shrunk().all()).hasSizeLessThanOrEqualTo(6);
  }

  /** A broken twin of the interpreter, for which each buyer does all that it does at once. */
  @Test
  void anExplorerThatInventedOutcomesWouldBeCaught() {
    Failure failure = firstFailure(AdversaryTest::atOnce);

    assertThat(failure.verdict().kind()).isEqualTo(Verdict.Kind.INVENTED);
    assertThat(failure.shrunk().all()).hasSizeLessThanOrEqualTo(3);
  }

  /** As if what buyers do at once had been explored, which is not what real threads do. */
  @Test
  void realThreadsShowWhatWasNotExplored() throws InterruptedException {
    Program race =
        new Program(
            List.of(
                List.of(new Op(Kind.WRITE, 0, 1, List.of()), new Op(Kind.READ, 0, 1, List.of())),
                List.of(new Op(Kind.WRITE, 0, 2, List.of()), new Op(Kind.READ, 0, 2, List.of()))),
            List.of(List.of(), List.of()),
            false);
    Classes classes = Classes.compile(Map.of("N", Source.of(race, "N", true)));

    assertThat(unexplored(race, race, classes)).isEmpty();
    assertThat(unexplored(race, atOnce(race), classes)).isPresent();
  }

  private static Optional<String> unexplored(Program race, Program other, Classes classes)
      throws InterruptedException {
    Set<String> outcomes = new Interpreter(other, 10_000).outcomes().orElseThrow();
    return Natives.unexplored(race, classes, "N", outcomes, 5_000);
  }

  private static Failure firstFailure(UnaryOperator<Program> broken) {
    Comparison comparison =
        new Comparison(
            program -> new Interpreter(broken.apply(program), 100_000).outcomes(),
            Granularity.ACCESS,
            300,
            1_000);
    // Of one monitor: nobody waits for ever, which would be an outcome more.
    Set<Kind> kinds = EnumSet.of(Kind.READ, Kind.ADD, Kind.SYNCHRONIZED_METHOD);
    Generator generator = new Generator(SEED, EnumSet.allOf(Feature.class), kinds::contains);
    Adversary adversary = new Adversary(generator, comparison, 1, 0);

    adversary.run(0, 300);

    assertThat(adversary.failures()).hasSize(1);
    return adversary.failures().getFirst();
  }

  private static Program withoutMonitors(Program program) {
    return new Program(
        program.buyers().stream().map(AdversaryTest::withoutMonitors).toList(),
        program.initialisers(),
        program.inherits());
  }

  private static List<Op> withoutMonitors(List<Op> ops) {
    return ops.stream()
        .flatMap(
            op ->
                op.kind().feature == Feature.MONITORS
                    ? Stream.concat(
                        Stream.of(new Op(op.kind(), op.which(), op.value(), List.of())),
                        withoutMonitors(op.body()).stream())
                    : Stream.of(op))
        .toList();
  }

  private static Program atOnce(Program program) {
    return new Program(
        program.buyers().stream()
            .map(buyer -> List.of(new Op(Kind.SYNCHRONIZED_METHOD, 0, 1, buyer)))
            .toList(),
        program.initialisers(),
        program.inherits());
  }
}
