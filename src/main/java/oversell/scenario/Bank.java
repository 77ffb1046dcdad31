package oversell.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import oversell.explorer.Scenario;
import oversell.explorer.Watched;

/**
 * A bank with two accounts of 100 each. One customer transfers 10 from the first to the second,
 * another 20 back, at the same time. The bank tries four ways to guard that.
 */
final class Bank {
  private Bank() {}

  /** An account. */
  static final class Account {
    final int number;
    final ReentrantLock lock = new ReentrantLock();
    int balance = 100;

    Account(int number) {
      this.number = number;
    }
  }

  /**
   * Both transfers, however they are guarded. The sum in the books must stay what it was; the
   * outcome is how many transfers were made.
   */
  abstract static class Transfers implements Scenario<Integer>, Watched {
    private final Account first = new Account(1);
    private final Account second = new Account(2);
    private final AtomicInteger made = new AtomicInteger();

    /** Transfers, and returns whether it did. */
    abstract boolean transfer(Account from, Account to, int amount);

    @Override
    public final Integer run() throws InterruptedException {
      Thread one = customer("customer 1", first, second, 10);
      Thread other = customer("customer 2", second, first, 20);
      one.join();
      other.join();
      int sum = first.balance + second.balance;
      if (sum != 200) {
        throw new AssertionError("the bank had 200, and its books say " + sum);
      }
      return made.get();
    }

    private Thread customer(String name, Account from, Account to, int amount) {
      return Thread.ofVirtual()
          .name(name)
          .start(
              () -> {
                if (transfer(from, to, amount)) {
                  made.incrementAndGet();
                }
              });
    }

    /** Drawn beside each step. */
    @Override
    public final Map<String, Integer> watched() {
      Map<String, Integer> balances = new LinkedHashMap<>();
      balances.put("one", first.balance);
      balances.put("two", second.balance);
      return balances;
    }

    static boolean move(Account from, Account to, int amount) {
      from.balance -= amount;
      to.balance += amount;
      return true;
    }
  }

  /** Nothing is locked: an update of a balance can be lost. */
  static final class Unguarded extends Transfers {
    @Override
    boolean transfer(Account from, Account to, int amount) {
      return move(from, to, amount);
    }
  }

  /** Each transfer locks the account that it takes from, then the other: they can deadlock. */
  static final class OwnAccountFirst extends Transfers {
    @Override
    boolean transfer(Account from, Account to, int amount) {
      from.lock.lock();
      try {
        to.lock.lock();
        try {
          return move(from, to, amount);
        } finally {
          to.lock.unlock();
        }
      } finally {
        from.lock.unlock();
      }
    }
  }

  /** Nobody waits for a lock: a transfer that cannot have both is refused. */
  static final class Refusing extends Transfers {
    @Override
    boolean transfer(Account from, Account to, int amount) {
      if (!from.lock.tryLock()) {
        return false;
      }
      try {
        if (!to.lock.tryLock()) {
          return false;
        }
        try {
          return move(from, to, amount);
        } finally {
          to.lock.unlock();
        }
      } finally {
        from.lock.unlock();
      }
    }
  }

  /** Both transfers lock the account with the smaller number first. */
  static final class SmallerNumberFirst extends Transfers {
    @Override
    boolean transfer(Account from, Account to, int amount) {
      Account smaller = from.number < to.number ? from : to;
      Account larger = smaller.equals(from) ? to : from;
      smaller.lock.lock();
      try {
        larger.lock.lock();
        try {
          return move(from, to, amount);
        } finally {
          larger.lock.unlock();
        }
      } finally {
        smaller.lock.unlock();
      }
    }
  }
}
