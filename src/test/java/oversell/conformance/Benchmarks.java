package oversell.conformance;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The programs of SCTBench that there are in Java, written anew from what they are said to do.
 * Source: Paul Thomson, Alastair F. Donaldson and Adam Betts, <a
 * href="https://doi.org/10.1145/2858651">Concurrency Testing Using Controlled Schedulers: An
 * Empirical Study</a>, ACM Transactions on Parallel Computing 2 (4), 2016; in Java among the
 * benchmarks of <i>Fray</i>. Each has its bug in one place, where {@code isFixed} is asked.
 */
final class Benchmarks {
  private Benchmarks() {}

  /** Whoever checks expects the wrong sum: it shows once both others are done. */
  abstract static class Account extends Benchmark {
    private int balance = 1;
    private boolean deposited;
    private boolean withdrawn;

    Account(Version version) {
      super(version);
    }

    private synchronized void deposit() {
      balance += 2;
      deposited = true;
    }

    private synchronized void withdraw() {
      balance -= 4;
      withdrawn = true;
    }

    private synchronized void audit() {
      if (deposited && withdrawn) {
        require(balance == (isFixed ? 1 + 2 : 1 - 2) - 4, "the balance is " + balance);
      }
    }

    @Override
    final List<Body> threads() {
      return List.of(this::audit, this::deposit, this::withdraw);
    }
  }

  static final class AccountBad extends Account {
    AccountBad() {
      super(Version.BROKEN);
    }
  }

  static final class AccountGood extends Account {
    AccountGood() {
      super(Version.FIXED);
    }
  }

  /** A request is let in although the driver has been stopped: it asked before it was counted. */
  abstract static class BluetoothDriver extends Benchmark {
    private volatile boolean stopping;
    private volatile boolean stopped;
    private final CountDownLatch allDone = new CountDownLatch(1);
    private int pending = 1;

    BluetoothDriver(Version version) {
      super(version);
    }

    private synchronized void enter() {
      pending++;
    }

    private synchronized void leave() {
      if (--pending == 0) {
        allDone.countDown();
      }
    }

    private void request() {
      if (isFixed) {
        enter();
        if (stopping) {
          leave();
          return;
        }
      } else {
        if (stopping) {
          return;
        }
        enter();
      }
      require(!stopped, "the driver is stopped");
      leave();
    }

    private void stop() throws InterruptedException {
      stopping = true;
      leave();
      allDone.await();
      stopped = true;
    }

    @Override
    final List<Body> threads() {
      return List.of(this::stop, this::request);
    }
  }

  static final class BluetoothDriverBad extends BluetoothDriver {
    BluetoothDriverBad() {
      super(Version.BROKEN);
    }
  }

  static final class BluetoothDriverGood extends BluetoothDriver {
    BluetoothDriverGood() {
      super(Version.FIXED);
    }
  }

  /** The first of each class takes a lock while it holds the one that both classes count under. */
  abstract static class Carter01 extends Benchmark {
    private final Semaphore counting = new Semaphore(1);
    private final Semaphore countingOthers = new Semaphore(1);
    private final Semaphore turn = new Semaphore(1);
    private int ofOne;
    private int ofOther;

    Carter01(Version version) {
      super(version);
    }

    private void one() throws InterruptedException {
      counting.acquire();
      if (++ofOne == 1) {
        turn.acquire();
      }
      counting.release();
      counting.acquire();
      if (--ofOne == 0) {
        turn.release();
      }
      counting.release();
    }

    private void other() throws InterruptedException {
      Semaphore own = isFixed ? countingOthers : counting;
      own.acquire();
      if (++ofOther == 1) {
        turn.acquire();
      }
      own.release();
      own.acquire();
      if (--ofOther == 0) {
        turn.release();
      }
      own.release();
    }

    @Override
    final List<Body> threads() {
      return List.of(this::one, this::other);
    }
  }

  static final class Carter01Bad extends Carter01 {
    Carter01Bad() {
      super(Version.BROKEN);
    }
  }

  static final class Carter01Good extends Carter01 {
    Carter01Good() {
      super(Version.FIXED);
    }
  }

  /** Who finds the buffer full, or empty, goes on to the next element all the same. */
  abstract static class CircularBuffer extends Benchmark {
    private static final int SIZE = 2;
    private static final int COUNT = 3;
    private final int[] elements = new int[SIZE];
    private int in;
    private int out;

