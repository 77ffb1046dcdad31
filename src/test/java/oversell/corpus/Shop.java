package oversell.corpus;

import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** What most inventories of the corpus have in common: a stock that is a plain field. */
abstract class Shop implements Inventory {
  int stock;

  Shop(int stock) {
    this.stock = stock;
  }

  /** Checks, pauses and acts, without a guard. */
  final Answer sell(int units, Pause pause) throws InterruptedException {
    int seen = stock;
    if (seen < units) {
      return Answer.refused(seen);
    }
    pause.pause();
    return act(units);
  }

  final Answer act(int units) {
    int left = stock - units;
    stock = left;
    return new Answer(units, left);
  }

  @Override
  public int stock() {
    return stock;
  }
}
