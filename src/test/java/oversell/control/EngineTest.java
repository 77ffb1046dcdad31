package oversell.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.experiment.Exploration.Granularity;
import oversell.hook.Hooks;
import oversell.hook.Operation;
import oversell.hook.Site;
import oversell.hook.Sites;
import oversell.schedule.FewestSwitches;

@Timeout(60)
class EngineTest {
  private final Sites sites = new Sites();
  private final int site = sites.add(new Site("Any", "any", "", 0, Operation.READ, "field"));

  private Engine engine() {
    FewestSwitches strategy = new FewestSwitches();
    strategy.begin();
    Engine engine = new Engine(1, Granularity.ACCESS, sites, strategy);
    engine.hear();
    engine.clear();
    return engine;
  }

  @Test
  void whoIsRunByTheEngineTakesSteps() {
    Engine engine = engine();

    engine.run(() -> engine.buyer(() -> Hooks.read(null, 0, site)).start());

    assertThat(engine.trace().length()).isEqualTo(2);
  }

  /** Such as somebody who took stock for a counterexample, and is late. */
  @Test
  void whoIsNotRunByTheEngineTakesNone() {
    Engine engine = engine();

    engine.run(
        () ->
            engine
                .buyer(
                    () -> {
                      Thread stranger = Thread.ofPlatform().start(() -> Hooks.read(null, 0, site));
                      while (stranger.isAlive()) {
                        Thread.onSpinWait();
                      }
                    })
                .start());

    assertThat(engine.trace().length()).isEqualTo(1);
  }
}
