package oversell.lab.fork;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/** Inventories that do to a fork what users' inventories may do to it. */
final class Misbehaving {
  private Misbehaving() {}

  /** Does something else instead of a purchase. */
  @FunctionalInterface
  private interface Misdeed extends Inventory {
    @Override
    Answer purchase(int units, Pause pause) throws InterruptedException;

    @Override
    default int stock() {
      return 0;
    }
  }

  private abstract static class Provider implements InventoryProvider {
    private final String name;
    private final IntFunction<Misdeed> inventory;

    Provider(String name, IntFunction<Misdeed> inventory) {
      this.name = name;
      this.inventory = inventory;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Inventory create(int stock) {
      return inventory.apply(stock);
    }
  }

  /** Waits for ever, in a way that an interrupt doesn't end. */
  public static final class Hanging extends Provider {
    public Hanging() {
      super(
          "hanging",
          stock ->
              (units, pause) -> {
                CountDownLatch never = new CountDownLatch(1);
                while (true) {
                  try {
                    never.await();
                  } catch (InterruptedException ignored) {
                    // That is the point.
                  }
                }
              });
    }
  }

  /** Ends the JVM. */
  public static final class Exiting extends Provider {
    public Exiting() {
      super(
          "exiting",
          stock ->
              (units, pause) -> {
                System.err.println("the last words of this fork");
                Runtime.getRuntime().halt(7);
                return Answer.refused(0);
              });
    }
  }

  /** Is killed from outside, and prints nothing. */
  public static final class Killed extends Provider {
    public Killed() {
      super(
          "killed",
          stock ->
              (units, pause) -> {
                try {
                  new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
                      .start()
                      .waitFor();
                } catch (IOException noKill) {
                  Runtime.getRuntime().halt(137);
                }
                return Answer.refused(0);
              });
    }
  }

  /** Uses up the heap. */
  public static final class OutOfMemory extends Provider {
    public OutOfMemory() {
      super(
          "out-of-memory",
          stock ->
              (units, pause) -> {
                List<long[]> all = new ArrayList<>();
                while (true) {
                  all.add(new long[100_000_000]);
                }
              });
    }
  }

  /** Throws at everybody. */
  public static final class Thrower extends Provider {
    public Thrower() {
      super(
          "thrower",
          stock ->
              (units, pause) -> {
                throw new IllegalStateException("out of order");
              });
    }
  }

  /** Prints on standard output all the time, and lies about its stock. */
  public static final class Noisy extends Provider {
    public Noisy() {
      super(
          "noisy",
          stock ->
              (units, pause) -> {
                System.out.println("{\"event\":\"trial-ended\"}");
                return Answer.refused(stock);
              });
    }
  }

  /** Leaves a thread behind that would keep a JVM alive. */
  public static final class Lingering extends Provider {
    public Lingering() {
      super(
          "lingering",
          stock -> {
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        Thread.sleep(Duration.ofMinutes(10));
                      } catch (InterruptedException hurried) {
                        Thread.currentThread().interrupt();
                      }
                    });
            return (units, pause) -> Answer.refused(stock);
          });
    }
  }
}
