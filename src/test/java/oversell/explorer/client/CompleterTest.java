package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Scenario;

/** Tasks that are completed by the last of those that they wait for. */
class CompleterTest {
  private static final int REAL_RUNS = 500;
  // Of a number of schedules that can all be run, in bits.
  private static final int FEW = 16;

  /** A task whose code is given. */
  static class Step extends CountedCompleter<Integer> {
    private static final long serialVersionUID = 1L;
    private final transient Consumer<Step> code;
    int result;

    Step(@Nullable CountedCompleter<?> parent, int pending, Consumer<Step> code) {
      super(parent, pending);
      this.code = code;
    }

    @Override
    public void compute() {
      code.accept(this);
    }

    @Override
    public Integer getRawResult() {
      return result;
    }

    @Override
    protected void setRawResult(Integer value) {
      result = value == null ? 0 : value;
    }
  }

  // ---- The programs of its documentation

  /** Doubles each element: half of them in a task of its own. */
  static class ForEach extends CountedCompleter<Void> {
    private static final long serialVersionUID = 1L;
    private final int[] array;
    private final int low;
    private final int high;

    ForEach(@Nullable CountedCompleter<?> parent, int[] array, int low, int high) {
      super(parent);
      this.array = array;
      this.low = low;
      this.high = high;
    }

    @Override
    public void compute() {
      if (high - low >= 2) {
        int middle = (low + high) >>> 1;
        setPendingCount(1);
        new ForEach(this, array, middle, high).fork();
        new ForEach(this, array, low, middle).compute();
      } else if (high > low) {
        array[low] *= 2;
        end();
      }
    }

    void end() {
      tryComplete();
    }
  }

  static class DoublesEach implements Scenario<Integer> {
    final int[] array = {1, 10};

    ForEach task() {
      return new ForEach(null, array, 0, 2);
    }

    @Override
    public Integer run() throws Exception {
      task().invoke();
      return array[0] + array[1];
    }
  }

  /** Says for how many tasks it waits when it has forked one of them. */
  static class CountsTooLate extends DoublesEach {
    @Override
    ForEach task() {
      return new ForEach(null, array, 0, 2) {
        @Override
        public void compute() {
          new ForEach(this, array, 0, 1).fork();
          setPendingCount(1);
          new ForEach(this, array, 1, 2).fork();
        }
      };
    }
  }

  static class CountsInTime extends DoublesEach {
    @Override
    ForEach task() {
      return new ForEach(null, array, 0, 2) {
        @Override
        public void compute() {
          setPendingCount(1);
          new ForEach(this, array, 0, 1).fork();
          new ForEach(this, array, 1, 2).fork();
        }
      };
    }
  }

  /** Forks one task in each round of a loop, and tells those above without a call back. */
  static class Propagates extends DoublesEach {
    @Override
    ForEach task() {
      return new ForEach(null, array, 0, 2) {
        @Override
        public void compute() {
          addToPendingCount(1);
          new ForEach(this, array, 1, 2) {
            @Override
            void end() {
              propagateCompletion();
            }
          }.fork();
          array[0] *= 2;
          propagateCompletion();
        }
      };
    }
  }

  /** Ends all of it when one has found it. */
  static class Search implements Scenario<String> {
    final AtomicReference<Integer> found = new AtomicReference<>();
    final AtomicInteger looked = new AtomicInteger();

    /** Finds any number of those between two. */
    final class Searcher extends CountedCompleter<Integer> {
      private static final long serialVersionUID = 1L;
      private final int low;
      private final int high;

      Searcher(@Nullable CountedCompleter<?> parent, int low, int high) {
        super(parent);
        this.low = low;
        this.high = high;
      }

      @Override
      public Integer getRawResult() {
        return found.get();
      }

      @Override
      public void compute() {
        int from = low;
        int to = high;
        while (found.get() == null && to >= from) {
          if (to - from >= 2) {
            int middle = (from + to) >>> 1;
            addToPendingCount(1);
            new Searcher(this, middle, to).fork();
            to = middle;
          } else {
            looked.incrementAndGet();
            if (found.compareAndSet(null, from)) {
              quietlyCompleteRoot();
            }
            break;
          }
        }
        tryComplete();
      }
    }

