package oversell.store;

import java.sql.Connection;
import java.util.Locale;

/** A level that SQL has transactions run at, the weakest first. What it forbids, a product says. */
public enum Isolation {
  /** What others have committed is seen by the next statement. */
  READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
  /** What was read stays as it was; in PostgreSQL and H2 all of it, a snapshot. */
  REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
  /** As if transactions ran one after the other, if the product keeps that promise. */
  SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

  private final int ofJdbc;

  Isolation(int ofJdbc) {
    this.ofJdbc = ofJdbc;
  }

  /** The constant of {@link Connection}. */
  int ofJdbc() {
    return ofJdbc;
  }

  /** As experiments and tables write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
