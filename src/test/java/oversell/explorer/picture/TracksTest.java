package oversell.explorer.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import oversell.explorer.picture.Story.Step;
import oversell.explorer.picture.Tracks.Kind;
import oversell.explorer.picture.Tracks.Stretch;

class TracksTest {
  private static Step step(int thread, Integer... waiting) {
    return new Step(
        thread, "Shelf.java:18", "", "reads stock", List.of(), Map.of(), List.of(waiting));
  }

  @Test
  void aRunLastsUntilAnotherThreadTakesAStep() {
    Tracks tracks = new Tracks(List.of(step(0), step(0), step(1), step(0)));

    assertThat(tracks.runs())
        .containsExactly(
            new Stretch(0, 0, 1, Kind.RUNS),
            new Stretch(1, 2, 2, Kind.RUNS),
            new Stretch(0, 3, 3, Kind.RUNS));
  }

  @Test
  void aThreadThatCouldRunIsStoppedUntilItRuns() {
    Tracks tracks = new Tracks(List.of(step(0), step(1), step(1), step(0)));

    assertThat(tracks.between(0)).containsExactly(new Stretch(0, 0, 3, Kind.STOPPED));
    assertThat(tracks.between(1)).as("its end is none").isEmpty();
  }

  @Test
  void aThreadThatIsBlockedIsStoppedOnceItIsEnabled() {
    Tracks tracks = new Tracks(List.of(step(0, 0), step(1, 0), step(1), step(1), step(0)));

    assertThat(tracks.between(0))
        .containsExactly(new Stretch(0, 0, 2, Kind.WAITS), new Stretch(0, 2, 4, Kind.STOPPED));
  }

  @Test
  void aThreadThatIsBlockedAtTheEndIsStuck() {
    Tracks tracks = new Tracks(List.of(step(0), step(1, 1), step(0, 0, 1)));

    assertThat(tracks.between(0))
        .containsExactly(new Stretch(0, 0, 2, Kind.STOPPED), new Stretch(0, 2, 2, Kind.STUCK));
    assertThat(tracks.between(1)).containsExactly(new Stretch(1, 1, 2, Kind.STUCK));
  }

  @Test
  void aThreadThatIsBlockedBeforeItsFirstStepIsDrawn() {
    assertThat(new Tracks(List.of(step(0, 1), step(0, 1), step(0), step(1))).between(1))
        .containsExactly(new Stretch(1, 0, 2, Kind.WAITS));
  }

  @Test
  void aThreadThatNeverTookAStepMayBeStuck() {
    assertThat(new Tracks(List.of(step(0), step(0, 2))).between(2))
        .containsExactly(new Stretch(2, 1, 1, Kind.STUCK));
  }
}
