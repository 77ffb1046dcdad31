package oversell.lab.fork;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oversell.lab.experiment.ExperimentFile;
import oversell.lab.trial.Counterexample;
import oversell.lab.trial.Explored;
import oversell.lab.trial.TrialResult;
import oversell.store.Audit;
import oversell.store.StoreFacts;

/**
 * An event of a run. Each is one JSON line of the raw log, {@code event} first; the whole report
 * can be made from them, whatever became of the run.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.RunStarted.class, name = "run-started"),
  @JsonSubTypes.Type(value = Message.ForkStarted.class, name = "fork-started"),
  @JsonSubTypes.Type(value = Message.TrialEnded.class, name = "trial-ended"),
  @JsonSubTypes.Type(value = Message.StoreOpened.class, name = "store-opened"),
  @JsonSubTypes.Type(value = Message.StoreAudited.class, name = "store-audited"),
  @JsonSubTypes.Type(value = Message.SaleShared.class, name = "sale-shared"),
  @JsonSubTypes.Type(value = Message.PinningCounted.class, name = "pinning-counted"),
  @JsonSubTypes.Type(value = Message.MemoryMeasured.class, name = "memory-measured"),
  @JsonSubTypes.Type(value = Message.CounterexampleFound.class, name = "counterexample-found"),
  @JsonSubTypes.Type(value = Message.ExplorationProgressed.class, name = "exploration-progressed"),
  @JsonSubTypes.Type(value = Message.SaleExplored.class, name = "sale-explored"),
  @JsonSubTypes.Type(value = Message.Replayed.class, name = "replayed"),
  @JsonSubTypes.Type(value = Message.ForkEnded.class, name = "fork-ended"),
  @JsonSubTypes.Type(value = Message.RunEnded.class, name = "run-ended")
})
public sealed interface Message {
  /**
   * The first line: what was asked, on which machine, and which rows it has.
   *
   * @param experiment its name
   * @param question the experiment's
   * @param answer the clauses of the sentence that leads its page
   * @param show the columns that its page shows; empty leaves the choice to the report
   * @param sources the titles of what it is held to
   * @param source the experiment's file as the user named it
   * @param text the experiment as it was written
   * @param settings what the command line said instead of it, by key
   * @param seed of the order of the forks
   * @param rows the table's, empty so far
   * @param forks JVMs a row
   * @param trials counted trials a fork
   * @param warmups trials a fork that are not counted
   */
  record RunStarted(
      Environment environment,
      String experiment,
      String question,
      List<String> answer,
      List<String> show,
      List<String> sources,
      String source,
      String text,
      Map<String, String> settings,
      long seed,
      List<ForkPlan.Row> rows,
      int forks,
      int trials,
      int warmups)
      implements Message {
    // Those that say which rows there are, rather than what each of them does.
    private static final Set<String> OF_ROWS = Set.of("variants", "forks", "jdks", "expect");

    /**
     * The command that runs a schedule of this run once more: with the settings that it was run
     * with, as far as they matter to one sale.
     */
    public String replayCommand(String variant, String schedule) {
      boolean byName = source.equals("experiments/" + experiment + ".yaml");
      StringBuilder command = new StringBuilder("mvn exec:java");
      if (!source.equals(ExperimentFile.COMMAND_LINE)) {
        append(command, "exp", byName ? experiment : source);
      }
      settings.forEach(
          (name, value) -> {
            if (!OF_ROWS.contains(name)) {
              append(command, name, value);
            }
          });
      append(command, "replay", variant + ":" + schedule);
      return command.toString();
    }

    private static void append(StringBuilder command, String name, String value) {
      boolean plain = value.matches("[\\w.,:/=+~-]*");
      command.append(" -D").append(name).append('=');
      command.append(plain ? value : '"' + value + '"');
    }
  }

  /**
   * The host launches a fork.
   *
   * @param row the number of the row that it counts for
   * @param purpose what it is for
   * @param build of the JDK that it runs on; empty if there is none
   * @param flags of its JVM, without its class path
   */
  record ForkStarted(int fork, int row, Fork.Purpose purpose, String build, List<String> flags)
      implements Message {}

  /** What a fork sends. */
  sealed interface OfFork extends Message {
    /** Whether it is what the fork was launched for, or a part of that. */
    default boolean isResult() {
      return this instanceof TrialEnded || this instanceof SaleExplored || this instanceof Replayed;
    }
  }

  /** A fork has run a trial. */
  record TrialEnded(int fork, TrialResult result) implements OfFork {}

  /**
   * A fork has opened its store.
   *
   * @param facts what the store says of itself
   * @param lockMode how long the guard holds what it locks; empty if it locks nothing
   */
  record StoreOpened(int fork, StoreFacts facts, String lockMode) implements OfFork {}

  /**
   * A fork has audited its store after a trial.
   *
   * @param warmup whether the trial is not to be counted
   * @param kills how often a process was killed in it
   */
  record StoreAudited(int fork, boolean warmup, int kills, Audit audit) implements OfFork {}

  /**
   * A fork has shared a sale among JVMs, of this machine or others.
   *
   * @param warmup whether the trial is not to be counted
   * @param shares of its buyers
   */
  record SaleShared(int fork, boolean warmup, List<Share> shares) implements OfFork {
    /** Copies its list. */
    public SaleShared {
      shares = List.copyOf(shares);
    }

    /** How many JVMs took a share and never reported. */
    public int lost() {
      return shares.stream().mapToInt(share -> share.jvms().size() - 1).sum();
    }

    /** How many JVMs of those that took part had come by themselves. */
    public int joined() {
      return (int)
          shares.stream()
              .flatMap(share -> share.jvms().stream())
              .filter(Joiner::hasJoined)
              .distinct()
              .count();
    }
  }

  /**
   * A part of the buyers of a sale.
   *
   * @param buyers how many
   * @param jvms the names of those that took it, in this order; the last has reported
   */
  record Share(int buyers, List<String> jvms) {
    /** Copies its list. */
    public Share {
      jvms = List.copyOf(jvms);
    }
  }

  /**
   * A fork has counted the virtual threads that blocked without leaving their carriers.
   *
   * @param events how often one did
   * @param nanos for how long, all together
   */
  record PinningCounted(int fork, long events, long nanos) implements OfFork {}

  /**
   * A fork has run its trials.
   *
   * @param peakRssBytes the most memory of the machine that its JVM ever had, code and stacks
   *     included; 0 where it is unknown
   * @param idleRssBytes what it had before the first trial
   */
  record MemoryMeasured(int fork, long peakRssBytes, long idleRssBytes) implements OfFork {}

  /**
   * A fork has found executions that fail a check; this is the shortest one.
   *
   * @param sinceLaunchNanos how long after the launch of its JVM
   */
  record CounterexampleFound(int fork, long sinceLaunchNanos, Counterexample counterexample)
      implements OfFork {}

  /**
   * A fork is exploring. Shown to the user, and not written down.
   *
   * @param executions those that were run to their end
   * @param violations those of them that failed a check
   * @param share how much of all there is has been run, from 0 to 1, as an estimate
   * @param perSecond how many executions a second since it began
   */
  record ExplorationProgressed(
      int fork, long executions, long violations, double share, double perSecond)
      implements OfFork {}

  /**
   * A fork has run a schedule once more. Shown to the user, and not written down.
   *
   * @param strictly whether every step was as scheduled
   * @param passedOver how often the scheduled thread could not run
   */
  record Replayed(int fork, boolean strictly, int passedOver, Counterexample told)
      implements OfFork {}

  /**
   * A fork has explored a sale or a scenario.
   *
   * @param explored the result of the last time
   * @param lapNanos how long each time took, from its making to its end; none if only the first
   *     time began anew
   */
  record SaleExplored(int fork, Explored explored, List<Long> lapNanos) implements OfFork {
    /** Copies its list. */
    public SaleExplored {
      lapNanos = List.copyOf(lapNanos);
    }
  }

  /**
   * The host has seen a fork end.
   *
   * @param machine how busy the machine was meanwhile
   */
  record ForkEnded(int fork, int row, ForkOutcome outcome, MachineShare machine)
      implements Message {}

  /**
   * The last line of a run that was not interrupted.
   *
   * @param load the machine's load average over the last minute
   */
  record RunEnded(Instant ended, double load) implements Message {}
}
