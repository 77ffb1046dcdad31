package oversell.corpus;

import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.Pause;

/** A place where an inventory keeps its stock, and two inventories that sell from it. */
final class Cell {
  private final IntSupplier reader;
  private final IntConsumer writer;
  private boolean open = true;

  /**
   * Makes a cell.
   *
   * @param reader reads the stock
   * @param writer writes the stock
   */
  Cell(IntSupplier reader, IntConsumer writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /** An inventory without a guard: two buyers can read the same stock, and both sell from it. */
  Inventory unguarded() {
    return new Unguarded(this);
  }

  /** An inventory that checks and acts under one monitor. */
  Inventory guarded() {
    return new Guarded(this);
  }

  /**
   * Checks and acts. The first and the last step conflict with nothing, and there is no pause
   * between them: otherwise a buyer would be stopped between its check and its act even if the
   * explorer did not see those.
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
