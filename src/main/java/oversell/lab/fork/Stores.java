package oversell.lab.fork;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.lab.cluster.Meeting;
import oversell.lab.cluster.Presence;
import oversell.lab.cluster.Schemas;
import oversell.lab.experiment.Deployment;
import oversell.lab.experiment.Workload;
import oversell.store.Guards;
import oversell.store.LocalServer;
import oversell.store.Pool;
import oversell.store.RedisAccess;
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
  private static final int DIGITS = 8;

  // Two runs that share somebody's database must not share tables.
  private final String run = Token.random().text().substring(0, DIGITS);
  // By whether they are durable.
  private final Map<Boolean, LocalServer> servers = new TreeMap<>();
  private String whyNone = "no PostgreSQL was started";
  private LockServices locks = LockServices.none();
  private final List<Presence> presences = new ArrayList<>();
  private final Map<String, StoreAccess> byUrl;
  private final List<Meeting> meetings = new ArrayList<>();

  private Stores(Map<String, StoreAccess> byUrl) {
    this.byUrl = byUrl;
  }

  /** Those of a run that needs none. */
  public static Stores none() {
    return new Stores(Map.of());
  }

  /**
   * Starts what a plan needs, and drops what killed hosts have left in stores that are given by
   * their URLs. Where PostgreSQL, ZooKeeper or Redis cannot be started, the rows that need it say
   * why, and the others are run.
   *
   * @param binaries where PostgreSQL is unpacked, once for all runs
   * @param credentials who connects to a store that is given by its URL
   * @param version of the code, which JVMs that join from other machines must have as well
   * @throws StoreFailure if a store that is given by its URL does not answer any more
   */
  public static Stores start(
      ForkPlan plan, Path binaries, Credentials credentials, Supplier<String> version) {
    Stores stores = new Stores(byUrl(plan, credentials));
    for (StoreAccess access : stores.byUrl.values()) {
      stores.presences.add(Presence.of(access, stores.run));
      Presence.dropAbandoned(access);
    }
    List<Workload> workloads = plan.rows().stream().map(ForkPlan.Row::workload).toList();
    workloads.stream()
        .map(Workload::deployment)
        .filter(Deployment::isStartedByTheLab)
        .map(deployment -> deployment.precautions().durable())
        .distinct()
        .forEach(durable -> stores.startServer(binaries, durable));
    stores.locks = LockServices.start(workloads, credentials);
    Set<String> joinable =
        workloads.stream()
            .filter(Workload::canBeJoined)
            .map(workload -> workload.deployment().store())
            .collect(Collectors.toSet());
    stores.byUrl.forEach(
        (url, access) -> {
          if (joinable.contains(url)) {
            stores.meetings.add(Meeting.open(access, stores.run, version.get()));
          }
        });
    return stores;
  }

  private void startServer(Path binaries, boolean durable) {
    try {
      LOG.info("starts PostgreSQL, durable: {}, unpacked in {}", durable, binaries);
      servers.put(durable, LocalServer.start(binaries, durable));
    } catch (IOException refused) {
      LOG.info("PostgreSQL cannot be started", refused);
      whyNone = String.valueOf(refused.getMessage());
    }
  }

  /**
   * Looks whether what a plan is to sell from can be sold from: connects to each store that is
   * given by its URL, makes its tables there, and drops them.
   *
   * @throws StoreFailure if that cannot be done; the text says why
   */
  public static void check(ForkPlan plan, Credentials credentials) {
    String run = Token.random().text().substring(0, DIGITS);
    for (StoreAccess access : byUrl(plan, credentials).values()) {
      Presence presence = Presence.of(access, run);
      try {
        Store.create(access.in(Schemas.ofCheck(run)), Guards.of(ANY_GUARD), Pool.of(1)).close();
      } finally {
        presence.close();
      }
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
   * Looks whether a Redis that is given by its URL grants locks, if a plan needs one.
   *
   * @throws StoreFailure if it does not; the text says why
   */
  public static void checkRedis(ForkPlan plan, Credentials credentials)
      throws InterruptedException {
    Optional<RedisAccess> redis =
        LockServices.redisByUrl(
            plan.rows().stream().map(ForkPlan.Row::workload).toList(), credentials);
    if (redis.isPresent()) {
      redis.get().requireLeases();
    }
  }

  /**
   * Who connects.
   *
   * @param user of the store
   * @param password of that user
   * @param redisUser of the Redis beside it
   * @param redisPassword of that user
   */
  public record Credentials(String user, String password, String redisUser, String redisPassword) {
    /** Of a store that has no Redis beside it, or one that asks for nothing. */
    public Credentials(String user, String password) {
      this(user, password, "", "");
    }

    @Override
    public String toString() {
      return user;
    }
  }

  private Optional<LocalServer> server(Deployment deployment) {
    return Optional.ofNullable(servers.get(deployment.precautions().durable()));
  }

  /**
   * Why a workload cannot be sold, as a clause; empty if it can. A server of ours that a fork has
   * killed and not started again is started.
   */
  Optional<String> missing(Workload workload) {
    Optional<String> noLocks = workload.lockService().flatMap(locks::missing);
    if (noLocks.isPresent()) {
      return noLocks;
    }
    Deployment deployment = workload.deployment();
    if (!deployment.isStartedByTheLab()) {
      return Optional.empty();
    }
    Optional<LocalServer> server = server(deployment);
    if (server.isEmpty()) {
      return Optional.of(whyNone);
    }
    try {
      server.get().ensureRuns();
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }

  /**
   * How a fork reaches its store, and a schema of its own there; empty if its stock is in memory.
   */
  Optional<StoreAccess> access(Deployment deployment, int fork) {
    if (deployment.isInMemory()) {
      return Optional.empty();
    }
    String schema = Schemas.ofFork(run, fork);
    if (deployment.isStartedByTheLab()) {
      return server(deployment).map(local -> local.access(schema).beside(locks.servers()));
    }
    StoreAccess named = byUrl.get(deployment.store());
    StoreAccess access = named == null ? StoreAccess.inProcess() : named.in(schema);
    return Optional.of(access.beside(locks.servers()));
  }

  /**
   * Stops what was started, and drops the tables of forks that were killed; does nothing a second
   * time.
   */
  @Override
  public void close() throws IOException {
    meetings.forEach(Meeting::close);
    for (StoreAccess access : byUrl.values()) {
      try {
        Store.dropSchemas(access, schema -> Schemas.isOf(run, schema));
      } catch (StoreFailure gone) {
        LOG.warn(
            "schemas of the run {} may be left in {}: {}", run, access.url(), gone.getMessage());
      }
    }
    // Now: until here they were this run's.
    presences.forEach(Presence::close);
    List<Closeable> started = new ArrayList<>(servers.values());
    started.add(locks);
    IOException first = null;
    for (Closeable one : started) {
      LOG.info("stops {}", one);
      try {
        one.close();
      } catch (IOException unclosed) {
        if (first == null) {
          first = unclosed;
        } else {
          first.addSuppressed(unclosed);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
