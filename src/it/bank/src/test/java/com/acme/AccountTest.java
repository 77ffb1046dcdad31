package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import oversell.junit.Interleavings;

class AccountTest {
  private Account account;

  @BeforeEach
  void open() {
    account = new Account(100);
  }

  private static void together(Runnable one, Runnable other) throws InterruptedException {
    Thread first = Thread.startVirtualThread(one);
    Thread second = Thread.startVirtualThread(other);
    first.join();
    second.join();
  }

  @Interleavings
  void passes() throws InterruptedException {
    together(() -> account.deposit(10), () -> account.deposit(20));
    assertEquals(130, account.balance());
  }

  @Interleavings
  void fails() throws InterruptedException {
    together(() -> account.depositCarelessly(10), () -> account.depositCarelessly(20));
    assertEquals(130, account.balance());
  }

  /** What the failure of the one above says to paste. */
  @Interleavings(replay = "000101030204010100052d")
  void replays() throws InterruptedException {
    fails();
  }

  /** Surefire enables assertions, by no flag. */
  @Interleavings
  void failsByTheKeyword() throws InterruptedException {
    together(() -> account.depositCarelessly(10), () -> account.depositCarelessly(20));
    assert account.balance() == 130;
  }

  @Interleavings
  void exits() throws InterruptedException {
    together(() -> account.deposit(10), () -> System.exit(0));
  }

  @Interleavings(within = "5s")
  void isNotProved() throws InterruptedException {
    Runnable many =
        () -> {
          for (int i = 0; i < 20; i++) {
            account.depositCarelessly(1);
          }
        };
    together(many, many);
  }

  @Interleavings
  void isAborted() throws InterruptedException {
    passes();
    assumeTrue(account.balance() < 100);
  }

  @Test
  void isNotExplored() throws Exception {
    String classPath = System.getProperty("surefire.test.class.path", "");
    Files.writeString(
        Path.of("target", "class-path.txt"),
        classPath.isEmpty() ? System.getProperty("java.class.path") : classPath);
  }

  @Nested
  class Overdrawn {
    @BeforeEach
    void overdraw() {
      account.deposit(-200);
    }

    @Interleavings
    void passesInside() throws InterruptedException {
      together(() -> account.deposit(10), () -> account.deposit(20));
      assertEquals(-70, account.balance());
    }
  }
}
