package oversell.store;

import java.io.IOException;

/** A service that grants locks beside a store, which some guards need. */
public enum LockService {
  /** ZooKeeper, whose nodes are gone when the session of their client is. */
  ZOOKEEPER("ZooKeeper", "ZooKeeperLease$Granting"),
  /** Redis, whose keys are gone when their time is over. */
  REDIS("Redis", "RedisLease$Granting");

  private final String title;
  private final String granting;

  LockService(String title, String granting) {
    this.title = title;
    this.granting = granting;
  }

  /**
   * What acquires its leases.
   *
   * @throws StoreFailure if the library of its client is not there; the text says how to get it
   */
  Lease.Service leases() {
    try {
      return Optionally.make(granting, title, Lease.Service.class);
    } catch (IOException lacking) {
      throw new StoreFailure(String.valueOf(lacking.getMessage()), lacking);
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
