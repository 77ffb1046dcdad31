package oversell.corpus;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/**
 * An inventory that does anything: each buyer runs a small program that was drawn, and is answered
 * what it saw on its way. Nothing is right or wrong here, but what can be seen must not depend on
 * what is left out. The stock is the number of the programs.
 */
public final class Scripted extends Door {
  private static final int MOST_BUYERS = 3;

  public Scripted() {
    super(new Library()::inventory);
  }

  /** Does something with what threads share; answers what it saw. */
  private interface Act {
    int on(Script script, Op op, int me) throws InterruptedException;
  }

  private enum Kind {
    READ((script, op, me) -> op.which == 0 ? script.x : script.y),
    WRITE(
        (script, op, me) -> {
          if (op.which == 0) {
            script.x = op.value;
          } else {
            script.y = op.value;
          }
          return 0;
        }),
    ADD((script, op, me) -> script.x += op.value),
    READ_ELEMENT((script, op, me) -> script.elements[op.which]),
    WRITE_ELEMENT((script, op, me) -> script.elements[op.which] = op.value),
    COUNT((script, op, me) -> script.counter(op).incrementAndGet()),
    EXCHANGE((script, op, me) -> script.counter(op).compareAndSet(0, op.value) ? 1 : 0),
    LOCK((script, op, me) -> script.locked(script.lock(op), op, me)),
    FAIR_LOCK((script, op, me) -> script.locked(script.fair, op, me)),
    READ_LOCK((script, op, me) -> script.locked(script.readWrite.readLock(), op, me)),
    WRITE_LOCK((script, op, me) -> script.locked(script.readWrite.writeLock(), op, me)),
    LOCK_INTERRUPTIBLY(
        (script, op, me) -> {
          script.lock(op).lockInterruptibly();
          return script.unlocking(script.lock(op), op, me);
        }),
    TRY_LOCK(
        (script, op, me) ->
            script.lock(op).tryLock() ? 1 + script.unlocking(script.lock(op), op, me) : 0),
    MONITOR(
        (script, op, me) -> {
          synchronized (script.monitor(op)) {
            return script.run(op.body, me);
          }
        }),
    AWAIT(
        (script, op, me) -> {
          script.first.lock();
          try {
            script.condition.await();
          } finally {
            script.first.unlock();
          }
          return 0;
        }),
    SIGNAL(
        (script, op, me) -> {
          script.first.lock();
          try {
            if (op.which == 0) {
              script.condition.signal();
            } else {
              script.condition.signalAll();
            }
          } finally {
            script.first.unlock();
          }
          return 0;
        }),
    WAIT(
        (script, op, me) -> {
          synchronized (script.monitor) {
            script.monitor.wait();
          }
          return 0;
        }),
    WAIT_A_WHILE(
        (script, op, me) -> {
          synchronized (script.monitor) {
            script.monitor.wait(op.value);
          }
          return 0;
        }),
    NOTIFY(
        (script, op, me) -> {
          synchronized (script.monitor) {
            if (op.which == 0) {
              script.monitor.notify();
            } else {
              script.monitor.notifyAll();
            }
          }
          return 0;
        }),
    ACQUIRE(
        (script, op, me) -> {
          script.semaphore.acquire();
          return 0;
        }),
    TRY_ACQUIRE((script, op, me) -> script.semaphore.tryAcquire() ? 1 : 0),
    RELEASE(
        (script, op, me) -> {
          script.semaphore.release();
          return 0;
        }),
    OFFER((script, op, me) -> script.queue.offer(op.value) ? 1 : 0),
    POLL(
        (script, op, me) -> {
          Integer polled = script.queue.poll();
          return polled == null ? 0 : polled;
        }),
    PUT(
        (script, op, me) -> {
          script.blocking.put(op.value);
          return 0;
        }),
    TAKE((script, op, me) -> script.blocking.take()),
    COUNT_DOWN(
        (script, op, me) -> {
          script.latch.countDown();
          return 0;
        }),
    AWAIT_LATCH(
        (script, op, me) -> {
          script.latch.await();
          return 0;
        }),
    MERGE((script, op, me) -> script.map.merge(op.which, op.value, (a, b) -> a + b + script.x)),
    IS_LOCKED((script, op, me) -> script.lock(op).isLocked() ? 1 : 0),
    GIVE_WAY(
        (script, op, me) -> {
          Thread.yield();
          return 0;
        }),
    SLEEP(
        (script, op, me) -> {
          Thread.sleep(op.value);
          return 0;
        }),
    INTERRUPT(
        (script, op, me) -> {
          Thread other = script.other(op, me);
          if (other != null) {
            other.interrupt();
          }
          return other == null ? 0 : 1;
        }),
    INTERRUPTED((script, op, me) -> Thread.interrupted() ? 1 : 0),
    PARK(
        (script, op, me) -> {
          LockSupport.park();
          return 0;
        }),
    UNPARK(
        (script, op, me) -> {
          LockSupport.unpark(script.other(op, me));
          return 0;
        }),
    START(
        (script, op, me) -> {
          Thread started = Thread.startVirtualThread(() -> script.runAside(op.body, me));
          if (op.which == 0) {
            started.join();
          }
          return 0;
        });

