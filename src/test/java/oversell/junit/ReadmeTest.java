package oversell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The bank transfer of the README, and what it prints. */
class ReadmeTest {
  /** As the README shows it; run by the tests below and by nobody else. */
  static class TransferTest {
    private static final class Account {
      private final ReentrantLock lock = new ReentrantLock();
      private int balance;

      Account(int balance) {
        this.balance = balance;
      }

      void transfer(int amount, Account to) {
        lock.lock();
        to.lock.lock();
        balance -= amount;
        to.balance += amount;
        to.lock.unlock();
        lock.unlock();
      }

      int balance() {
        return balance;
      }
    }

    @Interleavings
    void transfersKeepTheSum() throws Exception {
      var a = new Account(100);
      var b = new Account(100);
      var there = Thread.startVirtualThread(() -> a.transfer(10, b));
      var back = Thread.startVirtualThread(() -> b.transfer(10, a));
      there.join();
      back.join();
      assertThat(a.balance() + b.balance()).isEqualTo(200);
    }
  }

  @Test
  void theReadmeShowsWhatTheTransferPrints() throws IOException {
    String printed =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectMethod(TransferTest.class, "transfersKeepTheSum"))
            .execute()
            .testEvents()
            .failed()
            .list()
            .getFirst()
            .getRequiredPayload(TestExecutionResult.class)
            .getThrowable()
            .orElseThrow()
            .getMessage()
            .replace("ReadmeTest$", "")
            .replaceAll("ReadmeTest\\.java:\\d+", "TransferTest.java")
            .replaceAll(" +\n", "\n");
    String readme = Files.readString(Path.of("README.md"));

    for (String line : printed.lines().toList()) {
      String words = line.strip().replaceAll("\\s+", " ");
      assertThat(readme.replaceAll("[ ]+", " ")).as(printed).contains(words);
    }
  }

  @Test
  void theReadmeShowsTheTestAsItIsRun() throws IOException {
    String source =
        Files.readString(Path.of("src", "test", "java", "oversell", "junit", "ReadmeTest.java"));
    String method =
        source.substring(source.indexOf("    @Interleavings"), source.indexOf("  @Test"));
    String shown = method.substring(0, method.indexOf("\n    }\n")).stripIndent() + "\n}\n";

    assertThat(Files.readString(Path.of("README.md"))).contains(shown);
  }
}
