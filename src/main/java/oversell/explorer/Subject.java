package oversell.explorer;

/**
 * What is explored, for those who need more than a {@link Scenario}: what an execution is made of,
 * and what counts as its outcome.
 *
 * @param <R> the outcomes
 */
public interface Subject<R> {
  /** Sees the classes that are to be woven. */
  ClassLoader classes();

  /**
   * Begins an execution. Its objects are to be made when it is run.
   *
   * @param woven loads the classes that are explored
   */
  Execution<R> execution(ClassLoader woven, Control control);
}
