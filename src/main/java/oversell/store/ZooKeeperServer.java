package oversell.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/**
 * A ZooKeeper in this JVM, which listens on the loopback address, as ZooKeeper itself embeds it.
 */
final class ZooKeeperServer implements LocalZooKeeper {
  private static final int TO_START_MILLIS = 20_000;
  // The shortest lease is two ticks.
  private static final int TICK_MILLIS = Lease.MILLIS / 5;

  private final ZooKeeperServerEmbedded server;
  private final ServerFolder folder;

  private ZooKeeperServer(ZooKeeperServerEmbedded server, ServerFolder folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Starts one; made by its name, since not every user of a store has ZooKeeper. */
  static final class Starting implements LocalZooKeeper.Starter {
    @Override
    public LocalZooKeeper start(Path temporary) throws IOException {
      ServerFolder folder = ServerFolder.create(temporary, "zookeeper");
      try {
        ZooKeeperServerEmbedded server =
            ZooKeeperServerEmbedded.builder()
                .baseDir(Files.createDirectory(folder.data()))
                .configuration(configuration())
                .exitHandler(ExitHandler.LOG_ONLY)
                .build();
        server.start(TO_START_MILLIS);
        return new ZooKeeperServer(server, folder);
      } catch (Exception refused) {
        folder.remove();
        throw new IOException("ZooKeeper cannot be started: " + refused.getMessage(), refused);
      }
    }
  }

  private static Properties configuration() {
    Properties properties = new Properties();
    properties.setProperty("clientPortAddress", "127.0.0.1");
    properties.setProperty("clientPort", "0");
    properties.setProperty("tickTime", Integer.toString(TICK_MILLIS));
    properties.setProperty("admin.enableServer", "false");
    return properties;
  }

  @Override
  public String address() {
    try {
      return server.getConnectionString();
    } catch (Exception stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public String toString() {
    return "ZooKeeper";
  }

  @Override
  public void close() throws IOException {
    server.close();
    folder.remove();
  }
}
