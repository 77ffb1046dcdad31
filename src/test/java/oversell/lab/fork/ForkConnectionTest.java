package oversell.lab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Host and fork, and programs that pretend to be one of them, in one JVM. */
@Timeout(60)
class ForkConnectionTest {
  private static final String ASSIGNMENT = "the assignment";
  private ForkConnection connection;
  private Invitation invitation;

  @BeforeEach
  void open() throws IOException {
    connection = ForkConnection.open(Duration.ofSeconds(15), System::nanoTime);
    invitation = Invitation.to(connection.port());
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
  }

  private boolean begin() throws InterruptedException {
    return connection.begin(() -> true, ASSIGNMENT);
  }

  private Socket impostor() throws IOException {
    Socket impostor = new Socket(InetAddress.getLoopbackAddress(), connection.port());
    impostor.getOutputStream().write(("an answer of the impostor\n".repeat(10)).getBytes(UTF_8));
    return impostor;
  }

  private CompletableFuture<String> fork() {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket host = invitation.accept()) {
            String assignment = line(host);
            host.getOutputStream().write("an answer of the fork\n".getBytes(UTF_8));
            return assignment;
          } catch (IOException refused) {
            throw new CompletionException(refused);
          }
        });
  }

  private static String line(Socket socket) throws IOException {
    return String.valueOf(
        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine());
  }

  @Test
  void anImpostorThatConnectsFirstGetsNoAssignmentAndIsNotRead() throws Exception {
    try (Socket impostor = impostor()) {
      connection.admit(invitation);
      CompletableFuture<String> fork = fork();

      assertThat(begin()).isTrue();

      assertThat(fork.get(10, TimeUnit.SECONDS)).isEqualTo(ASSIGNMENT);
      assertThat(connection.readLine()).contains("an answer of the fork");
      assertThat(connection.readLine()).isEmpty();
      assertThatImpostorReadsNothing(impostor);
    }
  }

  private static void assertThatImpostorReadsNothing(Socket impostor) throws IOException {
    impostor.setSoTimeout(10_000);
    // What it sent was not read to its end, which some systems answer with a reset.
    Throwable reset =
        catchThrowable(() -> assertThat(impostor.getInputStream().read()).isEqualTo(-1));
    assertThat(reset)
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            thrown -> assertThat(thrown).hasMessageContaining("reset"));
  }

  /** The broken twin: the same port, where no caller is asked who it is. */
  @Test
  void withoutTheCheckTheImpostorGetsTheAssignmentAndAnswers() throws Exception {
    try (Socket impostor = impostor()) {
      connection.admit(anybody -> true);

      assertThat(begin()).isTrue();

      assertThat(line(impostor)).isEqualTo(ASSIGNMENT);
      assertThat(connection.readLine()).contains("an answer of the impostor");
    }
  }

  @Test
  void impostorsThatSayNothingDoNotKeepTheForkWaiting() throws Exception {
    try (Socket one = new Socket(InetAddress.getLoopbackAddress(), connection.port());
        Socket other = new Socket(InetAddress.getLoopbackAddress(), connection.port())) {
      connection.admit(invitation);
      CompletableFuture<String> fork = fork();

      assertThat(begin()).isTrue();

      assertThat(fork.get(10, TimeUnit.SECONDS)).isEqualTo(ASSIGNMENT);
      assertThat(one.isConnected()).isTrue();
      assertThat(other.isConnected()).isTrue();
    }
  }

  @Test
  void anInvitationToAnotherForkDoesNotAdmit() throws Exception {
    connection.admit(invitation);
    Invitation stale = Invitation.to(connection.port());

    assertThatThrownBy(stale::accept)
        .isInstanceOf(IOException.class)
        .hasMessageMatching("what listens at port \\d+ is not the host|Connection reset.*");
  }

  @Test
  void aForkThatIsDeadIsNotWaitedFor() throws Exception {
    connection.admit(invitation);

    assertThat(connection.begin(() -> false, ASSIGNMENT)).isFalse();
    assertThat(connection.readLine()).isEmpty();
  }

  @Test
  void aForkObeysNobodyWhoOnlyListensAtTheHostsPort() throws Exception {
    try (ServerSocket fakeHost = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Invitation toFake = Invitation.to(fakeHost.getLocalPort());
      CompletableFuture<Void> answered = answer(fakeHost, Token.random());

      assertThatThrownBy(toFake::accept)
          .hasMessage("what listens at port %d is not the host", fakeHost.getLocalPort());
      answered.get(10, TimeUnit.SECONDS);
    }
  }

  /** The twin: what the fork refuses above is the token, and nothing else. */
  @Test
  void aForkObeysWhoSendsTheTokenOfTheHost() throws Exception {
    try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Invitation toHost = Invitation.to(host.getLocalPort());
      CompletableFuture<Void> answered = answer(host, toHost.host());

      try (Socket socket = toHost.accept()) {
        assertThat(line(socket)).isEqualTo(ASSIGNMENT);
      }
      answered.get(10, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<Void> answer(ServerSocket listening, Token token) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket fork = listening.accept()) {
            token.send(fork.getOutputStream());
            fork.getOutputStream().write((ASSIGNMENT + '\n').getBytes(UTF_8));
            fork.shutdownOutput();
            fork.getInputStream().readAllBytes();
          } catch (IOException gone) {
            // The fork hangs up on it, which is what the test expects.
          }
        });
  }

  @Test
  void anInvitationArrivesAsItWasSent() throws Exception {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    invitation.write(pipe);

    Invitation read = Invitation.read(new ByteArrayInputStream(pipe.toByteArray()));

    assertThat(read.port()).isEqualTo(invitation.port());
    assertThat(read.fork().text()).isEqualTo(invitation.fork().text()).hasSize(64);
    assertThat(read.host().text()).isEqualTo(invitation.host().text()).hasSize(64);
    assertThat(read.fork().text()).isNotEqualTo(read.host().text());
  }

  @Test
  void noErrorAndNoDescriptionShowsAToken() {
    String token = invitation.fork().text();

    assertThatThrownBy(
            () -> Invitation.read(new ByteArrayInputStream(("4711 " + token).getBytes(UTF_8))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a fork is started by the lab alone")
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(token));
    assertThat(invitation.toString()).doesNotContain(token);
  }
}
