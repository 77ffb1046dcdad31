package oversell.corpus;

import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** What monitors promise beyond mutual exclusion; each buyer answers with what it read. */
public final class Monitors {
  private Monitors() {}

  private abstract static class Seen implements Inventory {
    Thread waiting;
    int inside;
    int seen;

    @Override
    public int stock() {
      return 0;
    }
  }

  /** One that is interrupted when it begins to wait throws without having left the monitor. */
  public static final class InterruptedBefore extends Door {
    public InterruptedBefore() {
      super(
          stock ->
              new Seen() {
                @Override
                public synchronized Answer purchase(int units, Pause pause) {
                  int mine = ++inside;
                  Thread.currentThread().interrupt();
                  try {
                    wait();
                    return new Answer(100, 0);
                  } catch (InterruptedException expected) {
                    return new Answer(inside == mine ? 1 : 50, 0);
                  }
                }
              });
    }
  }

  /** One that is signalled to, and then interrupted, returns and stays interrupted. */
  public static final class InterruptedAfter extends Door {
    public InterruptedAfter() {
      super(
          stock ->
              new Seen() {
                @Override
                public synchronized Answer purchase(int units, Pause pause) {
                  if (waiting == null) {
                    waiting = Thread.currentThread();
                    try {
                      wait();
                      return new Answer(Thread.interrupted() ? 1 : 50, 0);
                    } catch (InterruptedException lost) {
                      return new Answer(100, 0);
                    }
                  }
                  notify();
                  waiting.interrupt();
                  return Answer.refused(0);
                }
              });
    }
  }

  /** One that is interrupted first throws, or takes the signal: HotSpot does either. */
  public static final class InterruptedInstead extends Door {
    public InterruptedInstead() {
      super(
          stock ->
              new Seen() {
                @Override
                public synchronized Answer purchase(int units, Pause pause) {
                  if (seen < 2) {
                    seen++;
                    Thread first = waiting;
                    waiting = first == null ? Thread.currentThread() : first;
                    try {
                      wait();
                      return new Answer(10, 0);
                    } catch (InterruptedException expected) {
                      return new Answer(1, 0);
                    }
                  }
                  waiting.interrupt();
                  notify();
                  return Answer.refused(0);
                }
              });
    }
  }

  /** One that has waited for its time only has to wait like all others afterwards. */
  public static final class TimeIsOver extends Door {
    public TimeIsOver() {
      super(
          stock ->
              new Shop(stock) {
                private final Object signal = new Object();
                private final Object guard = new Object();

                @Override
                public Answer purchase(int units, Pause pause) throws InterruptedException {
                  synchronized (signal) {
                    signal.wait(1);
                  }
                  synchronized (guard) {
                    return sell(units, pause);
                  }
                }
              });
    }
  }
}
