package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** A wait with a time limit at a barrier or for a phase ends by the others or by its limit. */
@Timeout(120)
class BarriersTest {
  private static final long SHORT = 1;

  /** What a thread does, and comes to. */
  @FunctionalInterface
  interface Wait {
    @Nullable Object make() throws Exception;
  }

  /** A thread for each wait; the outcome is what each came to, and then what is left. */
  abstract static class Several implements Scenario<String> {
    Thread[] threads = new Thread[0];

    abstract List<Wait> waits();

    Object left() {
      return "";
    }

    @Override
    public String run() throws Exception {
      List<Wait> waits = waits();
      String[] seen = new String[waits.size()];
      threads = new Thread[seen.length];
      for (int i = 0; i < seen.length; i++) {
        int number = i;
        threads[i] = Thread.ofVirtual().unstarted(() -> seen[number] = text(waits.get(number)));
      }
      for (Thread one : threads) {
        one.start();
      }
      for (Thread one : threads) {
        one.join();
      }
      return String.join(" ", Arrays.asList(seen)) + left();
    }

    private static String text(Wait wait) {
      try {
        return String.valueOf(wait.make());
      } catch (TimeoutException passed) {
        return "late";
      } catch (BrokenBarrierException broken) {
        return "broken";
      } catch (InterruptedException interrupted) {
        return "interrupted";
      } catch (Exception thrown) {
        return thrown.getMessage();
      }
    }
  }

  // ---- Barriers ----------------------------------------------------------------------------

  abstract static class AtABarrier extends Several {
    CyclicBarrier barrier = new CyclicBarrier(2);

    int awaitInTime() throws Exception {
      return barrier.await(SHORT, TimeUnit.MILLISECONDS);
    }
  }

  static class TwoLimits extends AtABarrier {
    @Override
    List<Wait> waits() {
      return List.of(this::awaitInTime, this::awaitInTime);
    }

    @Override
    Object left() {
      return barrier.isBroken() ? ", broken" : "";
    }
  }

  static class OneLimit extends AtABarrier {
    @Override
    List<Wait> waits() {
      return List.of(this::awaitInTime, barrier::await);
    }
  }

