package oversell.explorer;

/**
 * A concurrent program, small enough to be run in every order of its steps. It is made afresh for
 * each execution, by its constructor without parameters, and so is all that it uses: static fields
 * are set back. Its class may be of any visibility, nested (but not an inner class) or not.
 *
 * <p>What {@link #run()} and all that it calls does is under control: virtual threads however they
 * are started, scopes of {@code StructuredTaskScope}, monitors, locks and other synchronizers,
 * {@link Thread#sleep}, which passes in virtual time. What is not under control is named, and then
 * nothing is proved.
 *
 * @param <R> the type of its outcome. Outcomes are compared by {@code equals}, so it should be a
 *     number, a text, a record, an enum, or a collection or an array of those
 */
@FunctionalInterface
public interface Scenario<R> {
  /**
   * Starts threads, waits for them, and returns the outcome.
   *
   * @return the outcome; arrays are compared by their elements
   * @throws Exception if it fails: whatever it throws is a failure of the execution
   */
  R run() throws Exception;
}
