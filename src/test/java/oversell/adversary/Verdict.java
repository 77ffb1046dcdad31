package oversell.adversary;

import java.util.Set;

/**
 * What the comparison of a program came to.
 *
 * @param detail what differs, or what the explorer says
 * @param explored every outcome, if everything agrees
 */
record Verdict(Kind kind, String detail, Set<String> explored) {
  static Verdict of(Kind kind, String detail) {
    return new Verdict(kind, detail, Set.of());
  }

  enum Kind {
    /** Everything agrees. */
    SAME,
    /** It was too much for one of them; what was seen agrees. */
    TOO_MUCH,
    /** The explorer says that it has no hold on it. */
    UNCONTROLLED,
    /** The reduction changes outcomes or counts. */
    REDUCTION,
    /** The explorer misses an outcome: its proof would be false. */
    MISSED,
    /** The explorer shows an outcome that there is not. */
    INVENTED,
    /** Real threads show an outcome that was not explored. */
    NATIVE,
    /** The explorer fails. */
    CRASH;

    boolean isFailure() {
      return switch (this) {
        case SAME, TOO_MUCH, UNCONTROLLED -> false;
        case REDUCTION, MISSED, INVENTED, NATIVE, CRASH -> true;
      };
    }
  }
}
