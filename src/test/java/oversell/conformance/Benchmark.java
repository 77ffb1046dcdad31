package oversell.conformance;

import java.util.ArrayList;
import java.util.List;
import oversell.explorer.Scenario;

/**
 * A program of several threads, one of which finds out if it went wrong: once with its bug, once
 * without.
 */
abstract class Benchmark implements Scenario<String> {
  /** Which of the two. */
  enum Version {
    BROKEN,
    FIXED
  }

  /** Whether the bug is mended. */
  final boolean isFixed;

  Benchmark(Version version) {
    isFixed = version == Version.FIXED;
  }

  /** What each thread does, in the order of their start. */
  abstract List<Body> threads();

  /** What one thread does. */
  interface Body {
    void run() throws InterruptedException;
  }

  /** Looks at what is left when all have ended. */
  void check() {}

  @Override
  public final String run() throws InterruptedException {
    List<Thread> started = new ArrayList<>();
    for (Body body : threads()) {
      started.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  body.run();
                } catch (InterruptedException never) {
                  throw new IllegalStateException(never);
                }
              }));
    }
    for (Thread thread : started) {
      thread.join();
    }
    check();
    return "ended";
  }

  /** As many that do the same, and others after them. */
  static List<Body> times(int count, Body body, Body... others) {
    List<Body> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(body);
    }
    all.addAll(List.of(others));
    return all;
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
