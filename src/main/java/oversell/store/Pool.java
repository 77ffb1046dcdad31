package oversell.store;

import java.time.Duration;
import java.util.Optional;

/**
 * How the buyers of a JVM reach their store.
 *
 * @param connections how many they share
 * @param patience how long a buyer waits until one is free
 * @param isolation the level of every transaction; empty leaves it to the guard
 */
public record Pool(int connections, Duration patience, Optional<Isolation> isolation) {
  /** Longer than any sale: a buyer that waits for its turn is no failure. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Rejects a pool without a connection. */
  public Pool {
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be 1 or more: " + connections);
    }
  }

  /** So many connections for patient buyers, at the level that the guard asks for. */
  public static Pool of(int connections) {
    return new Pool(connections, PATIENCE, Optional.empty());
  }
}
