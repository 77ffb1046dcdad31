package oversell.store;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * A key of Redis' that is gone after a time, set by who finds none, as most libraries do it. Its
 * value is the holder's alone, so that nobody renews or deletes the key of another; a thread of the
 * holder's, the watchdog, renews it.
 *
 * <p>Redis counts that time by the clock of its machine: where that is set forward, a lease ends
 * early.
 */
final class RedisLease implements Lease {
  private static final Duration BEAT = Duration.ofMillis(MILLIS / 5);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);
  private static final int TO_ANSWER_MILLIS = 10_000;
  // Scripts, which nothing comes between: with two commands the key could be another's by the time
  // of the second.
  private static final String RENEW =
      "if redis.call('get', KEYS[1]) == ARGV[1]"
          + " then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end";
  private static final String RELEASE =
      "if redis.call('get', KEYS[1]) == ARGV[1]"
          + " then return redis.call('del', KEYS[1]) else return 0 end";
  private static final Long DONE = 1L;

  private final Jedis redis;
  private final String key;
  private final String value;
  private final ReentrantLock using = new ReentrantLock();
  private volatile boolean closed;

  private RedisLease(Jedis redis, String key, String value) {
    this.redis = redis;
    this.key = key;
    this.value = value;
  }

  /** Grants leases; made by its name, since not every user of a store has Jedis. */
  static final class Granting implements Service {
    @Override
    public Lease acquire(StoreAccess access, long article) throws InterruptedException {
      RedisAccess server =
          access
              .locks()
              .redis()
              .orElseThrow(() -> new StoreFailure("no Redis is known to this JVM", null));
      Jedis redis;
      try {
        redis = connect(server);
      } catch (JedisException refused) {
        throw failure(server, refused);
      }
      try {
        String key = "oversell:" + access.schema() + ":" + article;
        String value = UUID.randomUUID().toString();
        while (redis.set(key, value, SetParams.setParams().nx().px(MILLIS)) == null) {
          Thread.sleep(BETWEEN_TRIES);
        }
        RedisLease lease = new RedisLease(redis, key, value);
        Thread.ofVirtual().name("lease").start(lease::keep);
        return lease;
      } catch (JedisException refused) {
        redis.close();
        throw failure(server, refused);
      } catch (InterruptedException interrupted) {
        redis.close();
        throw interrupted;
      }
    }

    private static Jedis connect(RedisAccess server) {
      DefaultJedisClientConfig.Builder config =
          DefaultJedisClientConfig.builder()
              .connectionTimeoutMillis(TO_ANSWER_MILLIS)
              .socketTimeoutMillis(TO_ANSWER_MILLIS)
              .serverDefaultProtocol();
      if (!server.user().isEmpty()) {
        config.user(server.user());
      }
      if (!server.password().isEmpty()) {
        config.password(server.password());
      }
      return new Jedis(new HostAndPort(server.host(), server.port()), config.build());
    }

    private static StoreFailure failure(RedisAccess server, JedisException refused) {
      return new StoreFailure(
          "%s grants no lock: %s".formatted(server, refused.getMessage()), refused);
    }
  }

  /** Renews it, until it is closed or lost. */
  private void keep() {
    try {
      do {
        Thread.sleep(BEAT);
      } while (run(RENEW, value, Integer.toString(MILLIS)));
    } catch (InterruptedException | JedisException ended) {
      // Then it is not kept any more, which is for its holder to find out.
    }
  }

  /** Runs a script on the key, whether or not that is still the holder's. */
  private boolean run(String script, String... arguments) {
    using.lock();
    try {
      return !closed && DONE.equals(redis.eval(script, List.of(key), List.of(arguments)));
    } finally {
      using.unlock();
    }
  }

  @Override
  public boolean isMine() {
    using.lock();
    try {
      return !closed && value.equals(redis.get(key));
    } catch (JedisException unanswered) {
      return false;
    } finally {
      using.unlock();
    }
  }

  @Override
  public void close() {
    using.lock();
    try (redis) {
      var unused = run(RELEASE, value);
    } catch (JedisException unanswered) {
      // Then it ends by itself.
    } finally {
      closed = true;
      using.unlock();
    }
  }
}