    CircularBuffer(Version version) {
      super(version);
    }

    private synchronized void send(int element) throws InterruptedException {
      while (isFixed && in - out == SIZE) {
        wait();
      }
      if (in - out < SIZE) {
        elements[in++ % SIZE] = element;
        notifyAll();
      }
    }

    private synchronized int receive() throws InterruptedException {
      while (isFixed && in == out) {
        wait();
      }
      int element = in == out ? -1 : elements[out++ % SIZE];
      notifyAll();
      return element;
    }

    private void sendAll() throws InterruptedException {
      for (int i = 0; i < COUNT; i++) {
        send(i);
      }
    }

    private void receiveAll() throws InterruptedException {
      for (int i = 0; i < COUNT; i++) {
        int element = receive();
        require(element == i, element + " instead of " + i);
      }
    }

    @Override
    final List<Body> threads() {
      return List.of(this::sendAll, this::receiveAll);
    }
  }

  static final class CircularBufferBad extends CircularBuffer {
    CircularBufferBad() {
      super(Version.BROKEN);
    }
  }

  static final class CircularBufferGood extends CircularBuffer {
    CircularBufferGood() {
      super(Version.FIXED);
    }
  }

  /** Two locks, taken in two orders. */
  abstract static class Deadlock01 extends Benchmark {
    private final ReentrantLock a = new ReentrantLock();
    private final ReentrantLock b = new ReentrantLock();
    private int counter = 1;

    Deadlock01(Version version) {
      super(version);
    }

    private void count(ReentrantLock first, ReentrantLock second, int by) {
      first.lock();
      second.lock();
      counter += by;
      second.unlock();
      first.unlock();
    }

    @Override
    final List<Body> threads() {
      return List.of(() -> count(a, b, 1), () -> count(isFixed ? a : b, isFixed ? b : a, -1));
    }
  }

  static final class Deadlock01Bad extends Deadlock01 {
    Deadlock01Bad() {
      super(Version.BROKEN);
    }
  }

  static final class Deadlock01Good extends Deadlock01 {
    Deadlock01Good() {
      super(Version.FIXED);
    }
  }

  /** Each adds under the lock; three is what it may come to, and the check takes that for wrong. */
  abstract static class Lazy01 extends Benchmark {
    private int data;

    Lazy01(Version version) {
      super(version);
    }

    private synchronized void add(int by) {
      data += by;
    }

    private synchronized void look() {
      require(isFixed ? data <= 3 : data < 3, "data is " + data);
    }

    @Override
    final List<Body> threads() {
      return List.of(() -> add(1), () -> add(2), this::look);
    }
  }

  static final class Lazy01Bad extends Lazy01 {
    Lazy01Bad() {
      super(Version.BROKEN);
    }
  }

  static final class Lazy01Good extends Lazy01 {
    Lazy01Good() {
      super(Version.FIXED);
    }
  }

  /** In the second phase a lock is taken that nobody gives back. */
  abstract static class Phase01 extends Benchmark {
    private final Semaphore x = new Semaphore(1);
    private final Semaphore y = new Semaphore(1);

    Phase01(Version version) {
      super(version);
    }

    private void bothPhases() throws InterruptedException {
      x.acquire();
      x.release();
      y.acquire();
      if (isFixed) {
        y.release();
      }
      x.acquire();
      x.release();
    }

    @Override
    final List<Body> threads() {
      return times(2, this::bothPhases);
    }
  }

  static final class Phase01Bad extends Phase01 {
    Phase01Bad() {
      super(Version.BROKEN);
    }
  }

  static final class Phase01Good extends Phase01 {
    Phase01Good() {
      super(Version.FIXED);
    }
  }

  /** Each asks whether there is an element in one critical section and takes it in another. */
  abstract static class Queue extends Benchmark {
    private final int[] elements = new int[4];
    private int head;
    private int tail;

    Queue(Version version) {
      super(version);
    }

    private synchronized void enqueue(int element) {
      elements[tail++] = element;
    }

    private synchronized boolean isEmpty() {
      return head == tail;
    }

    private synchronized int dequeue() {
      require(head < tail, "the queue is empty");
      return elements[head++];
    }

    private void takeIfAny() {
      if (isFixed) {
        synchronized (this) {
          if (!isEmpty()) {
            int unused = dequeue();
          }
        }
      } else if (!isEmpty()) {
        int unused = dequeue();
      }
    }

