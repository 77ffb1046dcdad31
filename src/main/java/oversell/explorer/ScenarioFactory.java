package oversell.explorer;

import java.util.function.Consumer;

/**
 * Makes scenarios out of woven classes, for callers who cannot name a class with a constructor
 * without parameters: a test, for example, whose body is a method.
 *
 * @param <R> what its scenarios return
 */
public interface ScenarioFactory<R> {
  /** The name of what is explored, for a reader. */
  String name();

  /** The loader of the classes that are to be woven. */
  ClassLoader classes();

  /** The line of code that runs one schedule again; empty if it is shown elsewhere. */
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
   * Makes a scenario, as a part of its execution.
   *
   * @param woven loads the classes that are explored
   * @param created is to be given each object that is made by reflection and that threads may
   *     share: otherwise each access to its fields would count as a conflict with everything
   * @throws Exception which is a failure of the execution
   */
  Scenario<R> make(ClassLoader woven, Consumer<Object> created) throws Exception;
}
