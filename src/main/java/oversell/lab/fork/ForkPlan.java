package oversell.lab.fork;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import oversell.boot.Jdk;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Deployment;
import oversell.lab.experiment.Expectation;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.JdkRequest;
import oversell.lab.experiment.Published;
import oversell.lab.experiment.Workload;
import oversell.store.Guard;
import oversell.store.Guards;

/**
 * The rows of an experiment, and the forks that fill them in the order in which they run.
 *
 * @param rows the table's, in its order
 * @param forks every fork of every row, shuffled so that a machine that slows down slows down no
 *     variant more than another
 */
public record ForkPlan(List<Row> rows, List<Fork> forks) {
  /**
   * One row of an experiment's table: a workload on a JDK, run by one or more forks.
   *
   * @param number its place in the table, from 0
   * @param jdk the feature number of the JDK
   * @param workload what each trial sells
   * @param expected what the experiment expects of its variant
   * @param floor the least time a trial can take
   * @param published what others have published of it, which it is held to
   */
  public record Row(
      int number,
      int jdk,
      Workload workload,
      Expectation expected,
      Duration floor,
      Published published) {
    /** A row of which nothing is published. */
    public Row(int number, int jdk, Workload workload, Expectation expected, Duration floor) {
      this(number, jdk, workload, expected, floor, Published.nothing());
    }
  }

  /** What a variant says of itself, wherever its stock is kept. */
  private record Claim(boolean isSafe, boolean isExclusive) {
    static Claim of(Workload workload, Inventories inventories) {
      if (workload.isScenario()) {
        return new Claim(true, false);
      }
      Deployment deployment = workload.deployment();
      if (deployment.isInMemory()) {
        InventoryProvider variant = inventories.get(workload.variant());
        return new Claim(variant.safe(), variant.exclusive());
      }
      Guard guard = Guards.of(workload.variant());
      boolean survives =
          !workload.conduct().fault().kills()
              || deployment.precautions().equals(Deployment.Precautions.all());
      return new Claim(
          survives && deployment.isSafe(guard, workload.buyersOfOneJvm()),
          guard.isExclusive(deployment.processes()));
    }
  }

  private static final Duration TO_START = Duration.ofSeconds(60);
  private static final Duration FOR_EACH_BUYER = Duration.ofNanos(200_000);
  private static final Duration FOR_EACH_TRANSACTION = Duration.ofMillis(20);
  private static final int SLACK = 4;
  // How many schedules there are is not known before they have been run.
  private static final Duration TO_EXPLORE = Duration.ofMinutes(10);

  /** Copies its lists. */
  public ForkPlan {
    rows = List.copyOf(rows);
    forks = List.copyOf(forks);
  }

  /**
   * Plans an experiment.
   *
   * @param host the JDK that runs the lab
   * @param installed the JDKs of this machine
   */
  public static ForkPlan of(
      Experiment experiment, Inventories inventories, Jdk host, Collection<Jdk> installed) {
    List<Row> rows = new ArrayList<>();
    List<Fork> forks = new ArrayList<>();
    jdks(experiment, host, installed)
        .forEach(
            (feature, jdk) -> {
              for (Workload workload : experiment.workloads()) {
                Claim variant = Claim.of(workload, inventories);
                Duration floor = workload.floor(variant.isExclusive());
                Row row =
                    new Row(
                        rows.size(),
                        feature,
                        workload,
                        experiment.expectation(workload, feature, variant.isSafe()),
                        floor,
                        experiment.published(workload));
                rows.add(row);
                boolean explores = workload.conduct().exploration().isPresent();
                Duration deadline =
                    experiment.runs().deadline().orElse(deadline(experiment, workload));
                Fork fork =
                    new Fork(
                        0,
                        row,
                        jdk,
                        explores ? Fork.Purpose.EXPLORATION : Fork.Purpose.TRIALS,
                        experiment.runs().heapMebibytes(),
                        explores ? 0 : experiment.runs().trials(),
                        experiment.runs().warmups(),
                        deadline,
                        experiment.runs().seed(),
                        "");
                forks.addAll(Collections.nCopies(experiment.runs().forks(), fork));
                if (experiment.runs().pinning()) {
                  forks.add(fork.countingPinned());
                }
              }
            });
    Collections.shuffle(forks, new Random(experiment.runs().seed()));
    return new ForkPlan(rows, numbered(forks));
  }

  /** Those that forks run on, the oldest first. */
  public List<Jdk> jdks() {
    return forks.stream()
        .map(Fork::jdk)
        .flatMap(Optional::stream)
        .distinct()
        .sorted(Comparator.comparingInt(Jdk::feature))
        .toList();
  }

  private static List<Fork> numbered(List<Fork> forks) {
    List<Fork> numbered = new ArrayList<>();
    forks.forEach(fork -> numbered.add(fork.at(numbered.size())));
    return numbered;
  }

  private static Map<Integer, Optional<Jdk>> jdks(
      Experiment experiment, Jdk host, Collection<Jdk> installed) {
    Map<Integer, Optional<Jdk>> jdks = new LinkedHashMap<>();
    for (JdkRequest request : experiment.matrix().jdks()) {
      switch (request) {
        case JdkRequest.Host ignored -> jdks.put(host.feature(), Optional.of(host));
        case JdkRequest.All ignored ->
            installed.forEach(jdk -> jdks.put(jdk.feature(), Optional.of(jdk)));
        case JdkRequest.Feature feature ->
            jdks.put(
                feature.number(),
                installed.stream().filter(jdk -> jdk.feature() == feature.number()).findFirst());
      }
    }
    return jdks;
  }

  /**
   * Long enough that only a fork that hangs misses it: every hold of every article one after the
   * other, several times over. Pinned buyers on JDK 21 really do run like that.
   */
  private static Duration deadline(Experiment experiment, Workload workload) {
    if (workload.conduct().exploration().isPresent()) {
      return TO_EXPLORE.multipliedBy(1L + experiment.runs().warmups());
    }
    Duration trial =
        workload
            .allHolds()
            .plus(
                (workload.deployment().isInMemory() ? FOR_EACH_BUYER : FOR_EACH_TRANSACTION)
                    .multipliedBy(workload.buyers()))
            .multipliedBy(SLACK);
    if (workload.conduct().fault().isOfProcess()) {
      trial = trial.plus(TO_START);
    }
    return TO_START
        .multipliedBy(workload.deployment().processes())
        .plus(trial.multipliedBy((long) experiment.runs().trials() + experiment.runs().warmups()));
  }
}
