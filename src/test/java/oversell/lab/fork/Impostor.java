package oversell.lab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that pretends to be a fork: it connects to each port that this JVM listens at on the
 * loopback address, as soon as there is one, and answers what a fork answers. Finds the ports in
 * {@code /proc}, as any program of the same user can; only those of this JVM, since it must not
 * disturb other labs of the machine.
 */
final class Impostor implements AutoCloseable {
  private static final String LISTENING = "0A";
  private static final String ANSWER =
      "{\"event\":\"memory-measured\",\"fork\":0,\"peakRssBytes\":0,\"idleRssBytes\":0}\n";

  private final Set<Integer> before = ports();
  private final Set<Integer> tried = new HashSet<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("impostor").unstarted(this::pretend);
  private volatile boolean stopped;

  static Impostor start() {
    Impostor impostor = new Impostor();
    impostor.thread.start();
    return impostor;
  }

  int connections() {
    return connections.get();
  }

  /** What it was told. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  private void pretend() {
    while (!stopped) {
      for (int port : ports()) {
        if (!before.contains(port) && tried.add(port)) {
          connect(port);
        }
      }
    }
  }

  private void connect(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      connections.incrementAndGet();
      socket.getOutputStream().write(ANSWER.getBytes(UTF_8));
      Thread.ofVirtual().start(() -> listen(socket));
    } catch (IOException closedAlready) {
      // It was the port of something else, which is gone.
    }
  }

  private void listen(Socket socket) {
    try {
      byte[] bytes = socket.getInputStream().readAllBytes();
      if (bytes.length > 0) {
        heard.add(new String(bytes, UTF_8));
      }
    } catch (IOException reset) {
      // Refused, as it should be.
    }
  }

  private static Set<Integer> ports() {
    Set<String> mine = inodes();
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)))
        .map(line -> line.strip().split(" +"))
        .filter(
            fields -> fields.length > 9 && fields[3].equals(LISTENING) && mine.contains(fields[9]))
        .map(fields -> Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16))
        .collect(Collectors.toSet());
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException none) {
      return Stream.of();
    }
  }

  /** The sockets that are open in this JVM. */
  private static Set<String> inodes() {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : open.toList()) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (IOException closedMeanwhile) {
          // No socket any more.
        }
      }
    } catch (IOException noProc) {
      return Set.of();
    }
    return inodes;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
