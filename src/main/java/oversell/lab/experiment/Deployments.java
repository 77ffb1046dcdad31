package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oversell.store.Isolation;
import oversell.store.LockService;
import oversell.store.Product;
import oversell.store.RedisAccess;

/** The part of an experiment that says where the stock is kept. */
final class Deployments {
  private static final Pattern URL = Pattern.compile("jdbc:(postgresql|mariadb)://[^\\s@]+");
  private static final Pattern SECRET = Pattern.compile("(?i).*[?&](user|\\w*password)=.*");

  /** The level that each guard asks for itself. */
  static final String OWN = "own";

  private static final String USUAL = "default";

  private Deployments() {}

  /** A level of isolation, or whose it is. */
  static Kind<String> isolation() {
    return Kind.oneOf(
        Stream.concat(
                Stream.of(OWN, USUAL), Arrays.stream(Isolation.values()).map(Isolation::toString))
            .toList());
  }

  /** Whether a text is the URL of a PostgreSQL or a MariaDB, without user and password. */
  static boolean isUrl(String text) {
    return URL.matcher(text).matches() && !SECRET.matcher(text).matches();
  }

  /** A store: memory, a product that the lab starts itself, or a URL. */
  static Kind<String> store() {
    return Kind.oneOf(
            List.of(Deployment.MEMORY, Product.POSTGRESQL.toString(), Product.H2.toString()))
        .or(
            Kind.of(
                "a URL such as jdbc:postgresql://host/database or jdbc:mariadb://host/database,"
                    + " with user and password in OVERSELL_STORE_USER and OVERSELL_STORE_PASSWORD",
                text -> Optional.of(text).filter(Deployments::isUrl)));
  }

  /** A Redis: one that the lab starts, which has no URL yet, or a URL. */
  static Kind<Optional<String>> redis() {
    return Kind.oneOf(List.of("local"))
        .as(local -> Optional.<String>empty())
        .or(
            Kind.of(
                    "a URL such as redis://host:6379, with user and password in"
                        + " OVERSELL_REDIS_USER and OVERSELL_REDIS_PASSWORD",
                    text -> Optional.of(text).filter(RedisAccess::isUrl))
                .as(Optional::of));
  }

  /** Every deployment that the fields ask for. */
  static List<Deployment> read(Fields fields) {
    List<String> stores = Key.STORE.read(fields);
    List<Deployment> all = new ArrayList<>();
    List<Deployment.Precautions> precautions = precautions(fields);
    for (String store : stores) {
      for (int processes : Key.PROCESSES.read(fields)) {
        for (Deployment.Precautions taken : precautions) {
          all.addAll(of(fields, store, processes, taken));
        }
      }
    }
    if (stores.size() > 1 && stores.contains(Deployment.MEMORY)) {
      fields.error(Key.STORE, "memory beside a database", "an experiment for each");
    }
    if (all.isEmpty()) {
      fields.error(
          Key.PROCESSES,
          "several JVMs and a stock in the memory of one",
          "1, or a store that several can reach: postgresql or a URL");
      all.add(Deployment.inMemory());
    }
    for (Key<?> key : List.of(Key.ISOLATION, Key.CONNECTIONS, Key.PATIENCE)) {
      if (fields.has(key) && stores.contains(Deployment.MEMORY)) {
        fields.error(key, "a stock in memory, without it", "a store: postgresql, h2 or a URL");
      }
    }
    if (all.stream().map(Deployment::shown).distinct().count() < stores.size()) {
      fields.error(Key.STORE, "one product twice", "each product once");
    }
    return all;
  }

  private static List<Deployment.Precautions> precautions(Fields fields) {
    List<Boolean> keys = Key.IDEMPOTENCY_KEY.read(fields);
    return Key.DURABLE.read(fields).stream()
        .flatMap(durable -> keys.stream().map(key -> new Deployment.Precautions(durable, key)))
        .toList();
  }

