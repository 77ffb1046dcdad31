package oversell.store;

/**
 * What a buyer wants.
 *
 * @param key the same in every attempt, and no other purchase has it: the ledger's primary key
 * @param article the row of the stock
 * @param units how many; all or none
 */
record Purchase(String key, long article, int units) {
  private static final char ONCE_MORE = '+';

  /** The same for a store that cannot know that it is: with a key that was never used before. */
  Purchase unrecognisable() {
    return new Purchase(key + ONCE_MORE, article, units);
  }

  /** The key that a buyer had who got no answer and used others after it. */
  static String firstKey(String key) {
    int end = key.indexOf(ONCE_MORE);
    return end < 0 ? key : key.substring(0, end);
  }
}
