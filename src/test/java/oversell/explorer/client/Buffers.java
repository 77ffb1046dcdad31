package oversell.explorer.client;

import java.util.List;
import oversell.explorer.Scenario;

/** A buffer with room for one element, one producer and two consumers, and what they got in all. */
final class Buffers {
  private Buffers() {}

  private abstract static class Buffer {
    private int element;
    private boolean isFull;

    abstract void put(int added) throws InterruptedException;

    abstract int take() throws InterruptedException;

    final boolean isFull() {
      return isFull;
    }

    final void fill(int added) {
      element = added;
      isFull = true;
    }

    final int empty() {
      isFull = false;
      return element;
    }
  }

  private abstract static class Exchange implements Scenario<Integer> {
    abstract Buffer buffer();

    @Override
    public final Integer run() throws InterruptedException {
      Buffer buffer = buffer();
      int[] taken = new int[2];
      List<Thread> consumers =
          List.of(start(() -> taken[0] = buffer.take()), start(() -> taken[1] = buffer.take()));
      buffer.put(1);
      buffer.put(2);
      for (Thread consumer : consumers) {
        consumer.join();
      }
      return taken[0] + taken[1];
    }

    private interface Body {
      void run() throws InterruptedException;
    }

    private static Thread start(Body body) {
      return Thread.startVirtualThread(
          () -> {
            try {
              body.run();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  /** Wrong: it asks once, and what it waited for may be gone when it has the monitor again. */
  static final class WithIf extends Exchange {
    @Override
    Buffer buffer() {
      return new Buffer() {
        @Override
        synchronized void put(int added) throws InterruptedException {
          if (isFull()) {
            wait();
          }
          fill(added);
          notifyAll();
        }

        @Override
        synchronized int take() throws InterruptedException {
          if (!isFull()) {
            wait();
          }
          int taken = empty();
          notifyAll();
          return taken;
        }
      };
    }
  }

  /** Right. */
  static final class WithWhile extends Exchange {
    @Override
    Buffer buffer() {
      return new Buffer() {
        @Override
        synchronized void put(int added) throws InterruptedException {
          while (isFull()) {
            wait();
          }
          fill(added);
          notifyAll();
        }

        @Override
        synchronized int take() throws InterruptedException {
          while (!isFull()) {
            wait();
          }
          int taken = empty();
          notifyAll();
          return taken;
        }
      };
    }
  }
}
