package oversell.junit;

import java.io.Serializable;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Strategy;

/**
 * One test that is to be explored, as it can be told to another JVM.
 *
 * @param type the name of the test's class
 * @param method the name of its method
 * @param parameters the names of the types of the method's parameters
 * @param set which set of arguments it is, for a reader; empty if there is one
 * @param arguments what it is called with
 * @param before what methods are called with that run before it, by {@link #key}
 * @param unseen the extensions of the test of which no execution sees anything
 * @param how it is explored
 */
record Request(
    String type,
    String method,
    List<String> parameters,
    String set,
    Arguments arguments,
    Map<String, Arguments> before,
    List<String> unseen,
    How how)
    implements Serializable {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m)");
  private static final long A_MINUTE = 60;

  /** What the annotation says. */
  record How(
      Strategy strategy,
      Granularity granularity,
      long schedules,
      long seed,
      int depth,
      Duration within,
      long atLeast,
      List<String> unwoven,
      boolean wakesSpuriously,
      String replay)
      implements Serializable {
    /**
     * Of an annotation.
     *
     * @param unwoven what is not woven of any test
     * @throws IllegalArgumentException if that makes no sense
     */
    static How of(Interleavings annotation, List<String> unwoven) {
      return new How(
          annotation.strategy(),
          annotation.granularity(),
          annotation.schedules(),
          annotation.seed(),
          annotation.depth(),
          duration(annotation.within()),
          annotation.atLeast(),
          Stream.concat(unwoven.stream(), Arrays.stream(annotation.unwoven())).toList(),
          annotation.spuriousWakeups(),
          annotation.replay());
    }

    Options options() {
      boolean draws = strategy == Strategy.RANDOM || strategy == Strategy.PCT;
      if (draws && schedules == Long.MAX_VALUE) {
        throw new IllegalArgumentException(
            "strategy = %s needs to know how many schedules to draw: add schedules = 10_000"
                .formatted(strategy.name()));
      }
      Options options =
          switch (strategy) {
            case EXHAUSTIVE -> Options.exhaustive();
            case RANDOM -> Options.random(schedules, seed);
            case PCT -> Options.pct(depth, schedules, seed);
            case FEWEST_SWITCHES -> Options.fewestSwitches();
          };
      return with(options)
          .schedules(Math.min(schedules, atLeast))
          .within(within)
          .stopAtFirstFailure();
    }

    /** Of the replay of a schedule. */
    Options replayed() {
      return with(Options.exhaustive());
    }

    private Options with(Options options) {
      Options same = options.granularity(granularity).unwoven(unwoven);
      return wakesSpuriously ? same.spuriousWakeups() : same;
    }
  }

  /** How a method is found again, of the class that is woven. */
  static String key(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getName)
        .collect(
            Collectors.joining(
                ",", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
  }

  /** What a method is called with that runs before the test; empty if JUnit has not called it. */
  Optional<Arguments> before(Method method) {
    return Optional.ofNullable(before.get(key(method)));
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "within = \"%s\" is no duration: write a number and ms, s or m, as in \"30s\""
              .formatted(text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofSeconds(A_MINUTE * number);
    };
  }

  /** What it is called, for a reader. */
  String name() {
    return type.replaceFirst(".*[.]", "") + "." + method + (set.isEmpty() ? "" : "[" + set + "]");
  }

  /** What the files about it are called, without an ending. */
  String fileName() {
    return type.replaceFirst(".*[.]", "") + "." + method + (set.isEmpty() ? "" : "-" + set);
  }
}
