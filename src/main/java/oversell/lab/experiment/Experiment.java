package oversell.lab.experiment;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import oversell.store.Guards;

/**
 * A question to the lab, validated.
 *
 * @param name what its results folder is called
 * @param page what its page asks and shows
 * @param terms what all its sales have in common
 * @param matrix what varies
 * @param runs how often each is run, and in which JVMs
 * @param expectations by the name of the variant, or "NAME on JDK", "NAME on JDK on STORE" or "NAME
 *     in N JVMs", for those that the file names
 * @param published what others have published, by the name of the scenario
 */
public record Experiment(
    String name,
    Page page,
    Terms terms,
    Matrix matrix,
    Runs runs,
    Map<String, Expectation> expectations,
    Map<String, Published> published) {

  /**
   * What the page of an experiment asks and shows.
   *
   * @param question one sentence
   * @param answer the clauses of the sentence that leads the page, with references to cells
   * @param show the columns of its table; empty leaves the choice to the report
   * @param sources the titles of what it is held to
   */
  public record Page(
      String question, List<String> answer, List<String> show, List<String> sources) {
    /** Copies its lists. */
    public Page {
      answer = List.copyOf(answer);
      show = List.copyOf(show);
      sources = List.copyOf(sources);
    }
  }

  /**
   * What all sales of an experiment have in common.
   *
   * @param stock how many units each article has
   * @param units the units that each buyer wants
   * @param gate whether buyers wait for one another before the sale opens
   */
  public record Terms(Stock stock, int units, boolean gate) {}

  /**
   * What varies: every combination is run.
   *
   * @param jdks the JDKs to run on
   * @param conducts how sales are conducted
   * @param articles numbers of articles
   * @param buyers numbers of buyers
   * @param holds lengths of the pause
   * @param carriers numbers of carrier threads; empty stands for the JDK's default
   * @param variants names of inventories, or of scenarios
   * @param deployments where the stock is kept
   */
  public record Matrix(
      List<JdkRequest> jdks,
      List<Conduct> conducts,
      List<Integer> articles,
      List<Integer> buyers,
      List<Duration> holds,
      List<OptionalInt> carriers,
      List<String> variants,
      List<Deployment> deployments) {
    /** Copies its lists. */
    public Matrix {
      jdks = List.copyOf(jdks);
      conducts = List.copyOf(conducts);
      articles = List.copyOf(articles);
      buyers = List.copyOf(buyers);
      holds = List.copyOf(holds);
      carriers = List.copyOf(carriers);
      variants = List.copyOf(variants);
      deployments = List.copyOf(deployments);
    }

    /** How many combinations there are. */
    BigInteger size() {
      return Stream.of(jdks, conducts, articles, buyers, holds, carriers, variants, deployments)
          .map(List::size)
          .map(BigInteger::valueOf)
          .reduce(BigInteger.ONE, BigInteger::multiply);
    }
  }

  /**
   * How often each combination is run, and in which JVMs.
   *
   * @param trials counted trials of a fork, 1 or more
   * @param warmups trials before those, not counted
   * @param forks JVMs for each row
   * @param pinning whether each row gets one more fork, which counts pinned threads
   * @param heapMebibytes the largest heap of a fork; empty leaves the JDK's default
   * @param deadline when a fork is killed; empty means by the size of its workload
   * @param seed of the order in which forks run
   */
  public record Runs(
      int trials,
      int warmups,
      int forks,
      boolean pinning,
      OptionalInt heapMebibytes,
      Optional<Duration> deadline,
      long seed) {}

  /** How many units each article has at the start. */
  public sealed interface Stock {
    /** The same number, however many buyers there are. */
    record Fixed(int units) implements Stock {}

    /**
     * A number that grows with the buyers: with a fixed stock, a large sale would measure how fast
     * threads are created.
     */
    record PerBuyer(int units) implements Stock {}

    /** The stock of each of the articles; rounded up if the buyers do not divide evenly. */
    default int of(int buyers, int articles) {
      return switch (this) {
        case Fixed fixed -> fixed.units();
        case PerBuyer perBuyer ->
            Math.toIntExact(((long) buyers * perBuyer.units() + articles - 1) / articles);
      };
    }
  }

  /** Copies its maps. */
  public Experiment {
    expectations = Map.copyOf(expectations);
    published = Map.copyOf(published);
  }

  /** Every point of the matrix, in the order in which tables list them. */
  public List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    for (Deployment deployment : matrix.deployments()) {
      for (Conduct conduct : matrix.conducts()) {
        if (needsDurability(conduct.fault()) && !deployment.precautions().durable()) {
          continue;
        }
        for (int articleCount : matrix.articles()) {
          for (int buyerCount : matrix.buyers()) {
            for (Duration hold : matrix.holds()) {
              workloads.addAll(workloads(deployment, conduct, articleCount, buyerCount, hold));
            }
          }
        }
      }
    }
    return workloads;
  }

  /**
   * A store that nobody kills loses nothing; and one that answers before it has written has nothing
   * on its disk before it answers.
   */
  private static boolean needsDurability(Conduct.Fault fault) {
    return fault == Conduct.Fault.KILL_JVM || fault == Conduct.Fault.LOSE_ANSWER;
  }

  private List<Workload> workloads(
      Deployment deployment, Conduct conduct, int articleCount, int buyerCount, Duration hold) {
    int stocked = terms.stock().of(buyerCount, articleCount);
    return matrix.carriers().stream()
        .flatMap(
            carrierCount ->
                matrix.variants().stream()
                    .filter(variant -> isPossible(variant, deployment))
                    .map(
                        variant ->
                            new Workload(
                                variant,
                                carrierCount,
                                articleCount,
                                buyerCount,
                                stocked,
                                terms.units(),
                                hold,
                                terms.gate(),
                                conduct,
                                deployment)))
        .toList();
  }

  /** A technique that a product lacks has no row with it. */
  private static boolean isPossible(String variant, Deployment deployment) {
    return deployment.isInMemory() || Guards.of(variant).lacking(deployment.product()).isEmpty();
  }

  /**
   * What is expected of a workload on a JDK.
   *
   * @param safe whether it claims to be safe; used if the file says nothing
   */
  public Expectation expectation(Workload workload, int jdk, boolean safe) {
    String variant = workload.variant();
    int processes = workload.deployment().processes();
    return Stream.of(
            "%s on %d on %s".formatted(variant, jdk, workload.deployment().shown()),
            variant + " on " + jdk,
            "%s in %d %s".formatted(variant, processes, processes == 1 ? "JVM" : "JVMs"),
            variant)
        .filter(expectations::containsKey)
        .findFirst()
        .map(expectations::get)
        .orElse(safe ? Expectation.SAFE : Expectation.ANY);
  }

  /** What others have published of a workload. */
  public Published published(Workload workload) {
    return published.getOrDefault(workload.variant(), Published.nothing());
  }
}
