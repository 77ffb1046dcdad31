package oversell.lab.fork;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oversell.inventory.Inventories;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.trial.Scopes;
import oversell.lab.trial.TrialResult;
import oversell.store.Audit;

/** A fork that sells from a database, for tests: how it ended, and what it counted. */
record StoredSales(ForkOutcome outcome, List<TrialResult> results, List<Audit> audits, int kills) {
  static ForkPlan plan(String text) {
    try {
      Experiment experiment =
          new ExperimentFile("any", "any.yaml", text).parse(Map.of(), Inventories.onClassPath());
      return ForkPlan.of(experiment, Inventories.onClassPath(), Plans.host(), Plans.installed());
    } catch (InvalidExperiment broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  /** Runs the only fork of a plan. */
  static StoredSales of(ForkPlan plan, Stores stores, Path folder) throws Exception {
    ForkRunner runner =
        new ForkRunner(
            Scopes.compiler(),
            System.getProperty("java.class.path"),
            folder,
            System::nanoTime,
            stores);
    List<TrialResult> results = new ArrayList<>();
    List<Message.StoreAudited> audited = new ArrayList<>();
    ForkOutcome outcome =
        runner.run(
            plan.forks().getFirst(),
            message -> {
              if (message instanceof Message.TrialEnded trial && !trial.result().warmup()) {
                results.add(trial.result());
              } else if (message instanceof Message.StoreAudited one && !one.warmup()) {
                audited.add(one);
              }
            });
    return new StoredSales(
        outcome,
        results,
        audited.stream().map(Message.StoreAudited::audit).toList(),
        audited.stream().mapToInt(Message.StoreAudited::kills).sum());
  }
}
