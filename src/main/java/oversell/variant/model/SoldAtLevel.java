package oversell.variant.model;

import java.util.Locale;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;
import oversell.variant.model.Database.Level;
import oversell.variant.model.Database.RolledBack;
import oversell.variant.model.Database.Transaction;

/**
 * A stock in the model of a database, sold by one of the techniques that {@code oversell.store}
 * sells by, at one level of isolation. Promises what that level does. Who is rolled back begins
 * again.
 */
final class SoldAtLevel implements Inventory {
  private static final int STOCK = 1;

  private final Database database;
  private final Technique technique;
  private final int start;
  private int purchases;

  private SoldAtLevel(Technique technique, Level level, int start) {
    this.technique = technique;
    this.start = start;
    database = new Database(level, start);
  }

  /** How units are taken. */
  enum Technique {
    /** As {@code SelectThenUpdate}. */
    SELECT_THEN_UPDATE,
    /** As {@code SelectThenWrite}. */
    SELECT_THEN_WRITE,
    /** As {@code SumThenInsert}: the first row says what there was, each other what was sold. */
    SUM_THEN_INSERT
  }

  @Override
  public Answer purchase(int units, Pause pause) throws InterruptedException {
    int row = nextRow();
    while (true) {
      Transaction transaction = database.begin();
      try {
        int seen = left(transaction);
        if (seen >= units) {
          pause.pause();
          take(transaction, units, seen, row);
        }
        transaction.commit();
        return seen < units ? Answer.refused(seen) : new Answer(units, seen - units);
      } catch (RolledBack lost) {
        // Another transaction has committed, so not all of them come back here.
      } catch (Throwable thrown) {
        var unused = transaction.rollBack();
        throw thrown;
      }
    }
  }

  private synchronized int nextRow() {
    return STOCK + ++purchases;
  }

  private int left(Transaction transaction) throws RolledBack {
    return technique == Technique.SUM_THEN_INSERT
        ? 2 * start - transaction.sum()
        : transaction.read(STOCK);
  }

  private void take(Transaction transaction, int units, int seen, int row)
      throws InterruptedException, RolledBack {
    switch (technique) {
      case SELECT_THEN_UPDATE -> transaction.add(STOCK, -units);
      case SELECT_THEN_WRITE -> transaction.write(STOCK, seen - units);
      case SUM_THEN_INSERT -> transaction.write(row, units);
    }
  }

  @Override
  public int stock() {
    try {
      return left(database.begin());
    } catch (RolledBack never) {
      throw new IllegalStateException("nobody else is there", never);
    }
  }

  /** Makes one. */
  abstract static class Provider implements InventoryProvider {
    private final Technique technique;
    private final Level level;
    private final boolean safe;

    Provider(Technique technique, Level level, boolean safe) {
      this.technique = technique;
      this.level = level;
      this.safe = safe;
    }

    @Override
    public String name() {
      return (technique + "-at-" + level).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public boolean safe() {
      return safe;
    }

    @Override
    public boolean exclusive() {
      return false;
    }

    @Override
    public Inventory create(int stock) {
      return new SoldAtLevel(technique, level, stock);
    }
  }

  /** A relative UPDATE at read committed. */
  public static final class UpdateAtReadCommitted extends Provider {
    /** For the service loader. */
    public UpdateAtReadCommitted() {
      super(Technique.SELECT_THEN_UPDATE, Level.READ_COMMITTED, false);
    }
  }

  /** A relative UPDATE of a snapshot. */
  public static final class UpdateAtSnapshot extends Provider {
    /** For the service loader. */
    public UpdateAtSnapshot() {
      super(Technique.SELECT_THEN_UPDATE, Level.SNAPSHOT, true);
    }
  }

  /** A relative UPDATE that is serializable. */
  public static final class UpdateAtSerializable extends Provider {
    /** For the service loader. */
    public UpdateAtSerializable() {
      super(Technique.SELECT_THEN_UPDATE, Level.SERIALIZABLE, true);
    }
  }

  /** An absolute UPDATE at read committed. */
  public static final class WriteAtReadCommitted extends Provider {
    /** For the service loader. */
    public WriteAtReadCommitted() {
      super(Technique.SELECT_THEN_WRITE, Level.READ_COMMITTED, false);
    }
  }

  /** An absolute UPDATE of a snapshot. */
  public static final class WriteAtSnapshot extends Provider {
    /** For the service loader. */
    public WriteAtSnapshot() {
      super(Technique.SELECT_THEN_WRITE, Level.SNAPSHOT, true);
    }
  }

  /** An absolute UPDATE that is serializable. */
  public static final class WriteAtSerializable extends Provider {
    /** For the service loader. */
    public WriteAtSerializable() {
      super(Technique.SELECT_THEN_WRITE, Level.SERIALIZABLE, true);
    }
  }

  /** An INSERT below a sum at read committed. */
  public static final class InsertAtReadCommitted extends Provider {
    /** For the service loader. */
    public InsertAtReadCommitted() {
      super(Technique.SUM_THEN_INSERT, Level.READ_COMMITTED, false);
    }
  }

  /** An INSERT below a sum in a snapshot. */
  public static final class InsertAtSnapshot extends Provider {
    /** For the service loader. */
    public InsertAtSnapshot() {
      super(Technique.SUM_THEN_INSERT, Level.SNAPSHOT, false);
    }
  }

  /** An INSERT below a sum that is serializable. */
  public static final class InsertAtSerializable extends Provider {
    /** For the service loader. */
    public InsertAtSerializable() {
      super(Technique.SUM_THEN_INSERT, Level.SERIALIZABLE, true);
    }
  }
}
