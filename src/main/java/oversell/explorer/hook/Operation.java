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
  /** To wait in a monitor. */
  WAIT,
  /** To notify threads that wait in a monitor. */
  SIGNAL,
  /** To call a lock or another synchronizer of the JDK, which is one step. */
  GUARD,
  /** To call an object of the JDK that threads may share, which is one step. */
  CALL,
  /** To initialise a class, or to wait until another thread has done it. */
  INITIALISE,
  /** To return into a method of the JDK that called back. */
  RETURN,
  /** To sleep. */
  SLEEP,
  /** To yield. */
  YIELD,
  /** To read the clock. */
  CLOCK,
  /** To start a virtual thread. */
  SPAWN,
  /** To begin a loop once more. */
  LOOP,
  /**
   * To do what cannot be controlled: to start a platform thread, or to wait for something outside
   * of the JVM.
   */
  ESCAPE;

  /** Whether it takes or leaves a guard, waits in it, or notifies. */
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
