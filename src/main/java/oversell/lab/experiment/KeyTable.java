package oversell.lab.experiment;

/** The keys of experiment files as a table in Markdown, for {@code experiments/README.md}. */
final class KeyTable {
  private KeyTable() {}

  /** A line for each key, in the order of their declaration. */
  static String markdown() {
    StringBuilder table =
        new StringBuilder("| key | default | takes | meaning |\n|---|---|---|---|\n");
    for (Key<?> key : Key.all()) {
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  key,
                  key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
                  takes(key),
                  key.meaning() + modes(key)));
    }
    return table.toString();
  }

  private static String takes(Key<?> key) {
    return switch (key.shape()) {
      case ONE, BY_VARIANT -> key.takes();
      case LIST -> key.takes() + "; or a list";
    };
  }

  private static String modes(Key<?> key) {
    return switch (key.modes()) {
      case ALL, SALE -> "";
      case MEASURE -> "; not in mode explore";
      case EXPLORE, SCENARIO -> "; only in mode explore";
    };
  }
}
