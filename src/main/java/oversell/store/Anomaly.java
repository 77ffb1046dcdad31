package oversell.store;

/**
 * How transactions that run at the same time go wrong, where they would not one after the other.
 * Names and letters are those of Hermitage, https://github.com/ept/hermitage, after Berenson et al.
 * and Adya.
 */
public enum Anomaly {
  /** Two have read a row, and the second to write it overwrites what the first has written. */
  LOST_UPDATE("lost update (P4)"),
  /** One has read a row before another wrote it, and changes what it then finds. */
  READ_SKEW("read skew (G-single)"),
  /** Each reads what the other's new row would have changed, and none writes what another wrote. */
  WRITE_SKEW("write skew on a predicate (G2)");

  private final String title;

  Anomaly(String title) {
    this.title = title;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** Whether a product lets it happen at a level. */
  boolean isAllowed(Product product, Isolation level) {
    return switch (level) {
      case READ_COMMITTED -> true;
      // MariaDB from 11.6.2 on refuses the first two, if innodb_snapshot_isolation is on.
      case REPEATABLE_READ -> this == WRITE_SKEW || product == Product.MARIADB;
      // H2 says so itself: its highest level is a snapshot.
      case SERIALIZABLE -> this == WRITE_SKEW && product == Product.H2;
    };
  }
}
