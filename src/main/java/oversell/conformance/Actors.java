package oversell.conformance;

import oversell.explorer.Scenario;

/** A sample of two actors, each of which has a thread. */
abstract class Actors implements Scenario<String> {
  abstract void actor1();

  abstract void actor2();

  /** What the actors have seen; asked when both have ended. */
  abstract String result();

  @Override
  public final String run() throws InterruptedException {
    Thread one = Thread.startVirtualThread(this::actor1);
    Thread other = Thread.startVirtualThread(this::actor2);
    one.join();
    other.join();
    return result();
  }

  static String sign(boolean value) {
    return value ? "t" : "f";
  }
}
