package oversell.inventory;

/**
 * What a buyer is told. What was sold is counted from these, never from the guarded field: a lost
 * update leaves the field looking fine.
 *
 * @param sold units sold to this buyer, 0 if it was refused
 * @param left units that this buyer saw left when it was answered; negative if the inventory
 *     oversold
 */
public record Answer(int sold, int left) {
  /** Rejects a negative number of units sold. */
  public Answer {
    if (sold < 0) {
      throw new IllegalArgumentException("sold must not be negative: " + sold);
    }
  }

  /** The answer to a buyer for whom the stock is too short. */
  public static Answer refused(int left) {
    return new Answer(0, left);
  }

  /** Whether the buyer went away with nothing. */
  public boolean isRefusal() {
    return sold == 0;
  }
}
