package oversell.lab.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;

/** The part of an experiment that says how the interleavings of its sales are explored. */
final class Explorations {
  /** The schedules that random strategies draw if the file does not say how many. */
  static final long DRAWN = 100_000;

  /** The most buyers of a sale that is explored. */
  static final int MOST_BUYERS = 60;

  private Explorations() {}

  /** Every way to explore that the fields ask for; a single empty one in every other mode. */
  static List<Optional<Exploration>> read(Fields fields, Conduct.Mode mode) {
    boolean explores = mode == Conduct.Mode.EXPLORE;
    for (Key<?> key : foreignTo(mode)) {
      if (fields.has(key)) {
        fields.error(
            key,
            "it in an experiment of mode " + mode,
            explores
                ? "no such key: an exploration leaves nothing to chance"
                : "it only with mode: explore");
      }
    }
    return explores ? List.copyOf(explorations(fields)) : List.of(Optional.empty());
  }

  /** The keys that mean nothing in an experiment of this mode. */
  static List<Key<?>> foreignTo(Conduct.Mode mode) {
    return Key.all().stream().filter(key -> !key.modes().include(mode)).toList();
  }

  private static Set<Optional<Exploration>> explorations(Fields fields) {
    Set<Optional<Exploration>> all = new LinkedHashSet<>();
    OptionalLong bound = Key.SCHEDULES.read(fields);
    List<Granularity> granularities = Key.GRANULARITY.read(fields);
    List<Reduction> reductions = Key.REDUCTION.read(fields);
    for (Strategy strategy : Key.STRATEGY.read(fields)) {
      boolean draws = strategy == Strategy.RANDOM || strategy == Strategy.PCT;
      long most = bound.orElse(draws ? DRAWN : Long.MAX_VALUE);
      for (Granularity granularity : granularities) {
        for (Reduction asked : reductions) {
          Reduction reduction = strategy == Strategy.EXHAUSTIVE ? asked : Reduction.NONE;
          all.add(Optional.of(new Exploration(strategy, granularity, reduction, most)));
        }
      }
    }
    if (Key.BUYERS.read(fields).stream().anyMatch(buyers -> buyers > MOST_BUYERS)) {
      fields.error(
          Key.BUYERS, "too many to explore", "at most %d in mode explore".formatted(MOST_BUYERS));
    }
    return all;
  }
}
