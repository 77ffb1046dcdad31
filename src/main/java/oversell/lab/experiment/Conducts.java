package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of an experiment that says how sales are conducted. */
final class Conducts {
  private static final int RAREST = 1_000_000;
  private static final int MOST_WARMUPS = 1_000_000;

  private Conducts() {}

  /** Every way that the fields ask for. */
  static List<Conduct> read(Fields fields) {
    Conduct.Mode mode = mode(fields);
    List<Optional<Exploration>> explorations = Explorations.read(fields, mode);
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

  /** How many sales each fork runs first: none if the fields do not say and they are explored. */
  static int warmups(Fields fields, List<Conduct> conducts) {
    int warmups = fields.one(Key.WARMUPS, Kind.whole(0, MOST_WARMUPS));
    boolean explores = conducts.stream().anyMatch(conduct -> conduct.exploration().isPresent());
    // What is explored is the same every time.
    return explores && !fields.has(Key.WARMUPS) ? 0 : warmups;
  }

  static Conduct.Mode mode(Fields fields) {
    return fields.one(Key.MODE, oneOf(Conduct.Mode.values()));
  }

  private static <T> Kind<T> oneOf(T[] values) {
    return Kind.oneOf(List.of(values));
  }
}
