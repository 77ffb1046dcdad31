package oversell.explorer;

/**
 * One tool at one job, as the JVM that compares them prints it, a line each.
 *
 * @param round 0 if it was to warm up
 * @param schedules that it ran; Lincheck calls each an invocation
 * @param failures that it found: of those schedules if it went on, else whether there was one
 * @param wallNanos all of it, from the request to the answer
 */
record Lap(int round, Tool tool, Job job, long schedules, long failures, long wallNanos) {
  private static final String PREFIX = "lap";

  /** Who did it, in the order of turns. */
  enum Tool {
    LINCHECK("Lincheck"),
    OVERSELL("Oversell");

    final String shown;

    Tool(String shown) {
      this.shown = shown;
    }
  }

  /** What there was to do. */
  enum Job {
    /** Go on until there is an interleaving to show for it. */
    FIRST_FAILURE("unlocked", "until a failure is told"),
    /** Run them all, whatever they come to. */
    EVERY_UNLOCKED("unlocked", "every interleaving"),
    /** The same of what has no failure. */
    EVERY_SYNCHRONIZED("synchronized", "every interleaving");

    final String variant;
    final String task;

    Job(String variant, String task) {
      this.variant = variant;
      this.task = task;
    }

    boolean fails() {
      return variant.equals("unlocked");
    }
  }

  static boolean isOne(String line) {
    return line.startsWith(PREFIX + " ");
  }

  static Lap parse(String line) {
    String[] parts = line.split(" ");
    return new Lap(
        Integer.parseInt(parts[1]),
        Tool.valueOf(parts[2]),
        Job.valueOf(parts[3]),
        Long.parseLong(parts[4]),
        Long.parseLong(parts[5]),
        Long.parseLong(parts[6]));
  }

  String line() {
    return "%s %d %s %s %d %d %d"
        .formatted(PREFIX, round, tool, job, schedules, failures, wallNanos);
  }

  double millis() {
    return wallNanos / 1e6;
  }

  double schedulesPerSecond() {
    return schedules * 1e9 / wallNanos;
  }
}