    @Override
    public String run() throws Exception {
      return "" + new Searcher(null, 2, 4).invoke();
    }
  }

  /** Takes it for granted that all tasks have ended with it. */
  static final class SearchAndCount extends Search {
    @Override
    public String run() throws Exception {
      return super.run() + looked.get();
    }
  }

  /** Adds up what its two halves come to, when both have. */
  static class MapReduce extends CountedCompleter<Integer> {
    private static final long serialVersionUID = 1L;
    final int from;
    final int to;
    int result;
    @Nullable MapReduce sibling;

    MapReduce(@Nullable MapReduce parent, int from, int to) {
      super(parent);
      this.from = from;
      this.to = to;
    }

    @Override
    public void compute() {
      if (to - from >= 2) {
        int middle = (from + to) >>> 1;
        MapReduce left = new MapReduce(this, from, middle);
        MapReduce right = new MapReduce(this, middle, to);
        left.sibling = right;
        right.sibling = left;
        setPendingCount(1);
        right.fork();
        left.compute();
      } else {
        result = from;
        tryComplete();
      }
    }

    @Override
    public void onCompletion(CountedCompleter<?> caller) {
      if (caller != this) {
        MapReduce child = (MapReduce) caller;
        MapReduce other = child.sibling;
        result = child.result + (other == null ? 0 : other.result);
      }
    }

    @Override
    public Integer getRawResult() {
      return result;
    }
  }

