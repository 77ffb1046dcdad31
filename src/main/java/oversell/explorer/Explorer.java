package oversell.explorer;

import java.io.IOException;
import java.util.List;
import oversell.explorer.control.Engine;

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
  /** What a JVM that explores has to be launched with. */
  public static final List<String> FLAGS = Engine.FLAGS;

  private Explorer() {}

  /**
   * Explores a scenario on the calling thread.
   *
   * @param scenario its class, as it is: it will be woven
   * @return what came of it
   * @throws IllegalArgumentException if no scenario can be made of that class; the message says why
   *     and what to do
   * @throws IllegalStateException if the JVM lacks {@link #FLAGS}, or the calling thread is virtual
   */
  public static <R> Exploration<R> explore(Class<? extends Scenario<R>> scenario, Options options) {
    SelfTest.run();
    ScenarioSubject<R> subject = new ScenarioSubject<>(scenario);
    Failures<R> failures = new Failures<>();
    try {
      Findings<ScenarioResult<R>> findings =
          new SubjectExplorer<>(subject, options, System::nanoTime).explore(failures);
      return Exploration.of(scenario.getSimpleName(), options, findings, failures.first());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Runs one schedule of a scenario.
   *
   * @param schedule the id of a failure
   * @throws IllegalArgumentException if the text is no schedule, or no scenario can be made of the
   *     class
   */
  public static <R> Replayed<R> replay(Class<? extends Scenario<R>> scenario, String schedule) {
    SelfTest.run();
    ScenarioSubject<R> subject = new ScenarioSubject<>(scenario);
    SubjectExplorer.Replayed<ScenarioResult<R>> replayed =
        new SubjectExplorer<>(subject, Options.exhaustive(), System::nanoTime).replay(schedule);
    return Replayed.of(scenario.getSimpleName(), replayed);
  }
}
