package oversell.lab.fork;

import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oversell.lab.experiment.Workload;
import oversell.store.LocalRedis;
import oversell.store.LocalZooKeeper;
import oversell.store.LockServers;
import oversell.store.LockService;
import oversell.store.RedisAccess;

/** The services that grant locks beside the stores of a run, as far as it needs them. */
final class LockServices implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LockServices.class);

  private Optional<LocalZooKeeper> zooKeeper = Optional.empty();
  private Optional<LocalRedis> localRedis = Optional.empty();
  private Optional<RedisAccess> redis = Optional.empty();
  private final Map<LockService, String> whyNone = new EnumMap<>(LockService.class);

  private LockServices() {
    for (LockService service : LockService.values()) {
      whyNone.put(service, "no %s was started".formatted(service));
    }
  }

  /** Those of a run that needs none. */
  static LockServices none() {
    return new LockServices();
  }

  /** Starts what is needed and was not given by its URL; what cannot be started is missing. */
  static LockServices start(List<Workload> workloads, Stores.Credentials credentials) {
    LockServices services = none();
    Set<LockService> needed = EnumSet.noneOf(LockService.class);
    workloads.stream().map(Workload::lockService).flatMap(Optional::stream).forEach(needed::add);
    services.redis = redisByUrl(workloads, credentials);
    if (services.redis.isPresent()) {
      services.whyNone.remove(LockService.REDIS);
      needed.remove(LockService.REDIS);
    }
    needed.forEach(services::start);
    return services;
  }

  /** The Redis that is given by its URL, if one is and it is needed. */
  static Optional<RedisAccess> redisByUrl(
      List<Workload> workloads, Stores.Credentials credentials) {
    return workloads.stream()
        .filter(workload -> workload.lockService().equals(Optional.of(LockService.REDIS)))
        .flatMap(workload -> workload.deployment().redis().stream())
        .findFirst()
        .map(url -> RedisAccess.of(url, credentials.redisUser(), credentials.redisPassword()));
  }

  private void start(LockService service) {
    try {
      LOG.info("starts {}", service);
      switch (service) {
        case ZOOKEEPER -> zooKeeper = Optional.of(LocalZooKeeper.start());
        case REDIS -> {
          localRedis = Optional.of(LocalRedis.start());
          redis = localRedis.map(LocalRedis::access);
        }
      }
      whyNone.remove(service);
    } catch (IOException refused) {
      LOG.info("{} cannot be started", service, refused);
      whyNone.put(service, String.valueOf(refused.getMessage()));
    }
  }

  /** Why a service is not there, as a clause; empty if it is. */
  Optional<String> missing(LockService service) {
    return Optional.ofNullable(whyNone.get(service));
  }

  /** How forks reach them. */
  LockServers servers() {
    return new LockServers(zooKeeper.map(LocalZooKeeper::address), redis);
  }

  @Override
  public String toString() {
    return "the services that grant locks";
  }

  /** Stops those that were started. */
  @Override
  public void close() throws IOException {
    try {
      if (zooKeeper.isPresent()) {
        zooKeeper.get().close();
      }
    } finally {
      if (localRedis.isPresent()) {
        localRedis.get().close();
      }
    }
  }
}
