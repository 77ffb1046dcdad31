package oversell.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.store.Guards;
import oversell.store.LocalServer;
import oversell.store.Pool;
import oversell.store.Store;
import oversell.store.StoreAccess;

/** What JVMs write for one another, in a PostgreSQL of this test's own. */
@Timeout(120)
class BoardIT {
  private static LocalServer server;
  private static int forks;

  private StoreAccess access;
  private Store store;
  private Board fork;
  private Board one;
  private Board other;

  @BeforeAll
  static void startServer() throws IOException {
    server = LocalServer.start(Path.of("target", "postgresql"), true);
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @BeforeEach
  void open() {
    access = server.access(Schemas.ofFork("0a1b2c3d", ++forks));
    store = Store.create(access, Guards.of("select-for-update"), Pool.of(1));
    fork = Board.open(access, "job", System::nanoTime);
    one = Board.join(access, System::nanoTime, lost -> {});
    other = Board.join(access, System::nanoTime, lost -> {});
    fork.divide(7, "terms", List.of(3, 2));
  }

  @AfterEach
  void close() {
    List.of(one, other, fork).forEach(Board::close);
    store.close();
  }

  @Test
  void aShareIsTakenWithTheTermsOfItsSale() {
    assertThat(one.take("7-2", "1"))
        .contains(new Board.Taken("7-2", 7, "terms", 2, 2, 1, List.of()));
  }

  @Test
  void whoHasAShareReportsIt() {
    Board.Taken taken = one.take("7-1", "1").orElseThrow();
    one.tell(taken, List.of("a"));

    assertThat(one.report(taken, "sold 1")).isTrue();

    assertThat(fork.progress(7)).isEqualTo(new Board.Progress(0, 1, List.of()));
    assertThat(fork.shares(7))
        .containsExactly(new Board.Share(1, 3, List.of("1"), List.of(), "sold 1"));
  }

  /** The broken twin of the test above: the same JVM, taken for dead meanwhile. */
  @Test
  void whoWasTakenForDeadNeitherReportsNorTellsAnybody() {
    Board.Taken taken = one.take("7-1", "1").orElseThrow();
    one.tell(taken, List.of("a"));
    Board.Taken again = other.take("7-1", "2").orElseThrow();
    one.tell(taken, List.of("b"));

    assertThat(one.report(taken, "sold 2")).isFalse();
    assertThatThrownBy(() -> one.awaitOpening(taken)).hasMessageContaining("another JVM");
    assertThat(other.report(again, "sold 3")).isTrue();

    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.told()).containsExactly("a");
    assertThat(fork.shares(7))
        .containsExactly(new Board.Share(1, 3, List.of("1", "2"), List.of("a"), "sold 3"));
  }

  /** It was taken for dead after its report: its buyers would be counted twice. */
  @Test
  void aShareThatIsDoneIsNotTakenAgain() {
    Board.Taken taken = one.take("7-1", "1").orElseThrow();
    assertThat(one.report(taken, "sold 1")).isTrue();

    assertThat(other.take("7-1", "2")).isEmpty();

    assertThat(fork.shares(7))
        .containsExactly(new Board.Share(1, 3, List.of("1"), List.of(), "sold 1"));
  }

  @Test
  void aShareIsReportedOnce() {
    Board.Taken taken = one.take("7-1", "1").orElseThrow();

    assertThat(one.report(taken, "sold 1")).isTrue();
    assertThat(one.report(taken, "sold 2")).isFalse();
  }

  @Test
  void noMoreJvmsAreStruckThanAreToBe() {
    Board.Taken first = one.take("7-1", "1").orElseThrow();
    Board.Taken second = other.take("7-2", "2").orElseThrow();

    assertThat(other.isStruck(second, 1)).isTrue();
    assertThat(one.isStruck(first, 1)).isFalse();

    assertThat(fork.progress(7).struck()).containsExactly("2");
  }

  @Test
  void buyersWaitForTheSignal() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    one.work(
        "1",
        taken -> {
          one.awaitOpening(taken);
          events.add("begin");
          var unused = one.report(taken, "done");
        });
    awaitReady(1);
    assertThat(events).isEmpty();

    fork.open(7);

    assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("begin");
    // The second share comes late, and its sale is open.
    assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("begin");
  }

  private void awaitReady(int shares) throws InterruptedException {
    while (fork.progress(7).ready() < shares) {
      Thread.sleep(Duration.ofMillis(10));
    }
  }

  @Test
  void whoHasAppearedIsAMember() {
    assertThat(fork.members()).isEmpty();

    one.appear("1", "");
    other.appear("joined-2", "");

    assertThat(fork.members()).containsExactly("1", "joined-2");
  }
}
