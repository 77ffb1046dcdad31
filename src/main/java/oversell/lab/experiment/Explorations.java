package oversell.lab.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.lab.experiment.Exploration.Strategy;

/** The part of an experiment that says how the interleavings of its sales are explored. */
final class Explorations {
  private static final long DRAWN = 100_000;
  private static final int MOST_BUYERS = 60;
  private static final List<Key> OF_EXPLORATIONS =
      List.of(Key.STRATEGY, Key.GRANULARITY, Key.REDUCTION, Key.SCHEDULES);
  private static final List<Key> OF_TRIALS =
      List.of(
          Key.TRIALS,
          Key.CARRIERS,
          Key.GATE,
          Key.THREADS,
          Key.PAUSE,
          Key.BYSTANDER,
          Key.PINNING,
          Key.BASELINE);

  private Explorations() {}

  /** Every way to explore that the fields ask for; one that is none where they ask for none. */
  static List<Optional<Exploration>> read(Fields fields, Conduct.Mode mode) {
    boolean explores = mode == Conduct.Mode.EXPLORE;
    for (Key key : foreignTo(mode)) {
      if (fields.has(key)) {
        fields.error(
            key,
            "it in an experiment of mode " + mode,
            explores ? "no such key: nothing is left to chance there" : "mode: explore beside it");
      }
    }
    return explores ? List.copyOf(explorations(fields)) : List.of(Optional.empty());
  }

  /** The keys that say nothing in an experiment of this mode. */
  static List<Key> foreignTo(Conduct.Mode mode) {
    return mode == Conduct.Mode.EXPLORE ? OF_TRIALS : OF_EXPLORATIONS;
  }

  private static Set<Optional<Exploration>> explorations(Fields fields) {
    Set<Optional<Exploration>> all = new LinkedHashSet<>();
    OptionalLong bound = fields.one(Key.SCHEDULES, schedules());
    List<Granularity> granularities = fields.list(Key.GRANULARITY, oneOf(Granularity.values()));
    List<Reduction> reductions = fields.list(Key.REDUCTION, oneOf(Reduction.values()));
    for (Strategy strategy : fields.list(Key.STRATEGY, oneOf(Strategy.values()))) {
      boolean draws = strategy == Strategy.RANDOM || strategy == Strategy.PCT;
      long most = bound.orElse(draws ? DRAWN : Long.MAX_VALUE);
      for (Granularity granularity : granularities) {
        for (Reduction asked : reductions) {
          Reduction reduction = strategy == Strategy.EXHAUSTIVE ? asked : Reduction.NONE;
          all.add(Optional.of(new Exploration(strategy, granularity, reduction, most)));
        }
      }
    }
    if (fields.list(Key.BUYERS, Kind.whole(1, Integer.MAX_VALUE)).stream()
        .anyMatch(buyers -> buyers > MOST_BUYERS)) {
      fields.error(
          Key.BUYERS, "too many to explore", "at most %d in mode explore".formatted(MOST_BUYERS));
    }
    return all;
  }

  private static Kind<OptionalLong> schedules() {
    Kind<OptionalLong> word = Kind.oneOf(List.of("all")).as(all -> OptionalLong.empty());
    return word.or(Kind.wholeLong(1).as(OptionalLong::of));
  }

  private static <T> Kind<T> oneOf(T[] values) {
    return Kind.oneOf(List.of(values));
  }
}
