package com.acme;

import java.util.concurrent.locks.ReentrantLock;

/** An account that nobody wrote for the explorer. */
final class Account {
  private final ReentrantLock lock = new ReentrantLock();
  private int balance;

  Account(int balance) {
    this.balance = balance;
  }

  void deposit(int amount) {
    lock.lock();
    try {
      balance += amount;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets the lock. */
  void depositCarelessly(int amount) {
    balance += amount;
  }

  int balance() {
    return balance;
  }
}
