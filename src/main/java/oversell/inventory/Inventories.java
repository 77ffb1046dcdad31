package oversell.inventory;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/** The variants on the class path, by name. */
public final class Inventories {
  private final Map<String, InventoryProvider> providers;

  private Inventories(Map<String, InventoryProvider> providers) {
    this.providers = providers;
  }

  /**
   * Looks them up.
   *
   * @throws IllegalStateException if two providers claim one name, or one cannot be loaded
   */
  public static Inventories onClassPath() {
    try {
      return of(ServiceLoader.load(InventoryProvider.class));
    } catch (ServiceConfigurationError broken) {
      throw new IllegalStateException(broken.getMessage(), broken);
    }
  }

  /**
   * The given ones.
   *
   * @throws IllegalStateException if two providers claim one name
   */
  public static Inventories of(Iterable<InventoryProvider> providers) {
    Map<String, InventoryProvider> byName = new TreeMap<>();
    for (InventoryProvider provider : providers) {
      InventoryProvider other = byName.put(provider.name(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "two inventories are named \"%s\": %s and %s"
                .formatted(
                    provider.name(), other.getClass().getName(), provider.getClass().getName()));
      }
    }
    return new Inventories(byName);
  }

  /** Their names, in alphabetical order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(providers.keySet());
  }

  /** The variant of that name, if there is one. */
  public Optional<InventoryProvider> find(String name) {
    return Optional.ofNullable(providers.get(name));
  }

  /**
   * The variant of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public InventoryProvider get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("no inventory is named " + name));
  }
}
