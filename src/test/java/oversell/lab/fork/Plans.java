package oversell.lab.fork;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import oversell.boot.Jdk;
import oversell.boot.JdkFinder;
import oversell.inventory.Inventories;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;

/** Plans for tests. */
public final class Plans {
  private Plans() {}

  /** The JDK that runs the tests. */
  public static Jdk host() {
    return JdkFinder.ofThisMachine().host().orElseThrow();
  }

  /** Every JDK that there is. */
  public static Collection<Jdk> installed() {
    return JdkFinder.ofThisMachine().all();
  }

  /** The seed experiment with one trial of a short hold, and some of its keys changed. */
  public static ForkPlan seed(Map<Key<?>, String> settings) {
    try {
      Experiment experiment =
          new ExperimentFile(
                  "seed",
                  "seed.yaml",
                  "{stock: 10, units: 3, buyers: 5, hold: 20ms, trials: 2, warmups: 1, variants: synchronized}")
              .parse(settings, Inventories.onClassPath());
      return ForkPlan.of(experiment, Inventories.onClassPath(), host(), installed());
    } catch (InvalidExperiment broken) {
      throw new IllegalArgumentException(broken);
    }
  }

  public static Fork fork(Map<Key<?>, String> settings) {
    List<Fork> forks = seed(settings).forks();
    if (forks.size() != 1) {
      throw new IllegalArgumentException("not one fork: " + forks);
    }
    return forks.getFirst();
  }

  /** That fork with another deadline. */
  public static Fork within(Duration deadline, Fork fork) {
    return new Fork(
        fork.index(),
        fork.row(),
        fork.jdk(),
        fork.purpose(),
        fork.heapMebibytes(),
        fork.trials(),
        fork.warmups(),
        deadline,
        fork.seed(),
        fork.schedule());
  }
}
