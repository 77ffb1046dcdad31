package oversell.explorer.schedule;

/**
 * What a use reaches of an array, or of a collection that several threads may change at once. A
 * call that goes through one of these does so element by element.
 *
 * @param from the first of them
 * @param to the one after the last
 * @param areOne whether it reaches only one of them, which is done at once
 * @param areMoved whether what is there is moved from one to another, and may be seen on its way
 */
public record Elements(int from, int to, boolean areOne, boolean areMoved) {
  /** All of them. */
  public static final Elements ALL = new Elements(0, Integer.MAX_VALUE, false, false);

  /** One of them, of which it is not known which. */
  public static final Elements ANY = new Elements(0, Integer.MAX_VALUE, true, false);

  /** How many there are, which those who go through them change one by one. */
  public static final Elements COUNT = new Elements(-1, Integer.MAX_VALUE, true, false);

  /** That of an array. */
  public static Elements one(int index) {
    return new Elements(index, index + 1, true, false);
  }

  /** Those of a range; a range of one is reached at once, too. */
  public static Elements range(int from, int to) {
    return new Elements(from, to, to - from <= 1, false);
  }

  /** The same of a call that sorts them, or puts them in another order. */
  public Elements moved() {
    return new Elements(from, to, areOne, true);
  }

  /** Whether two uses can meet half-way. */
  boolean canMeet(Elements other) {
    return !(areOne && other.areOne) && from < other.to && other.from < to;
  }
}
