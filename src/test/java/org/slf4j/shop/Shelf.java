package org.slf4j.shop;

/** A class under test in a package whose name begins like one that is not. */
public final class Shelf {
  private int units;

  public Shelf(int units) {
    this.units = units;
  }

  public int get() {
    return units;
  }

  public void set(int left) {
    units = left;
  }
}
