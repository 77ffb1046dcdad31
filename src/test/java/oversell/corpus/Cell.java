package oversell.corpus;

import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** A place where an inventory keeps its stock, and two ways to sell from it. */
final class Cell {
  private final IntSupplier reader;
  private final IntConsumer writer;
  private boolean open = true;

  /**
   * A cell.
   *
   * @param reader tells what is left
   * @param writer puts there what is left
   */
  Cell(IntSupplier reader, IntConsumer writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /** Two buyers can see the same stock, and both take from it. */
  Inventory unguarded() {
    return new Unguarded(this);
  }

  /** Check and act are under one monitor. */
  Inventory guarded() {
    return new Guarded(this);
  }

  /**
   * Check and act. The explorer sees a first and a last step that have nothing to do with the other
   * buyer, and no pause in between: else the one buyer would be stopped between its check and its
   * act whether or not the explorer sees them.
   */
  private Answer sell(int units) {
    if (!open) {
      return Answer.refused(0);
    }
    int seen = reader.getAsInt();
    int sold = seen < units ? 0 : units;
    if (sold > 0) {
      writer.accept(seen - sold);
    }
    return answer(sold, seen - sold);
  }

  private Answer answer(int sold, int left) {
    return open ? new Answer(sold, left) : new Answer(sold, 0);
  }

  void close() {
    open = false;
  }

  private record Unguarded(Cell cell) implements Inventory {
    @Override
    public Answer purchase(int units, Pause pause) {
      return cell.sell(units);
    }

    @Override
    public int stock() {
      return cell.reader.getAsInt();
    }
  }

  private record Guarded(Cell cell) implements Inventory {
    @Override
    public synchronized Answer purchase(int units, Pause pause) {
      return cell.sell(units);
    }

    @Override
    public int stock() {
      return cell.reader.getAsInt();
    }
  }
}
