package oversell.lab.fork;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.lab.experiment.Deployment;
import oversell.store.Guards;
import oversell.store.LocalServer;
import oversell.store.Pool;
import oversell.store.Product;
import oversell.store.Store;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/**
 * The databases of a run: started by the host before the first fork, if the run needs one that the
 * host can start, and stopped after the last.
 */
public final class Stores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private static final String ANY_GUARD = "select-for-update";
  private static final String PREFIX = "oversell_";
  private static final int DIGITS = 8;

  // Two runs that share somebody's database must not share tables.
  private final String run = Token.random().text().substring(0, DIGITS);
  private final Optional<LocalServer> server;
  private final String whyNone;
  private final Map<String, StoreAccess> byUrl;

  private Stores(Optional<LocalServer> server, String whyNone, Map<String, StoreAccess> byUrl) {
    this.server = server;
    this.whyNone = whyNone;
    this.byUrl = byUrl;
  }

  /** Those of a run that needs none. */
  public static Stores none() {
    return new Stores(Optional.empty(), "no PostgreSQL was started", Map.of());
  }

  /**
   * Starts what a plan needs. Where PostgreSQL cannot be started, its rows say why, and those of
   * other stores are run.
   *
   * @param binaries where PostgreSQL is unpacked, once for all runs
   * @param credentials who connects to a store that is given by its URL
   */
  public static Stores start(ForkPlan plan, Path binaries, Credentials credentials) {
    Map<String, StoreAccess> byUrl = byUrl(plan, credentials);
    if (plan.rows().stream().noneMatch(row -> isLocalServer(row.workload().deployment()))) {
      return new Stores(Optional.empty(), "", byUrl);
    }
    try {
      LOG.info("starts PostgreSQL, unpacked in {}", binaries);
      return new Stores(Optional.of(LocalServer.start(binaries)), "", byUrl);
    } catch (IOException refused) {
      LOG.info("PostgreSQL cannot be started", refused);
      return new Stores(Optional.empty(), String.valueOf(refused.getMessage()), byUrl);
    }
  }

  /**
   * Looks whether what a plan is to sell from can be sold from: connects to each store that is
   * given by its URL, makes its tables there, and drops them.
   *
   * @throws StoreFailure if that cannot be done; the text says why
   */
  public static void check(ForkPlan plan, Credentials credentials) {
    String schema = PREFIX + Token.random().text().substring(0, DIGITS);
    for (StoreAccess access : byUrl(plan, credentials).values()) {
      Store.create(access.in(schema), Guards.of(ANY_GUARD), Pool.of(1)).close();
    }
  }

  private static Map<String, StoreAccess> byUrl(ForkPlan plan, Credentials credentials) {
    Map<String, StoreAccess> byUrl = new TreeMap<>();
    for (ForkPlan.Row row : plan.rows()) {
      Deployment deployment = row.workload().deployment();
      if (deployment.isByUrl()) {
        byUrl.put(
            deployment.store(),
            new StoreAccess(deployment.store(), credentials.user(), credentials.password(), ""));
      }
    }
    return byUrl;
  }

  /**
   * Who connects.
   *
   * @param user of the store
   * @param password of that user
   */
  public record Credentials(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  private static boolean isLocalServer(Deployment deployment) {
    return !deployment.isInMemory()
        && !deployment.isByUrl()
        && deployment.product() == Product.POSTGRESQL;
  }

  /** Why a store cannot be reached, as a clause; empty if it can. */
  Optional<String> missing(Deployment deployment) {
    return isLocalServer(deployment) && server.isEmpty() ? Optional.of(whyNone) : Optional.empty();
  }

  /**
   * How a fork reaches its store, and a schema of its own there; empty if its stock is in memory.
   */
  Optional<StoreAccess> access(Deployment deployment, int fork) {
    if (deployment.isInMemory()) {
      return Optional.empty();
    }
    String schema = PREFIX + run + "_" + fork;
    if (isLocalServer(deployment)) {
      return server.map(local -> local.access(schema));
    }
    StoreAccess named = byUrl.get(deployment.store());
    return Optional.of(named == null ? StoreAccess.inProcess() : named.in(schema));
  }

  /**
   * Stops what was started, and drops the tables of forks that were killed; does nothing a second
   * time.
   */
  @Override
  public void close() throws IOException {
    for (StoreAccess access : byUrl.values()) {
      try {
        Store.dropSchemas(access, PREFIX + run);
      } catch (StoreFailure gone) {
        LOG.warn(
            "the schemas {}{}_* may be left in {}: {}",
            PREFIX,
            run,
            access.url(),
            gone.getMessage());
      }
    }
    if (server.isPresent()) {
      LOG.info("stops PostgreSQL");
      server.get().close();
    }
  }
}
