package oversell.variant;

import oversell.inventory.Answer;
import oversell.inventory.Pause;

/**
 * The units of one article, and the racy check, pause, act in one place. It guards nothing: its
 * owner does.
 */
final class Shelf {
  private int stock;

  Shelf(int stock) {
    this.stock = stock;
  }

  Answer purchase(int units, Pause pause) throws InterruptedException {
    int seen = stock;
    if (seen < units) {
      return Answer.refused(seen);
    }
    pause.pause();
    // Reads the stock again, as `stock -= units` does: what was checked above may be long out of
    // date.
    int left = stock - units;
    stock = left;
    return new Answer(units, left);
  }

  int stock() {
    return stock;
  }
}
