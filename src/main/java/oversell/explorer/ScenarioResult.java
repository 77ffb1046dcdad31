package oversell.explorer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one execution of a scenario ended.
 *
 * @param <R> the type of its outcome
 */
public sealed interface ScenarioResult<R> {
  /**
   * It returned.
   *
   * @param outcome the outcome, as an object of the caller's classes
   */
  record Returned<R>(@Nullable R outcome) implements ScenarioResult<R> {}

  /**
   * It threw, or one of its threads did.
   *
   * @param what the text of what was thrown
   */
  record Threw<R>(String what, Thrown thrown) implements ScenarioResult<R> {
    static <R> Threw<R> of(Throwable thrown) {
      return new Threw<>(text(thrown), new Thrown(thrown));
    }
  }

  /**
   * It threw what says that it is not to be judged.
   *
   * @param why the text of that
   */
  record Aborted<R>(String why) implements ScenarioResult<R> {
    static <R> Aborted<R> of(Throwable thrown) {
      return new Aborted<>(text(thrown));
    }
  }

  /** No thread could run. */
  record Deadlocked<R>(Thrown uncaught) implements ScenarioResult<R> {}

  /** It would go on for ever. */
  record Endless<R>() implements ScenarioResult<R> {}

  /** An exception, which is equal to any other one: two executions throw different objects. */
  final class Thrown {
    private final @Nullable Throwable throwable;

    Thrown(@Nullable Throwable throwable) {
      this.throwable = throwable;
    }

    Optional<Throwable> throwable() {
      return Optional.ofNullable(throwable);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Thrown;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private static String text(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (RuntimeException notEvenThat) {
      return thrown.getClass().getName();
    }
  }

  /** How it failed; empty if it returned or was aborted. */
  default Optional<FailureKind> failure() {
    return switch (this) {
      case Returned<R> returned -> Optional.empty();
      case Aborted<R> aborted -> Optional.empty();
      case Threw<R> threw -> Optional.of(FailureKind.THREW);
      case Deadlocked<R> deadlocked -> Optional.of(FailureKind.DEADLOCK);
      case Endless<R> endless -> Optional.of(FailureKind.ENDLESS);
    };
  }

  /** What was thrown; empty if nothing was. */
  default Optional<Throwable> cause() {
    return switch (this) {
      case Threw<R> threw -> threw.thrown().throwable();
      case Deadlocked<R> deadlocked -> deadlocked.uncaught().throwable();
      case Returned<R> returned -> Optional.empty();
      case Aborted<R> aborted -> Optional.empty();
      case Endless<R> endless -> Optional.empty();
    };
  }
}
