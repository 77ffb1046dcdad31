package oversell.corpus;

import java.util.Locale;
import java.util.function.IntFunction;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;

/** The provider of an inventory of the corpus: its name and its constructor. */
public abstract class Door implements InventoryProvider {
  private final IntFunction<Inventory> maker;

  protected Door(IntFunction<Inventory> maker) {
    this.maker = maker;
  }

  @Override
  public final String name() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Override
  public final Inventory create(int stock) {
    return maker.apply(stock);
  }
}
