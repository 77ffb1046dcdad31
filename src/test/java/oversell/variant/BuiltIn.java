package oversell.variant;

import java.util.List;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;

/** The lab's own variants, whichever there are: those on the class path that no test brought. */
public final class BuiltIn {
  private BuiltIn() {}

  public static List<InventoryProvider> all() {
    Inventories inventories = Inventories.onClassPath();
    return inventories.names().stream()
        .map(inventories::get)
        .filter(provider -> provider.getClass().getPackage().equals(Shelf.class.getPackage()))
        .toList();
  }

  public static List<InventoryProvider> safe() {
    return all().stream().filter(InventoryProvider::safe).toList();
  }

  public static List<InventoryProvider> unsafe() {
    return all().stream().filter(provider -> !provider.safe()).toList();
  }
}
