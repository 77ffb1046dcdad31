package oversell.corpus;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/** The first buyer changes something, and the second is answered what it sees of that. */
abstract class TwoRoles implements InventoryProvider {
  /** What the first buyer does. */
  interface Change {
    void make() throws Exception;
  }

  /** What the second sees. */
  interface Look {
    int see() throws Exception;
  }

  /** Each of the two takes a step before and one after that conflict with nothing. */
  static final class Roles implements Inventory {
    private final AtomicInteger taken = new AtomicInteger();
    private final Change change;
    private final Look look;
    private boolean open = true;

    Roles(Change change, Look look) {
      this.change = change;
      this.look = look;
    }

    @Override
    public Answer purchase(int units, Pause pause) {
      boolean changes = taken.getAndIncrement() == 0;
      int seen = 0;
      try {
        if (open && changes) {
          change.make();
        } else {
          seen = look.see();
        }
      } catch (Exception unexpected) {
        throw new IllegalStateException(unexpected);
      }
      return open ? new Answer(seen, 0) : new Answer(0, 0);
    }

    @Override
    public int stock() {
      return 0;
    }

    void close() {
      open = false;
    }
  }

  /** What both use is made here, anew for each execution. */
  abstract Roles roles();

  @Override
  public final String name() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Override
  public final Inventory create(int stock) {
    return roles();
  }
}
