package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.corpus.Attacks;
import oversell.corpus.CommonCode;
import oversell.corpus.Constructors;
import oversell.corpus.FalseAlarms;
import oversell.corpus.HiddenCalls;
import oversell.corpus.HiddenMemory;
import oversell.corpus.HiddenReads;
import oversell.corpus.JdkState;
import oversell.corpus.NotWoven;
import oversell.corpus.OtherThreads;
import oversell.corpus.Packaging;
import oversell.corpus.Statics;
import oversell.explorer.CorpusTest.Pair;
import oversell.inventory.mine.Stall;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.Outcome.Grade;

/**
 * No broken program gets a proof, and no right one is refuted. Most of the programs hide something
 * from the explorer, each in another way.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SoundnessTest {
  /**
   * Those that may be named as uncontrolled, so that the one is not found and the other no proof.
   */
  static final Set<String> UNCONTROLLED_IS_FINE =
      Set.of(
          // Fields that an exception makes its text of.
          "FieldOfAnException",
          "TextOfAnException",
          // What the collector decides, and what outlives an execution.
          "ClearedReference",
          "ClearedSoftReference",
          "LevelOfALogger",
          "LoggerThatIsAsked",
          // A class that the JDK makes by itself.
          "MethodHandleAsASupplier",
          "PriorityOfAThreadGroup",
          // Native memory, files, and packages that need not be known.
          "DirectBuffer",
          "ListenersOfABean",
          "ModelOfSwing",
          "PrintStreamOfBytes",
          "ReadsAResourceInAConstructor",
          "SerializedObject",
          // An array of its own, which takes more steps than an execution may have.
          "LongComputationInAnArray",
          // It ends only if others go on, or by time.
          "AwaitForATime",
          "SleepsUntilReady",
          "PollerWhileTheHolderWaits",
          "SeventyThreads",
          "WaitForATime");

  /** Of other threads, those that are not under control yet. */
  private static final Set<String> NOT_CONTROLLED =
      Set.of("CleanerThread", "ParallelMap", "Publisher");

  private static final List<Class<?>> CAUSES =
      List.of(
          HiddenMemory.class,
          HiddenReads.class,
          HiddenCalls.class,
          JdkState.class,
          Constructors.class,
          Statics.class,
          NotWoven.class,
          FalseAlarms.class,
          Packaging.class,
          CommonCode.class,
          Attacks.class);
  // What is broken shows soon; these take many steps in each execution.
  static final Set<String> OF_MANY_STEPS = Set.of("LongScan", "LongScanOfAList", "SeventyThreads");
  private static final long SOON = 20_000;
  private static final long VERY_SOON = 200;

  private final Locale locale = Locale.getDefault();
  private final TimeZone timeZone = TimeZone.getDefault();
  private final Properties properties = new Properties();

  static List<Pair> pairs() {
    return Stream.of(
            CAUSES.stream().flatMap(SoundnessTest::pairsOf),
            Stream.of(Pair.of(Stall.class)),
            pairsOf(OtherThreads.class).filter(pair -> !NOT_CONTROLLED.contains(pair.name())))
        .flatMap(Function.identity())
        .toList();
  }

  static List<Pair> otherThreads() {
    return pairsOf(OtherThreads.class)
        .filter(pair -> NOT_CONTROLLED.contains(pair.name()))
        .toList();
  }

  private static Stream<Pair> pairsOf(Class<?> cause) {
    return Stream.of(cause.getClasses())
        .filter(type -> !type.isInterface())
        .sorted(Comparator.comparing(Class::getName))
        .map(Pair::of);
  }

  static Explored exploredBroken(Pair pair) {
    return Explorations.of(2, 5, 3).atMost(soon(pair)).explore(pair.broken()).explored();
  }

  static Explored exploredRight(Pair pair) {
    long most = UNCONTROLLED_IS_FINE.contains(pair.name()) ? soon(pair) : Long.MAX_VALUE;
    return Explorations.of(2, 5, 3).atMost(most).explore(pair.right()).explored();
  }

  private static long soon(Pair pair) {
    return OF_MANY_STEPS.contains(pair.name()) ? VERY_SOON : SOON;
  }

  /** Some keep their stock in what all classes share. */
  @BeforeEach
  void remember() {
    properties.putAll(System.getProperties());
  }

  @AfterEach
  void setBack() {
    Locale.setDefault(locale);
    TimeZone.setDefault(timeZone);
    System.setProperties(properties);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aBrokenProgramIsRefuted(Pair pair) {
    Explored explored = exploredBroken(pair);

    assertThat(explored.isProof()).as("is proved").isFalse();
    if (!UNCONTROLLED_IS_FINE.contains(pair.name())) {
      assertThat(explored.distinctOutcomes().map(Outcome::grade))
          .as("violations: %s", explored)
          .anyMatch(grade -> grade.isViolation() && grade != Grade.ENDLESS);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aCorrectProgramIsProved(Pair pair) {
    Explored explored = exploredRight(pair);

    assertThat(explored.violations()).as("violations: %s", explored.outcomes()).isZero();
    if (!UNCONTROLLED_IS_FINE.contains(pair.name())) {
      assertThat(explored.isProof()).as("is proved: %s", explored).isTrue();
    }
  }

  /** Which of the two it is cannot be known. */
  @ParameterizedTest
  @MethodSource("otherThreads")
  void aProgramWithThreadsThatAreNotUnderControlIsNotProved(Pair pair) {
    List<Explored> both = List.of(exploredBroken(pair), exploredRight(pair));

    assertThat(both).noneMatch(Explored::isProof);
    assertThat(both.getLast().violations()).isZero();
  }
}