  static class NoTimeAtAll extends AtABarrier {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> barrier.await(0, TimeUnit.MILLISECONDS),
          () -> barrier.await(-1, TimeUnit.MILLISECONDS));
    }
  }

  /** Of three parties, one has a limit; who returns was not interrupted. */
  static class Three extends AtABarrier {
    @Override
    List<Wait> waits() {
      barrier = new CyclicBarrier(3);
      return List.of(
          () -> awaitInTime() + (Thread.interrupted() ? "!" : ""),
          () -> barrier.await() + (Thread.interrupted() ? "!" : ""),
          () -> barrier.await() < 0);
    }
  }

  static class SetBack extends AtABarrier {
    @Override
    List<Wait> waits() {
      return List.of(
          this::awaitInTime,
          () -> {
            barrier.reset();
            return "back";
          });
    }
  }

  static class SetBackUnderTwo extends AtABarrier {
    @Override
    List<Wait> waits() {
      barrier = new CyclicBarrier(3);
      return List.of(
          () -> {
            try {
              return awaitInTime();
            } catch (BrokenBarrierException broken) {
              return Thread.interrupted() ? "!" : "set back";
            }
          },
          this::awaitInTime,
          () -> {
            barrier.reset();
            return "back";
          });
    }
  }

  static class Interrupted extends AtABarrier {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> {
            try {
              return awaitInTime() + " " + Thread.interrupted();
            } catch (TimeoutException passed) {
              return "late " + Thread.interrupted();
            }
          },
          () -> {
            threads[0].interrupt();
            return "";
          });
    }
  }

  static class TwoRounds extends AtABarrier {
    @Override
    List<Wait> waits() {
      return List.of(() -> awaitInTime() + awaitInTime(), () -> barrier.await() + barrier.await());
    }
  }

  static class AnAction extends AtABarrier {
    int count;

    void act() {
      count++;
    }

    @Override
    List<Wait> waits() {
      barrier = new CyclicBarrier(2, this::act);
      return List.of(this::awaitInTime, this::awaitInTime);
    }

    @Override
    Object left() {
      return ", " + count;
    }
  }

  static class AnActionThatThrows extends AnAction {
    @Override
    void act() {
      super.act();
      throw new IllegalStateException("thrown");
    }
  }

  /** Who comes for the next round while the action runs has its limit for that round. */
  static class ComesDuringTheAction extends AnAction {
    private final CountDownLatch ran = new CountDownLatch(1);

    @Override
    void act() {
      super.act();
      ran.countDown();
    }

    @Override
    List<Wait> waits() {
      barrier = new CyclicBarrier(1, this::act);
      return List.of(
          barrier::await,
          () -> {
            ran.await();
            return awaitInTime() + (Thread.interrupted() ? "!" : "");
          });
    }
  }

  /** Whoever runs the action runs out of no time in there. */
  static class AnActionThatWaits extends AnAction {
    private final CountDownLatch come = new CountDownLatch(1);

    @Override
    void act() {
      try {
        come.await();
        super.act();
      } catch (InterruptedException never) {
        count = -1;
      }
    }

    @Override
    List<Wait> waits() {
      barrier = new CyclicBarrier(1, this::act);
      return List.of(
          this::awaitInTime,
          () -> {
            come.countDown();
            return "";
          });
    }
  }

  /**
   * Its limit may pass, too, while the other one runs the action, which ends after the interrupt.
   */
  static class InterruptedDuringTheAction extends AnAction {
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    void act() {
      try {
        interrupted.await();
      } catch (InterruptedException own) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    List<Wait> waits() {
      barrier = new CyclicBarrier(2, this::act);
      return List.of(
          () -> awaitInTime() + " " + Thread.interrupted(),
          barrier::await,
          () -> {
            threads[0].interrupt();
            interrupted.countDown();
            return "";
          });
    }

    @Override
    Object left() {
      return "";
    }
  }

  static class OfASubclass extends TwoLimits {
    private static final class Own extends CyclicBarrier {
      Own() {
        super(2);
      }
    }

    OfASubclass() {
      barrier = new Own();
    }
  }

  // ---- Phasers -----------------------------------------------------------------------------

  abstract static class AtAPhaser extends Several {
    Phaser phaser = new Phaser(2);

    int arriveInTime() throws Exception {
      return phaser.awaitAdvanceInterruptibly(phaser.arrive(), SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    Object left() {
      return ", phase " + phaser.getPhase() + " of " + phaser.getRegisteredParties();
    }
  }

  static class TwoArrive extends AtAPhaser {
    @Override
    List<Wait> waits() {
      return List.of(this::arriveInTime, this::arriveInTime);
    }
  }

  static class OneIsAwaited extends AtAPhaser {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> phaser.awaitAdvanceInterruptibly(0, SHORT, TimeUnit.MILLISECONDS),
          phaser::arriveAndAwaitAdvance,
          phaser::arriveAndDeregister);
    }
  }

  /** A phaser that ends with its first phase; it is asked while that advances. */
  static class OneThatEnds extends AtAPhaser {
    int advanced;

    @Override
    List<Wait> waits() {
      phaser =
          new Phaser(1) {
            @Override
            protected boolean onAdvance(int phase, int parties) {
              advanced++;
              return true;
            }
          };
      return List.of(
          () -> phaser.awaitAdvanceInterruptibly(0, SHORT, TimeUnit.MILLISECONDS) < 0,
          phaser::arrive);
    }

    @Override
    Object left() {
      return ", advanced " + advanced;
    }
  }

  static class OnePhaserBelowAnother extends AtAPhaser {
    @Override
    List<Wait> waits() {
      Phaser below = new Phaser(phaser, 1);
      return List.of(
          () -> below.awaitAdvanceInterruptibly(below.arrive(), SHORT, TimeUnit.MILLISECONDS),
          () -> phaser.arrive() + phaser.arrive());
    }
  }

  static class NoPhase extends AtAPhaser {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> phaser.awaitAdvanceInterruptibly(-3, SHORT, TimeUnit.MILLISECONDS),
          () -> phaser.awaitAdvanceInterruptibly(7, SHORT, TimeUnit.MILLISECONDS),
          () -> phaser.awaitAdvanceInterruptibly(0, 0, TimeUnit.MILLISECONDS));
    }
  }

  static class InterruptedPhase extends AtAPhaser {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> {
            try {
              return arriveInTime();
            } catch (TimeoutException passed) {
              return "late " + Thread.interrupted();
            }
          },
          () -> {
            threads[0].interrupt();
            return "";
          });
    }
  }

  private static Stream<Arguments> atBarriers() {
    return Stream.of(
        Arguments.of(
            TwoLimits.class, Set.of("0 1", "1 0", "late broken, broken", "broken late, broken")),
        Arguments.of(OneLimit.class, Set.of("0 1", "1 0", "late broken")),
        Arguments.of(NoTimeAtAll.class, Set.of("late broken", "broken late")),
        Arguments.of(
            Three.class,
            Set.of(
                "0 1 false",
                "0 2 false",
                "1 0 false",
                "1 2 false",
                "2 0 false",
                "2 1 false",
                "late broken broken")),
        Arguments.of(SetBack.class, Set.of("broken back", "late back")),
        Arguments.of(
            SetBackUnderTwo.class,
            Set.of(
                "late broken back",
                "late late back",
                "set back broken back",
                "set back late back")),
        Arguments.of(Interrupted.class, Set.of("interrupted ", "late false ", "late true ")),
        Arguments.of(TwoRounds.class, Set.of("0 2", "1 1", "2 0", "late broken")),
        Arguments.of(
            AnAction.class, Set.of("0 1, 1", "1 0, 1", "late broken, 0", "broken late, 0")),
        Arguments.of(
            AnActionThatThrows.class,
            Set.of("broken thrown, 1", "thrown broken, 1", "late broken, 0", "broken late, 0")),
        Arguments.of(ComesDuringTheAction.class, Set.of("0 0, 2")),
        Arguments.of(AnActionThatWaits.class, Set.of("0 , 1")),
        Arguments.of(
            InterruptedDuringTheAction.class,
            Set.of("0 true 1 ", "1 true 0 ", "interrupted broken ", "late broken ")),
        Arguments.of(
            OfASubclass.class, Set.of("0 1", "1 0", "late broken, broken", "broken late, broken")));
  }

  private static Stream<Arguments> atPhasers() {
    return Stream.of(
        Arguments.of(
            TwoArrive.class,
            Set.of("1 1, phase 1 of 2", "1 late, phase 1 of 2", "late 1, phase 1 of 2")),
        Arguments.of(OneIsAwaited.class, Set.of("1 1 0, phase 1 of 1", "late 1 0, phase 1 of 1")),
        Arguments.of(OneThatEnds.class, Set.of("true 0, advanced 1", "late 0, advanced 1")),
        Arguments.of(
            OnePhaserBelowAnother.class, Set.of("1 0, phase 1 of 3", "late 0, phase 1 of 3")),
        Arguments.of(NoPhase.class, Set.of("-3 0 late, phase 0 of 2")),
        Arguments.of(
            InterruptedPhase.class,
            Set.of(
                "interrupted , phase 0 of 2",
                "late false , phase 0 of 2",
                "late true , phase 0 of 2")));
  }

  static Stream<Arguments> all() {
    return Stream.concat(atBarriers(), atPhasers());
  }

  @ParameterizedTest
  @MethodSource("all")
  void allComeInTimeOrTheLimitPasses(Class<? extends Several> program, Set<String> outcomes) {
    Exploration<String> explored = explored(program);

    assertThat(explored.outcomes().keySet()).isEqualTo(outcomes);
    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.failures()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TwoLimits.class,
        OneLimit.class,
        NoTimeAtAll.class,
        SetBack.class,
        AnActionThatWaits.class,
        OnePhaserBelowAnother.class
      })
  void noScheduleIsLeftOut(Class<? extends Several> program) {
    checkAgainstAllSchedules(program);
  }

  /** Where the JDK's own steps are explored, its condition is waited for and no limit is ours. */
  @ParameterizedTest
  @MethodSource("atBarriers")
  void aBarrierThatIsExploredFromTheInsideDoesTheSame(
      Class<? extends Several> program, Set<String> outcomes) {
    Options inside = Options.exhaustive().inside("java.util.concurrent.CyclicBarrier");

    assertThat(Explorer.explore(program, inside).outcomes().keySet()).isEqualTo(outcomes);
  }

  @ParameterizedTest
  @ValueSource(classes = {OneThatEnds.class, NoPhase.class, InterruptedPhase.class})
  void aPhaserThatIsExploredFromTheInsideDoesTheSame(Class<? extends Several> program) {
    Options inside = Options.exhaustive().inside("java.util.concurrent.Phaser");

    assertThat(Explorer.explore(program, inside).outcomes().keySet())
        .isEqualTo(explored(program).outcomes().keySet());
  }

  /** What the JDK does by itself is among what was explored. */
  @ParameterizedTest
  @MethodSource("all")
  void nothingElseHappensOnRealThreads(Class<? extends Several> program, Set<String> outcomes)
      throws Exception {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 300; i++) {
      seen.add(program.getDeclaredConstructor().newInstance().run());
    }

    assertThat(outcomes).containsAll(seen);
  }

  /** But for those that ask for their interrupts, or what is left, which is no step there. */
  @ParameterizedTest
  @ValueSource(classes = {TwoLimits.class, OneLimit.class, TwoArrive.class})
  void noOutcomeIsLostWhereThreadsAreStoppedMoreSeldom(Class<? extends Several> program) {
    assertThat(
            Explorer.explore(program, Options.exhaustive().granularity(Granularity.GUARD))
                .outcomes()
                .keySet())
        .isEqualTo(explored(program).outcomes().keySet());
  }

  /** The clock has gone on by the limit if that ended the wait. */
  static class AsksForTheTime extends AtABarrier {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> {
            long begun = System.nanoTime();
            try {
              return barrier.await(5, TimeUnit.SECONDS) >= 0;
            } catch (TimeoutException passed) {
              return System.nanoTime() - begun >= 5_000_000_000L ? "late" : "early";
            }
          },
          barrier::await);
    }
  }

  @Test
  void aLimitThatHasPassedHasTakenItsTime() {
    assertThat(explored(AsksForTheTime.class).outcomes().keySet())
        .containsExactlyInAnyOrder("true 0", "true 1", "late broken");
  }

  // ---- The broken twins ----------------------------------------------------------------------

  /** Who takes it for granted that the others come in time. */
  static class TakesTheOthersForGranted extends TwoLimits {
    @Override
    public String run() throws Exception {
      if (super.run().contains("late")) {
        throw new IllegalStateException("somebody was late");
      }
      return "";
    }
  }

  static class TakesThePhaseForGranted extends TwoArrive {
    @Override
    public String run() throws Exception {
      if (super.run().contains("late")) {
        throw new IllegalStateException("somebody was late");
      }
      return "";
    }
  }

  /** Whoever gives up breaks the barrier for the others, who wait without a limit of their own. */
  static class TakesTheBarrierForWhole extends OneLimit {
    @Override
    public String run() throws Exception {
      if (super.run().contains("broken")) {
        throw new IllegalStateException("somebody was late");
      }
      return "";
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TakesTheOthersForGranted.class,
        TakesThePhaseForGranted.class,
        TakesTheBarrierForWhole.class
      })
  void whoTakesTheOthersForGrantedIsRefuted(Class<? extends Several> program) {
    Exploration<String> explored = explored(program);

    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.THREW);
    assertThat(explored.certificate()).isEmpty();
    assertThat(Explorer.replay(program, explored.failure().orElseThrow().schedule()).toString())
        .contains("somebody was late");
  }

  /** The action waits for one who can only come when it has ended: no limit ends that. */
  static class AnActionThatWaitsForEver extends AnActionThatWaits {
    @Override
    List<Wait> waits() {
      return super.waits().subList(0, 1);
    }
  }

  @Test
  void aLimitDoesNotEndWhatTheActionWaitsFor() {
    assertThat(explored(AnActionThatWaitsForEver.class).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.DEADLOCK);
  }

  // ---- What is not modelled is named ---------------------------------------------------------

  static class OfASubclassThatWaitsInItsOwnWay extends TwoLimits {
    private static final class Own extends CyclicBarrier {
      Own() {
        super(2);
      }

      @Override
      public int await() {
        return 0;
      }
    }

    OfASubclassThatWaitsInItsOwnWay() {
      barrier = new Own();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = OfASubclassThatWaitsInItsOwnWay.class)
  void whatIsNotModelledIsNamedAndNothingIsProved(Class<? extends Several> program) {
    Exploration<String> explored = explored(program);

    assertThat(explored.uncontrolled())
        .singleElement()
        .asString()
        .startsWith("await with a limit in time of a class");
    assertThat(explored.certificate()).isEmpty();
  }
}
