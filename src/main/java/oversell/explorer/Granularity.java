package oversell.explorer;

import java.util.Locale;
import oversell.explorer.hook.Operation;

/** Where a thread may be stopped, so that another one runs. */
public enum Granularity {
  /** Where it starts, and where it sleeps or yields: what an event loop can interleave. */
  PAUSE,
  /** Also where it takes a lock or a monitor, or leaves one. */
  GUARD,
  /** Also before each access to a field or an element, and each call of the JDK. */
  ACCESS;

  boolean stopsAt(Operation operation) {
    return switch (this) {
      case PAUSE -> operation == Operation.SLEEP || operation == Operation.YIELD;
      case GUARD ->
          operation == Operation.SLEEP || operation == Operation.YIELD || operation.isOfGuard();
      case ACCESS -> true;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