  /** Rejects what cannot be done with a store, or with several JVMs, or with a fault. */
  static void check(Fields fields, Experiment experiment) {
    checkProcesses(fields, experiment);
    checkDurability(fields, experiment);
    checkRedis(fields, experiment);
    checkFaults(fields, experiment);
  }

  private static void checkDurability(Fields fields, Experiment experiment) {
    if (experiment.matrix().deployments().stream()
        .anyMatch(one -> !one.precautions().durable() && !one.isStartedByTheLab())) {
      fields.error(
          Key.DURABLE,
          "false, and a store that the lab does not start",
          "true, or store: postgresql");
    }
  }

  private static void checkRedis(Fields fields, Experiment experiment) {
    if (fields.has(Key.REDIS)
        && fields.errors().isEmpty()
        && experiment.workloads().stream()
            .noneMatch(one -> one.lockService().equals(Optional.of(LockService.REDIS)))) {
      fields.error(
          Key.REDIS, "no variant that locks in one", "a variant such as redis, and a store for it");
    }
  }

  private static void checkFaults(Fields fields, Experiment experiment) {
    List<Conduct> conducts = experiment.matrix().conducts();
    List<Deployment> deployments = experiment.matrix().deployments();
    Set<Conduct.Fault> faults =
        conducts.stream()
            .map(Conduct::fault)
            .filter(Conduct.Fault::isOfProcess)
            .collect(Collectors.toSet());
    if (faults.stream().noneMatch(Conduct.Fault::kills)) {
      if (deployments.stream().anyMatch(one -> !one.precautions().idempotencyKey())) {
        fields.error(
            Key.IDEMPOTENCY_KEY,
            "false, and no fault that leaves a buyer without an answer",
            "true, or fault: %s or %s with it"
                .formatted(Conduct.Fault.KILL_DATABASE, Conduct.Fault.KILL_JVM));
      }
    }
    if (faults.isEmpty()) {
      return;
    }
    Optional<Conduct.Fault> ofDatabase =
        faults.stream().filter(Conduct.Fault::killsDatabase).sorted().findFirst();
    if (ofDatabase.isPresent() && !deployments.stream().allMatch(Deployment::isStartedByTheLab)) {
      fields.error(
          Key.FAULT,
          "%s, and a store that the lab does not start".formatted(ofDatabase.get()),
          "store: postgresql with it");
    }
    if (!deployments.stream().allMatch(Deployments::isShared)) {
      fields.error(
          Key.FAULT,
          "a fault of a process, and a stock in the memory of one",
          "store: postgresql with it");
    }
    checkProcesses(fields, faults, deployments);
    requirePlainSales(fields, experiment, Key.FAULT, "a fault of a process", "with it");
    requireOneArticle(fields, experiment, "a fault of a process", "with it");
    int fewest =
        experiment.workloads().stream()
            .mapToInt(one -> Math.min(one.holders(), one.buyers() / one.deployment().processes()))
            .min()
            .orElse(Integer.MAX_VALUE);
    if (conducts.stream().anyMatch(one -> one.faultEvery() > fewest)) {
      fields.error(
          Key.FAULT_EVERY,
          "more than the %d buyers that can be served".formatted(fewest),
          "at most so many");
    }
  }

  private static void checkProcesses(
      Fields fields, Set<Conduct.Fault> faults, List<Deployment> deployments) {
    boolean stops = faults.contains(Conduct.Fault.STOP_JVM);
    if (faults.stream().anyMatch(Conduct.Fault::killsDatabase)
        && deployments.stream().anyMatch(one -> one.processes() > 1)) {
      fields.error(Key.PROCESSES, "several, and a fault that kills their database", "1 with it");
    }
    if (faults.contains(Conduct.Fault.KILL_JVM)
        && deployments.stream().anyMatch(one -> one.processes() > 1 && !isPostgresql(one))) {
      fields.error(
          Key.PROCESSES,
          "several, and a store that cannot give the buyers of one to another",
          "1 with it, or PostgreSQL");
    }
    if (stops && !deployments.stream().allMatch(one -> one.processes() == 2)) {
      fields.error(Key.PROCESSES, "another number, and a fault that stops one of two", "2 with it");
    }
    if (stops && deployments.stream().anyMatch(one -> !isPostgresql(one))) {
      fields.error(
          Key.FAULT,
          "%s, and a store that ends no transaction of who stands still"
              .formatted(Conduct.Fault.STOP_JVM),
          "PostgreSQL with it");
    }
  }

