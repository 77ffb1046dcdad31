package oversell.store;

import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.RetryNTimes;

/**
 * A node of ZooKeeper's that belongs to a session, by Curator's recipe. ZooKeeper ends a session,
 * and removes its nodes, when it has not heard of the client; a thread of the client's sees to it
 * that it hears.
 */
final class ZooKeeperLease implements Lease {
  private static final int TO_CONNECT_SECONDS = 20;
  private static final int RETRIES = 3;
  private static final int BETWEEN_RETRIES_MILLIS = 100;

  private final CuratorFramework client;
  private final Mutex mutex;

  private ZooKeeperLease(CuratorFramework client, Mutex mutex) {
    this.client = client;
    this.mutex = mutex;
  }

  /** Curator's lock, which knows its node and tells nobody. */
  private static final class Mutex extends InterProcessMutex {
    Mutex(CuratorFramework client, String path) {
      super(client, path);
    }

    String node() {
      return getLockPath();
    }
  }

  /** Grants leases; made by its name, since not every user of a store has ZooKeeper. */
  static final class Granting implements Service {
    @Override
    public Lease acquire(StoreAccess access, long article) throws InterruptedException {
      String servers =
          access
              .locks()
              .zooKeeper()
              .orElseThrow(() -> new StoreFailure("no ZooKeeper is known to this JVM", null));
      CuratorFramework client =
          CuratorFrameworkFactory.builder()
              .connectString(servers)
              .sessionTimeoutMs(MILLIS)
              .retryPolicy(new RetryNTimes(RETRIES, BETWEEN_RETRIES_MILLIS))
              .build();
      client.start();
      try {
        if (!client.blockUntilConnected(TO_CONNECT_SECONDS, TimeUnit.SECONDS)) {
          throw new StoreFailure("no ZooKeeper answers at " + servers, null);
        }
        Mutex mutex = new Mutex(client, "/" + access.schema() + "/" + article);
        mutex.acquire();
        return new ZooKeeperLease(client, mutex);
      } catch (InterruptedException | StoreFailure thrown) {
        client.close();
        throw thrown;
      } catch (Exception thrown) {
        client.close();
        throw failure(thrown);
      }
    }
  }

  private static StoreFailure failure(Exception thrown) {
    return new StoreFailure("ZooKeeper refused: " + thrown.getMessage(), thrown);
  }

  /** Asks the server, which knows better than the client. */
  @Override
  public boolean isMine() {
    try {
      return mutex.isAcquiredInThisProcess() && client.checkExists().forPath(mutex.node()) != null;
    } catch (Exception unanswered) {
      return false;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Nobody waits for that: a client that was cut off sleeps for up to a second before it
   * connects again, and hears only then that its session is gone.
   */
  @Override
  public void close() {
    Thread.ofVirtual().name("lease").start(this::giveBack);
  }

  private void giveBack() {
    try {
      mutex.release();
    } catch (Exception alreadyTaken) {
      // Then there is nothing to give back.
    } finally {
      client.close();
    }
  }
}
