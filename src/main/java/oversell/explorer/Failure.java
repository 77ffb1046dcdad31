package oversell.explorer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oversell.explorer.picture.Caption;
import oversell.explorer.picture.Story;
import oversell.explorer.picture.StoryText;
import oversell.explorer.picture.Timeline;
import oversell.text.Words;

/** An execution that failed, with all that is needed to see why and to run it again. */
public final class Failure {
  private final String scenario;
  private final FailureKind kind;
  private final @Nullable Throwable cause;
  private final Story story;

  Failure(String scenario, FailureKind kind, @Nullable Throwable cause, Story story) {
    this.scenario = scenario;
    this.kind = kind;
    this.cause = cause;
    this.story = story;
  }

  /** How it failed. */
  public FailureKind kind() {
    return kind;
  }

  /** What was thrown; empty if nothing was. Its class is woven, if it is not one of the JDK. */
  public Optional<Throwable> cause() {
    return Optional.ofNullable(cause);
  }

  /** The id that replays it, on every JDK: {@link Explorer#replay}. */
  public String schedule() {
    return story.schedule();
  }

  /** Its steps. */
  public Story story() {
    return story;
  }

  /** In one sentence, without a full stop. */
  public String headline() {
    return Words.text(
        "%s %s, in %s and %s",
        scenario,
        how(),
        Words.counted(story.steps().size(), "step"),
        story.switches() == 1
            ? "1 context switch"
            : Words.text("%d context switches", story.switches()));
  }

  private String how() {
    return switch (kind) {
      case THREW -> "throws " + (cause == null ? "" : firstLine(cause));
      case DEADLOCK -> "deadlocks" + (cause == null ? "" : ", after " + firstLine(cause));
      case ENDLESS -> "never ends: the threads that are left repeat what they do";
    };
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown).lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  /** The same as a picture, as SVG. */
  public String svg() {
    List<String> notes = Stream.concat(Stream.of("it " + how()), story.waits().stream()).toList();
    return new Timeline(story, new Caption(headline(), headline() + ".", notes))
        .svg()
        .stripLeading();
  }

  /** The story as text: a column a thread, a row a step, places, values, and why each switch. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(headline()).append(":\n\n");
    text.append(new StoryText(story).text());
    story.waits().forEach(wait -> text.append(wait).append('\n'));
    return text.append("\nTo run it again: Explorer.replay(")
        .append(scenario)
        .append(".class, \"")
        .append(schedule())
        .append("\")\n")
        .toString();
  }
}
