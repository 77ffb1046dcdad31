package oversell.lab.trial;

import java.time.Duration;
import java.util.OptionalInt;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;

/** What a fork is told of a scenario, for tests: to explore every schedule of it. */
public final class ScenarioWorkload {
  private ScenarioWorkload() {}

  /** Of the scenario of a name. */
  public static Workload of(String name) {
    Exploration every =
        new Exploration(
            Strategy.EXHAUSTIVE,
            Granularity.ACCESS,
            Reduction.SOURCE_DPOR,
            Long.MAX_VALUE,
            Exploration.Subject.SCENARIO,
            Exploration.Until.END,
            Exploration.Tool.OVERSELL);
    return new Workload(
        name,
        OptionalInt.empty(),
        1,
        1,
        0,
        1,
        Duration.ZERO,
        true,
        Conduct.plain().explored(every));
  }
}
