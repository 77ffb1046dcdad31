package oversell.store;

import java.util.Optional;

/**
 * Where the services are that grant locks beside a store, as far as there are any.
 *
 * @param zooKeeper host and port of each member of a ZooKeeper, with commas between them
 * @param redis how to reach a Redis
 */
public record LockServers(Optional<String> zooKeeper, Optional<RedisAccess> redis) {
  /** None at all. */
  public static LockServers none() {
    return new LockServers(Optional.empty(), Optional.empty());
  }

  /** A ZooKeeper alone. */
  static LockServers of(LocalZooKeeper zooKeeper) {
    return new LockServers(Optional.of(zooKeeper.address()), Optional.empty());
  }

  /** A Redis alone. */
  static LockServers of(RedisAccess redis) {
    return new LockServers(Optional.empty(), Optional.of(redis));
  }
}
