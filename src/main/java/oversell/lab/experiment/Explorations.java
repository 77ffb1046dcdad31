package oversell.lab.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;

/** The part of an experiment that says how interleavings are explored, and of what. */
final class Explorations {
  /** The schedules that random strategies draw if the file does not say how many. */
  static final long DRAWN = 100_000;

  /** The executions that Lincheck runs at most if the file does not say how many: its default. */
  static final long OF_LINCHECK = 10_000;

  /** The most buyers of a sale that is explored. */
  static final int MOST_BUYERS = 60;

  private Explorations() {}

  /** Every way to explore that the fields ask for; a single empty one in every other mode. */
  static List<Optional<Exploration>> read(Fields fields, Conduct.Mode mode) {
    Exploration.Subject subject = subject(fields);
    for (Key<?> key : foreignTo(mode, subject)) {
      if (fields.has(key)) {
        fields.error(key, found(key, mode), expected(key));
      }
    }
    return mode == Conduct.Mode.EXPLORE
        ? List.copyOf(explorations(fields, subject))
        : List.of(Optional.empty());
  }

  /** What the fields say is explored. */
  static Exploration.Subject subject(Fields fields) {
    return fields.has(Key.SCENARIO) ? Exploration.Subject.SCENARIO : Exploration.Subject.SALE;
  }

  private static String found(Key<?> key, Conduct.Mode mode) {
    return key.modes() == Key.Modes.SALE
        ? "it beside a scenario"
        : key.modes() == Key.Modes.SCENARIO && mode == Conduct.Mode.EXPLORE
            ? "it without a scenario"
            : "it in an experiment of mode " + mode;
  }

  private static String expected(Key<?> key) {
    return switch (key.modes()) {
      case ALL -> "it";
      case SALE -> "no such key: a scenario starts its own threads and sells nothing";
      case MEASURE -> "no such key: an exploration leaves nothing to chance";
      case EXPLORE -> "it only with mode: explore";
      case SCENARIO -> "it only with mode: explore and scenario: the name of a class";
    };
  }

  /** The keys that mean nothing in an experiment of this mode and subject. */
  static List<Key<?>> foreignTo(Conduct.Mode mode, Exploration.Subject subject) {
    return Key.all().stream().filter(key -> !key.modes().include(mode, subject)).toList();
  }

  private static Set<Optional<Exploration>> explorations(
      Fields fields, Exploration.Subject subject) {
    Set<Optional<Exploration>> all = new LinkedHashSet<>();
    OptionalLong bound = Key.SCHEDULES.read(fields);
    Exploration.Until until = Key.UNTIL.read(fields);
    for (Exploration.Tool tool : Key.TOOL.read(fields)) {
      switch (tool) {
        case OVERSELL -> addOurs(all, fields, subject, bound, until);
        case LINCHECK -> {
          if (until != Exploration.Until.FIRST_FAILURE) {
            fields.error(
                Key.TOOL, "lincheck without until: first-failure", "it with that: it ends there");
          }
          all.add(Optional.of(Exploration.byLincheck(bound.orElse(OF_LINCHECK))));
        }
      }
    }
    if (Key.BUYERS.read(fields).stream().anyMatch(buyers -> buyers > MOST_BUYERS)) {
      fields.error(
          Key.BUYERS, "too many to explore", "at most %d in mode explore".formatted(MOST_BUYERS));
    }
    return all;
  }

  private static void addOurs(
      Set<Optional<Exploration>> all,
      Fields fields,
      Exploration.Subject subject,
      OptionalLong bound,
      Exploration.Until until) {
    List<Granularity> granularities = Key.GRANULARITY.read(fields);
    List<Reduction> reductions = Key.REDUCTION.read(fields);
    for (Strategy strategy : Key.STRATEGY.read(fields)) {
      boolean draws = strategy == Strategy.RANDOM || strategy == Strategy.PCT;
      long most = bound.orElse(draws ? DRAWN : Long.MAX_VALUE);
      for (Granularity granularity : granularities) {
        for (Reduction asked : reductions) {
          Reduction reduction = strategy == Strategy.EXHAUSTIVE ? asked : Reduction.NONE;
          all.add(
              Optional.of(
                  new Exploration(
                      strategy,
                      granularity,
                      reduction,
                      most,
                      subject,
                      until,
                      Exploration.Tool.OVERSELL)));
        }
      }
    }
  }
}