    private final Act act;

    Kind(Act act) {
      this.act = act;
    }

    boolean hasBody() {
      return name().contains("LOCK") || this == MONITOR || this == START;
    }

    boolean needsThreads() {
      return this == INTERRUPT || this == UNPARK;
    }
  }

  /**
   * A step of a program.
   *
   * @param which of two that are alike
   * @param body what is done inside; null if nothing
   * @param next what follows; null if nothing
   */
  private record Op(Kind kind, int which, int value, Op body, Op next) {}

  /** Programs of all buyers, by number. */
  private static final class Library {
    private int number;
    private List<Op> programs;
    private boolean needsThreads;

    Inventory inventory(int wanted) {
      if (programs == null || number != wanted) {
        number = wanted;
        draw(new SplittableRandom(wanted));
      }
      return new Script(programs, needsThreads);
    }

    private void draw(SplittableRandom random) {
      Kind[] kinds = new Kind[2 + random.nextInt(3)];
      needsThreads = false;
      for (int i = 0; i < kinds.length; i++) {
        kinds[i] = Kind.values()[random.nextInt(Kind.values().length)];
        needsThreads |= kinds[i].needsThreads();
      }
      Op[] drawn = new Op[MOST_BUYERS];
      for (int i = 0; i < MOST_BUYERS; i++) {
        drawn[i] = draw(random, kinds, 1 + random.nextInt(3), 0);
      }
      programs = List.of(drawn);
    }

    private static Op draw(SplittableRandom random, Kind[] kinds, int length, int depth) {
      if (length == 0) {
        return null;
      }
      Kind kind = kinds[random.nextInt(kinds.length)];
      Op body =
          kind.hasBody() && depth < 2 ? draw(random, kinds, random.nextInt(3), depth + 1) : null;
      int which = random.nextInt(2);
      int value = 1 + random.nextInt(3);
      return new Op(kind, which, value, body, draw(random, kinds, length - 1, depth));
    }
  }

  /** What the programs of a sale share. */
  private static final class Script implements Inventory {
    final ReentrantLock first = new ReentrantLock();
    final ReentrantLock second = new ReentrantLock();
    final ReentrantLock fair = new ReentrantLock(true);
    final Condition condition = first.newCondition();
    final ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
    final Object monitor = new Object();
    final Object otherMonitor = new Object();
    final AtomicInteger counter = new AtomicInteger();
    final AtomicInteger otherCounter = new AtomicInteger();
    final Semaphore semaphore = new Semaphore(1);
    final BlockingQueue<Integer> blocking = new ArrayBlockingQueue<>(1);
    final ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
    final ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
    final CountDownLatch latch = new CountDownLatch(2);
    final int[] elements = new int[2];
    private final List<Op> programs;
    private final boolean needsThreads;
    private final Thread[] threads = new Thread[MOST_BUYERS];
    int x;
    volatile int y;

    Script(List<Op> programs, boolean needsThreads) {
      this.programs = programs;
      this.needsThreads = needsThreads;
    }

    AtomicInteger counter(Op op) {
      return op.which == 0 ? counter : otherCounter;
    }

    ReentrantLock lock(Op op) {
      return op.which == 0 ? first : second;
    }

    Object monitor(Op op) {
      return op.which == 0 ? monitor : otherMonitor;
    }

    Thread other(Op op, int me) {
      return threads[op.which < me ? op.which : op.which + 1];
    }

    int locked(Lock lock, Op op, int me) throws InterruptedException {
      lock.lock();
      return unlocking(lock, op, me);
    }

    int unlocking(Lock lock, Op op, int me) throws InterruptedException {
      try {
        return run(op.body, me);
      } finally {
        lock.unlock();
      }
    }

    int run(Op program, int me) throws InterruptedException {
      int seen = 1;
      for (Op op = program; op != null; op = op.next) {
        seen = (31 * seen + op.kind.act.on(this, op, me)) & 0xFFFFF;
      }
      return seen;
    }

    void runAside(Op program, int me) {
      try {
        y = run(program, me);
      } catch (InterruptedException interrupted) {
        y = -1;
      }
    }

    @Override
    public Answer purchase(int units, Pause pause) throws InterruptedException {
      int me = (int) Thread.currentThread().threadId() - 2;
      return new Answer((me + 1) * run(me), 0);
    }

    private int run(int me) {
      if (needsThreads) {
        threads[me] = Thread.currentThread();
      }
      try {
        return run(programs.get(me), me);
      } catch (InterruptedException interrupted) {
        return 0xFFFFF;
      }
    }

    @Override
    public int stock() {
      int state = 31 * x + y;
      state = 31 * state + elements[0];
      state = 31 * state + elements[1];
      state = 31 * state + counter.get();
      state = 31 * state + otherCounter.get();
      state = 31 * state + semaphore.availablePermits();
      state = 31 * state + queue.size();
      state = 31 * state + blocking.size();
      return 31 * state + map.hashCode();
    }
  }
}
