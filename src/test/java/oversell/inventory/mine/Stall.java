package oversell.inventory.mine;

import oversell.inventory.Answer;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.inventory.Pause;

/** A provider of inventories in a package whose name begins like one that is not woven. */
public final class Stall {
  private Stall() {}

  /** As it must not be. */
  public static final class Broken implements InventoryProvider {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public Inventory create(int stock) {
      return new Inventory() {
        private int left = stock;

        @Override
        public Answer purchase(int units, Pause pause) throws InterruptedException {
          if (left < units) {
            return Answer.refused(left);
          }
          pause.pause();
          left = left - units;
          return new Answer(units, left);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }
  }

  /** As it should be. */
  public static final class Right implements InventoryProvider {
    @Override
    public String name() {
      return "right";
    }

    @Override
    public Inventory create(int stock) {
      return new Inventory() {
        private int left = stock;

        @Override
        public synchronized Answer purchase(int units, Pause pause) throws InterruptedException {
          if (left < units) {
            return Answer.refused(left);
          }
          pause.pause();
          left = left - units;
          return new Answer(units, left);
        }

        @Override
        public int stock() {
          return left;
        }
      };
    }
  }
}
