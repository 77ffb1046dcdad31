package oversell.explorer;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import oversell.explorer.control.Engine;
import oversell.explorer.schedule.Schedule;

/**
 * Runs a scenario in every order of its steps.
 *
 * <pre>{@code
 * Exploration<Integer> explored = Explorer.explore(Counter.class, Options.exhaustive());
 * explored.failure().ifPresent(System.out::println);
 * }</pre>
 *
 * <p>The JVM has to be launched with {@link #FLAGS}. One exploration runs at a time; others that
 * are begun meanwhile wait for it.
 */
public final class Explorer {
  /** The flags that a JVM of this JDK has to be launched with to explore. */
  public static final List<String> FLAGS = Engine.FLAGS;

  private static final Progress NOBODY = (executions, failures, share, running) -> {};

  private Explorer() {}

  /**
   * The flags that a JVM has to be launched with to explore.
   *
   * @param feature the version of its JDK, such as 25
   */
  public static List<String> flags(int feature) {
    return Engine.flags(feature);
  }

  /** Receives the progress of an exploration. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called a few times a second.
     *
     * @param share which share of all executions has been run, from 0 to 1, as an estimate
     * @param running for how long the exploration has run
     */
    void made(long executions, long failures, double share, Duration running);
  }

  /**
   * Whether this JVM was launched with {@link #FLAGS}, and its virtual threads can be controlled.
   */
  public static boolean canExplore() {
    try {
      SelfTest.run();
      return true;
    } catch (IllegalStateException cannot) {
      return false;
    }
  }

  /**
   * Explores a scenario on the calling thread.
   *
   * @param scenario its class, which will be woven
   * @return the result
   * @throws IllegalArgumentException if no scenario can be made of that class, or its outcomes
   *     cannot be counted; the message says why and what to do
   * @throws IllegalStateException if the JVM lacks {@link #FLAGS}, or the calling thread is virtual
   */
  public static <R> Exploration<R> explore(Class<? extends Scenario<R>> scenario, Options options) {
    return explore(new ScenarioClass<>(scenario, options), options, NOBODY);
  }

  /**
   * Explores the scenarios of a factory.
   *
   * @throws IllegalArgumentException if their outcomes cannot be counted
   * @throws IllegalStateException if the JVM lacks {@link #FLAGS}, or the calling thread is virtual
   */
  public static <R> Exploration<R> explore(
      ScenarioFactory<R> factory, Options options, Progress progress) {
    SelfTest.run();
    Failures<R> failures = new Failures<>(progress);
    try {
      Findings<ScenarioResult<R>> findings =
          new SubjectExplorer<>(new ScenarioSubject<>(factory), options, System::nanoTime)
              .explore(failures);
      return Exploration.of(factory, options, findings, failures.first());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Runs one schedule of a scenario, found at {@link Granularity#ACCESS}.
   *
   * @param schedule the id of a failure
   * @throws IllegalArgumentException if the text is no schedule, or no scenario can be made of the
   *     class
   */
  public static <R> Replayed<R> replay(Class<? extends Scenario<R>> scenario, String schedule) {
    return replay(scenario, schedule, Options.exhaustive());
  }

  /**
   * Runs one schedule of a scenario.
   *
   * @param schedule the id of a failure
   * @param options of the exploration that found it: its granularity, and what they say of classes
   * @throws IllegalArgumentException if the text is no schedule, or no scenario can be made of the
   *     class
   */
  public static <R> Replayed<R> replay(
      Class<? extends Scenario<R>> scenario, String schedule, Options options) {
    return replay(new ScenarioClass<>(scenario, options), schedule, options);
  }

  /**
   * Runs one schedule of a scenario.
   *
   * @param schedule the id of a failure
   * @param options of the exploration that found it: its granularity, and what they say of classes
   * @throws IllegalArgumentException if the text is no schedule
   */
  public static <R> Replayed<R> replay(
      ScenarioFactory<R> factory, String schedule, Options options) {
    refuseIfNoSchedule(schedule);
    SelfTest.run();
    SubjectExplorer.Replayed<ScenarioResult<R>> replayed =
        new SubjectExplorer<>(new ScenarioSubject<>(factory), options, System::nanoTime)
            .replay(schedule);
    return Replayed.of(factory, replayed);
  }

  /**
   * A scenario as a subject, for a caller who explores it with a {@link SubjectExplorer}.
   *
   * @param scenario its class, which will be woven
   * @throws IllegalArgumentException as {@link #check} does
   * @throws IllegalStateException if the JVM lacks {@link #FLAGS}
   */
  @SuppressWarnings("unchecked")
  public static Subject<ScenarioResult<Object>> subject(Class<?> scenario) {
    check(scenario);
    SelfTest.run();
    return new ScenarioSubject<>(
        new ScenarioClass<>((Class<? extends Scenario<Object>>) scenario, Options.exhaustive()));
  }

  /**
   * Checks whether a class can be explored, without initialising it, in any JVM.
   *
   * @throws IllegalArgumentException if it is no scenario, or none can be made of it; the message
   *     says why and what to do
   */
  public static void check(Class<?> scenario) {
    ScenarioClass.check(scenario);
  }

  private static void refuseIfNoSchedule(String text) {
    try {
      var unused = Schedule.parse(text);
    } catch (IllegalArgumentException why) {
      throw new IllegalArgumentException(
          "\"%s\", %s, is no schedule: copy the id that a failure shows"
              .formatted(text, why.getMessage()),
          why);
    }
  }
}
