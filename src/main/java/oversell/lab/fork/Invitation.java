package oversell.lab.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Where the host listens for a fork, and how the two prove to each other who they are. Any program
 * of the machine can connect to a port on the loopback address, so the first caller need not be the
 * fork; and where a fork comes too late, what listens there need not be the host.
 *
 * <p>An invitation is made for one fork and reaches it through its standard input, a pipe: others
 * can read a command line, and some of them an environment. The fork sends its token first. Only a
 * caller that knows it gets an answer: the host's token, and then the assignment.
 *
 * @param port the host's, on the loopback address
 * @param fork what the fork sends
 * @param host what the host answers
 */
record Invitation(int port, Token fork, Token host) implements ForkConnection.Admission {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** For the next fork that is launched, and for no other. */
  static Invitation to(int port) {
    return new Invitation(port, Token.random(), Token.random());
  }

  /** The host's part: writes the invitation as one line, and ends the stream. */
  void write(OutputStream standardInput) throws IOException {
    try (standardInput) {
      standardInput.write(
          "%d %s %s\n".formatted(port, fork.text(), host.text()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The host's part: whether a caller is the fork. If it is, it gets the host's token. */
  @Override
  public boolean admits(Socket caller) throws IOException {
    caller.setSoTimeout((int) PATIENCE.toMillis());
    if (!fork.isSentBy(caller.getInputStream())) {
      return false;
    }
    host.send(caller.getOutputStream());
    return true;
  }

  /**
   * The fork's part.
   *
   * @throws IOException if there is none
   */
  static Invitation read(InputStream standardInput) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8)).readLine();
    try {
      String[] parts = line == null ? new String[0] : line.split(" ", -1);
      if (parts.length == 3) {
        return new Invitation(
            Integer.parseInt(parts[0]), Token.parse(parts[1]), Token.parse(parts[2]));
      }
    } catch (IllegalArgumentException unreadable) {
      // Not shown: it may hold a token.
    }
    throw new IOException(
        "a fork is started by the lab alone, which writes to its standard input; this one found no"
            + " port and tokens there");
  }

  /**
   * The fork's part: connects to the host.
   *
   * @throws IOException if no program listens there, or it is not the host, or it does not answer
   */
  Socket accept() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    fork.send(socket.getOutputStream());
    if (!host.isSentBy(socket.getInputStream())) {
      socket.close();
      throw new IOException("what listens at port %d is not the host".formatted(port));
    }
    socket.setSoTimeout(0);
    return socket;
  }
}
