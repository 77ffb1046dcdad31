package oversell.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/**
 * A ZooKeeper of three members in this JVM, which listen on the loopback address, as ZooKeeper
 * itself embeds them. Two of them are enough.
 */
final class ZooKeeperCluster implements LocalZooKeeper {
  private static final int MEMBERS = 3;
  private static final int TO_START_MILLIS = 20_000;
  // The shortest lease is two ticks.
  private static final int TICK_MILLIS = Lease.MILLIS / 5;
  // A member that is late by so many ticks is given up by the others: ten seconds.
  private static final int MOST_TICKS = 50;
  private static final String LOOPBACK = "127.0.0.1";

  private final List<ZooKeeperServerEmbedded> members;
  private final String address;
  private final ServerFolder folder;

  private ZooKeeperCluster(
      List<ZooKeeperServerEmbedded> members, String address, ServerFolder folder) {
    this.members = List.copyOf(members);
    this.address = address;
    this.folder = folder;
  }

  /**
   * Where a member listens.
   *
   * @param client to clients
   * @param peer to the other members, if it leads them
   * @param election to the other members, while they have no leader
   */
  private record Ports(int client, int peer, int election) {}

  /** Starts one; made by its name, since not every user of a store has ZooKeeper. */
  static final class Starting implements LocalZooKeeper.Starter {
    @Override
    public LocalZooKeeper start(Path temporary) throws IOException {
      ServerFolder folder = ServerFolder.create(temporary, "zookeeper");
      List<ZooKeeperServerEmbedded> members = new ArrayList<>();
      try {
        Files.createDirectory(folder.data());
        List<Ports> ports = freePorts();
        for (int member = 1; member <= MEMBERS; member++) {
          members.add(start(folder, ports, member));
        }
        String address =
            ports.stream()
                .map(port -> LOOPBACK + ":" + port.client)
                .collect(Collectors.joining(","));
        awaitLeader(address);
        return new ZooKeeperCluster(members, address, folder);
      } catch (Exception refused) {
        members.forEach(ZooKeeperServerEmbedded::close);
        folder.remove();
        throw new IOException("ZooKeeper cannot be started: " + refused.getMessage(), refused);
      }
    }

    private static ZooKeeperServerEmbedded start(ServerFolder folder, List<Ports> ports, int member)
        throws Exception {
      Path own = folder.data().resolve("member-" + member);
      // Where ZooKeeper looks for it.
      Path data = Files.createDirectories(own.resolve("data"));
      Files.writeString(data.resolve("myid"), Integer.toString(member));
      ZooKeeperServerEmbedded server =
          ZooKeeperServerEmbedded.builder()
              .baseDir(own)
              .configuration(configuration(ports, member))
              .exitHandler(ExitHandler.LOG_ONLY)
              .build();
      server.start(TO_START_MILLIS);
      return server;
    }
  }

  private static Properties configuration(List<Ports> ports, int member) {
    Properties properties = new Properties();
    properties.setProperty("clientPortAddress", LOOPBACK);
    properties.setProperty("clientPort", Integer.toString(ports.get(member - 1).client));
    properties.setProperty("tickTime", Integer.toString(TICK_MILLIS));
    properties.setProperty("initLimit", Integer.toString(MOST_TICKS));
    properties.setProperty("syncLimit", Integer.toString(MOST_TICKS));
    properties.setProperty("admin.enableServer", "false");
    for (int other = 1; other <= MEMBERS; other++) {
      Ports its = ports.get(other - 1);
      properties.setProperty(
          "server." + other, "%s:%d:%d".formatted(LOOPBACK, its.peer, its.election));
    }
    return properties;
  }

  /** All at once, so that none is drawn twice. */
  private static List<Ports> freePorts() throws IOException {
    List<ServerSocket> free = new ArrayList<>();
    try {
      for (int i = 0; i < MEMBERS * 3; i++) {
        free.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return IntStream.range(0, MEMBERS)
          .map(member -> member * 3)
          .mapToObj(
              first ->
                  new Ports(
                      free.get(first).getLocalPort(),
                      free.get(first + 1).getLocalPort(),
                      free.get(first + 2).getLocalPort()))
          .toList();
    } finally {
      for (ServerSocket socket : free) {
        socket.close();
      }
    }
  }

  /** Members are there before they have agreed on who leads them, and serve nobody until then. */
  private static void awaitLeader(String address) throws InterruptedException, IOException {
    try (CuratorFramework client =
        CuratorFrameworkFactory.newClient(address, new RetryOneTime(1))) {
      client.start();
      if (!client.blockUntilConnected(TO_START_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("its members have no leader after 20 s");
      }
    }
  }

  /** Its members, in no order that means anything. */
  List<ZooKeeperServerEmbedded> members() {
    return members;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String toString() {
    return "ZooKeeper";
  }

  @Override
  public void close() throws IOException {
    members.forEach(ZooKeeperServerEmbedded::close);
    folder.remove();
  }
}