    @Override
    final List<Body> threads() {
      return times(2, this::takeIfAny, () -> enqueue(1));
    }
  }

  static final class QueueBad extends Queue {
    QueueBad() {
      super(Version.BROKEN);
    }
  }

  static final class QueueGood extends Queue {
    QueueGood() {
      super(Version.FIXED);
    }
  }

  /** All but one set two variables, one after the other; the last one finds only one set. */
  abstract static class Reorder extends Benchmark {
    private final int threads;
    private int a;
    private int b;

    Reorder(int threads, Version version) {
      super(version);
      this.threads = threads;
    }

    private void set() {
      if (isFixed) {
        synchronized (this) {
          a = 1;
          b = -1;
        }
      } else {
        a = 1;
        b = -1;
      }
    }

    private void look() {
      if (isFixed) {
        synchronized (this) {
          require(a + b == 0, "a is set and b is not");
        }
      } else {
        require((a == 0 && b == 0) || (a == 1 && b == -1), "one is set and the other is not");
      }
    }

    @Override
    final List<Body> threads() {
      return times(threads - 1, this::set, this::look);
    }
  }

  static final class Reorder3Bad extends Reorder {
    Reorder3Bad() {
      super(3, Version.BROKEN);
    }
  }

  static final class Reorder3Good extends Reorder {
    Reorder3Good() {
      super(3, Version.FIXED);
    }
  }

  static final class Reorder4Bad extends Reorder {
    Reorder4Bad() {
      super(4, Version.BROKEN);
    }
  }

  static final class Reorder4Good extends Reorder {
    Reorder4Good() {
      super(4, Version.FIXED);
    }
  }

  static final class Reorder5Bad extends Reorder {
    Reorder5Bad() {
      super(5, Version.BROKEN);
    }
  }

  static final class Reorder5Good extends Reorder {
    Reorder5Good() {
      super(5, Version.FIXED);
    }
  }

  static final class Reorder10Bad extends Reorder {
    Reorder10Bad() {
      super(10, Version.BROKEN);
    }
  }

  static final class Reorder20Bad extends Reorder {
    Reorder20Bad() {
      super(20, Version.BROKEN);
    }
  }

  static final class Reorder20Good extends Reorder {
    Reorder20Good() {
      super(20, Version.FIXED);
    }
  }

  static final class Reorder50Bad extends Reorder {
    Reorder50Bad() {
      super(50, Version.BROKEN);
    }
  }

  static final class Reorder100Bad extends Reorder {
    Reorder100Bad() {
      super(100, Version.BROKEN);
    }
  }

  /** That something was pushed is noted once and for all. */
  abstract static class Stack extends Benchmark {
    private static final int COUNT = 2;
    private final int[] elements = new int[COUNT];
    private int top;
    private boolean isFilled;

    Stack(Version version) {
      super(version);
    }

    private synchronized void push(int element) {
      elements[top++] = element;
      isFilled = true;
    }

    private synchronized void popIfAny() {
      if (isFixed ? top > 0 : isFilled) {
        require(top > 0, "the stack is empty");
        top--;
      }
    }

    private void pushAll() {
      for (int i = 0; i < COUNT; i++) {
        push(i);
      }
    }

    private void popAll() {
      for (int i = 0; i < COUNT; i++) {
        popIfAny();
      }
    }

    @Override
    final List<Body> threads() {
      return List.of(this::pushAll, this::popAll);
    }
  }

  static final class StackBad extends Stack {
    StackBad() {
      super(Version.BROKEN);
    }
  }

  static final class StackGood extends Stack {
    StackGood() {
      super(Version.FIXED);
    }
  }

  /** A text to which another one is appended is asked for its length, then for its characters. */
  abstract static class StringBufferJdk extends Benchmark {
    private final Text one;
    private final Text other;

    StringBufferJdk(Version version) {
      super(version);
      one = new Text("abc", isFixed);
      other = new Text("de", isFixed);
    }

    private static final class Text {
      private final char[] characters = new char[8];
      private final boolean isFixed;
      private int length;

      Text(String of, boolean isFixed) {
        this.isFixed = isFixed;
        of.getChars(0, of.length(), characters, 0);
        length = of.length();
      }

      synchronized int length() {
        return length;
      }

      synchronized void getChars(int end, char[] to, int at) {
        if (end > length) {
          throw new StringIndexOutOfBoundsException(end);
        }
        System.arraycopy(characters, 0, to, at, end);
      }

