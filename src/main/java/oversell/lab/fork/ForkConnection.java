package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's end of the socket to a fork, up to the fork's deadline. Lines are read until there are
 * no more: because the fork has sent all, has died, or is late. Which of these it was is found out
 * afterwards.
 */
final class ForkConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ForkConnection.class);
  private static final int POLL_MILLIS = 50;
  private static final int BACKLOG = 50;

  private final ServerSocket door;
  private final LongSupplier nanoTime;
  private final long startedNanos;
  private final Duration deadline;
  private final Queue<Socket> callers = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Socket> admitted = new LinkedBlockingQueue<>();
  private @Nullable Socket socket;
  private @Nullable BufferedReader reader;

  /** Decides whether a caller is the fork. */
  @FunctionalInterface
  interface Admission {
    /**
     * Finds out whether a caller is the fork.
     *
     * @throws IOException if it breaks off or does not answer, which is a refusal
     */
    boolean admits(Socket caller) throws IOException;
  }

  private ForkConnection(ServerSocket door, Duration deadline, LongSupplier nanoTime) {
    this.door = door;
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    startedNanos = nanoTime.getAsLong();
  }

  /** Opens a port on the loopback address. No caller is admitted yet. */
  static ForkConnection open(Duration deadline, LongSupplier nanoTime) throws IOException {
    return new ForkConnection(
        new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), deadline, nanoTime);
  }

  /** From now on examines every caller, until the port is closed. */
  void admit(Admission admission) {
    Thread.ofVirtual().name("fork-port").start(() -> acceptAll(admission));
  }

  private void acceptAll(Admission admission) {
    try {
      while (true) {
        Socket caller = door.accept();
        callers.add(caller);
        // In a thread of its own: a caller that sends nothing must not make the fork wait.
        Thread.ofVirtual().name("fork-caller").start(() -> ask(caller, admission));
      }
    } catch (IOException closed) {
      if (!door.isClosed()) {
        LOG.warn("no fork can connect to port {} any more", port(), closed);
      }
    }
  }

  private void ask(Socket caller, Admission admission) {
    try {
      if (admission.admits(caller)) {
        admitted.add(caller);
        return;
      }
      LOG.warn("a program that is not the fork connected to port {}: refused", port());
    } catch (IOException brokenOff) {
      LOG.debug("a caller of port {} sent no token: {}", port(), brokenOff.toString());
    }
    close(caller);
  }

  private static void close(Socket caller) {
    try {
      caller.close();
    } catch (IOException alreadyLost) {
      LOG.debug("a socket could not be closed", alreadyLost);
    }
  }

  int port() {
    return door.getLocalPort();
  }

  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startedNanos);
  }

  Duration remaining() {
    Duration remaining = deadline.minus(elapsed());
    return remaining.isNegative() ? Duration.ZERO : remaining;
  }

  boolean isLate() {
    return remaining().isZero();
  }

  /**
   * Waits until the fork has connected and proved that it is the fork, and gives it its assignment.
   *
   * @param forkIsAlive asked again and again while it waits
   * @return false if the fork died or is late before it had its assignment
   * @throws InterruptedException if the caller is interrupted
   */
  boolean begin(BooleanSupplier forkIsAlive, String assignment) throws InterruptedException {
    while (forkIsAlive.getAsBoolean() && !isLate()) {
      Socket fork = admitted.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (fork != null) {
        try {
          socket = fork;
          reader =
              new BufferedReader(
                  new InputStreamReader(fork.getInputStream(), StandardCharsets.UTF_8));
          fork.getOutputStream().write((assignment + '\n').getBytes(StandardCharsets.UTF_8));
          return true;
        } catch (IOException diedMeanwhile) {
          return false;
        }
      }
    }
    return false;
  }

  /**
   * Sends a line to a fork that has begun.
   *
   * @throws IOException if it has ended
   */
  void send(String line) throws IOException {
    if (socket == null) {
      throw new IOException("no fork has connected");
    }
    socket.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /** The next line of the fork; empty if there is none before its end or its deadline. */
  Optional<String> readLine() {
    if (socket == null || reader == null || isLate()) {
      return Optional.empty();
    }
    try {
      // 0 would mean to wait for ever.
      socket.setSoTimeout(Math.clamp(remaining().toMillis(), 1, Integer.MAX_VALUE));
      return Optional.ofNullable(reader.readLine());
    } catch (IOException lateOrLost) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    callers.forEach(ForkConnection::close);
  }
}
