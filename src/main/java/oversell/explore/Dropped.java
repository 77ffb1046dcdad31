package oversell.explore;

/** Ends a thread of an execution that is not run to its end; nobody but the engine knows of it. */
final class Dropped extends Error {
  private static final long serialVersionUID = 1L;

  Dropped() {
    super("this execution is not run to its end", null, false, false);
  }
}
