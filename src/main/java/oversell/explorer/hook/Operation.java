package oversell.explorer.hook;

import java.util.Locale;

/** What a woven class is about to do. */
public enum Operation {
  /** To read a field or an element of an array. */
  READ,
  /** To write one. */
  WRITE,
  /** To enter a monitor. */
  ENTER,
  /** To leave one. */
  EXIT,
  /** To wait for a signal of a monitor. */
  WAIT,
  /** To signal to those who wait for it. */
  SIGNAL,
  /** To call a lock or another synchronizer of the JDK, which is one step. */
  GUARD,
  /** To call an object of the JDK that threads may share, which is one step. */
  CALL,
  /** To initialise a class, or to wait for a thread that does. */
  INITIALISE,
  /** To return into a call of the JDK, which goes on. */
  RETURN,
  /** To sleep. */
  SLEEP,
  /** To give way to others. */
  YIELD,
  /** To read the clock. */
  CLOCK,
  /** To start a virtual thread. */
  SPAWN,
  /** To go round a loop once more. */
  LOOP,
  /** To do what nobody can control: to start a platform thread, or to wait for the outside. */
  ESCAPE;

  /** Whether it is about a guard: wanting it, leaving it, or waiting for its signals. */
  public boolean isOfGuard() {
    return switch (this) {
      case ENTER, EXIT, WAIT, SIGNAL, GUARD, INITIALISE -> true;
      case READ, WRITE, CALL, RETURN, SLEEP, YIELD, CLOCK, SPAWN, LOOP, ESCAPE -> false;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
