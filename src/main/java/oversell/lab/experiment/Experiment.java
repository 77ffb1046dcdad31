package oversell.lab.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A question to the lab, validated. Lists hold what varies, and every combination is run.
 *
 * @param name what its results folder is called
 * @param question one sentence
 * @param answer the clauses of the sentence that leads its page, with references to cells
 * @param show the columns that its page shows; empty leaves the choice to the report
 * @param stock how many units each article has
 * @param units the units that each buyer wants
 * @param buyers numbers of buyers
 * @param holds lengths of the pause
 * @param articles numbers of articles
 * @param variants names of inventories
 * @param trials counted trials of a fork, 1 or more
 * @param warmups trials before those, not counted
 * @param forks JVMs for each row
 * @param jdks the JDKs to run on
 * @param carriers numbers of carrier threads; empty stands for the JDK's default
 * @param gate whether buyers wait for one another before the sale opens
 * @param conducts how sales are conducted
 * @param pinning whether each row gets one more fork, which counts pinned threads
 * @param heapMebibytes the largest heap of a fork; empty leaves the JDK's default
 * @param deadline when a fork is killed; empty means by the size of its workload
 * @param seed of the order in which forks run
 * @param expectations by the name of the variant, or "NAME on JDK", for those that the file names
 */
public record Experiment(
    String name,
    String question,
    List<String> answer,
    List<String> show,
    Stock stock,
    int units,
    List<Integer> buyers,
    List<Duration> holds,
    List<Integer> articles,
    List<String> variants,
    int trials,
    int warmups,
    int forks,
    List<JdkRequest> jdks,
    List<OptionalInt> carriers,
    boolean gate,
    List<Conduct> conducts,
    boolean pinning,
    OptionalInt heapMebibytes,
    Optional<Duration> deadline,
    long seed,
    Map<String, Expectation> expectations) {

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

  /** Copies its collections. */
  public Experiment {
    answer = List.copyOf(answer);
    show = List.copyOf(show);
    conducts = List.copyOf(conducts);
    buyers = List.copyOf(buyers);
    holds = List.copyOf(holds);
    articles = List.copyOf(articles);
    variants = List.copyOf(variants);
    jdks = List.copyOf(jdks);
    carriers = List.copyOf(carriers);
    expectations = Map.copyOf(expectations);
  }

  /** Every point of the matrix, in the order in which tables list them. */
  public List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    for (Conduct conduct : conducts) {
      for (int articleCount : articles) {
        for (int buyerCount : buyers) {
          for (Duration hold : holds) {
            workloads.addAll(workloads(conduct, articleCount, buyerCount, hold));
          }
        }
      }
    }
    return workloads;
  }

  private List<Workload> workloads(
      Conduct conduct, int articleCount, int buyerCount, Duration hold) {
    int stocked = stock.of(buyerCount, articleCount);
    return carriers.stream()
        .flatMap(
            carrierCount ->
                variants.stream()
                    .map(
                        variant ->
                            new Workload(
                                variant,
                                carrierCount,
                                articleCount,
                                buyerCount,
                                stocked,
                                units,
                                hold,
                                gate,
                                conduct)))
        .toList();
  }

  /**
   * What is expected of a variant on a JDK.
   *
   * @param safe whether it claims to be safe; used if the file says nothing
   */
  public Expectation expectation(String variant, int jdk, boolean safe) {
    Expectation claimed = safe ? Expectation.SAFE : Expectation.ANY;
    return expectations.getOrDefault(
        variant + " on " + jdk, expectations.getOrDefault(variant, claimed));
  }
}
