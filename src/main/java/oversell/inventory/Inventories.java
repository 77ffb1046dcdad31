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
  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private final Map<String, InventoryProvider> providers;

  private Inventories(Map<String, InventoryProvider> providers) {
    this.providers = providers;
  }

  /**
   * Those that the loader of this class sees, which are those of its class path.
   *
   * @throws IllegalStateException as {@link #seenBy} does
   */
  public static Inventories onClassPath() {
    return seenBy(Inventories.class.getClassLoader());
  }

  /**
   * Those that a loader sees.
   *
   * @throws IllegalStateException if one cannot be made or has no name, or two have the same; the
   *     text says which
   */
  public static Inventories seenBy(ClassLoader loader) {
    try {
      return of(ServiceLoader.load(InventoryProvider.class, loader));
    } catch (ServiceConfigurationError broken) {
      throw new IllegalStateException(broken.getMessage(), broken);
    } catch (LinkageError incomplete) {
      throw new IllegalStateException(
          "a provider whose class cannot be loaded (%s)"
              .formatted(incomplete.getCause() == null ? incomplete : incomplete.getCause()),
          incomplete);
    }
  }

  /**
   * The given ones.
   *
   * @throws IllegalStateException if one has no name, or two have the same
   */
  public static Inventories of(Iterable<InventoryProvider> providers) {
    Map<String, InventoryProvider> byName = new TreeMap<>();
    for (InventoryProvider provider : providers) {
      String name = nameOf(provider);
      InventoryProvider other = byName.put(name, provider);
      if (other != null) {
        throw new IllegalStateException(
            "two inventories are named \"%s\": %s and %s"
                .formatted(name, other.getClass().getName(), provider.getClass().getName()));
      }
    }
    return new Inventories(byName);
  }

  private static String nameOf(InventoryProvider provider) {
    String type = provider.getClass().getName();
    String name;
    try {
      name = provider.name();
    } catch (RuntimeException thrown) {
      throw new IllegalStateException(
          type + " threw when it was asked its name: " + thrown, thrown);
    }
    // May be anybody's class, so it may be null as well.
    if (name == null || !name.matches(NAME)) {
      throw new IllegalStateException(
          "%s has the name \"%s\"; a name has small letters, digits and hyphens"
              .formatted(type, name));
    }
    return name;
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
