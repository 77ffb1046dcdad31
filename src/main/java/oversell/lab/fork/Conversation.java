package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The host's end of the socket to a fork, up to the fork's deadline. Lines are heard until there
 * are no more, whether the fork has said all, has died or is late; what it was is asked afterwards.
 */
final class Conversation implements AutoCloseable {
  private static final int POLL_MILLIS = 50;

  private final ServerSocket door;
  private final LongSupplier nanoTime;
  private final long startedNanos;
  private final Duration deadline;
  private @Nullable Socket socket;
  private @Nullable BufferedReader reader;

  private Conversation(ServerSocket door, Duration deadline, LongSupplier nanoTime) {
    this.door = door;
    this.deadline = deadline;
    this.nanoTime = nanoTime;
    startedNanos = nanoTime.getAsLong();
  }

  /** Opens a port on the loopback address. */
  static Conversation open(Duration deadline, LongSupplier nanoTime) throws IOException {
    return new Conversation(
        new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), deadline, nanoTime);
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
   * Waits for the fork to call, and tells it what to do; false if it died or is late before it did.
   */
  boolean begin(Process fork, String assignment) throws IOException {
    door.setSoTimeout(POLL_MILLIS);
    while (fork.isAlive() && !isLate()) {
      try {
        socket = door.accept();
        reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        socket.getOutputStream().write((assignment + '\n').getBytes(StandardCharsets.UTF_8));
        return true;
      } catch (SocketTimeoutException notYet) {
        // Looks whether the fork is still alive, then waits on.
      } catch (IOException diedMeanwhile) {
        return false;
      }
    }
    return false;
  }

  /** The next line that the fork says; empty if there is none before its end or its deadline. */
  Optional<String> hear() {
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
    if (socket != null) {
      socket.close();
    }
    door.close();
  }
}
