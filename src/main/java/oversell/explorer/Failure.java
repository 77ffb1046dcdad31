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

/** An execution that failed, with what it takes to see why and to run it again. */
public final class Failure {
  private static final int LONGEST = 160;

  private final String scenario;
  private final String again;
  private final FailureKind kind;
  private final @Nullable Throwable cause;
  private final Story story;

  /**
   * Makes a failure.
   *
   * @param scenario the name of what was explored
   * @param again how to run it again, as a line of code; empty if that is said elsewhere
   */
  Failure(String scenario, String again, FailureKind kind, @Nullable Throwable cause, Story story) {
    this.scenario = scenario;
    this.again = again;
    this.kind = kind;
    this.cause = cause;
    this.story = story;
  }

  /** How it failed. */
  public FailureKind kind() {
    return kind;
  }

  /** The exception; empty if none was thrown. Its class is woven, unless it is one of the JDK. */
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
      case THREW -> "throws " + (cause == null ? "" : shown(cause));
      case DEADLOCK -> "deadlocks" + (cause == null ? "" : ", after " + shown(cause));
      case ENDLESS -> "never ends: the threads that are left repeat what they do";
    };
  }

  /** What was thrown, on one line. */
  private static String shown(Throwable thrown) {
    String line = String.valueOf(thrown).strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /** The story as a picture, in SVG. */
  public String svg() {
    List<String> notes = Stream.concat(Stream.of("it " + how()), story.waits().stream()).toList();
    return new Timeline(story, new Caption(headline(), headline() + ".", notes))
        .svg()
        .stripLeading();
  }

  /**
   * The story as text: a column for each thread, a row for each step, with places, values, and the
   * reason of each context switch.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(headline()).append(":\n\n");
    text.append(new StoryText(story).text());
    story.waits().forEach(wait -> text.append(wait).append('\n'));
    if (!again.isEmpty()) {
      text.append("\nTo run it again: ").append(again).append('\n');
    }
    return text.toString();
  }
}
