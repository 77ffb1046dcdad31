package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oversell.inventory.Inventory;

/** A PostgreSQL of ours whose disk is a small one of this test's own, which only root can mount. */
@Timeout(180)
@Tag("long")
class FullDiskIT {
  private static final Path BINARIES = Path.of("target", "postgresql");
  private static final Guard ANY = Guards.of("select-for-update");
  private static final int BLOCK = 1 << 12;

  @TempDir private Path disk;
  private boolean isMounted;

  @BeforeEach
  void mount() throws Exception {
    isMounted =
        run("mount", "-t", "tmpfs", "-o", "size=160m,mode=0700", "oversell", disk.toString());
    assumeThat(isMounted).as("a disk that this test may mount").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  /** Writes until there is no room for another block. */
  private Path fill() {
    Path file = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[BLOCK]);
      }
    } catch (IOException full) {
      return file;
    }
  }

  @Test
  void aPurchaseThatFindsNoRoomIsAFailureOfItsBuyerAndNothingIsSold() throws Exception {
    try (LocalServer server = LocalServer.start(BINARIES, disk, true);
        Store store = Store.create(server.access("full_disk"), ANY, Pool.of(1))) {
      GuardedStore stock = new GuardedStore(store, ANY.name());
      Inventory article = stock.create(10);
      Path filler = fill();

      assertThatThrownBy(() -> article.purchase(3, () -> {}))
          .isInstanceOf(StoreFailure.class)
          .hasMessageContaining("No space left on device");
      assertThat(article.stock()).isEqualTo(10);

      Files.delete(filler);
      assertThat(article.purchase(3, () -> {}).sold()).isEqualTo(3);
      assertThat(stock.audit())
          .satisfies(audit -> assertThat(audit.isBroken()).isFalse())
          .satisfies(audit -> assertThat(audit.acked()).isEqualTo(1))
          .satisfies(audit -> assertThat(audit.left()).isEqualTo(7));
    }
    assertThat(disk).isEmptyDirectory();
  }

  @Test
  void aServerThatFindsNoRoomIsNotStartedAndLeavesNothing() throws IOException {
    Path filler = fill();

    assertThatThrownBy(() -> LocalServer.start(BINARIES, disk, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0 MB free in " + disk);

    Files.delete(filler);
    assertThat(disk).isEmptyDirectory();
  }
}
