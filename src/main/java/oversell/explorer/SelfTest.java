package oversell.explorer;

import java.util.function.Consumer;
import oversell.explorer.control.Engine;
import oversell.explorer.control.Matters;
import oversell.explorer.hook.Sites;
import oversell.explorer.schedule.FewestSwitches;

/**
 * Tests whether the virtual threads of this JVM can be controlled: one that is started by a
 * controlled thread has to arrive at the explorer's scheduler. If it ran elsewhere, its steps would
 * be missing from every proof.
 */
final class SelfTest {
  private static boolean hasPassed;

  private SelfTest() {}

  /**
   * Runs the test, once in each JVM.
   *
   * @throws IllegalStateException if flags are missing, or this JDK starts threads in another way
   */
  static synchronized void run() {
    if (!hasPassed) {
      try {
        run(body -> Thread.ofVirtual().start(body));
      } catch (ExceptionInInitializerError | NoClassDefFoundError closed) {
        throw new IllegalStateException(
            "this JVM keeps its virtual threads to itself; launch it with "
                + String.join(" ", Engine.FLAGS),
            closed);
      }
      hasPassed = true;
    }
  }

  /** Runs the test with threads that are started in this way. */
  static void run(Consumer<Runnable> starter) {
    FewestSwitches strategy = new FewestSwitches();
    var unused = strategy.begin();
    Engine engine = new Engine(operation -> true, new Sites(), strategy, new Matters(false));
    engine.clear(false);
    Engine.Ending ending = engine.run(() -> starter.accept(() -> {}));
    if (ending != Engine.Ending.DONE || engine.names().size() != 2) {
      throw new IllegalStateException(
          "JDK "
              + Runtime.version()
              + " starts virtual threads past the explorer, so nothing could be proved on it;"
              + " explore on a JDK from 21 to 27");
    }
  }
}
