package org.junit.shop;

/** A class under test in a package whose name begins like that of a library for tests. */
public final class Shelf {
  private int units;

  public void add(int more) {
    units += more;
  }

  public int units() {
    return units;
  }
}
