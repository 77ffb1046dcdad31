package oversell.lab.experiment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type of values: how to read one, and what was expected if that fails.
 *
 * @param <T> what a value becomes
 */
final class Kind<T> {
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?) *(ns|us|µs|ms|s|min)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns",
          1L,
          "us",
          1_000L,
          "µs",
          1_000L,
          "ms",
          1_000_000L,
          "s",
          1_000_000_000L,
          "min",
          60_000_000_000L);
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final String expected;
  private final Collection<String> words;
  private final T fallback;
  private final Function<String, Optional<T>> parser;

  private Kind(
      String expected, Collection<String> words, T fallback, Function<String, Optional<T>> parser) {
    this.expected = expected;
    this.words = words;
    this.fallback = fallback;
    this.parser = parser;
  }

  /** Accepts any text. */
  static Kind<String> text() {
    return new Kind<>("text", List.of(), "", Optional::of);
  }

  /**
   * Any text that a parser accepts.
   *
   * @param expected what it accepts, in words
   */
  static Kind<String> of(String expected, Function<String, Optional<String>> parser) {
    return new Kind<>(expected, List.of(), "", parser);
  }

  /** One of some values, each written as its own text. */
  static <T> Kind<T> oneOf(Collection<T> values) {
    Map<String, T> words = new LinkedHashMap<>();
    values.forEach(value -> words.put(value.toString(), value));
    return new Kind<>(
        (words.size() == 1 ? "" : "one of ") + String.join(", ", words.keySet()),
        words.keySet(),
        values.iterator().next(),
        text -> Optional.ofNullable(words.get(text)));
  }

  /** True or false. */
  static Kind<Boolean> yesOrNo() {
    return oneOf(List.of(true, false));
  }

  /** A whole number, which may have underscores between its digits as Java's may. */
  static Kind<Integer> whole(int least, int most) {
    return new Kind<>(
        most == Integer.MAX_VALUE
            ? "a whole number of %d or more".formatted(least)
            : "a whole number from %d to %d".formatted(least, most),
        List.of(),
        least,
        text ->
            wholeNumber(text)
                .filter(number -> number >= least && number <= most)
                .map(Long::intValue));
  }

  /** A whole number of up to 64 bits. */
  static Kind<Long> wholeLong() {
    return new Kind<>("a whole number", List.of(), 0L, Kind::wholeNumber);
  }

  /** A whole number of up to 64 bits that is not less than another one. */
  static Kind<Long> wholeLong(long least) {
    return new Kind<>(
        "a whole number of %d or more".formatted(least),
        List.of(),
        least,
        text -> wholeNumber(text).filter(number -> number >= least));
  }

  /** A duration with its unit, in whole nanoseconds; 0 needs no unit. */
  static Kind<Duration> duration(Duration least, Duration most) {
    return new Kind<>(
        "a duration of at most %d s such as 100ms, 1.5s%s"
            .formatted(most.toSeconds(), least.isZero() ? " or 0" : " or 2min"),
        List.of(),
        least,
        text ->
            durationOf(text)
                .filter(
                    duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0));
  }

  /** This kind or another one of the same type. */
  Kind<T> or(Kind<T> other) {
    return new Kind<>(
        expected + ", or " + other.expected,
        words,
        fallback,
        text -> parser.apply(text).or(() -> other.parser.apply(text)));
  }

  /** This kind, converted to another type. */
  <U> Kind<U> as(Function<T, U> conversion) {
    return new Kind<>(
        expected, words, conversion.apply(fallback), text -> parser.apply(text).map(conversion));
  }

  /** The value; empty if the text is not of this kind. */
  Optional<T> parse(String text) {
    return parser.apply(text);
  }

  /** The value that replaces a mistake. */
  T fallback() {
    return fallback;
  }

  /** What a message says was expected. */
  String expected() {
    return expected;
  }

  /** What a message says was expected instead of a text, with the word that may have been meant. */
  String expectedFor(String found) {
    return ExperimentError.nearest(words, found)
        .map(near -> "\"%s\" perhaps, or %s".formatted(near, expected))
        .orElse(expected);
  }

  private static Optional<Long> wholeNumber(String text) {
    try {
      return text.matches("-?\\d+(_+\\d+)*")
          ? Optional.of(Long.parseLong(text.replace("_", "")))
          : Optional.empty();
    } catch (NumberFormatException beyond64Bits) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> durationOf(String text) {
    Matcher matcher = DURATION.matcher(text.equals("0") ? "0s" : text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(matcher.group(2), 1L));
    BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(unit);
    boolean whole = nanos.stripTrailingZeros().scale() <= 0;
    return whole && nanos.compareTo(LONGEST) <= 0
        ? Optional.of(Duration.ofNanos(nanos.longValue()))
        : Optional.empty();
  }
}
