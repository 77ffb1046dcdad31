package oversell.variant;

import java.util.List;
import java.util.Set;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;

/** The lab's own variants, whichever there are: those on the class path that no test brought. */
public final class BuiltIn {
  /**
   * Safe, and yet their buyers pause side by side: they see to it before the pause or after it that
   * what was checked still holds.
   */
  private static final Set<String> SIDE_BY_SIDE =
      Set.of("compare-and-set", "reservation", "expiring-reservation");

  private BuiltIn() {}

  public static List<InventoryProvider> all() {
    Inventories inventories = Inventories.onClassPath();
    return inventories.names().stream()
        .map(inventories::get)
        .filter(provider -> provider.getClass().getPackage().equals(Shelf.class.getPackage()))
        .map(BuiltIn::withoutTime)
        .toList();
  }

  /** On a clock that stands still no reservation expires because the tests' machine is slow. */
  private static InventoryProvider withoutTime(InventoryProvider provider) {
    return provider instanceof ReservationInventory.ExpiringProvider
        ? new ReservationInventory.ExpiringProvider(() -> 0)
        : provider;
  }

  public static InventoryProvider get(String name) {
    return all().stream().filter(provider -> provider.name().equals(name)).findAny().orElseThrow();
  }

  public static List<InventoryProvider> safe() {
    return all().stream().filter(InventoryProvider::safe).toList();
  }

  public static List<InventoryProvider> unsafe() {
    return all().stream().filter(provider -> !provider.safe()).toList();
  }

  /** The safe ones that let one buyer at a time pause. */
  public static List<InventoryProvider> oneAtATime() {
    return safe().stream().filter(provider -> !SIDE_BY_SIDE.contains(provider.name())).toList();
  }

  /** The other safe ones. */
  public static List<InventoryProvider> sideBySide() {
    return safe().stream().filter(provider -> SIDE_BY_SIDE.contains(provider.name())).toList();
  }
}
