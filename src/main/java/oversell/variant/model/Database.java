package oversell.variant.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A model of a database that keeps versions of its rows, as PostgreSQL does: who reads never waits,
 * and who writes a row waits for the transaction that has written it and not ended. Each statement
 * is one step.
 *
 * <p>Serializable is snapshot isolation that looks for dangerous structures, as in <a
 * href="https://doi.org/10.14778/2367502.2367523">Ports, Grittner: Serializable Snapshot Isolation
 * in PostgreSQL</a>: a transaction did not see what a second one wrote meanwhile, the second not
 * what a third wrote, and the third was the first to commit. Then one of them is rolled back, and
 * since another has committed, not all of them for ever.
 *
 * <p>Left out: statements that see a row change while they run, locks on whole tables or of
 * readers, deadlocks of writers (which are detected in a database, and stand still here), reading
 * less than every row by a condition, a snapshot that is taken later than the transaction begins,
 * and crashes.
 */
final class Database {
  /** What transactions are kept from. */
  enum Level {
    /** Nothing: no product's, and the broken twin of the weakest that a product has. */
    NONE,
    /** Each statement reads what is committed when it begins. */
    READ_COMMITTED,
    /** All statements read what was committed when the transaction began. */
    SNAPSHOT,
    /** The same, without dangerous structures. */
    SERIALIZABLE
  }

  /** Thrown by a transaction that was rolled back for the sake of another one. */
  static final class RolledBack extends Exception {
    private static final long serialVersionUID = 1;
  }

  private record Version(int row, int value, Transaction by) {}

  /** The reader did not see what the writer wrote meanwhile, so in a serial order it is first. */
  private record Dependency(Transaction reader, Transaction writer) {}

  private final Level level;
  // The oldest first.
  private final List<Version> versions = new ArrayList<>();
  private final List<Transaction> transactions = new ArrayList<>();
  private final List<Dependency> dependencies = new ArrayList<>();
  private int commits;

  /** With rows that are numbered from 1. */
  Database(Level level, int... values) {
    this.level = level;
    Transaction first = new Transaction();
    for (int i = 0; i < values.length; i++) {
      versions.add(new Version(i + 1, values[i], first));
    }
    first.committed = ++commits;
    first.ended = true;
  }

  /** Begins a transaction. */
  synchronized Transaction begin() {
    Transaction begun = new Transaction();
    transactions.add(begun);
    return begun;
  }

  /** One transaction, of one thread. */
  final class Transaction {
    private static final int EVERY_ROW = 0;

    private final int snapshot = commits;
    private final List<Integer> read = new ArrayList<>();
    private int committed;
    private boolean ended;

    /** The value of a row; 0 if there is none. */
    int read(int row) throws RolledBack {
      synchronized (Database.this) {
        noteRead(row);
        return seen(row);
      }
    }

    /** The sum of all rows, those included that will be there. */
    int sum() throws RolledBack {
      synchronized (Database.this) {
        noteRead(EVERY_ROW);
        int sum = 0;
        int last = 0;
        for (Version version : versions) {
          last = Math.max(last, version.row);
        }
        for (int row = 1; row <= last; row++) {
          sum += seen(row);
        }
        return sum;
      }
    }

    /** Gives a row a value, and makes it if there is none. */
    void write(int row, int value) throws InterruptedException, RolledBack {
      synchronized (Database.this) {
        lock(row);
        versions.add(new Version(row, value, this));
      }
    }

    /** Adds to the value that a row has when nobody else can write it. */
    void add(int row, int amount) throws InterruptedException, RolledBack {
      synchronized (Database.this) {
        lock(row);
        versions.add(new Version(row, seen(row) + amount, this));
      }
    }

    void commit() throws RolledBack {
      synchronized (Database.this) {
        if (dependsOnWhatCommittedBefore(Integer.MAX_VALUE) && isDependedOn()) {
          throw rollBack();
        }
        committed = ++commits;
        end();
      }
    }

    /** Takes back what it has written. */
    RolledBack rollBack() {
      synchronized (Database.this) {
        for (int i = versions.size() - 1; i >= 0; i--) {
          if (versions.get(i).by == this) {
            versions.remove(i);
          }
        }
        for (int i = dependencies.size() - 1; i >= 0; i--) {
          Dependency dependency = dependencies.get(i);
          if (dependency.reader == this || dependency.writer == this) {
            dependencies.remove(i);
          }
        }
        end();
        return new RolledBack();
      }
    }

    private void end() {
      ended = true;
      Database.this.notifyAll();
    }

    private boolean sees(Transaction other) {
      return other == this
          || switch (level) {
            case NONE -> true;
            case READ_COMMITTED -> other.committed > 0;
            case SNAPSHOT, SERIALIZABLE -> other.committed > 0 && other.committed <= snapshot;
          };
    }

    private int seen(int row) {
      int value = 0;
      for (Version version : versions) {
        value = version.row == row && sees(version.by) ? version.value : value;
      }
      return value;
    }

    /** Waits until no other transaction that goes on has written a row. */
    private void lock(int row) throws InterruptedException, RolledBack {
      while (level != Level.NONE && isLocked(row)) {
        Database.this.wait();
      }
      if (level.compareTo(Level.SNAPSHOT) >= 0 && isWrittenUnseen(row)) {
        throw rollBack();
      }
      if (level == Level.SERIALIZABLE) {
        for (Transaction reader : transactions) {
          if (isConcurrent(reader) && reader.hasRead(row)) {
            depend(reader, this);
          }
        }
      }
    }

    private boolean hasRead(int row) {
      for (int other : read) {
        if (other == row || other == EVERY_ROW) {
          return true;
        }
      }
      return false;
    }

    private boolean isLocked(int row) {
      for (Version version : versions) {
        if (version.row == row && version.by != this && !version.by.ended) {
          return true;
        }
      }
      return false;
    }

    private boolean isWrittenUnseen(int row) {
      for (Version version : versions) {
        if (version.row == row && !sees(version.by)) {
          return true;
        }
      }
      return false;
    }

    private void noteRead(int row) throws RolledBack {
      if (level != Level.SERIALIZABLE) {
        return;
      }
      read.add(row);
      for (Version version : versions) {
        if ((row == EVERY_ROW || version.row == row) && isConcurrent(version.by)) {
          depend(this, version.by);
        }
      }
    }

    /** Whether neither ended before the other began. */
    private boolean isConcurrent(Transaction other) {
      return other != this && (!other.ended || other.committed > snapshot);
    }

    private void depend(Transaction reader, Transaction writer) throws RolledBack {
      dependencies.add(new Dependency(reader, writer));
      if (writer.committed > 0 && writer.dependsOnWhatCommittedBefore(writer.committed)) {
        throw rollBack();
      }
    }

    /** Whether it did not see what was written by one that has committed before a moment. */
    private boolean dependsOnWhatCommittedBefore(int moment) {
      for (Dependency dependency : dependencies) {
        int other = dependency.writer.committed;
        if (dependency.reader == this && other > 0 && other < moment) {
          return true;
        }
      }
      return false;
    }

    /** Whether one did not see what it has written. */
    private boolean isDependedOn() {
      for (Dependency dependency : dependencies) {
        if (dependency.writer == this) {
          return true;
        }
      }
      return false;
    }
  }
}
