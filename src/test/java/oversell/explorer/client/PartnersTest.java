package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TransferQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Failure;
import oversell.explorer.FailureKind;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** A wait for a partner with a time limit ends by the partner or by its limit. */
class PartnersTest {
  private static final long SHORT = 1;

  /** What a thread came to. */
  @FunctionalInterface
  interface Wait {
    @Nullable Object make() throws Exception;
  }

  /** Two threads that wait for one another; the outcome is what each came to. */
  abstract static class Two implements Scenario<String> {
    abstract @Nullable Object one() throws Exception;

    abstract @Nullable Object other() throws Exception;

    @Override
    public String run() throws Exception {
      String[] seen = new String[2];
      Thread one = Thread.startVirtualThread(() -> seen[0] = text(this::one));
      Thread other = Thread.startVirtualThread(() -> seen[1] = text(this::other));
      one.join();
      other.join();
      return seen[0] + " " + seen[1];
    }

    static String text(Wait wait) {
      try {
        return String.valueOf(wait.make());
      } catch (TimeoutException passed) {
        return "late";
      } catch (InterruptedException interrupted) {
        return "interrupted";
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  static class OfferAndPoll extends Two {
    final SynchronousQueue<Integer> queue = new SynchronousQueue<>();

    @Override
    Object one() throws Exception {
      return queue.offer(7, SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    @Nullable Object other() throws Exception {
      return queue.poll(SHORT, TimeUnit.MILLISECONDS);
    }
  }

  static class OfferAndPollInTurn extends Two {
    final SynchronousQueue<Integer> queue = new SynchronousQueue<>(true);

    @Override
    Object one() throws Exception {
      return queue.offer(7, SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    @Nullable Object other() throws Exception {
      return queue.poll(SHORT, TimeUnit.MILLISECONDS);
    }
  }

  /** One that gives up tries again without a limit, and so the other one gets what came then. */
  static class OfferAndThenPut extends Two {
    final SynchronousQueue<Integer> queue = new SynchronousQueue<>();

    @Override
    Object one() throws Exception {
      boolean isTaken = queue.offer(7, SHORT, TimeUnit.MILLISECONDS);
      if (!isTaken) {
        queue.put(8);
      }
      return isTaken;
    }

    @Override
    Object other() throws Exception {
      return queue.take();
    }
  }

  static class NoTimeAtAll extends Two {
    final SynchronousQueue<Integer> queue = new SynchronousQueue<>();

    @Override
    Object one() throws Exception {
      return queue.offer(7, 0, TimeUnit.MILLISECONDS);
    }

    @Override
    Object other() throws Exception {
      return queue.poll(-1, TimeUnit.MILLISECONDS) == null ? "nothing" : "something";
    }
  }

  static class Interrupted extends Two {
    final SynchronousQueue<Integer> queue = new SynchronousQueue<>();
    private final Thread waiting = Thread.currentThread();

    @Override
    public String run() throws Exception {
      String[] seen = new String[1];
      Thread one =
          Thread.startVirtualThread(
              () -> seen[0] = text(this::one) + Thread.currentThread().isInterrupted());
      Thread other = Thread.startVirtualThread(one::interrupt);
      one.join();
      other.join();
      return seen[0];
    }

    @Override
    Object one() throws Exception {
      return queue.offer(7, SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    Object other() {
      return waiting;
    }
  }

  static class Transfer extends Two {
    final LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();

    @Override
    Object one() throws Exception {
      return queue.tryTransfer(7, SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    @Nullable Object other() throws Exception {
      return queue.poll(SHORT, TimeUnit.MILLISECONDS);
    }
  }

  /** A queue of which the type says no more than that it may block. */
  abstract static class ByAnInterface extends Two {
    final BlockingQueue<Integer> queue;

    ByAnInterface(BlockingQueue<Integer> queue) {
      this.queue = queue;
    }

    @Override
    Object one() throws Exception {
      return queue.offer(7, SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    @Nullable Object other() throws Exception {
      return queue.poll(SHORT, TimeUnit.MILLISECONDS);
    }
  }

  static class OfferAndPollByAnInterface extends ByAnInterface {
    OfferAndPollByAnInterface() {
      super(new SynchronousQueue<>());
    }
  }

  /** It has room, unlike a hand-over: what is offered is there for whoever comes. */
  static class OfferWithRoomByAnInterface extends ByAnInterface {
    OfferWithRoomByAnInterface() {
      super(new ArrayBlockingQueue<>(1));
    }
  }

  static class OfferToATransferByAnInterface extends ByAnInterface {
    OfferToATransferByAnInterface() {
      super(new LinkedTransferQueue<>());
    }
  }

  static class PutAndPollByAnInterface extends ByAnInterface {
    PutAndPollByAnInterface() {
      super(new LinkedTransferQueue<>());
    }

    @Override
    Object one() throws Exception {
      queue.put(7);
      return true;
    }
  }

  /** One call of one place, and a queue of another kind each time. */
  static class OfTwoKinds extends ByAnInterface {
    OfTwoKinds() {
      super(new SynchronousQueue<>());
    }

    @Override
    Object one() throws Exception {
      String seen = "";
      for (BlockingQueue<Integer> one : List.of(new LinkedBlockingQueue<Integer>(), queue)) {
        seen += one.offer(7, SHORT, TimeUnit.MILLISECONDS) ? "t" : "f";
      }
      return seen;
    }
  }

  /** What offers is a reference to the method. */
  static class OfferByAReference extends ByAnInterface {
    private interface Offer {
      boolean make(Integer element, long time, TimeUnit unit) throws InterruptedException;
    }

    OfferByAReference() {
      super(new SynchronousQueue<>());
    }

    @Override
    Object one() throws Exception {
      Offer offer = queue::offer;
      return offer.make(7, SHORT, TimeUnit.MILLISECONDS);
    }
  }

  static class TransferByAnInterface extends Two {
    final TransferQueue<Integer> queue = new LinkedTransferQueue<>();

    @Override
    Object one() throws Exception {
      return queue.tryTransfer(7, SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    @Nullable Object other() throws Exception {
      return queue.poll(SHORT, TimeUnit.MILLISECONDS);
    }
  }

  /** The program's own may do in its own way what it is known to be able to by its type. */
  static class OfItsOwnByAnInterface extends ByAnInterface {
    private static final class Own extends LinkedBlockingQueue<Integer> {
      private static final long serialVersionUID = 1;

      @Override
      public boolean offer(Integer element, long time, TimeUnit unit) {
        return super.offer(element + (int) unit.toMillis(time));
      }
    }

    OfItsOwnByAnInterface() {
      super(new Own());
    }
  }

  static class Exchange extends Two {
    final Exchanger<Integer> exchanger = new Exchanger<>();

    @Override
    Object one() throws Exception {
      return exchanger.exchange(1, SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    Object other() throws Exception {
      return exchanger.exchange(2, SHORT, TimeUnit.MILLISECONDS);
    }
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(OfferAndPoll.class, Set.of("true 7", "false null")),
        Arguments.of(OfferAndPollInTurn.class, Set.of("true 7", "false null")),
        Arguments.of(OfferAndThenPut.class, Set.of("true 7", "false 8")),
        Arguments.of(NoTimeAtAll.class, Set.of("false nothing")),
        Arguments.of(Interrupted.class, Set.of("interruptedfalse", "falsefalse", "falsetrue")),
        Arguments.of(Transfer.class, Set.of("true 7", "false null")),
        Arguments.of(OfferAndPollByAnInterface.class, Set.of("true 7", "false null")),
        Arguments.of(OfferWithRoomByAnInterface.class, Set.of("true 7", "true null")),
        Arguments.of(OfferToATransferByAnInterface.class, Set.of("true 7", "true null")),
        Arguments.of(PutAndPollByAnInterface.class, Set.of("true 7", "true null")),
        Arguments.of(OfTwoKinds.class, Set.of("tt 7", "tf null")),
        Arguments.of(OfferByAReference.class, Set.of("true 7", "false null")),
        Arguments.of(TransferByAnInterface.class, Set.of("true 7", "false null")),
        Arguments.of(OfItsOwnByAnInterface.class, Set.of("true 8", "true null")),
        Arguments.of(Exchange.class, Set.of("2 1", "late late")));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void bothMeetOrGiveUpInEveryOrder(Class<? extends Two> pair, Set<String> outcomes) {
    Exploration<String> explored = explored(pair);

    assertThat(explored.outcomes().keySet()).isEqualTo(outcomes);
    assertThat(explored.isComplete()).isTrue();
    checkAgainstAllSchedules(pair, explored);
  }

  /** What the JDK does by itself is among what was explored. */
  @ParameterizedTest
  @MethodSource("pairs")
  void nothingElseHappensOnRealThreads(Class<? extends Two> pair, Set<String> outcomes)
      throws Exception {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 300; i++) {
      seen.add(pair.getDeclaredConstructor().newInstance().run());
    }

    assertThat(outcomes).containsAll(seen);
  }

  /** Without the one that also asks for its interrupt, which is no step there. */
  static Stream<Arguments> meetings() {
    return pairs().filter(pair -> !pair.get()[0].equals(Interrupted.class));
  }

  @ParameterizedTest
  @MethodSource("meetings")
  void noOutcomeIsLostWhereThreadsAreStoppedMoreSeldom(
      Class<? extends Two> pair, Set<String> outcomes) {
    Exploration<String> explored =
        Explorer.explore(pair, Options.exhaustive().granularity(Granularity.GUARD));

    assertThat(explored.outcomes().keySet()).isEqualTo(outcomes);
  }

  /** Three threads, of which two can meet. */
  static class OneOfThree implements Scenario<String> {
    private final SynchronousQueue<Integer> queue = new SynchronousQueue<>();
    private boolean isTaken;
    private final Integer[] got = new Integer[2];

    @Override
    public String run() throws Exception {
      Thread giving =
          Thread.startVirtualThread(
              () -> {
                try {
                  isTaken = queue.offer(7, SHORT, TimeUnit.SECONDS);
                } catch (InterruptedException never) {
                  throw new IllegalStateException(never);
                }
              });
      Thread taking =
          Thread.startVirtualThread(
              () -> {
                try {
                  got[0] = queue.poll(SHORT, TimeUnit.SECONDS);
                } catch (InterruptedException never) {
                  throw new IllegalStateException(never);
                }
              });
      got[1] = queue.poll(SHORT, TimeUnit.SECONDS);
      giving.join();
      taking.join();
      return isTaken + " " + got[0] + " " + got[1];
    }
  }

  @Test
  void oneOfTwoTakersGetsIt() {
    Exploration<String> explored = explored(OneOfThree.class);

    assertThat(explored.outcomes().keySet())
        .containsExactlyInAnyOrder("true 7 null", "true null 7", "false null null");
    checkAgainstAllSchedules(OneOfThree.class, explored);
  }

  /** The broken twins: who takes it for granted that a partner comes in time. */
  static class TakesTheOfferForGranted extends OfferAndPoll {
    @Override
    public String run() throws Exception {
      String seen = super.run();
      if (!seen.equals("true 7")) {
        throw new IllegalStateException("nobody took it in time");
      }
      return seen;
    }
  }

  static class TakesTheTransferForGranted extends Transfer {
    @Override
    public String run() throws Exception {
      String seen = super.run();
      if (!seen.equals("true 7")) {
        throw new IllegalStateException("nobody took it in time");
      }
      return seen;
    }
  }

  static class TakesTheExchangeForGranted extends Exchange {
    @Override
    public String run() throws Exception {
      String seen = super.run();
      if (!seen.equals("2 1")) {
        throw new IllegalStateException("nobody exchanged in time");
      }
      return seen;
    }
  }

  static class TakesAnOfferByAnInterfaceForGranted extends OfferAndPollByAnInterface {
    @Override
    public String run() throws Exception {
      String seen = super.run();
      if (!seen.equals("true 7")) {
        throw new IllegalStateException("nobody took it in time");
      }
      return seen;
    }
  }

  /** Who takes it for granted that nobody comes. */
  static class TakesTheLimitForGranted extends OfferAndPoll {
    @Override
    public String run() throws Exception {
      String seen = super.run();
      if (!seen.equals("false null")) {
        throw new IllegalStateException("somebody took it in time");
      }
      return seen;
    }
  }

  static Stream<Class<? extends Two>> broken() {
    return Stream.of(
        TakesTheOfferForGranted.class,
        TakesAnOfferByAnInterfaceForGranted.class,
        TakesTheTransferForGranted.class,
        TakesTheExchangeForGranted.class,
        TakesTheLimitForGranted.class);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whoTakesOneEndForGrantedIsRefuted(Class<? extends Two> program) {
    Exploration<String> explored = explored(program);

    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.THREW);
    assertThat(explored.certificate()).isEmpty();
    assertThat(Explorer.replay(program, explored.failure().orElseThrow().schedule()).toString())
        .contains("in time");
  }

  /** The clock has gone on by the limit if that ended the wait, and not else. */
  static class AsksForTheTime extends OfferAndPoll {
    @Override
    Object one() throws Exception {
      long begun = System.nanoTime();
      boolean isTaken = queue.offer(7, 5, TimeUnit.SECONDS);
      return isTaken || System.nanoTime() - begun >= 5_000_000_000L;
    }
  }

  @Test
  void aLimitThatHasPassedHasTakenItsTime() {
    assertThat(explored(AsksForTheTime.class).outcomes().keySet())
        .containsExactlyInAnyOrder("true 7", "true null");
  }

  // ---- What is not modelled is named
  // -------------------------------------------------------------

  /** Beside one that is due in a long time another one comes that is due at once. */
  static class TakesWhatIsDue extends Two {
    record Late(long untilNanos) implements Delayed {
      static Late in(long minutes) {
        return new Late(System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes));
      }

      @Override
      public long getDelay(TimeUnit unit) {
        return unit.convert(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      }

      @Override
      public int compareTo(Delayed other) {
        return Long.compare(untilNanos, ((Late) other).untilNanos);
      }
    }

    final Late last = Late.in(5);
    final DelayQueue<Late> queue = queue();

    TakesWhatIsDue() {
      queue.add(last);
    }

    DelayQueue<Late> queue() {
      return new DelayQueue<>();
    }

    @Override
    Object one() throws Exception {
      return queue.take() == last ? "last" : "first";
    }

    @Override
    Object other() {
      return queue.offer(Late.in(0));
    }
  }

  static class TakesWhatIsDueByAnInterface extends TakesWhatIsDue {
    private final BlockingQueue<Late> any = queue;

    @Override
    Object one() throws Exception {
      return any.take() == last ? "last" : "first";
    }
  }

  static class TakesWhatIsDueByReflection extends TakesWhatIsDue {
    @Override
    Object one() throws Exception {
      return BlockingQueue.class.getMethod("take").invoke(queue) == last ? "last" : "first";
    }
  }

  static class TakesWhatIsDueByAHandle extends TakesWhatIsDue {
    @Override
    Object one() throws Exception {
      MethodHandle take =
          MethodHandles.lookup()
              .findVirtual(BlockingQueue.class, "take", MethodType.methodType(Object.class));
      try {
        return take.invoke(queue) == last ? "last" : "first";
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** A class of the program's own. */
  static class TakesWhatIsDueByItsOwnMethod extends TakesWhatIsDue {
    private static final class Own extends DelayQueue<Late> {
      @Override
      public Late take() throws InterruptedException {
        return super.take();
      }
    }

    @Override
    DelayQueue<Late> queue() {
      return new Own();
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TakesWhatIsDue.class,
        TakesWhatIsDueByAnInterface.class,
        TakesWhatIsDueByItsOwnMethod.class
      })
  void whatIsDueIsExploredFromTheInside(Class<? extends Two> program) {
    Exploration<String> inside =
        Explorer.explore(program, Options.exhaustive().inside("java.util.concurrent.DelayQueue"));
    Exploration<String> explored = explored(program);

    assertThat(explored.outcomes()).containsOnlyKeys("first true", "last true");
    assertThat(explored.outcomes()).isEqualTo(inside.outcomes());
    assertThat(explored.certificate().orElseThrow().toString())
        .contains(
            "what the JDK does with its own java.util.concurrent.DelayQueue (a copy was explored");
    checkAgainstAllSchedules(program, explored);
  }

  /** An entry of a cache expires some time after it was put there. */
  static class Expires implements Scenario<Integer> {
    private record Due(String key, long atNanos) implements Delayed {
      @Override
      public long getDelay(TimeUnit unit) {
        return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      }

      @Override
      public int compareTo(Delayed other) {
        return Long.compare(atNanos, ((Due) other).atNanos);
      }
    }

    private final DelayQueue<Due> due = new DelayQueue<>();
    private final Map<String, Integer> cache = new ConcurrentHashMap<>();

    void put(String key) {
      cache.put(key, 1);
      schedule(key);
    }

    final void schedule(String key) {
      due.put(new Due(key, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10)));
    }

    final void store(String key) {
      cache.put(key, 1);
    }

    private void expire() {
      try {
        cache.remove(due.take().key());
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }

    @Override
    public final Integer run() throws InterruptedException {
      Thread expiring = Thread.startVirtualThread(this::expire);
      put("key");
      expiring.join();
      if (!cache.isEmpty()) {
        throw new AssertionError("it is there for ever");
      }
      return cache.size();
    }
  }

  /** It may be due before it is there. */
  static final class ExpiresTooSoon extends Expires {
    @Override
    void put(String key) {
      schedule(key);
      store(key);
    }
  }

  @Test
  void whatIsPutTooLateNeverExpires() {
    Exploration<Integer> right = explored(Expires.class);
    Exploration<Integer> broken = explored(ExpiresTooSoon.class);

    assertThat(right.certificate()).as(right.toString()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(0);
    Failure failure = broken.failure().orElseThrow();
    assertThat(failure.toString()).contains("it is there for ever", "DelayQueue.java:");
    assertThat(Explorer.replay(ExpiresTooSoon.class, failure.schedule()).failure())
        .hasValueSatisfying(again -> assertThat(again).hasToString(failure.toString()));
  }

  static class OfASubclass extends Two {
    /** It gives something else if it may wait for ever. */
    private static final class Own extends SynchronousQueue<Integer> {
      private static final long serialVersionUID = 1;

      @Override
      public void put(Integer element) throws InterruptedException {
        super.put(element + 1);
      }
    }

    final SynchronousQueue<Integer> queue = new Own();

    @Override
    Object one() throws Exception {
      return queue.offer(7, SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    @Nullable Object other() {
      return queue.poll();
    }
  }

  static class OfASubclassByItsType extends OfASubclass {
    private final BlockingQueue<Integer> any = queue;

    @Override
    Object one() throws Exception {
      return any.offer(7, SHORT, TimeUnit.MILLISECONDS);
    }
  }

  static class OfDelays extends Two {
    final DelayQueue<Delayed> queue = new DelayQueue<>();

    @Override
    @Nullable Object one() throws Exception {
      return queue.poll(SHORT, TimeUnit.MILLISECONDS);
    }

    @Override
    Object other() {
      return queue.isEmpty();
    }
  }

  static class OfDelaysByTheirType extends OfDelays {
    private final BlockingQueue<Delayed> any = queue;

    @Override
    @Nullable Object one() throws Exception {
      return any.poll(SHORT, TimeUnit.MILLISECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {OfDelays.class, OfDelaysByTheirType.class})
  void aDelayQueueIsWaitedForInVirtualTime(Class<? extends Two> program) {
    assertThat(explored(program).certificate()).isPresent();
    assertThat(explored(program).outcomes()).containsOnlyKeys("null true");
  }

  static Stream<Arguments> named() {
    return Map.of(
            OfASubclass.class,
            "offer",
            OfASubclassByItsType.class,
            "offer",
            TakesWhatIsDueByReflection.class,
            "invoke",
            TakesWhatIsDueByAHandle.class,
            "findVirtual")
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("named")
  void whatIsNotModelledIsNamedAndNothingIsProved(Class<? extends Two> program, String call) {
    Exploration<String> explored = explored(program);

    assertThat(explored.uncontrolled()).singleElement().asString().startsWith(call);
    assertThat(explored.certificate()).isEmpty();
  }
}