      synchronized void erase() {
        length = 0;
      }

      synchronized void append(Text text) {
        if (isFixed) {
          synchronized (text) {
            add(text);
          }
        } else {
          add(text);
        }
      }

      private void add(Text text) {
        int added = text.length();
        text.getChars(added, characters, length);
        length += added;
      }
    }

    @Override
    final List<Body> threads() {
      return List.of(() -> one.append(other), other::erase);
    }
  }

  static final class StringBufferJdkBad extends StringBufferJdk {
    StringBufferJdkBad() {
      super(Version.BROKEN);
    }
  }

  static final class StringBufferJdkGood extends StringBufferJdk {
    StringBufferJdkGood() {
      super(Version.FIXED);
    }
  }

  /** Who makes room signals to those who wait for elements. */
  abstract static class Sync01 extends Benchmark {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Condition full = lock.newCondition();
    private int count = 1;

    Sync01(Version version) {
      super(version);
    }

    private void put() throws InterruptedException {
      lock.lock();
      try {
        while (count > 0) {
          empty.await();
        }
        count++;
        full.signal();
      } finally {
        lock.unlock();
      }
    }

    private void take() throws InterruptedException {
      lock.lock();
      try {
        while (count == 0) {
          full.await();
        }
        count--;
        (isFixed ? empty : full).signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    final List<Body> threads() {
      return List.of(this::put, this::take);
    }
  }

  static final class Sync01Bad extends Sync01 {
    Sync01Bad() {
      super(Version.BROKEN);
    }
  }

  static final class Sync01Good extends Sync01 {
    Sync01Good() {
      super(Version.FIXED);
    }
  }

  /** Who was signalled to takes without another look whether there is anything. */
  abstract static class Sync02 extends Benchmark {
    private int count;

    Sync02(Version version) {
      super(version);
    }

    private synchronized void put() {
      count++;
      notifyAll();
    }

    private synchronized void take() throws InterruptedException {
      if (isFixed) {
        while (count == 0) {
          wait();
        }
      } else if (count == 0) {
        wait();
      }
      count--;
      require(count >= 0, "more was taken than put");
    }

    @Override
    final List<Body> threads() {
      return times(2, this::take, this::put, this::put);
    }
  }

  static final class Sync02Bad extends Sync02 {
    Sync02Bad() {
      super(Version.BROKEN);
    }
  }

  static final class Sync02Good extends Sync02 {
    Sync02Good() {
      super(Version.FIXED);
    }
  }

  /** A token goes round, one locked step a thread; it is looked at before it has gone round. */
  abstract static class TokenRing extends Benchmark {
    private static final int SIZE = 4;
    private final int[] x = {1, 1, 1, 1};
    private final Semaphore[] turns = new Semaphore[SIZE + 1];

    TokenRing(Version version) {
      super(version);
      for (int i = 0; i <= SIZE; i++) {
        turns[i] = new Semaphore(i == 0 ? 1 : 0);
      }
    }

    private void pass(int to) throws InterruptedException {
      if (isFixed) {
        turns[to].acquire();
      }
      synchronized (this) {
        x[to] = to == 0 ? (x[2] + 1) % SIZE : x[to - 1];
      }
      turns[to + 1].release();
    }

    private void look() throws InterruptedException {
      if (isFixed) {
        turns[SIZE].acquire();
      }
      synchronized (this) {
        require(x[0] == x[1] && x[1] == x[2] && x[2] == x[3], "the token is on its way");
      }
    }

    @Override
    final List<Body> threads() {
      return List.of(() -> pass(0), () -> pass(1), () -> pass(2), () -> pass(3), this::look);
    }
  }

  static final class TokenRingBad extends TokenRing {
    TokenRingBad() {
      super(Version.BROKEN);
    }
  }

  static final class TokenRingGood extends TokenRing {
    TokenRingGood() {
      super(Version.FIXED);
    }
  }

  /** Two values that belong together are written in two critical sections, and read in two. */
  abstract static class TwoStage extends Benchmark {
    private final int threads;
    private final Object a = new Object();
    private final Object b = new Object();
    private int first;
    private int second;

    TwoStage(int threads, Version version) {
      super(version);
      this.threads = threads;
    }

    private void write() {
      if (isFixed) {
        synchronized (a) {
          synchronized (b) {
            first = 1;
            second = first + 1;
          }
        }
      } else {
        synchronized (a) {
          first = 1;
        }
        synchronized (b) {
          second = first + 1;
        }
      }
    }

    private void read() {
      int one;
      synchronized (a) {
        if (first == 0) {
          return;
        }
        one = first;
      }
      int other;
      synchronized (b) {
        other = second;
      }
      require(other == one + 1, "the second stage is missing");
    }

    @Override
    final List<Body> threads() {
      return times(threads - 1, this::write, this::read);
    }
  }

  static final class TwoStageBad extends TwoStage {
    TwoStageBad() {
      super(2, Version.BROKEN);
    }
  }

  static final class TwoStageGood extends TwoStage {
    TwoStageGood() {
      super(2, Version.FIXED);
    }
  }

  static final class TwoStage20Bad extends TwoStage {
    TwoStage20Bad() {
      super(20, Version.BROKEN);
    }
  }

  static final class TwoStage20Good extends TwoStage {
    TwoStage20Good() {
      super(20, Version.FIXED);
    }
  }

  static final class TwoStage50Bad extends TwoStage {
    TwoStage50Bad() {
      super(50, Version.BROKEN);
    }
  }

  static final class TwoStage100Bad extends TwoStage {
    TwoStage100Bad() {
      super(100, Version.BROKEN);
    }
  }

  /**
   * A queue whose owner takes at one end while others steal at the other. Source: Matteo Frigo,
   * Charles E. Leiserson and Keith H. Randall, <i>The Implementation of the Cilk-5 Multithreaded
   * Language</i>, PLDI 1998: of the last element both ends make sure under the lock.
   */
  abstract static class WorkStealQueue extends Benchmark {
    private static final int COUNT = 3;
    private final Object steals = new Object();
    private final int[] taken = new int[COUNT];
    private volatile int head;
    private volatile int tail = COUNT;

    WorkStealQueue(Version version) {
      super(version);
    }

    private void take() {
      for (int i = 0; i < COUNT; i++) {
        int last = --tail;
        if (head > last) {
          if (isFixed) {
            synchronized (steals) {
              if (head > last) {
                tail = last + 1;
                return;
              }
            }
          } else if (head > last + 1) {
            tail = last + 1;
            return;
          }
        }
        taken[last]++;
      }
    }

    private void steal() {
      for (int i = 0; i < COUNT; i++) {
        synchronized (steals) {
          int first = head;
          head = first + 1;
          if (first + 1 > tail) {
            head = first;
            return;
          }
          taken[first]++;
        }
      }
    }

    @Override
    final List<Body> threads() {
      return List.of(this::take, this::steal);
    }

    @Override
    final void check() {
      for (int i = 0; i < COUNT; i++) {
        require(taken[i] <= 1, "element " + i + " was taken " + taken[i] + " times");
      }
    }
  }

  static final class WorkStealQueueBad extends WorkStealQueue {
    WorkStealQueueBad() {
      super(Version.BROKEN);
    }
  }

  static final class WorkStealQueueGood extends WorkStealQueue {
    WorkStealQueueGood() {
      super(Version.FIXED);
    }
  }

  /** One thread guards the data by one lock, the others by another one. */
  abstract static class WrongLock extends Benchmark {
    private final int others;
    private final Object dataLock = new Object();
    private final Object otherLock = new Object();
    private int data;

    WrongLock(int others, Version version) {
      super(version);
      this.others = others;
    }

    private void one() {
      synchronized (dataLock) {
        int before = data;
        data++;
        require(data == before + 1, "data went from " + before + " to " + data);
      }
    }

    private void other() {
      synchronized (isFixed ? dataLock : otherLock) {
        data++;
      }
    }

    @Override
    final List<Body> threads() {
      return times(others, this::other, this::one);
    }
  }

  static final class WrongLockBad extends WrongLock {
    WrongLockBad() {
      super(7, Version.BROKEN);
    }
  }

  static final class WrongLock1Bad extends WrongLock {
    WrongLock1Bad() {
      super(1, Version.BROKEN);
    }
  }

  static final class WrongLock1Good extends WrongLock {
    WrongLock1Good() {
      super(1, Version.FIXED);
    }
  }

  static final class WrongLock3Bad extends WrongLock {
    WrongLock3Bad() {
      super(3, Version.BROKEN);
    }
  }

  static final class WrongLock3Good extends WrongLock {
    WrongLock3Good() {
      super(3, Version.FIXED);
    }
  }
}
