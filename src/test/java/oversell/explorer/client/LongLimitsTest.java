package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.explorer.Exploration;
import oversell.explorer.FailureKind;
import oversell.explorer.client.BarriersTest.Several;
import oversell.explorer.client.BarriersTest.Wait;

/** A wait for others of a minute or more gives up only if no other thread can go on. */
class LongLimitsTest {
  private static final long LONG = 2;
  private static final long SHORT = 1;
  // Of a number of schedules that can all be run, in bits.
  private static final int FEW = 16;

  abstract static class Meeting extends Several {
    final CyclicBarrier barrier = new CyclicBarrier(2);
    final Exchanger<Integer> exchanger = new Exchanger<>();
    final SynchronousQueue<Integer> queue = new SynchronousQueue<>();
    final LinkedTransferQueue<Integer> transfer = new LinkedTransferQueue<>();
    final Phaser phaser = new Phaser(1);
  }

  // ---- Those that meet

  static final class AtABarrier extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> barrier.await(LONG, TimeUnit.MINUTES), () -> barrier.await(LONG, TimeUnit.DAYS));
    }
  }

  static final class AtAnExchanger extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> exchanger.exchange(1, LONG, TimeUnit.MINUTES),
          () -> exchanger.exchange(2, Long.MAX_VALUE, TimeUnit.DAYS));
    }
  }

  static final class AtAQueue extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> queue.offer(7, LONG, TimeUnit.MINUTES), () -> queue.poll(LONG, TimeUnit.MINUTES));
    }
  }

  static final class AtATransfer extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> transfer.tryTransfer(7, LONG, TimeUnit.MINUTES),
          () -> transfer.poll(LONG, TimeUnit.MINUTES));
    }
  }

  static final class ForAPhase extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> phaser.awaitAdvanceInterruptibly(0, LONG, TimeUnit.MINUTES), phaser::arrive);
    }
  }

  static final class ForAnInterrupt extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> queue.offer(7, LONG, TimeUnit.MINUTES),
          () -> {
            threads[0].interrupt();
            return "";
          });
    }
  }

  // ---- Those that nobody comes to, or too late

  static final class Alone extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> barrier.await(LONG, TimeUnit.MINUTES),
          () -> exchanger.exchange(1, LONG, TimeUnit.MINUTES));
    }
  }

  static final class AloneInAPhase extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> phaser.awaitAdvanceInterruptibly(0, LONG, TimeUnit.MINUTES),
          () -> phaser.getUnarrivedParties());
    }
  }

  /** The one with the short limit may give up before the other comes, or after that. */
  static final class BesideAShortLimit extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> queue.offer(7, LONG, TimeUnit.MINUTES),
          () -> queue.poll(SHORT, TimeUnit.MILLISECONDS));
    }
  }

  static final class AtABarrierBesideAShortLimit extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> barrier.await(LONG, TimeUnit.MINUTES),
          () -> barrier.await(SHORT, TimeUnit.MILLISECONDS));
    }
  }

  static final class AloneForEver extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(() -> queue.offer(7, Long.MAX_VALUE, TimeUnit.DAYS));
    }
  }

  @Test
  void aLimitThatNoClockReachesIsNone() {
    assertThat(explored(AloneForEver.class).failure().orElseThrow().kind())
        .isEqualTo(FailureKind.DEADLOCK);
  }

  // ---- Which of several limits passes first

  abstract static class InTurn extends Meeting {
    private String order = "";
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    List<Wait> waits() {
      return List.of(
          () -> {
            giveUp(() -> exchanger.exchange(1, 2, TimeUnit.MINUTES));
            return told("a");
          },
          () -> {
            giveUp(() -> barrier.await(3, TimeUnit.MINUTES));
            return told("b");
          });
    }

    static void giveUp(Wait wait) throws Exception {
      try {
        Object unused = wait.make();
      } catch (TimeoutException passed) {
        return;
      }
      throw new IllegalStateException("somebody came");
    }

    String told(String who) {
      synchronized (never) {
        order += who;
      }
      return "";
    }

    @Nullable Object await(long minutes) throws InterruptedException {
      return never.await(minutes, TimeUnit.MINUTES);
    }

    @Override
    Object left() {
      return order;
    }
  }

  static final class TwoLimits extends InTurn {}

  static final class TwoLimitsBesideASleep extends InTurn {
    @Override
    List<Wait> waits() {
      return Stream.concat(
              super.waits().stream(),
              Stream.of(
                  () -> {
                    TimeUnit.SECONDS.sleep(90);
                    return "";
                  }))
          .toList();
    }
  }

  static final class BesideALatch extends InTurn {
    @Override
    List<Wait> waits() {
      return List.of(
          super.waits().get(1),
          () -> {
            Object unused = await(2);
            return told("l");
          });
    }
  }

  /** The clock has gone on by the limit. */
  static final class AsksForTheTime extends Meeting {
    @Override
    List<Wait> waits() {
      return List.of(
          () -> {
            long begun = System.nanoTime();
            boolean isTaken = queue.offer(7, LONG, TimeUnit.MINUTES);
            return isTaken + " " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
          });
    }
  }

  static Stream<Arguments> meeting() {
    return Stream.of(
        Arguments.of(AtABarrier.class, Set.of("0 1", "1 0")),
        Arguments.of(AtAnExchanger.class, Set.of("2 1")),
        Arguments.of(AtAQueue.class, Set.of("true 7")),
        Arguments.of(AtATransfer.class, Set.of("true 7")),
        Arguments.of(ForAPhase.class, Set.of("1 0")),
        Arguments.of(ForAnInterrupt.class, Set.of("interrupted ")));
  }

  static Stream<Arguments> all() {
    return Stream.concat(
        meeting(),
        Stream.of(
            Arguments.of(Alone.class, Set.of("late late")),
            Arguments.of(AloneInAPhase.class, Set.of("late 1")),
            Arguments.of(BesideAShortLimit.class, Set.of("true 7", "false null")),
            Arguments.of(AtABarrierBesideAShortLimit.class, Set.of("0 1", "1 0", "broken late")),
            Arguments.of(TwoLimits.class, Set.of(" ab")),
            Arguments.of(TwoLimitsBesideASleep.class, Set.of("  ab", "  ba")),
            Arguments.of(BesideALatch.class, Set.of(" lb")),
            Arguments.of(AsksForTheTime.class, Set.of("false 120"))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aLongLimitPassesLast(Class<? extends Several> program, Set<String> ends) {
    Exploration<String> explored = explored(program);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).isEqualTo(ends);
    assertThat(explored.certificate().orElseThrow().toString())
        .contains("a limit of a minute or more that passes while another thread can go on");
    if (explored.schedules().orElseThrow().bitLength() <= FEW) {
      checkAgainstAllSchedules(program, explored);
    }
  }

  @ParameterizedTest
  @MethodSource("meeting")
  void nothingElseHappensOnRealThreads(Class<? extends Several> program, Set<String> ends)
      throws Exception {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 300; i++) {
      seen.add(program.getDeclaredConstructor().newInstance().run());
    }

    assertThat(ends).containsAll(seen);
  }
}
