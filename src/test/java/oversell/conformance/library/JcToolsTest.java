package oversell.conformance.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.MalformedURLException;
import java.util.Set;
import org.jctools.maps.NonBlockingHashMapLong;
import org.jctools.maps.NonBlockingIdentityHashMap;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/**
 * Maps and queues of JCTools, which reach their fields and elements by {@code Unsafe}. Where each
 * call of a map counts as one step, its outcomes are those that are linearizable.
 */
@Timeout(300)
class JcToolsTest {
  private static final String MAP = "org.jctools.maps.NonBlockingHashMapLong";
  private static final long KEY = 5;

  /** Source: JCTools, issue 319: a put answers the value that a later one has put. */
  static final class Puts extends TwoCalls {
    private final NonBlockingHashMapLong<String> map = new NonBlockingHashMapLong<>();

    @Override
    @Nullable Object first() {
      return map.put(KEY, "a");
    }

    @Override
    @Nullable Object second() {
      return map.put(KEY, "b");
    }

    @Override
    @Nullable Object end() {
      return map.get(KEY);
    }
  }

  /** The same with other methods. */
  static final class PutsAndRemoves extends TwoCalls {
    private final NonBlockingHashMapLong<String> map = new NonBlockingHashMapLong<>();

    @Override
    @Nullable Object first() {
      return map.putIfAbsent(KEY, "a");
    }

    @Override
    @Nullable Object second() {
      return map.remove(KEY);
    }

    @Override
    @Nullable Object end() {
      return map.get(KEY);
    }
  }

  /** Source: JCTools, pull request 328: replace fails where there is no such key. */
  static final class Replaces extends TwoCalls {
    private final NonBlockingIdentityHashMap<String, String> map =
        new NonBlockingIdentityHashMap<>();

    @Override
    @Nullable Object first() {
      return map.replace("key", "a");
    }

    @Override
    @Nullable Object second() {
      return map.get("other");
    }

    @Override
    @Nullable Object end() {
      return map.get("key");
    }
  }

  static final class TwoProducers extends TwoCalls {
    private final MpscArrayQueue<Integer> queue = new MpscArrayQueue<>(4);

    @Override
    Object first() {
      return queue.offer(1);
    }

    @Override
    Object second() {
      return queue.offer(2);
    }

    @Override
    Object end() {
      return queue.poll() + " " + queue.poll() + " " + queue.poll();
    }
  }

  static final class OneProducer extends TwoCalls {
    private final SpscArrayQueue<Integer> queue = new SpscArrayQueue<>(4);

    @Override
    Object first() {
      return queue.offer(1) && queue.offer(2);
    }

    @Override
    Object second() {
      return queue.poll() + " " + queue.poll();
    }

    @Override
    Object end() {
      return queue.poll() + " " + queue.poll();
    }
  }

  /** That queue is for one producer. */
  static final class OneTooMany extends TwoCalls {
    private final SpscArrayQueue<Integer> queue = new SpscArrayQueue<>(4);

    @Override
    Object first() {
      return queue.offer(1);
    }

    @Override
    Object second() {
      return queue.offer(2);
    }

    @Override
    Object end() {
      return queue.poll() + " " + queue.poll() + " " + queue.poll();
    }
  }

  private static Published old() throws MalformedURLException {
    return new Published("org.jctools.", "jctools-core-3.1.0.jar");
  }

  private static Set<String> linearizable(Class<? extends Scenario<String>> scenario) {
    Exploration<String> explored = Explorer.explore(scenario, Options.exhaustive().atomic(MAP));
    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    return explored.outcomes().keySet();
  }

  @ParameterizedTest
  @ValueSource(classes = {Puts.class, PutsAndRemoves.class})
  void theMapIsNotLinearizableInItsOldVersion(Class<? extends Scenario<String>> scenario)
      throws Exception {
    try (Published old = old()) {
      Exploration<String> explored = Explorer.explore(old.with(scenario), Options.exhaustive());

      assertThat(explored.isComplete()).as(explored.toString()).isTrue();
      assertThat(linearizable(old.with(scenario))).hasSizeLessThan(explored.outcomes().size());
      assertThat(linearizable(old.with(scenario))).isEqualTo(linearizable(scenario));
    }
  }

  @Test
  void aPutThatAnswersTheLaterValueIsTheOneThatWasReported() throws Exception {
    try (Published old = old()) {
      Exploration<String> explored = Explorer.explore(old.with(Puts.class), Options.exhaustive());

      assertThat(explored.outcomes().keySet())
          .containsExactlyInAnyOrder("null a b", "b null a", "null a a", "b null b");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Puts.class, PutsAndRemoves.class})
  void theMapIsLinearizableInItsNewVersion(Class<? extends Scenario<String>> scenario) {
    Exploration<String> explored = Explorer.explore(scenario, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet()).isEqualTo(linearizable(scenario));
  }

  @Test
  void replaceFailsInTheOldVersionAndNotInTheNew() throws Exception {
    assumeTrue(JcToolsTest.class.desiredAssertionStatus(), "it fails by an assertion: add -ea");
    try (Published old = old()) {
      Exploration<String> before = Explorer.explore(old.with(Replaces.class), Options.exhaustive());
      Exploration<String> now = Explorer.explore(Replaces.class, Options.exhaustive());

      assertThat(before.failure())
          .hasValueSatisfying(
              failure -> {
                assertThat(failure.kind()).isEqualTo(FailureKind.THREW);
                assertThat(failure.toString())
                    .contains("AssertionError", "NonBlockingIdentityHashMap.java:");
              });
      assertThat(now.certificate()).as(now.toString()).isPresent();
    }
  }

  @Test
  void aQueueKeepsWhatTwoProducersOffer() {
    Exploration<String> explored = Explorer.explore(TwoProducers.class, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet())
        .containsExactlyInAnyOrder("true true 1 2 null", "true true 2 1 null");
  }

  @Test
  void aQueueForOneProducerHandsOverInOrder() {
    Exploration<String> explored = Explorer.explore(OneProducer.class, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet())
        .containsExactlyInAnyOrder(
            "true 1 2 null null", "true 1 null 2 null", "true null 1 2 null", "true null null 1 2");
  }

  @Test
  void aQueueForOneProducerLosesWhatTwoOffer() {
    Exploration<String> explored = Explorer.explore(OneTooMany.class, Options.exhaustive());

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.outcomes().keySet()).contains("true true 2 null null");
  }
}
