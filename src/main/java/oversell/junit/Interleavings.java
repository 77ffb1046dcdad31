package oversell.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import oversell.explorer.Granularity;
import oversell.explorer.Strategy;

/**
 * A test whose body is run in every order of the steps of the threads that it starts. The methods
 * of {@code @BeforeEach} and {@code @AfterEach} run with each execution, in an instance of the
 * test's class of its own; static fields are set back. Those of {@code @BeforeAll} would not be
 * seen there, so a class that has one is refused, and so is one with fields that an extension sets;
 * of other extensions no execution sees anything, which the report names.
 *
 * <p>What the test and {@code @BeforeEach} are called with, each execution gets a copy of: numbers,
 * texts, enums, {@code TestInfo}, and whatever is {@link java.io.Serializable}. With
 * {@code @ParameterizedTest} or {@code @RepeatedTest} beside it each set of arguments is explored
 * by itself.
 *
 * <p>It passes if every schedule was run or stood for, under control, and none failed. It fails at
 * the first failure with the story of it, and it fails as <em>not proved</em> if the time is over
 * before, unless {@link #atLeast()} so many executions were run. An execution in which an
 * assumption fails is not checked: the report says how many there are, and the test is aborted if
 * all are.
 *
 * <p>With {@link oversell.explorer.Explorer#FLAGS} in the arguments of the tests' JVM it runs
 * there; else in a JVM of its own, which is started once for all tests.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(InterleavingsExtension.class)
public @interface Interleavings {
  /** Which schedules are run. */
  Strategy strategy() default Strategy.EXHAUSTIVE;

  /** Where a thread may be stopped. */
  Granularity granularity() default Granularity.ACCESS;

  /**
   * The most executions that are run. Strategies that draw run just as many, and then the test
   * passes if none failed.
   */
  long schedules() default Long.MAX_VALUE;

  /** Of strategies that draw: the same seed draws the same schedules. */
  long seed() default 1;

  /** Of {@link Strategy#PCT}: how many ordering constraints a bug may need. */
  int depth() default 3;

  /** How long it may take: a number and {@code ms}, {@code s} or {@code m}. */
  String within() default "30s";

  /** After so many executions without a failure the test passes, whether or not they are all. */
  long atLeast() default Long.MAX_VALUE;

  /**
   * Classes that are not woven, beside loggers and libraries for tests: {@code com.acme.legacy.*}
   * for a package and all that is in it, {@code com.acme.Legacy} for a class and those nested in
   * it; with an exclamation mark before it what is woven after all, as {@code !org.assertj.*}. A
   * call of one that is not woven is one step, and what is proved names it. For all tests there is
   * the configuration parameter {@code oversell.unwoven}, with commas between.
   */
  String[] unwoven() default {};

  /**
   * Whether a wait may end without a signal: see {@link oversell.explorer.Options#spuriousWakeups}.
   */
  boolean spuriousWakeups() default false;

  /** The id of one schedule, to run that alone; empty to explore. */
  String replay() default "";
}
