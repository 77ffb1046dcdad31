package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of an experiment that says how sales are conducted. */
final class Conducts {
  private Conducts() {}

  /** Every way that the fields ask for. */
  static List<Conduct> read(Fields fields) {
    Conduct.Mode mode = Key.MODE.read(fields);
    List<Optional<Exploration>> explorations = Explorations.read(fields, mode);
    int faultEvery = Key.FAULT_EVERY.read(fields);
    boolean bystander = Key.BYSTANDER.read(fields);
    Conduct.Baseline baseline = Key.BASELINE.read(fields);
    List<Conduct.PauseKind> pauses = Key.PAUSE.read(fields);
    List<Conduct.Fault> faults = Key.FAULT.read(fields);
    List<Conduct> conducts = new ArrayList<>();
    for (Conduct.Threads threads : Key.THREADS.read(fields)) {
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

  /** How many sales each fork runs first: if they are explored, none unless the fields say so. */
  static int warmups(Fields fields, List<Conduct> conducts) {
    int warmups = Key.WARMUPS.read(fields);
    boolean explores = conducts.stream().anyMatch(conduct -> conduct.exploration().isPresent());
    // An exploration does the same every time.
    return explores && !fields.has(Key.WARMUPS) ? 0 : warmups;
  }
}
