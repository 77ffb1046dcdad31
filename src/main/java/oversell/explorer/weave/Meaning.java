package oversell.explorer.weave;

import java.util.Optional;
import java.util.regex.Pattern;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Treatment;

/**
 * What a call means to the explorer.
 *
 * @param treatment how it counts, as a step
 * @param arguments what it does with its arguments
 * @param operation what it is a step of
 * @param hook the hook that is called instead of it, or before it; empty for the one of its
 *     treatment
 * @param replaces whether that hook is called instead of it
 */
record Meaning(
    Treatment treatment,
    Arguments arguments,
    Operation operation,
    Optional<String> hook,
    boolean replaces) {
  /** What a call does with the objects that it is handed. */
  enum Arguments {
    /** It keeps them, or compares them by identity. */
    KEPT,
    /** It may ask them whether they are equal, or which comes first. */
    COMPARED,
    /** It may read all that is in them. */
    READ;

    /** Whether it reads nothing that can change, of an object of that kind. */
    boolean spares(Kind kind) {
      return switch (kind) {
        case VALUE, WOVEN -> true;
        case IDENTITY -> this != READ;
        case MUTABLE -> this == KEPT;
      };
    }
  }

  // Whoever does it past the explorer does it in real time, on threads and monitors of the JVM.
  private static final Pattern NEEDED =
      Pattern.compile(
          "(Thread|Timed|Invoke|Partner|Lock|Scope|Fork|Completer|Stream|Scheduled|Timer|Clock|Chance|Array|Reference)Hooks\\..*"
              + "|PoolHooks\\.(close|new.*|defaultThreadFactory|set.*|reject|supplyAsync"
              + "|runAsync|orTimeout|completeOnTimeout|delayedExecutor)"
              + "|makeThread|sleep|await|signal(All)?|holdsLock|join|park(Nanos|Until)|nanoTime"
              + "|currentTimeMillis|threadId|identityHashCode|changeJvmState");

  /**
   * Whether it is not under control unless its own hook is called: made by reflection, for one, or
   * by a type that does not show it.
   */
  boolean isNeeded() {
    return treatment == Treatment.UNCONTROLLED
        || hook.filter(one -> NEEDED.matcher(one).matches()).isPresent();
  }

  static Meaning pure(Arguments arguments) {
    return of(Treatment.NOTHING, arguments, Operation.CALL);
  }

  static Meaning receiver(Arguments arguments) {
    return of(Treatment.RECEIVER, arguments, Operation.CALL);
  }

  /** It reads its receiver, and changes nothing. */
  static Meaning reading(Arguments arguments) {
    return of(Treatment.READING, arguments, Operation.CALL);
  }

  /** It reads what its receiver goes through, and changes nothing but the receiver. */
  static Meaning part(Arguments arguments) {
    return of(Treatment.PART, arguments, Operation.CALL);
  }

  /** It reaches one place, which the hook finds out, with its receiver. */
  static Meaning ofOnePlace(String hook) {
    return announced(Treatment.RECEIVER, Operation.CALL, hook);
  }

  static Meaning guard() {
    return of(Treatment.GUARD, Arguments.KEPT, Operation.GUARD);
  }

  static Meaning everything() {
    return of(Treatment.EVERYTHING, Arguments.READ, Operation.CALL);
  }

  /** As {@link #everything()}, of a call that may wait as for a guard. */
  static Meaning everythingOfGuards() {
    return of(Treatment.EVERYTHING, Arguments.READ, Operation.GUARD);
  }

  static Meaning uncontrolled() {
    return of(Treatment.UNCONTROLLED, Arguments.READ, Operation.ESCAPE);
  }

  /**
   * It waits for a real timer where nobody sees it: what it is of is explored from the inside.
   *
   * @param hook the one that says of which class that is
   */
  static Meaning inside(String hook) {
    return announced(Treatment.UNCONTROLLED, Operation.ESCAPE, hook);
  }

  boolean isOfTheInside() {
    return treatment == Treatment.UNCONTROLLED && hook.isPresent();
  }

  private static Meaning of(Treatment treatment, Arguments arguments, Operation operation) {
    return new Meaning(treatment, arguments, operation, Optional.empty(), false);
  }

  /** The explorer does it itself. */
  static Meaning instead(Operation operation, String hook) {
    return new Meaning(Treatment.EVERYTHING, Arguments.READ, operation, Optional.of(hook), true);
  }

  /** As {@link #instead}, of a call on a collection, which is as any other where it makes it. */
  static Meaning insteadOfCollection(String hook) {
    return new Meaning(
        Treatment.RECEIVER, Arguments.COMPARED, Operation.CALL, Optional.of(hook), true);
  }

  /** The same of a call that may look at all that is in its arguments. */
  static Meaning insteadOfSeveral(String hook) {
    return new Meaning(
        Treatment.EVERYTHING, Arguments.READ, Operation.CALL, Optional.of(hook), true);
  }

  /** The same of a call without arguments, which counts so where the explorer makes it. */
  static Meaning insteadOfIterable(String hook, Treatment treatment) {
    return new Meaning(treatment, Arguments.KEPT, Operation.CALL, Optional.of(hook), true);
  }

  /** The explorer is told by a hook of its own that it is about to be made. */
  static Meaning announced(Treatment treatment, Operation operation, String hook) {
    return new Meaning(treatment, Arguments.KEPT, operation, Optional.of(hook), false);
  }
}
