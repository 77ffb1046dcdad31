package oversell.explorer;

import java.util.function.Consumer;

/**
 * Makes scenarios out of woven classes, for those who cannot name a class with a constructor
 * without parameters: a test, for one, whose body is a method.
 *
 * @param <R> what its scenarios return
 */
public interface ScenarioFactory<R> {
  /** What is explored, for a reader. */
  String name();

  /** Sees the classes that are to be woven. */
  ClassLoader classes();

  /**
   * How a reader runs one schedule of it again, as a line of code; empty if that is said elsewhere.
   */
  default String replayedBy(String schedule) {
    return "";
  }

  /**
   * Whether what a scenario threw says that its execution is not to be judged: it neither fails nor
   * is it covered by what is proved. What ends another thread of it is always a failure.
   */
  default boolean isAbort(Throwable thrown) {
    return false;
  }

  /**
   * Makes one, as a part of its execution.
   *
   * @param woven loads the classes that are explored
   * @param created hears of each object that is made by reflection and that threads may share: else
   *     each access to its fields would seem to conflict with everything
   * @throws Exception which is a failure of the execution
   */
  Scenario<R> make(ClassLoader woven, Consumer<Object> created) throws Exception;
}
