package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;

/** Scopes of one's own, each written for the releases that it runs on. */
class ScopesTest {
  private static final boolean HAS_JOINERS = Runtime.version().feature() >= 25;

  /** The scope that waits for all and fails with the first that does. */
  private static final String OPEN =
      HAS_JOINERS ? "StructuredTaskScope.open()" : "new StructuredTaskScope.ShutdownOnFailure()";

  private static final String JOIN =
      HAS_JOINERS ? "scope.join();" : "scope.join().throwIfFailed();";

  private static Exploration<Integer> explored(String body, Options options) {
    return Explorer.explore(Sources.scenario(body), options);
  }

  private static void checkAgainstAllSchedules(String body, Exploration<Integer> reduced) {
    AllSchedules.checkAgainstAllSchedules(Sources.scenario(body), reduced);
  }

  @Test
  void aScopeThatFansOutWithoutALockLosesAnUpdate() {
    String body =
        """
        try (var scope = %s) {
          scope.fork(() -> { count++; return null; });
          scope.fork(() -> { count++; return null; });
          %s
        }
        return count;
        """
            .formatted(OPEN, JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes()).isEqualTo(Map.of(2, 2L, 1, 2L));
    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void aScopeThatFansOutWithALockIsProved() {
    String body =
        """
        try (var scope = %s) {
          scope.fork(() -> { synchronized (lock) { count++; } return null; });
          scope.fork(() -> { synchronized (lock) { count++; } return null; });
          %s
        }
        return count;
        """
            .formatted(OPEN, JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes()).isEqualTo(Map.of(2, 2L));
    checkAgainstAllSchedules(body, explored);
  }

  /** The same with platform threads. */
  private static String openOfPlatformThreads() {
    String factory = "Thread.ofPlatform().name(\"buyer\").factory()";
    return HAS_JOINERS
        ? "StructuredTaskScope.open(StructuredTaskScope.Joiner.<Object>awaitAllSuccessfulOrThrow(),"
            + " config -> config.withThreadFactory(%s))".formatted(factory)
        : "new StructuredTaskScope.ShutdownOnFailure(\"buyers\", %s)".formatted(factory);
  }

  @Test
  void aScopeOfPlatformThreadsIsUnderControlAsAnyOther() {
    String body =
        """
        try (var scope = %s) {
          scope.fork(() -> { count++; return null; });
          scope.fork(() -> { count++; return null; });
          %s
        }
        return count;
        """;
    String broken = body.formatted(openOfPlatformThreads(), JOIN);
    String right = broken.replace("count++;", "synchronized (lock) { count++; }");

    Exploration<Integer> platform = explored(broken, Options.exhaustive());
    Exploration<Integer> guarded = explored(right, Options.exhaustive());

    assertThat(platform.uncontrolled()).isEmpty();
    assertThat(platform.outcomes())
        .isEqualTo(explored(body.formatted(OPEN, JOIN), Options.exhaustive()).outcomes());
    checkAgainstAllSchedules(broken, platform);
    assertThat(guarded.certificate()).isPresent();
    assertThat(guarded.outcomes().keySet()).containsExactly(2);
    checkAgainstAllSchedules(right, guarded);
  }

  /** The JDK tells a scope of a virtual thread when that has ended, and of another one before. */
  @Test
  void aPlatformThreadEndsAfterItsScope() {
    String body =
        """
        var ran = new Thread[1];
        try (var scope = %s) {
          scope.fork(() -> {
            ran[0] = Thread.currentThread();
            return null;
          });
          %s
        }
        return ran[0].isAlive() ? 1 : 0;
        """;
    String ofPlatformThreads = body.formatted(openOfPlatformThreads(), JOIN);
    String ofVirtualThreads = body.formatted(OPEN, JOIN);

    Exploration<Integer> platform = explored(ofPlatformThreads, Options.exhaustive());
    Exploration<Integer> virtual = explored(ofVirtualThreads, Options.exhaustive());

    assertThat(platform.outcomes()).containsOnlyKeys(0, 1);
    checkAgainstAllSchedules(ofPlatformThreads, platform);
    assertThat(virtual.outcomes()).containsOnlyKeys(0);
    checkAgainstAllSchedules(ofVirtualThreads, virtual);
  }

  /** The scope goes on as soon as it has a result, and is closed when its threads have ended. */
  @Test
  void aThreadEndsAfterItHasCancelledItsScope() {
    String open =
        HAS_JOINERS
            ? "StructuredTaskScope.open(StructuredTaskScope.Joiner.<Integer>%s())"
                .formatted(
                    Runtime.version().feature() >= 26
                        ? "anySuccessfulOrThrow"
                        : "anySuccessfulResultOrThrow")
            : "new StructuredTaskScope.ShutdownOnSuccess<Integer>()";
    String body =
        """
        var ran = new Thread[1];
        int seen;
        try (var scope = %s) {
          scope.fork(() -> {
            ran[0] = Thread.currentThread();
            return 1;
          });
          scope.join();
          seen = ran[0].isAlive() ? 1 : 0;
        }
        return seen + (ran[0].isAlive() ? 10 : 0);
        """
            .formatted(open);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.outcomes()).containsOnlyKeys(0, 1);
    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void aSubtaskSeesThePlatformThreadThatTheFactoryMadeForIt() {
    String body =
        """
        try (var scope = %s) {
          scope.fork(() -> {
            Thread thread = Thread.currentThread();
            count = thread.getName().equals("buyer") && !thread.isVirtual() ? 1 : 2;
            return null;
          });
          %s
        }
        return count;
        """
            .formatted(openOfPlatformThreads(), JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes().keySet()).containsExactly(1);
  }

  /** The thread of the limit says first that it has passed, and cancels the scope after that. */
  @Test
  void aJoinMayFindThatTheLimitHasPassedBeforeTheScopeIsCancelled() {
    Assumptions.assumeTrue(HAS_JOINERS, "scopes have no limit of their own");
    String body =
        """
        try (var scope = StructuredTaskScope.open(
            StructuredTaskScope.Joiner.<Object>awaitAllSuccessfulOrThrow(),
            config -> config.withTimeout(java.time.Duration.ofMillis(1)))) {
          scope.fork(() -> { count = 1; return null; });
          try {
            scope.join();
            return 0;
          } catch (InterruptedException nobodyDoes) {
            return -1;
          } catch (Exception late) {
            return scope.isCancelled() ? 1 : 2;
          }
        }
        """;

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.uncontrolled()).isEmpty();
    // From 27 on such a join cancels the scope itself.
    assertThat(explored.outcomes().keySet())
        .isEqualTo(Runtime.version().feature() < 27 ? Set.of(0, 1, 2) : Set.of(0, 1));
    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void aScopeInASubtaskOfAScopeIsUnderControl() {
    String body =
        """
        try (var scope = %1$s) {
          scope.fork(() -> {
            try (var inner = %1$s) {
              var one = inner.fork(() -> 1);
              var two = inner.fork(() -> count + 1);
              inner.join();
              return one.get() + two.get();
            }
          });
          scope.fork(() -> { count = 5; return null; });
          %2$s
        }
        return count;
        """
            .formatted(OPEN, JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).containsExactly(5);
    checkAgainstAllSchedules(body, explored);
  }

  /** The one that fails cancels the other, which may have done all of its work before, or half. */
  @Test
  void aSubtaskThatFailsCancelsTheOthers() {
    String body =
        """
        try (var scope = %s) {
          scope.fork(() -> { count++; Thread.sleep(10); count++; return null; });
          scope.fork(() -> { throw new IllegalStateException("no"); });
          try {
            %s
          } catch (Exception failed) {
            // Expected.
          }
        }
        return count;
        """
            .formatted(OPEN, JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 2);
    checkAgainstAllSchedules(body, explored);
  }

  /** The one that succeeds first cancels the scope, before or after the other's last step. */
  @Test
  void aJoinThatIsCancelledMayComeBeforeTheEndOfTheOthers() {
    String body =
        (HAS_JOINERS
                ? """
                  try (var scope = StructuredTaskScope.open(
                      StructuredTaskScope.Joiner.<Integer>%s())) {
                  """
                    .formatted(
                        Runtime.version().feature() >= 26
                            ? "anySuccessfulOrThrow"
                            : "anySuccessfulResultOrThrow")
                : "try (var scope = new StructuredTaskScope.ShutdownOnSuccess<Integer>()) {")
            + """
                scope.fork(() -> { count = 1; return 1; });
                scope.fork(() -> { Thread.sleep(1); return 2; });
                scope.join();
              }
              return count;
              """;

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void aJoinThatIsInterruptedMayComeBeforeTheEndOfTheOthers() {
    String body =
        """
        Thread owner = Thread.currentThread();
        int seen = 0;
        try (var scope = %s) {
          scope.fork(() -> { count = 1; return null; });
          scope.fork(() -> { owner.interrupt(); return null; });
          scope.join();
        } catch (InterruptedException interrupted) {
          seen = 10;
        }
        return seen + count;
        """
            .formatted(OPEN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    checkAgainstAllSchedules(body, explored);
  }

  /** The interrupt is all that the subtask does: the owner may be told of it before its end. */
  @Test
  void aJoinMayBeInterruptedByTheOnlySubtaskThatItWaitsFor() {
    String body =
        """
        Thread owner = Thread.currentThread();
        try (var scope = %s) {
          scope.fork(() -> { owner.interrupt(); return null; });
          scope.join();
          return Thread.interrupted() ? 1 : 2;
        } catch (InterruptedException interrupted) {
          return 3;
        }
        """
            .formatted(OPEN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 3);
    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void aSubtaskThatJoinsItsOwnScopeDoesNotWaitForItself() {
    String body =
        """
        try (var scope = %s) {
          scope.fork(() -> {
            try {
              scope.join();
            } catch (WrongThreadException notItsOwner) {
              count = 1;
            }
            return null;
          });
          scope.join();
        }
        return count;
        """
            .formatted(OPEN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(1);
  }

  @Test
  void theFirstOfTwoResultsIsEitherOne() {
    String first =
        HAS_JOINERS
            ? """
              try (var scope = StructuredTaskScope.open(
                  StructuredTaskScope.Joiner.<Integer>%s())) {
                scope.fork(() -> 1);
                scope.fork(() -> 2);
                return scope.join();
              }
              """
                .formatted(
                    Runtime.version().feature() >= 26
                        ? "anySuccessfulOrThrow"
                        : "anySuccessfulResultOrThrow")
            : """
              try (var scope = new StructuredTaskScope.ShutdownOnSuccess<Integer>()) {
                scope.fork(() -> 1);
                scope.fork(() -> 2);
                return scope.join().result();
              }
              """;

    Exploration<Integer> explored = explored(first, Options.exhaustive());

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 2);
    checkAgainstAllSchedules(first, explored);
  }

  /** In the JDK each of them may succeed while the other one cancels the scope. */
  @Test
  void nothingIsProvedOfASubtaskThatEndsWhileItsScopeIsCancelled() {
    String body =
        """
        try (var scope = %s) {
          var one = scope.fork(() -> 1);
          var other = scope.fork(() -> 2);
          scope.join();
          return one.state() == other.state() ? 1 : 2;
        }
        """
            .formatted(
                HAS_JOINERS
                    ? "StructuredTaskScope.open(StructuredTaskScope.Joiner.<Integer>%s())"
                        .formatted(
                            Runtime.version().feature() >= 26
                                ? "anySuccessfulOrThrow"
                                : "anySuccessfulResultOrThrow")
                    : "new StructuredTaskScope.ShutdownOnSuccess<Integer>()");

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.uncontrolled()).singleElement().asString().contains("a subtask");
    assertThat(explored.certificate()).isEmpty();
  }

  @Test
  void anExceptionOfASubtaskIsTheFailureOfTheScenario() {
    String body =
        """
        try (var scope = %s) {
          scope.fork(() -> { if (count++ == 1) { throw new IllegalStateException("second"); } return null; });
          scope.fork(() -> { if (count++ == 1) { throw new IllegalStateException("second"); } return null; });
          %s
        }
        return count;
        """
            .formatted(OPEN, JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.THREW);
              assertThat(failure.cause()).get().asString().contains("second");
            });
    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void aScopedValueIsSeenByForkedThreads() {
    String body =
        """
        ScopedValue<Integer> value = ScopedValue.newInstance();
        return ScopedValue.where(value, 7).call(() -> {
          try (var scope = %s) {
            var seen = scope.fork(() -> value.get());
            %s
            return seen.get();
          }
        });
        """
            .formatted(OPEN, JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes()).isEqualTo(Map.of(7, 1L));
  }

  /** A scope that is closed without a join interrupts those that go on, and they may notice. */
  @Test
  void aScopeThatIsClosedEarlyInterruptsItsSubtasks() {
    String body =
        """
        int[] seen = new int[3];
        try {
          try (var scope = %s) {
            scope.fork(() -> { count = 1; if (Thread.interrupted()) { seen[1] = 1; } return null; });
            seen[0] = count;
            seen[2] = 1;
          }
        } catch (IllegalStateException notJoined) {
          // Expected.
        }
        return seen[0] * 10 + seen[1];
        """
            .formatted(OPEN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(0, 1, 10, 11);
    checkAgainstAllSchedules(body, explored);
  }

  /** The one that fails because of what the other has done may still be the first that ends. */
  @Test
  void aSubtaskEndsAfterTheLastStepOfItsCode() {
    String body =
        """
        try (var scope = %s) {
          scope.fork(() -> { count = 1; throw new IllegalStateException("1"); });
          scope.fork(() -> { if (count == 1) { throw new IllegalStateException("2"); } return null; });
          try {
            %s
          } catch (Exception failed) {
            return Integer.valueOf(failed.getCause().getMessage());
          }
        }
        return 0;
        """
            .formatted(OPEN, JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.isComplete()).isTrue();
    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 2);
    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void theTextOfASubtaskSaysThatItIsDoneAfterItsLastStep() {
    String body =
        """
        int[] seen = new int[2];
        try (var scope = %s) {
          Object subtask = scope.fork(() -> { count = 1; return null; });
          seen[0] = count;
          seen[1] = ("a subtask: " + subtask).contains("Completed") ? 1 : 0;
          %s
        } catch (Exception failed) {
          return -1;
        }
        return seen[0] * 10 + seen[1];
        """
            .formatted(OPEN, JOIN);

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(0, 1, 10, 11);
    checkAgainstAllSchedules(body, explored);
  }

  /** A scope whose subtasks are given a millisecond, or a day. */
  private static String limited(String limit, String subtasks, String whenLate) {
    String limited =
        HAS_JOINERS
            ? """
            try (var scope = StructuredTaskScope.open(
                StructuredTaskScope.Joiner.awaitAllSuccessfulOrThrow(),
                config -> config.withTimeout(java.time.Duration.%1$s(1)).withName("a"))) {
              %2$s
              scope.join();
            } catch (Exception late) {
              %3$s
            }
            return count;
            """
            : """
            try (var scope = new StructuredTaskScope.ShutdownOnFailure()) {
              %2$s
              scope.joinUntil(java.time.Instant.now().plus(java.time.Duration.%1$s(1)));
            } catch (TimeoutException late) {
              %3$s
            }
            return count;
            """;
    return limited.formatted(limit, subtasks, whenLate);
  }

  private static final String TWO_STEPS =
      "scope.fork(() -> { synchronized (lock) { count += 2; } Thread.sleep(5); synchronized (lock) { count -= 1; } return null; });";

  @Test
  void theLimitOfAScopeMayPassBetweenAnyTwoStepsOfItsSubtasks() {
    String body = limited("ofMillis", TWO_STEPS, "return 10 + count;");

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.uncontrolled()).isEmpty();
    // A scope with a joiner starts no subtask, or runs none, once it is too late.
    assertThat(explored.outcomes().keySet())
        .isEqualTo(HAS_JOINERS ? Set.of(1, 10, 11, 12) : Set.of(1, 11, 12));
    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void aLimitOfADayPassesOnlyWhenNobodyElseCanGoOn() {
    String done = limited("ofDays", TWO_STEPS, "return 10 + count;");
    String stuck =
        limited(
            "ofDays",
            "scope.fork(() -> { new CountDownLatch(1).await(); return null; });",
            "return 10 + count;");

    assertThat(explored(done, Options.exhaustive()).outcomes().keySet()).containsExactly(1);
    assertThat(explored(stuck, Options.exhaustive()).outcomes().keySet()).containsExactly(10);
    checkAgainstAllSchedules(stuck, explored(stuck, Options.exhaustive()));
  }

  /** From 27 on it is said so without a joiner, too. */
  @Test
  void aScopeThatIsGivenNoJoinerHasItsLimit() {
    Assumptions.assumeTrue(Runtime.version().feature() >= 26);
    String body =
        limited("ofMillis", TWO_STEPS, "return 10 + count;")
            .replace("StructuredTaskScope.Joiner.awaitAllSuccessfulOrThrow(),", "");

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 10, 11, 12);
    checkAgainstAllSchedules(body, explored);
  }

  @Test
  void theTimeOfALimitHasPassedWhenItEndsAScope() {
    String body =
        "long begun = System.nanoTime();"
            + limited(
                "ofSeconds",
                "scope.fork(() -> { new CountDownLatch(1).await(); return null; });",
                "return System.nanoTime() - begun >= 1_000_000_000L ? 1 : 2;");

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactly(1);
    assertThat(explored.certificate()).isPresent();
  }

  @Test
  void aScopeThatIsOverHasNoLimitAnyMore() {
    String body =
        limited(
                "ofMillis",
                "scope.fork(() -> { synchronized (lock) { count++; } return null; });",
                "return 1;")
            .replace(
                "return count;",
                "Thread.sleep(10); count++; return Thread.interrupted() ? 7 : count;");

    Exploration<Integer> explored = explored(body, Options.exhaustive());

    assertThat(explored.outcomes().keySet()).containsExactlyInAnyOrder(1, 2);
    assertThat(explored.certificate()).isPresent();
    checkAgainstAllSchedules(body, explored);
  }
}
