package oversell.inventory;

/**
 * The stock of one article, from which many buyers purchase units at the same time.
 *
 * <p>A right implementation sells no unit it does not have and loses track of none: at every end,
 * units sold + {@link #stock()} = units at the start, and the stock is never negative.
 */
public interface Inventory {
  /**
   * Sells units if enough are left, and nothing otherwise.
   *
   * @param units how many units the buyer wants, 1 or more; it gets all of them or none
   * @param pause what happens between the check and the act: runs once for each check that passes,
   *     never otherwise. An optimistic variant that loses the race checks again and may pause
   *     again. It may run in another thread than the caller's, which then waits for it
   * @return what the buyer is told
   * @throws InterruptedException if the buyer is interrupted before the act; then nothing was sold
   */
  Answer purchase(int units, Pause pause) throws InterruptedException;

  /**
   * The units left. To be called when no buyer is at work: it takes no guard, and joining the
   * buyers is what makes their writes visible.
   */
  int stock();
}
