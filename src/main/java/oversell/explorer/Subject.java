package oversell.explorer;

/**
 * What is explored, for callers who need more than a {@link Scenario}: they make executions of
 * their own, and decide what counts as an outcome.
 *
 * @param <R> the type of outcomes
 */
public interface Subject<R> {
  /** The loader of the classes that are to be woven. */
  ClassLoader classes();

  /**
   * Makes an execution. Its objects are to be made when it is run.
   *
   * @param woven loads the classes that are explored
   */
  Execution<R> execution(ClassLoader woven, Control control);
}
