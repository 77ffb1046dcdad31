package oversell.explorer.schedule;

/** What is known of what a step touches in another execution, where other steps come before it. */
enum Foresight {
  /** The same: it finds the same values. */
  ALL,
  /**
   * What it announces is the same whatever it finds. It may also do what no step announces: read
   * the clock or set it, use a class, or end its thread.
   */
  ANNOUNCED,
  /** Nothing. */
  NONE;

  /**
   * Whether the step certainly touches nothing that another one touches, apart from what it touched
   * where it was seen.
   *
   * @param reads what that one reads
   * @param writes what it writes
   */
  boolean excludes(long reads, long writes) {
    return switch (this) {
      case ALL -> true;
      case ANNOUNCED ->
          (writes & Locations.SCOPE) == 0
              && ((reads | writes) & Locations.CLOCK) == 0
              && (reads & Locations.INITIALISED) == 0;
      case NONE -> false;
    };
  }
}
