package oversell.explorer.client;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import oversell.explorer.Scenario;
import oversell.explorer.Watched;

/** A bank: two accounts, two transfers at once, and what is left of 200. */
final class Transfers {
  private Transfers() {}

  private static final class Account {
    final int number;
    int balance = 100;
    final ReentrantLock lock = new ReentrantLock();

    Account(int number) {
      this.number = number;
    }
  }

  private abstract static class Bank implements Scenario<Integer>, Watched {
    private final Account one = new Account(1);
    private final Account other = new Account(2);

    abstract void transfer(Account from, Account to, int amount);

    final void move(Account from, Account to, int amount) {
      from.balance -= amount;
      to.balance += amount;
    }

    @Override
    public final Integer run() throws InterruptedException {
      Thread there = Thread.ofVirtual().name("there").start(() -> transfer(one, other, 10));
      Thread back = Thread.ofVirtual().name("back").start(() -> transfer(other, one, 20));
      there.join();
      back.join();
      return one.balance + other.balance;
    }

    @Override
    public final Map<String, ?> watched() {
      return Map.of("sum", one.balance + other.balance);
    }
  }

  /** Loses money: both read a balance before either writes it. */
  static final class Unlocked extends Bank {
    @Override
    void transfer(Account from, Account to, int amount) {
      move(from, to, amount);
    }
  }

  /** Deadlocks: each holds what the other one needs. */
  static final class FromFirst extends Bank {
    @Override
    void transfer(Account from, Account to, int amount) {
      from.lock.lock();
      try {
        to.lock.lock();
        try {
          move(from, to, amount);
        } finally {
          to.lock.unlock();
        }
      } finally {
        from.lock.unlock();
      }
    }
  }

  /** Right: all take the locks in the order of the accounts' numbers. */
  static final class InOrder extends Bank {
    @Override
    void transfer(Account from, Account to, int amount) {
      Account first = from.number < to.number ? from : to;
      Account second = first == from ? to : from;
      first.lock.lock();
      try {
        second.lock.lock();
        try {
          move(from, to, amount);
        } finally {
          second.lock.unlock();
        }
      } finally {
        first.lock.unlock();
      }
    }
  }
}