  private static boolean isPostgresql(Deployment deployment) {
    return !deployment.isInMemory() && deployment.product() == Product.POSTGRESQL;
  }

  private static void checkProcesses(Fields fields, Experiment experiment) {
    int most =
        experiment.matrix().deployments().stream().mapToInt(Deployment::processes).max().orElse(1);
    if (most == 1) {
      return;
    }
    if (experiment.matrix().buyers().stream().anyMatch(buyers -> buyers < most)) {
      fields.error(Key.PROCESSES, "more JVMs than buyers", "at least one buyer a JVM");
    }
    requirePlainSales(fields, experiment, Key.PROCESSES, "several JVMs", "with more than one JVM");
    if (experiment.matrix().deployments().stream()
        .anyMatch(one -> one.processes() > 1 && !isPostgresql(one))) {
      requireOneArticle(fields, experiment, "several JVMs", "with them, or PostgreSQL");
    }
  }

  /**
   * Rejects what is measured within one JVM that goes on.
   *
   * @param key what forbids it
   * @param found what forbids it, in words
   * @param with the same after what is expected
   */
  private static void requirePlainSales(
      Fields fields, Experiment experiment, Key<?> key, String found, String with) {
    if (experiment.runs().pinning()) {
      fields.error(Key.PINNING, "true, and " + found, "false " + with);
    }
    if (!experiment.terms().gate()) {
      fields.error(Key.GATE, "false, and " + found, "true " + with);
    }
    for (Conduct conduct : experiment.matrix().conducts()) {
      if (conduct.mode() != Conduct.Mode.SALE
          || conduct.baseline() != Conduct.Baseline.NONE
          || conduct.bystander()) {
        fields.error(
            key,
            found + ", and another mode, a baseline or a bystander",
            "mode: sale with it, and neither of the two");
        return;
      }
    }
  }

  private static void requireOneArticle(
      Fields fields, Experiment experiment, String found, String with) {
    if (!experiment.matrix().articles().equals(List.of(1))) {
      fields.error(Key.ARTICLES, "several, and " + found, "1 " + with);
    }
  }

  /** Of one store and number of JVMs; a level that is asked for twice, once by its name, is one. */
  private static Set<Deployment> of(
      Fields fields, String store, int processes, Deployment.Precautions precautions) {
    Set<Deployment> all = new LinkedHashSet<>();
    for (String isolation : Key.ISOLATION.read(fields)) {
      for (OptionalInt connections : Key.CONNECTIONS.read(fields)) {
        Deployment deployment =
            new Deployment(
                store,
                processes,
                level(isolation, store),
                connections,
                Key.PATIENCE.read(fields),
                precautions,
                Key.REDIS.read(fields));
        if (processes == 1 || isShared(deployment)) {
          all.add(deployment);
        }
      }
    }
    return all;
  }

  private static Optional<Isolation> level(String asked, String store) {
    if (asked.equals(USUAL) && !store.equals(Deployment.MEMORY)) {
      return Optional.of(Deployment.of(store).product().usual());
    }
    return Arrays.stream(Isolation.values())
        .filter(level -> level.toString().equals(asked))
        .findFirst();
  }

  private static boolean isShared(Deployment deployment) {
    return !deployment.isInMemory() && deployment.product() != Product.H2;
  }
}
