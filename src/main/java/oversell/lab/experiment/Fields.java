package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oversell.lab.experiment.ExperimentError.Place;

/**
 * The values of an experiment by key, before they have types. A value that makes no sense is noted
 * as an error and replaced by one that does, so that one reading finds every error.
 */
final class Fields {
  private static final Comparator<ExperimentError> BY_PLACE =
      Comparator.<ExperimentError, String>comparing(
              error -> error.place().source(), Comparator.reverseOrder())
          .thenComparingInt(error -> error.place().line())
          .thenComparingInt(error -> error.place().column());

  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private final String source;
  private Set<String> variants;
  private final Map<Key<?>, Value> values = new TreeMap<>();
  private final List<ExperimentError> errors = new ArrayList<>();

  /**
   * For one file.
   *
   * @param source how error messages call it
   * @param variants the names of the inventories that there are
   */
  Fields(String source, Set<String> variants) {
    this.source = source;
    this.variants = variants;
  }

  /** Takes the names of what can be compared: inventories where the stock is kept, or scenarios. */
  void compare(Collection<String> names) {
    variants = new LinkedHashSet<>(names);
  }

  /** The names of what can be compared: inventories, unless the experiment says otherwise. */
  Set<String> variants() {
    return variants;
  }

  /** Takes the pairs of a file: known keys only, each of them once. */
  void addFile(Value.Pairs file) {
    for (Value.Pair pair : file.pairs()) {
      Optional<Key<?>> key = Key.of(pair.name().text());
      if (key.isEmpty()) {
        error(
            pair.name().place(),
            pair.name().text(),
            "an unknown key",
            ExperimentError.oneOf(Key.names(), pair.name().text()));
      } else if (values.putIfAbsent(key.get(), pair.value()) != null) {
        error(pair.name().place(), pair.name().text(), "the key a second time", "it once");
      }
    }
    if (has(Key.STOCK) && has(Key.STOCK_PER_BUYER)) {
      error(Key.STOCK_PER_BUYER, "both stock and stock-per-buyer", "one of them");
    }
  }

  /** Takes a setting of the command line, which replaces what the file says. */
  void override(Key<?> key, String text) {
    if (key == Key.STOCK) {
      values.remove(Key.STOCK_PER_BUYER);
    } else if (key == Key.STOCK_PER_BUYER) {
      values.remove(Key.STOCK);
    } else if (key == Key.SCENARIO) {
      // What the file says of others.
      List.of(Key.VARIANTS, Key.EXPECT, Key.TRACES, Key.OUTCOMES, Key.SOURCES)
          .forEach(values::remove);
    }
    values.put(key, Value.ofSetting(key, text));
  }

  boolean has(Key<?> key) {
    return values.containsKey(key);
  }

  /** What was wrong, in the order of the file. */
  List<ExperimentError> errors() {
    return errors.stream().sorted(BY_PLACE).toList();
  }

  /** Notes an error at the place of a key's value. */
  void error(Key<?> key, String found, String expected) {
    error(value(key).place(), key.toString(), found, expected);
  }

  private void error(Place place, String subject, String found, String expected) {
    errors.add(new ExperimentError(place, subject, found, expected));
  }

  private Value value(Key<?> key) {
    return values.getOrDefault(key, new Value.Text(Place.startOf(source), key.defaultText()));
  }

  /** One value. */
  <T> T one(Key<?> key, Kind<T> kind) {
    return tryRead(key, value(key), kind).orElse(kind.fallback());
  }

  /** One value or a list of them, without repetitions. */
  <T> List<T> list(Key<?> key, Kind<T> kind) {
    Value value = value(key);
    Set<T> all = new LinkedHashSet<>();
    for (Value item : value.asList()) {
      Optional<T> read = tryRead(key, item, kind);
      if (read.isPresent() && !all.add(read.get())) {
        error(item.place(), key.toString(), item.quoted() + " a second time", "each value once");
      }
    }
    if (value.asList().isEmpty()) {
      error(key, value.quoted(), kind.expected());
    }
    return all.isEmpty() ? List.of(kind.fallback()) : List.copyOf(all);
  }

  /** The entries of a list as they are written, each with its place. */
  List<Value> items(Key<?> key) {
    return has(key) ? value(key).asList() : List.of();
  }

  /**
   * Values by the names of variants.
   *
   * @param longer a longer form of a name, whose first group is the variant
   */
  <T> Map<String, T> byVariant(Key<?> key, Pattern longer, Kind<T> kind) {
    return byVariant(
        key, longer, kind.expected(), value -> tryRead(key, value, kind).orElse(kind.fallback()));
  }

  /** Values by the names of variants, which have no longer form. */
  <T> Map<String, T> byVariant(Key<?> key, Kind<T> kind) {
    return byVariant(key, NOTHING, kind);
  }

  /** One value or a list of them, by the names of variants. */
  <T> Map<String, List<T>> listsByVariant(Key<?> key, Kind<T> kind) {
    return byVariant(
        key,
        NOTHING,
        kind.expected() + " or a list",
        value ->
            value.asList().stream()
                .map(item -> tryRead(key, item, kind).orElse(kind.fallback()))
                .toList());
  }

  private <T> Map<String, T> byVariant(
      Key<?> key, Pattern longer, String expected, Function<Value, T> reading) {
    Map<String, T> map = new LinkedHashMap<>();
    if (!has(key)) {
      return map;
    }
    if (!(value(key) instanceof Value.Pairs pairs)) {
      error(key, value(key).quoted(), "lines of the form variant: " + expected);
      return map;
    }
    for (Value.Pair pair : pairs.pairs()) {
      String name = pair.name().text();
      Matcher longForm = longer.matcher(name);
      String asked = longForm.matches() ? longForm.group(1) : name;
      Optional<String> variant = variant(asked);
      if (variant.isEmpty()) {
        error(
            pair.name().place(),
            key.toString(),
            pair.name().quoted(),
            ExperimentError.oneOf(variants, name));
        continue;
      }
      T value = reading.apply(pair.value());
      if (map.put(variant.get() + name.substring(asked.length()), value) != null) {
        error(
            pair.name().place(),
            key.toString(),
            pair.name().quoted() + " a second time",
            "it once");
      }
    }
    return map;
  }

  /** What a name means: itself, or the only class whose name ends with it. */
  private Optional<String> variant(String name) {
    if (variants.contains(name)) {
      return Optional.of(name);
    }
    List<String> longer =
        variants.stream()
            .filter(variant -> variant.endsWith("." + name) || variant.endsWith("$" + name))
            .toList();
    return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
  }

  private <T> Optional<T> tryRead(Key<?> key, Value value, Kind<T> kind) {
    String found = value instanceof Value.Text text ? text.text() : "";
    Optional<T> read = value instanceof Value.Text ? kind.parse(found) : Optional.empty();
    if (read.isEmpty()) {
      error(value.place(), key.toString(), value.quoted(), kind.expectedFor(found));
    }
    return read;
  }
}
