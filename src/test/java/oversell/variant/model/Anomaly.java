package oversell.variant.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import oversell.explorer.Scenario;
import oversell.variant.model.Database.Level;
import oversell.variant.model.Database.RolledBack;
import oversell.variant.model.Database.Transaction;

/**
 * The anomalies that Hermitage tests databases for, written anew as transactions that run side by
 * side: https://github.com/ept/hermitage. Rows 1 and 2 begin with 10 and 20. Each throws if it
 * happens, and returns how its transactions ended if not.
 */
abstract class Anomaly implements Scenario<String> {
  final Database database;
  private String[] endings = {};

  Anomaly(String level, int... values) {
    database = new Database(Level.valueOf(level), values);
  }

  /** What a transaction does before it commits. */
  @FunctionalInterface
  interface Work {
    void in(Transaction transaction) throws InterruptedException, RolledBack;
  }

  /** Runs its transactions side by side, and says whether it has happened. */
  abstract boolean happens() throws InterruptedException, RolledBack;

  @Override
  public final String run() throws InterruptedException, RolledBack {
    if (happens()) {
      throw new AssertionError(getClass().getSimpleName() + " happens");
    }
    return Arrays.stream(endings).sorted().collect(Collectors.joining(", "));
  }

  final void together(Work... all) throws InterruptedException {
    endings = new String[all.length];
    Thread[] threads = new Thread[all.length];
    for (int i = 0; i < all.length; i++) {
      int number = i;
      threads[i] = Thread.startVirtualThread(() -> endings[number] = ended(all[number]));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private String ended(Work work) {
    try {
      Transaction transaction = database.begin();
      work.in(transaction);
      transaction.commit();
      return "committed";
    } catch (RolledBack lost) {
      return "rolled back";
    } catch (InterruptedException never) {
      throw new IllegalStateException(never);
    }
  }

  final boolean isCommitted(int number) {
    return endings[number].equals("committed");
  }

  final int last(int row) throws RolledBack {
    return database.begin().read(row);
  }

  /** G0: two transactions write the same rows, and what is left is of both. */
  static final class DirtyWrite extends Anomaly {
    DirtyWrite(String level) {
      super(level, 10, 20);
    }

    @Override
    boolean happens() throws InterruptedException, RolledBack {
      together(
          one -> {
            one.write(1, 11);
            one.write(2, 21);
          },
          two -> {
            two.write(1, 12);
            two.write(2, 22);
          });
      return last(2) - last(1) != 10;
    }
  }

  /** G1a: what was read is then rolled back. */
  static final class AbortedRead extends Anomaly {
    private int read;

    AbortedRead(String level) {
      super(level, 10);
    }

    @Override
    boolean happens() throws InterruptedException {
      together(
          one -> {
            one.write(1, 101);
            throw one.rollBack();
          },
          two -> read = two.read(1));
      return read == 101;
    }
  }

  /** G1b: what was read was not the last that the writer wrote. */
  static final class IntermediateRead extends Anomaly {
    private int read;

    IntermediateRead(String level) {
      super(level, 10);
    }

    @Override
    boolean happens() throws InterruptedException {
      together(
          one -> {
            one.write(1, 101);
            one.write(1, 11);
          },
          two -> read = two.read(1));
      return read == 101;
    }
  }

  /** G1c: each reads what the other has written. */
  static final class CircularFlow extends Anomaly {
    private int readByOne;
    private int readByTwo;

    CircularFlow(String level) {
      super(level, 10, 20);
    }

    @Override
    boolean happens() throws InterruptedException {
      together(
          one -> {
            one.write(1, 11);
            readByOne = one.read(2);
          },
          two -> {
            two.write(2, 22);
            readByTwo = two.read(1);
          });
      return readByOne == 22 && readByTwo == 11;
    }
  }

  /** OTV: who has seen one row of a transaction then sees an older one. */
  static final class TransactionVanishes extends Anomaly {
    private int first;
    private int second;

    TransactionVanishes(String level) {
      super(level, 10, 20);
    }

    @Override
    boolean happens() throws InterruptedException, RolledBack {
      together(
          one -> {
            one.write(1, 11);
            one.write(2, 19);
          },
          two -> {
            two.write(1, 12);
            two.write(2, 18);
          },
          three -> {
            first = three.read(1);
            second = three.read(2);
          });
      // The second was the last to write both rows, so what differs from it is older.
      return last(1) == 12 && last(2) == 18 && first == 12 && second != 18;
    }
  }

  /** PMP: the same condition holds for other rows a moment later. */
  static final class PredicateManyPreceders extends Anomaly {
    private int before;
    private int after;

    PredicateManyPreceders(String level) {
      super(level, 10, 20);
    }

    @Override
    boolean happens() throws InterruptedException {
      together(
          one -> {
            before = one.sum();
            after = one.sum();
          },
          two -> two.write(3, 30));
      return isCommitted(0) && before != after;
    }
  }

  /** P4: both add one to what they have read. */
  static final class LostUpdate extends Anomaly {
    LostUpdate(String level) {
      super(level, 10);
    }

    @Override
    boolean happens() throws InterruptedException, RolledBack {
      Work increment = transaction -> transaction.write(1, transaction.read(1) + 1);
      together(increment, increment);
      return isCommitted(0) && isCommitted(1) && last(1) != 12;
    }
  }

  /** G-single: one row as it was before another transaction, one as it was after. */
  static final class ReadSkew extends Anomaly {
    private int first;
    private int second;

    ReadSkew(String level) {
      super(level, 10, 20);
    }

    @Override
    boolean happens() throws InterruptedException {
      together(
          one -> {
            first = one.read(1);
            second = one.read(2);
          },
          two -> {
            two.write(1, 12);
            two.write(2, 18);
          });
      return isCommitted(0) && first + second != 30;
    }
  }

  /** G2-item: each reads both rows, and writes the one that the other does not. */
  static final class WriteSkew extends Anomaly {
    WriteSkew(String level) {
      super(level, 10, 20);
    }

    @Override
    boolean happens() throws InterruptedException, RolledBack {
      together(
          one -> one.write(1, one.read(1) + one.read(2)),
          two -> two.write(2, two.read(1) + two.read(2)));
      // One after the other would leave 30 and 50, or 40 and 30.
      return isCommitted(0) && isCommitted(1) && last(1) == 30 && last(2) == 30;
    }
  }

  /** G2: each reads by a condition what the other then inserts. */
  static final class PredicateWriteSkew extends Anomaly {
    PredicateWriteSkew(String level) {
      super(level, 10, 20);
    }

    @Override
    boolean happens() throws InterruptedException, RolledBack {
      together(one -> one.write(3, one.sum()), two -> two.write(4, two.sum()));
      return isCommitted(0) && isCommitted(1) && last(3) == 30 && last(4) == 30;
    }
  }

  /**
   * G2 with two anti-dependencies, of Fekete, O'Neil and O'Neil: two transactions are serializable,
   * and a third that only reads makes them not.
   */
  static final class ReadOnly extends Anomaly {
    private int account;
    private int savings;

    ReadOnly(String level) {
      super(level, 0, 0);
    }

    @Override
    boolean happens() throws InterruptedException, RolledBack {
      together(
          // Takes 10 from the first account, and 1 more if both together do not have them.
          one -> one.write(1, one.sum() < 10 ? -11 : -10),
          two -> two.add(2, 20),
          three -> {
            account = three.read(1);
            savings = three.read(2);
          });
      // Whoever saw the 20 and not yet the -11 says that the second came before the first.
      return isCommitted(0)
          && isCommitted(1)
          && isCommitted(2)
          && savings == 20
          && account == 0
          && last(1) == -11;
    }
  }
}
