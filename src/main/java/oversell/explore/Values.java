package oversell.explore;

import org.jspecify.annotations.Nullable;

/** Values as a reader of steps sees them: numbers and texts as they are, objects by their class. */
final class Values {
  private static final int LONGEST = 24;

  private Values() {}

  static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Integer whole -> whole.toString();
      case Long whole -> whole.toString();
      case Double decimal -> decimal.toString();
      case Float decimal -> decimal.toString();
      case Boolean flag -> flag.toString();
      case Character character -> "'" + character + "'";
      case Enum<?> constant -> constant.name();
      case String text ->
          '"' + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + '"';
      // Its own text might be made of fields, whose reading would be a step.
      default -> "a " + value.getClass().getSimpleName();
    };
  }
}
