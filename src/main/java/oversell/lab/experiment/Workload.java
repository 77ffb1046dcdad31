package oversell.lab.experiment;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import oversell.store.Guards;
import oversell.store.LockService;
import oversell.store.Pool;
import oversell.store.Product;

/**
 * One point of an experiment's matrix: what each of its trials sells, or the scenario that is
 * explored, which sells nothing.
 *
 * @param variant the name of the inventory, or of the scenario's class
 * @param carriers how many carrier threads the virtual threads share; empty leaves the JDK's
 *     default
 * @param articles how many inventories there are, a guard each; buyers take them in turn
 * @param buyers how many buyers there are over all articles, each making one purchase
 * @param stock the units of each article at the start
 * @param units the units that each buyer wants
 * @param hold how long the pause between check and act lasts
 * @param gate whether every buyer waits until the last one exists
 * @param conduct how the sale is conducted
 * @param deployment where the stock is kept
 */
public record Workload(
    String variant,
    OptionalInt carriers,
    int articles,
    int buyers,
    int stock,
    int units,
    Duration hold,
    boolean gate,
    Conduct conduct,
    Deployment deployment) {
  private static final int JVMS_FOR_EACH_KILL = 4;

  /** Rejects a sale that cannot be held. */
  public Workload {
    atLeast(1, articles, "articles");
    atLeast(1, buyers, "buyers");
    atLeast(0, stock, "stock");
    atLeast(1, units, "units");
    atLeast(1, carriers.orElse(1), "carriers");
    if (hold.isNegative()) {
      throw new IllegalArgumentException("hold must not be negative: " + hold);
    }
  }

  /** A sale from the memory of one JVM. */
  public Workload(
      String variant,
      OptionalInt carriers,
      int articles,
      int buyers,
      int stock,
      int units,
      Duration hold,
      boolean gate,
      Conduct conduct) {
    this(
        variant,
        carriers,
        articles,
        buyers,
        stock,
        units,
        hold,
        gate,
        conduct,
        Deployment.inMemory());
  }

  /** The same workload with another variant. */
  public Workload as(String other) {
    return new Workload(
        other, carriers, articles, buyers, stock, units, hold, gate, conduct, deployment);
  }

  /** The same workload with another number of buyers. */
  public Workload of(int buying) {
    return new Workload(
        variant, carriers, articles, buying, stock, units, hold, gate, conduct, deployment);
  }

  /** The same workload with its articles taken for one. */
  public Workload together() {
    return new Workload(
        variant, carriers, 1, buyers, stock, units, hold, gate, conduct, deployment);
  }

  /**
   * Whether JVMs of other machines can take a part of its buyers: several JVMs sell from a database
   * that has a way to send signals, and each may end without the sale.
   */
  public boolean canBeJoined() {
    return deployment.processes() > 1
        && deployment.product() == Product.POSTGRESQL
        && conduct.fault() != Conduct.Fault.STOP_JVM;
  }

  /** The service beside its store that its guard locks in; empty if it needs none. */
  public Optional<LockService> lockService() {
    return deployment.isInMemory() ? Optional.empty() : Guards.of(variant).lockService();
  }

  /** How many JVMs are killed in each sale: the only one, or one of four. */
  public int jvmsToKill() {
    return conduct.fault() == Conduct.Fault.KILL_JVM
        ? Math.max(1, deployment.processes() / JVMS_FOR_EACH_KILL)
        : 0;
  }

  /** Whether it is a scenario: then nothing but its name and how it is explored means anything. */
  public boolean isScenario() {
    return conduct
        .exploration()
        .filter(how -> how.subject() == Exploration.Subject.SCENARIO)
        .isPresent();
  }

  /** Whether this tool explores it. */
  public boolean isExploredBy(Exploration.Tool tool) {
    return conduct.exploration().filter(how -> how.tool() == tool).isPresent();
  }

  private static void atLeast(int least, int number, String name) {
    if (number < least) {
      throw new IllegalArgumentException(
          "%s must be %d or more: %d".formatted(name, least, number));
    }
  }

  /**
   * The most purchases of one article that do not oversell it, for the article with the most
   * buyers. Buyers that come back until they are refused buy all of it, however few they are.
   */
  public int holders() {
    int buyersOfOne = (int) (((long) buyers + articles - 1) / articles);
    return isReturning() ? stock / units : Math.min(buyersOfOne, stock / units);
  }

  private boolean isReturning() {
    return conduct.mode() == Conduct.Mode.RETURNING;
  }

  /** The buyers of that JVM of its processes that has the most. */
  public int buyersOfOneJvm() {
    return (buyers + deployment.processes() - 1) / deployment.processes();
  }

  /** How its buyers reach their store, if they are those of one JVM. */
  public Pool pool() {
    return deployment.pool(buyers);
  }

  /**
   * The least time a sale can take.
   *
   * @param exclusive whether the pauses of one article follow one another
   */
  public Duration floor(boolean exclusive) {
    return hold.multipliedBy(exclusive ? holders() : Math.min(1, holders()));
  }

  /**
   * The time that all holds take one after the other, as they do if pinned buyers keep every
   * carrier.
   */
  public Duration allHolds() {
    return hold.multipliedBy(
        isReturning()
            ? (long) holders() * Math.min(buyers, articles)
            : Math.min(buyers, (long) holders() * articles));
  }
}
