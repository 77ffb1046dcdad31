package oversell.lab.fork;

import java.time.Instant;
import java.util.List;

/**
 * Where a run took place and what of, as far as its numbers depend on it.
 *
 * @param started when
 * @param os operating system, its version and architecture
 * @param cpu the processor's name
 * @param processors how many the JVM may use
 * @param memoryBytes of the machine
 * @param load the machine's load average over the last minute, before the first fork; negative if
 *     unknown
 * @param hostJdk the build that runs the lab
 * @param jdks the build of each JDK that forks run on
 * @param warnings what is known to be wrong with those, or with the machine, a sentence each
 * @param commit of the lab; empty if unknown
 * @param clean whether everything was committed, but for results and the README that quotes them
 */
public record Environment(
    Instant started,
    String os,
    String cpu,
    int processors,
    long memoryBytes,
    double load,
    String hostJdk,
    List<String> jdks,
    List<String> warnings,
    String commit,
    boolean clean) {
  /** Copies its lists. */
  public Environment {
    jdks = List.copyOf(jdks);
    warnings = List.copyOf(warnings);
  }

  /** The builds of the JDKs, as tables and console show them. */
  public String shownJdks() {
    return jdks.isEmpty() ? "(none of those asked for)" : String.join(" and ", jdks);
  }
}
