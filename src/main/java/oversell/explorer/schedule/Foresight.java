package oversell.explorer.schedule;

/** What is known of what a step touches in another execution, where other steps come before it. */
enum Foresight {
  /** The same: it finds the same values. */
  ALL,
  /**
   * What it announces is the same whatever it finds. It may also ask for the time or use a class,
   * and its thread may end, which no step announces.
   */
  ANNOUNCED,
  /** Nothing. */
  NONE;

  /**
   * Whether the step does not touch, beside what it touched before, what another one touches.
   *
   * @param reads what that one reads
   * @param writes what it writes
   */
  boolean excludes(long reads, long writes) {
    return switch (this) {
      case ALL -> true;
      case ANNOUNCED ->
          (writes & (Locations.SCOPE | Locations.CLOCK)) == 0
              && (reads & Locations.INITIALISED) == 0;
      case NONE -> false;
    };
  }
}
