package oversell.explorer;

import java.util.Map;

/**
 * A scenario that names values to be drawn beside each step of a failure. They are asked for when
 * no thread runs, and only while a failure is written up: never in the executions that are counted.
 */
public interface Watched {
  /** The values by name, in the order in which they are to be shown. */
  Map<String, ?> watched();

  /** Whether these values are right after this step. */
  default boolean holds() {
    return true;
  }
}
