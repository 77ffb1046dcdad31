package oversell.explorer.schedule;

/**
 * What a use reaches of an array, or of a collection that several threads may change at once. A
 * call that goes through one of these does so element by element.
 *
 * @param from the first of them
 * @param to the one after the last
 * @param areOne whether it reaches only one of them, which is done at once
 */
public record Elements(int from, int to, boolean areOne) {
  /** All of them. */
  public static final Elements ALL = new Elements(0, Integer.MAX_VALUE, false);

  /** One of them, of which it is not known which. */
  public static final Elements ANY = new Elements(0, Integer.MAX_VALUE, true);

  /** How many there are, which those who go through them change one by one. */
  public static final Elements COUNT = new Elements(-1, Integer.MAX_VALUE, true);

  /** That of an array. */
  public static Elements one(int index) {
    return new Elements(index, index + 1, true);
  }

  /** Those of a range; a range of one is reached at once, too. */
  public static Elements range(int from, int to) {
    return new Elements(from, to, to - from <= 1);
  }

  /** Whether two uses can meet half-way. */
  boolean canMeet(Elements other) {
    return !(areOne && other.areOne) && from < other.to && other.from < to;
  }
}
