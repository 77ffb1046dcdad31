package oversell.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oversell.experiment.Conduct;
import oversell.experiment.Exploration;
import oversell.experiment.Exploration.Granularity;
import oversell.experiment.Exploration.Reduction;
import oversell.experiment.Exploration.Strategy;
import oversell.experiment.Key;

/** The part of an experiment that says how sales are conducted. */
final class Conducts {
  private static final int RAREST = 1_000_000;
  private static final long DRAWN = 100_000;

  private Conducts() {}

  /** Every way that the fields ask for. */
  static List<Conduct> read(Fields fields) {
    Conduct.Mode mode = fields.one(Key.MODE, oneOf(Conduct.Mode.values()));
    List<Optional<Exploration>> explorations = explorations(fields, mode);
    int faultEvery = fields.one(Key.FAULT_EVERY, Kind.whole(1, RAREST));
    boolean bystander = fields.one(Key.BYSTANDER, Kind.yesOrNo());
    Conduct.Baseline baseline = fields.one(Key.BASELINE, oneOf(Conduct.Baseline.values()));
    List<Conduct.PauseKind> pauses = fields.list(Key.PAUSE, oneOf(Conduct.PauseKind.values()));
    List<Conduct.Fault> faults = fields.list(Key.FAULT, oneOf(Conduct.Fault.values()));
    List<Conduct> conducts = new ArrayList<>();
    for (Conduct.Threads threads : fields.list(Key.THREADS, oneOf(Conduct.Threads.values()))) {
      for (Conduct.PauseKind pause : pauses) {
        for (Conduct.Fault fault : faults) {
          for (Optional<Exploration> exploration : explorations) {
            conducts.add(
                new Conduct(
                    mode, threads, pause, fault, faultEvery, bystander, baseline, exploration));
          }
        }
      }
    }
    return conducts;
  }

  /** Every way to explore that the fields ask for; none where sales are not explored. */
  private static List<Optional<Exploration>> explorations(Fields fields, Conduct.Mode mode) {
    List<Optional<Exploration>> all = new ArrayList<>();
    OptionalLong bound = fields.one(Key.SCHEDULES, schedules());
    for (Strategy strategy : fields.list(Key.STRATEGY, oneOf(Strategy.values()))) {
      boolean draws = strategy == Strategy.RANDOM || strategy == Strategy.PCT;
      long most = bound.orElse(draws ? DRAWN : Long.MAX_VALUE);
      for (Granularity granularity : fields.list(Key.GRANULARITY, oneOf(Granularity.values()))) {
        for (Reduction reduction : fields.list(Key.REDUCTION, oneOf(Reduction.values()))) {
          all.add(Optional.of(new Exploration(strategy, granularity, reduction, most)));
        }
      }
    }
    return mode == Conduct.Mode.EXPLORE ? all : List.of(Optional.empty());
  }

  private static Kind<OptionalLong> schedules() {
    Kind<OptionalLong> word = Kind.oneOf(List.of("all")).as(all -> OptionalLong.empty());
    return word.or(Kind.wholeLong(1).as(OptionalLong::of));
  }

  private static <T> Kind<T> oneOf(T[] values) {
    return Kind.oneOf(List.of(values));
  }
}
