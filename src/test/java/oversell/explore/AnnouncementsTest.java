package oversell.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.experiment.Exploration.Granularity;
import oversell.schedule.FewestSwitches;
import oversell.weave.Sites;

/** Who is heard. */
@Timeout(60)
class AnnouncementsTest {
  /** Such as somebody who took stock for a counterexample, and is late. */
  @Test
  void whoIsNotRunByTheEngineTakesNoStep() {
    FewestSwitches strategy = new FewestSwitches();
    Engine engine = new Engine(1, 100, strategy);
    Announcements announcements = new Announcements(engine, new Sites(), Granularity.ACCESS);
    List<Integer> sites = new ArrayList<>();
    strategy.begin();
    engine.clear();

    engine.run(
        () -> {
          sites.add(engine.running().site);
          Thread stranger =
              Thread.ofPlatform().start(() -> announcements.access(null, 0, false, 7));
          while (stranger.isAlive()) {
            Thread.onSpinWait();
          }
          sites.add(engine.running().site);
        });

    assertThat(sites).containsExactly(Engine.START, Engine.START);
  }
}
