package oversell.lab.fork;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.boot.Jdk;
import oversell.lab.cluster.Meeting;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/**
 * Takes part in a run that another machine hosts: waits for one in a database, launches a JVM that
 * sells for each fork of it that has work for others, and ends with the run.
 */
public final class Joiner implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Joiner.class);
  private static final String NAME = "joined-";
  private static final int DIGITS = 8;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  /** So long is a database waited for that does not answer. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final StoreAccess access;
  private final String version;
  private final Machine machine;
  private final Consumer<String> news;
  private final LongSupplier nanoTime;
  private Optional<Part> part = Optional.empty();
  private int forks;
  private String said = "";

  /**
   * What JVMs are launched with on this machine.
   *
   * @param jdks that are installed
   * @param scopes compiles the scope of each
   * @param classPath of the lab
   * @param folder takes what a JVM prints
   */
  public record Machine(Collection<Jdk> jdks, ScopeCompiler scopes, String classPath, Path folder) {
    /** Copies its collection. */
    public Machine {
      jdks = List.copyOf(jdks);
    }
  }

  /** How it ended. */
  public sealed interface Ending {
    /**
     * The run has ended.
     *
     * @param forks how many of its forks this machine has sold for
     */
    record RunEnded(int forks) implements Ending {}

    /**
     * There was no run that could be joined.
     *
     * @param reason a sentence
     */
    record Refused(String reason) implements Ending {}

    /**
     * The host or the database is gone.
     *
     * @param reason a sentence
     */
    record Lost(String reason) implements Ending {}
  }

  /**
   * Its part in a fork.
   *
   * @param schema of the fork
   * @param jvm that sells; empty if none can
   */
  private record Part(String schema, Optional<ShareJvm> jvm) {}

  /**
   * To join a run.
   *
   * @param access to its database
   * @param version of the code on this machine, which must be that of the host's
   * @param news takes a sentence for the user at a time
   */
  public Joiner(
      StoreAccess access,
      String version,
      Machine machine,
      Consumer<String> news,
      LongSupplier nanoTime) {
    this.access = access;
    this.version = version;
    this.machine = machine;
    this.news = news;
    this.nanoTime = nanoTime;
  }

  /** Whether a JVM has come from a machine that has joined, by its name. */
  static boolean hasJoined(String name) {
    return name.startsWith(NAME);
  }

  /**
   * Waits for a run, and takes part in it until it ends.
   *
   * @throws StoreFailure if there is no such database; the text says why
   * @throws InterruptedException if the caller is interrupted
   */
  public Ending run() throws InterruptedException {
    try (Meeting.Guest guest = Meeting.Guest.of(access)) {
      Optional<String> joined = Optional.empty();
      long answeredNanos = nanoTime.getAsLong();
      while (true) {
        try {
          List<Meeting.Run> runs = guest.runs();
          answeredNanos = nanoTime.getAsLong();
          Choice choice = Choice.of(runs, version, joined);
          switch (choice) {
            case Choice.Wait wait -> say(wait.reason());
            case Choice.Join join -> {
              if (joined.isEmpty()) {
                say(
                    "joined the run %s, which is of the same code: %s"
                        .formatted(join.run(), version));
              }
              joined = Optional.of(join.run());
              take(guest.fork(join.run()));
            }
            case Choice.End end -> {
              return end.how(forks);
            }
          }
        } catch (StoreFailure unanswered) {
          say(
              "this machine asks again for %d s: %s"
                  .formatted(PATIENCE.toSeconds(), unanswered.getMessage()));
          if (nanoTime.getAsLong() - answeredNanos > PATIENCE.toNanos()) {
            return new Ending.Lost(
                "this machine has asked for %d s in vain: %s"
                    .formatted(PATIENCE.toSeconds(), unanswered.getMessage()));
          }
        }
        Thread.sleep(BETWEEN_LOOKS);
      }
    } finally {
      close();
    }
  }

  /** What to do next. */
  sealed interface Choice {
    /**
     * To wait.
     *
     * @param reason a sentence
     */
    record Wait(String reason) implements Choice {}

    /**
     * To join a run, or to go on with it.
     *
     * @param run its name
     */
    record Join(String run) implements Choice {}

    /** To end. */
    @FunctionalInterface
    non-sealed interface End extends Choice {
      /**
       * How.
       *
       * @param forks that this machine has sold for
       */
      Ending how(int forks);
    }

    /**
     * Chooses.
     *
     * @param runs those whose hosts have left a trace in the database
     * @param version of the code here
     * @param joined the run that this machine takes part in
     */
    static Choice of(List<Meeting.Run> runs, String version, Optional<String> joined) {
      return joined.map(run -> goOn(runs, run)).orElseGet(() -> begin(runs, version));
    }

    private static Choice goOn(List<Meeting.Run> runs, String joined) {
      Optional<Meeting.Run> run = runs.stream().filter(one -> one.name().equals(joined)).findAny();
      if (run.isEmpty()) {
        return (End) Ending.RunEnded::new;
      }
      if (run.get().host().isAlive()) {
        return new Join(joined);
      }
      String silent =
          "nothing was heard of the host of the run %s for %d s, so it has ended"
              .formatted(joined, run.get().host().silence().toSeconds());
      return (End) forks -> new Ending.Lost(silent);
    }

    private static Choice begin(List<Meeting.Run> runs, String version) {
      List<Meeting.Run> living = runs.stream().filter(run -> run.host().isAlive()).toList();
      Optional<Meeting.Run> same =
          living.stream().filter(run -> run.host().note().equals(version)).findFirst();
      if (same.isPresent()) {
        return new Join(same.get().name());
      }
      if (living.isEmpty()) {
        return new Wait("no experiment runs there that can be joined; waits for one, until Ctrl-C");
      }
      String other =
          "the run %s is of another version of the code: there %s, here %s; check out the same commit on both machines"
              .formatted(living.getFirst().name(), living.getFirst().host().note(), version);
      return (End) forks -> new Ending.Refused(other);
    }
  }

  private void say(String sentence) {
    if (!sentence.equals(said)) {
      said = sentence;
      news.accept(sentence);
    }
  }

  /** Takes part in a fork that was not there before, and no more in one that is not there now. */
  private void take(Optional<Meeting.Fork> fork) throws InterruptedException {
    if (part.isPresent() && !fork.map(Meeting.Fork::schema).equals(part.map(Part::schema))) {
      close();
    }
    if (fork.isPresent() && part.isEmpty()) {
      part = Optional.of(new Part(fork.get().schema(), launch(fork.get())));
    }
    part.flatMap(Part::jvm)
        .filter(jvm -> !jvm.isAlive())
        .ifPresent(
            jvm ->
                say(
                    "the JVM that sold for %s has ended with status %d; what it printed is in %s"
                        .formatted(
                            part.get().schema(), jvm.process().exitValue(), output(jvm.name()))));
  }

  private Optional<ShareJvm> launch(Meeting.Fork fork) throws InterruptedException {
    Job job = Wire.parse(fork.job(), Job.class);
    Optional<Jdk> jdk =
        machine.jdks().stream().filter(one -> one.feature() == job.jdk()).findFirst();
    if (jdk.isEmpty()) {
      say(
          "%s is sold on JDK %d, which is not installed here: leaves it to others"
              .formatted(fork.schema(), job.jdk()));
      return Optional.empty();
    }
    String name = NAME + Token.random().text().substring(0, DIGITS);
    try {
      Path scope = machine.scopes().classesFor(jdk.get());
      List<String> command = new ArrayList<>();
      command.add(jdk.get().program("java").toString());
      command.addAll(job.flags());
      command.addAll(List.of("-cp", machine.classPath() + File.pathSeparator + scope));
      Files.createDirectories(machine.folder());
      ShareJvm jvm =
          ShareJvm.launch(
              command,
              ProcessBuilder.Redirect.to(output(name).toFile()),
              new ShareMain.Membership(name, false, job.workload(), access.in(fork.schema())));
      forks++;
      LOG.info("{} launched for {}: process {}", name, fork.schema(), jvm.process().pid());
      say(
          "%s sells for %s: %s on JDK %s"
              .formatted(name, fork.schema(), job.workload().variant(), jdk.get().build()));
      return Optional.of(jvm);
    } catch (IOException refused) {
      say("no JVM can be launched for %s: %s".formatted(fork.schema(), refused.getMessage()));
      return Optional.empty();
    }
  }

  private Path output(String name) {
    return machine.folder().resolve(name + ".log");
  }

  /** Lets go of the JVM that sells, if one does. */
  @Override
  public void close() {
    part.flatMap(Part::jvm).ifPresent(ShareJvm::close);
    part = Optional.empty();
  }
}