  static class Sum implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      return new MapReduce(null, 1, 3).invoke();
    }
  }

  static final class SumOfThree implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      return ForkJoinPool.commonPool().invoke(new MapReduce(null, 1, 4));
    }
  }

  static final class SumOfAPool implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        return pool.submit(new MapReduce(null, 1, 3)).get(1, TimeUnit.HOURS);
      }
    }
  }

  /** The same without calls back: it goes along those that are complete, and adds up. */
  static final class Linked extends CountedCompleter<Integer> {
    private static final long serialVersionUID = 1L;
    private final int from;
    private int result;
    private @Nullable Linked forks;
    private final @Nullable Linked next;
    private final int to;

    Linked(@Nullable CountedCompleter<?> parent, int from, int to, @Nullable Linked next) {
      super(parent);
      this.from = from;
      this.to = to;
      this.next = next;
    }

    @Override
    public void compute() {
      int high = to;
      while (high - from >= 2) {
        int middle = (from + high) >>> 1;
        addToPendingCount(1);
        Linked fork = new Linked(this, middle, high, forks);
        forks = fork;
        fork.fork();
        high = middle;
      }
      result = from;
      for (CountedCompleter<?> at = firstComplete(); at != null; at = at.nextComplete()) {
        Linked done = (Linked) at;
        for (Linked fork = done.forks; fork != null; fork = fork.next) {
          done.result += fork.result;
        }
      }
    }

    @Override
    public Integer getRawResult() {
      return result;
    }
  }

  static final class SumAlongLinks implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      return new Linked(null, 1, 3, null).invoke();
    }
  }

  /** The leaves add to a field of the task above, each on its own thread. */
  static class SumInAField implements Scenario<Integer> {
    boolean isGuarded() {
      return false;
    }

    private void add(Step sum, int value) {
      if (isGuarded()) {
        synchronized (this) {
          sum.result += value;
        }
      } else {
        sum.result += value;
      }
    }

    /** Adds when it is complete. */
    private final class Leaf extends Step {
      private static final long serialVersionUID = 1L;
      private final Step sum;
      private final int value;

      Leaf(Step sum, int value) {
        super(sum, 0, CountedCompleter::tryComplete);
        this.sum = sum;
        this.value = value;
      }

      @Override
      public void onCompletion(CountedCompleter<?> caller) {
        add(sum, value);
      }
    }

    @Override
    public Integer run() throws Exception {
      return new Step(
              null,
              1,
              sum -> {
                new Leaf(sum, 1).fork();
                new Leaf(sum, 10).compute();
              })
          .invoke();
    }
  }

  static final class SumInAGuardedField extends SumInAField {
    @Override
    boolean isGuarded() {
      return true;
    }
  }

  /** Is sent when both parts are there. */
  static class Packet implements Scenario<String> {
    private String head = "";
    private String body = "";
    private String sent = "nothing";

    int parts() {
      return 2;
    }

    @Override
    public String run() throws Exception {
      Step sender =
          new Step(null, parts() - 1, none -> {}) {
            private static final long serialVersionUID = 1L;

            @Override
            public void onCompletion(CountedCompleter<?> caller) {
              sent = head + body;
            }
          };
      new Step(
              sender,
              0,
              one -> {
                head = "head";
                one.tryComplete();
              })
          .fork();
      new Step(
              sender,
              0,
              one -> {
                body = "body";
                one.complete(7);
              })
          .fork();
      sender.join();
      return sent;
    }
  }

  /** Is sent when one part is there. */
  static final class PacketOfOnePart extends Packet {
    @Override
    int parts() {
      return 1;
    }
  }

  // ---- How it ends

  /** The task that fails, and the one above it. */
  abstract static class Failing implements Scenario<String> {
    final Step above = above();
    final Step failing =
        new Step(
            above,
            0,
            one -> {
              throw new IllegalStateException("sold out");
            });

    Step above() {
      return new Step(null, 0, none -> {});
    }

    static String endOf(ForkJoinTask<?> task) {
      try {
        return "" + task.join();
      } catch (RuntimeException thrown) {
        // The JDK may wrap it in another one of its class.
        return thrown.getClass().getSimpleName();
      }
    }
  }

  static final class FailsAbove extends Failing {
    @Override
    public String run() {
      failing.fork();
      return endOf(above);
    }
  }

  /** Takes it for granted that the one above has failed when the one below has. */
  static final class FailsAboveAtOnce extends Failing {
    @Override
    public String run() {
      failing.fork();
      return endOf(failing) + above.isDone();
    }
  }

  static class FailsBelowOnly extends Failing {
    @Override
    Step above() {
      return new Step(null, 0, none -> {}) {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean onExceptionalCompletion(Throwable thrown, CountedCompleter<?> caller) {
          result = caller == this ? 1 : 2;
          return true;
        }
      };
    }

    boolean goesOn() {
      return false;
    }

    @Override
    public String run() {
      Step below =
          new Step(
              above,
              0,
              one -> {
                throw new IllegalStateException("sold out");
              }) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean onExceptionalCompletion(Throwable thrown, CountedCompleter<?> caller) {
              return goesOn();
            }
          };
      below.fork();
      String first = endOf(below);
      above.tryComplete();
      return first + " " + endOf(above) + above.result;
    }
  }

  static final class FailsAboveAndIsCalledBack extends FailsBelowOnly {
    @Override
    boolean goesOn() {
      return true;
    }
  }

  /** Fails when it has been called back. */
  static final class FailsInACallBack implements Scenario<String> {
    @Override
    public String run() {
      Step task =
          new Step(null, 0, CountedCompleter::tryComplete) {
            private static final long serialVersionUID = 1L;

            @Override
            public void onCompletion(CountedCompleter<?> caller) {
              throw new IllegalArgumentException();
            }
          };
      return Failing.endOf(task.fork());
    }
  }

  static final class FailsByAnother implements Scenario<String> {
    @Override
    public String run() throws Exception {
      Step task = new Step(null, 0, one -> one.complete(3));
      Thread other =
          Thread.ofVirtual().start(() -> task.completeExceptionally(new TimeoutException()));
      task.fork();
      String end = Failing.endOf(task);
      other.join();
      return end;
    }
  }

  static final class Cancelled implements Scenario<String> {
    private int ran;

    @Override
    public String run() {
      Step task =
          new Step(
              null,
              0,
              one -> {
                ran = 1;
                one.tryComplete();
              });
      task.fork();
      boolean isCancelled = task.cancel(false);
      return isCancelled + " " + ran;
    }
  }

  /** A call past what overrides it, and one by the type above. */
  static final class CompletedPast implements Scenario<String> {
    @Override
    public String run() throws Exception {
      Step task =
          new Step(new Step(null, 0, none -> {}), 0, none -> {}) {
            private static final long serialVersionUID = 1L;

            @Override
            public void complete(Integer value) {
              super.complete(value + 1);
            }

            @Override
            public void completeExceptionally(Throwable thrown) {
              super.completeExceptionally(new IllegalArgumentException(thrown));
            }
          };
      ForkJoinTask<Integer> any = task;
      Thread other =
          Thread.ofVirtual().start(() -> any.completeExceptionally(new TimeoutException()));
      any.complete(4);
      other.join();
      return Failing.endOf(task) + Failing.endOf(task.getRoot());
    }
  }

  static final class Counts implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      Step task = new Step(null, 1, none -> {});
      Thread other = Thread.ofVirtual().start(() -> task.addToPendingCount(1));
      int first = task.decrementPendingCountUnlessZero();
      boolean isSet = task.compareAndSetPendingCount(1, 5);
      other.join();
      return 100 * first + (isSet ? 10 : 0) + task.getPendingCount();
    }
  }

  static final class LooksBeforeItCounts implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      Step task = new Step(null, 0, none -> {});
      Thread other =
          Thread.ofVirtual().start(() -> task.setPendingCount(task.getPendingCount() + 1));
      task.setPendingCount(task.getPendingCount() + 1);
      other.join();
      return task.getPendingCount();
    }
  }

  static final class WaitsWithALimit implements Scenario<String> {
    @Override
    public String run() throws Exception {
      Step task = new Step(null, 0, one -> one.complete(3));
      task.fork();
      try {
        return "" + task.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException passed) {
        return "late";
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  static final class AllTogether implements Scenario<Integer> {
    private int count;

    @Override
    public Integer run() throws Exception {
      Consumer<Step> code =
          one -> {
            count++;
            one.helpComplete(1);
            one.tryComplete();
          };
      ForkJoinTask.invokeAll(new Step(null, 0, code), new Step(null, 0, code));
      new Step(null, 0, one -> one.complete(2)).quietlyInvoke();
      return count;
    }
  }

  static Stream<Arguments> programs() {
    return Stream.of(
        Arguments.of(DoublesEach.class, Set.of(22)),
        Arguments.of(CountsTooLate.class, Set.of(12, 22)),
        Arguments.of(CountsInTime.class, Set.of(22)),
        Arguments.of(Propagates.class, Set.of(22)),
        Arguments.of(Search.class, Set.of("2", "3")),
        Arguments.of(SearchAndCount.class, Set.of("21", "22", "31", "32")),
        Arguments.of(Sum.class, Set.of(3)),
        Arguments.of(SumOfAPool.class, Set.of(3)),
        Arguments.of(SumAlongLinks.class, Set.of(3)),
        Arguments.of(SumInAField.class, Set.of(1, 10, 11)),
        Arguments.of(SumInAGuardedField.class, Set.of(11)),
        Arguments.of(Packet.class, Set.of("headbody")),
        Arguments.of(PacketOfOnePart.class, Set.of("head", "body", "headbody")),
        Arguments.of(FailsAbove.class, Set.of("IllegalStateException")),
        Arguments.of(
            FailsAboveAtOnce.class,
            Set.of("IllegalStateExceptionfalse", "IllegalStateExceptiontrue")),
        Arguments.of(FailsBelowOnly.class, Set.of("IllegalStateException 00")),
        // The one above fails, or is complete before, and is called back after it has failed.
        Arguments.of(
            FailsAboveAndIsCalledBack.class,
            Set.of(
                "IllegalStateException IllegalStateException2",
                "IllegalStateException IllegalStateException0",
                "IllegalStateException 00")),
        Arguments.of(FailsInACallBack.class, Set.of("IllegalArgumentException")),
        Arguments.of(FailsByAnother.class, Set.of("3", "RuntimeException")),
        // A task that has begun goes on when it is cancelled, and nobody waits for it then.
        Arguments.of(Cancelled.class, Set.of("false 1", "true 0", "true 1")),
        // The one below fails first, and so the one above may be seen to be complete yet.
        Arguments.of(
            CompletedPast.class,
            Set.of(
                "50",
                "IllegalArgumentExceptionIllegalArgumentException",
                "IllegalArgumentException0")),
        Arguments.of(Counts.class, Set.of(101, 115, 215)),
        Arguments.of(LooksBeforeItCounts.class, Set.of(1, 2)),
        Arguments.of(WaitsWithALimit.class, Set.of("3", "late")),
        Arguments.of(AllTogether.class, Set.of(1, 2)));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void eachEndIsFoundThatTheJdkHas(Class<? extends Scenario<Object>> program, Set<?> ends) {
    Exploration<Object> explored = explored(program);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).isEqualTo(ends);
    assertThat(explored.certificate()).isPresent();
    if (explored.schedules().orElseThrow().bitLength() <= FEW) {
      checkAgainstAllSchedules(program, explored);
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void nothingElseHappensOnRealThreads(Class<? extends Scenario<Object>> program, Set<?> ends)
      throws Exception {
    Set<Object> seen = new TreeSet<>();
    for (int i = 0; i < REAL_RUNS; i++) {
      seen.add(program.getDeclaredConstructor().newInstance().run());
    }

    assertThat(ends.containsAll(seen)).as("%s of %s", seen, ends).isTrue();
  }

  // ---- What is not modelled is named

  static final class ByReflection implements Scenario<Integer> {
    @Override
    public Integer run() throws Exception {
      Step task = new Step(null, 0, none -> {});
      CountedCompleter.class.getMethod("tryComplete").invoke(task);
      return task.join();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = ByReflection.class)
  void whatIsNotUnderControlIsNamed(Class<? extends Scenario<Integer>> program) {
    Exploration<Integer> explored = explored(program);

    assertThat(explored.uncontrolled()).isNotEmpty();
    assertThat(explored.certificate()).isEmpty();
  }

  // ---- What is made of tasks otherwise

  static final class Tagged implements Scenario<Integer> {
    @Override
    public Integer run() {
      Step task = new Step(null, 0, none -> {});
      return (int) task.setForkJoinTaskTag((short) 1);
    }
  }

  static final class BegunAgain implements Scenario<Integer> {
    @Override
    public Integer run() {
      Step task = new Step(null, 0, one -> one.complete(1));
      task.invoke();
      task.reinitialize();
      return task.result;
    }
  }

  static final class PastItself implements Scenario<Integer> {
    private static final class Own extends Step {
      private static final long serialVersionUID = 1L;

      Own() {
        super(null, 0, none -> {});
      }

      Integer end() {
        super.tryComplete();
        return join();
      }
    }

    @Override
    public Integer run() {
      return new Own().end();
    }
  }

  @Test
  void aTaskIsTaggedBegunAgainAndCompletedPastItself() {
    assertThat(explored(Tagged.class).certificate()).isPresent();
    assertThat(explored(Tagged.class).outcomes()).containsOnlyKeys(0);
    assertThat(explored(BegunAgain.class).certificate()).isPresent();
    assertThat(explored(BegunAgain.class).outcomes()).containsOnlyKeys(1);
    assertThat(explored(PastItself.class).certificate()).isPresent();
    assertThat(explored(PastItself.class).outcomes().keySet())
        .containsExactly(new PastItself().run());
  }

  /** Two threads mark a task as theirs. */
  static class MarksATask implements Scenario<String> {
    final Step task = new Step(null, 0, none -> {});

    boolean mark(int mine) {
      return task.compareAndSetForkJoinTaskTag((short) 0, (short) mine);
    }

    @Override
    public final String run() throws InterruptedException {
      boolean[] first = new boolean[1];
      Thread other = Thread.startVirtualThread(() -> first[0] = mark(1));
      boolean second = mark(2);
      other.join();
      return first[0] + " " + second + " " + task.getForkJoinTaskTag();
    }
  }

  static final class MarksATaskInTwoSteps extends MarksATask {
    @Override
    boolean mark(int mine) {
      if (task.getForkJoinTaskTag() != 0) {
        return false;
      }
      short before = task.setForkJoinTaskTag((short) mine);
      return before >= 0;
    }
  }

  @Test
  void aTagOfATaskIsSetByOneThreadIfItIsComparedBefore() {
    Exploration<String> right = explored(MarksATask.class);
    Exploration<String> broken = explored(MarksATaskInTwoSteps.class);

    assertThat(right.certificate()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys("true false 1", "false true 2");
    assertThat(broken.outcomes())
        .containsOnlyKeys("true false 1", "false true 2", "true true 1", "true true 2");
    checkAgainstAllSchedules(MarksATask.class, right);
  }
}
