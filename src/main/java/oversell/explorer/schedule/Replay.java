package oversell.explorer.schedule;

/**
 * Runs one schedule again. Where it is followed strictly, any other step is a divergence. Otherwise
 * a thread that should run but is blocked is skipped: so a schedule that breaks one program shows
 * where another one blocks its threads.
 */
public final class Replay implements Strategy {
  private final Schedule schedule;
  private final boolean strict;
  private int next;
  private int passedOver;
  private boolean begun;

  /**
   * Makes a replay.
   *
   * @param strict whether each step has to be the one that the schedule says
   */
  public Replay(Schedule schedule, boolean strict) {
    this.schedule = schedule;
    this.strict = strict;
  }

  @Override
  public boolean begin() {
    boolean first = !begun;
    begun = true;
    next = 0;
    return first;
  }

  @Override
  public int choose(Trace trace, long enabled, int running) {
    while (next < schedule.threads().size()) {
      int thread = schedule.threads().get(next++);
      if ((enabled & (1L << thread)) != 0) {
        return thread;
      }
      if (strict) {
        return DIVERGED;
      }
      passedOver++;
    }
    if (strict) {
      return DIVERGED;
    }
    return running >= 0 ? running : Long.numberOfTrailingZeros(enabled);
  }

  @Override
  public boolean endsSpuriously(long waiting) {
    return next < schedule.threads().size()
        && (waiting & (1L << schedule.threads().get(next))) != 0;
  }

  @Override
  public boolean end(Trace trace) {
    return true;
  }

  /** How often a thread should have run and was blocked. */
  public int passedOver() {
    return passedOver;
  }

  @Override
  public double share() {
    return begun ? 1 : 0;
  }

  @Override
  public boolean isExhaustive() {
    return false;
  }
}
