package oversell.report.table;

import java.math.BigDecimal;
import java.util.Optional;

/** What stands where a row of a table and one of its columns meet. */
public sealed interface Cell {
  /** A decimal number, which looks the same in every locale. */
  record Decimal(BigDecimal value) implements Cell {}

  /** A word or a sentence. */
  record Text(String value) implements Cell {}

  /** True or false. */
  record Flag(boolean value) implements Cell {}

  /** Nothing: the row has no such figure. */
  record None() implements Cell {}

  /** A number; an empty cell if there is none. */
  static Cell number(Optional<BigDecimal> number) {
    return number.<Cell>map(Decimal::new).orElseGet(None::new);
  }

  /** A text; an empty cell if there is none. */
  static Cell text(Optional<String> text) {
    return text.<Cell>map(Text::new).orElseGet(None::new);
  }

  /** The cell as CSV, sentences and conditions write it; empty text for an empty cell. */
  default String text() {
    return switch (this) {
      case Decimal number -> number.value().toPlainString();
      case Text text -> text.value();
      case Flag flag -> Boolean.toString(flag.value());
      case None none -> "";
    };
  }

  /** The cell as JSON and Markdown write it: a number, a text, a truth value, or none. */
  default Optional<?> content() {
    return switch (this) {
      case Decimal number -> Optional.of(number.value());
      case Text text -> Optional.of(text.value());
      case Flag flag -> Optional.of(flag.value());
      case None none -> Optional.empty();
    };
  }
}
