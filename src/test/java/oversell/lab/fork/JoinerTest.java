package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oversell.lab.cluster.Meeting;
import oversell.lab.cluster.Pulse;
import oversell.lab.fork.Joiner.Choice;
import oversell.lab.fork.Joiner.Ending;

/** What a machine does that finds runs in a database, or none. */
class JoinerTest {
  private static final String HERE = "sources 0123456789ab";
  private static final String ELSEWHERE = "sources ba9876543210";
  private static final Duration JUST_NOW = Duration.ofMillis(800);

  private static Meeting.Run run(String name, String version, Duration silence) {
    return new Meeting.Run(name, new Pulse.Seen("host", version, silence));
  }

  private static Choice choice(Meeting.Run... runs) {
    return Choice.of(List.of(runs), HERE, Optional.empty());
  }

  private static Choice goOn(Meeting.Run... runs) {
    return Choice.of(List.of(runs), HERE, Optional.of("a1"));
  }

  private static Ending ending(Choice choice) {
    assertThat(choice).isInstanceOf(Choice.End.class);
    return ((Choice.End) choice).how(3);
  }

  @Test
  void waitsWhereNoExperimentRuns() {
    assertThat(choice())
        .isEqualTo(
            new Choice.Wait(
                "no experiment runs there that can be joined; waits for one, until Ctrl-C"));
  }

  @Test
  void joinsARunOfTheSameCode() {
    assertThat(choice(run("b2", ELSEWHERE, JUST_NOW), run("a1", HERE, JUST_NOW)))
        .isEqualTo(new Choice.Join("a1"));
  }

  @Test
  void refusesARunOfAnotherVersionAndNamesBoth() {
    assertThat(ending(choice(run("b2", ELSEWHERE, JUST_NOW))))
        .isInstanceOfSatisfying(
            Ending.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("run b2 is of another version")
                    .contains("there " + ELSEWHERE)
                    .contains("here " + HERE));
  }

  /** What a host has left that was killed is nothing to wait for, and no reason to refuse. */
  @Test
  void doesNotCareForARunWhoseHostHasEnded() {
    assertThat(
            choice(
                run("b2", ELSEWHERE, Pulse.LONGEST_SILENCE), run("a1", HERE, Duration.ofDays(1))))
        .isInstanceOf(Choice.Wait.class);
  }

  @Test
  void goesOnWithItsRunThoughThereAreOthers() {
    assertThat(goOn(run("00", HERE, JUST_NOW), run("a1", HERE, JUST_NOW)))
        .isEqualTo(new Choice.Join("a1"));
  }

  @Test
  void endsWithItsRun() {
    assertThat(ending(goOn(run("00", HERE, JUST_NOW)))).isEqualTo(new Ending.RunEnded(3));
  }

  @Test
  void noticesThatTheHostIsGone() {
    assertThat(ending(goOn(run("a1", HERE, Duration.ofSeconds(11)))))
        .isEqualTo(
            new Ending.Lost(
                "nothing was heard of the host of the run a1 for 11 s, so it has ended"));
  }
}
