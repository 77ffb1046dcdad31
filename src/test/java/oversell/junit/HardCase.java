package oversell.junit;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Tests that are hard to explore; run by those of {@link HardCasesIT} and by nobody else. */
class HardCase {
  private int count;

  private void together(Runnable body) throws InterruptedException {
    Thread other = Thread.ofVirtual().start(() -> count++);
    body.run();
    other.join();
  }

  @Interleavings(within = "2s")
  void neverEnds() throws InterruptedException {
    together(
        () -> {
          while (count >= 0) {
            Thread.onSpinWait();
          }
        });
  }

  @Interleavings(within = "2s")
  void countsForEver() throws InterruptedException {
    together(
        () -> {
          while (count >= 0) {
            count = (count + 1) % 1000;
          }
        });
  }

  @Interleavings
  void neverEndsWithoutAStep() throws InterruptedException {
    together(
        () -> {
          int round = 0;
          while (round < Integer.MAX_VALUE) {
            round = (round + 1) % 1000;
          }
        });
  }

  /** It is the JDK that goes on for ever, more or less. */
  @Interleavings(within = "2s")
  void neverEndsInTheJdk() throws InterruptedException {
    together(
        () -> {
          BigInteger large = BigInteger.ONE.shiftLeft(2_000_000).subtract(BigInteger.TWO);
          Assertions.assertNotEquals(
              BigInteger.TEN, large.modPow(large, large.add(BigInteger.ONE)));
        });
  }

  @Interleavings(within = "2s")
  void assertsByTheKeyword() throws InterruptedException {
    together(() -> count++);
    assert count == 2 : "an update was lost";
  }

  @Interleavings(within = "2s")
  void startsTenThousandThreads() throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(Thread.ofVirtual().start(() -> count++));
    }
    for (Thread one : all) {
      one.join();
    }
  }

  @Interleavings(within = "2s")
  void exits() throws InterruptedException {
    together(() -> System.exit(0));
  }

  @Interleavings(within = "2s")
  void halts() throws InterruptedException {
    together(() -> Runtime.getRuntime().halt(0));
  }

  @Interleavings(within = "2s")
  void blocksOnASocket() throws Exception {
    Thread other = Thread.ofVirtual().start(() -> count++);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.accept().close();
    }
    other.join();
  }

  @Interleavings(within = "2s")
  void readsAFile() throws Exception {
    Thread other = Thread.ofVirtual().start(() -> count++);
    int length = Files.readString(Path.of("pom.xml")).length();
    Assertions.assertTrue(length > count);
    other.join();
  }

  @Interleavings(within = "2s")
  void readsStandardInput() throws Exception {
    Thread other = Thread.ofVirtual().start(() -> count++);
    Assertions.assertTrue(System.in.read() < 256);
    other.join();
  }

  @Interleavings(within = "2s")
  void runsNativeCode() throws InterruptedException {
    together(() -> Native.call());
  }

  private static final class Native {
    private Native() {}

    static native void call();
  }

  @Interleavings(within = "2s")
  void loadsNativeCode() throws InterruptedException {
    together(() -> System.load("/nowhere/library.so"));
  }

  @Interleavings(within = "2s")
  void runsOutOfMemory() throws InterruptedException {
    together(
        () -> {
          long[] tooMany = new long[Integer.MAX_VALUE];
          Assertions.assertEquals(0, tooMany[count]);
        });
  }

  @Interleavings(within = "2s")
  void overflowsItsStack() throws InterruptedException {
    together(() -> deeper(1));
  }

  private static int deeper(int depth) {
    return deeper(depth + 1) + 1;
  }

  @Interleavings(within = "2s")
  void printsMuch() throws InterruptedException {
    together(
        () -> {
          System.out.println("x".repeat(100_000));
          System.out.print("without an end of the line");
        });
  }
}
