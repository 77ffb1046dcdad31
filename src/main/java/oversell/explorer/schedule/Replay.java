package oversell.explorer.schedule;

/**
 * One schedule once more. Where it is followed strictly, whatever else happens is a divergence.
 * Otherwise a thread that should go but has to wait is passed over: so a schedule that breaks one
 * inventory shows where another makes buyers wait.
 */
public final class Replay implements Strategy {
  private final Schedule schedule;
  private final boolean strict;
  private int next;
  private int passedOver;
  private boolean begun;

  /**
   * A replay.
   *
   * @param strict whether it has to be followed to the step
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
  public boolean end(Trace trace) {
    return true;
  }

  /** How often a thread should have gone and could not. */
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
