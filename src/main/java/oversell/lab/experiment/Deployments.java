package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oversell.store.Isolation;
import oversell.store.Product;

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

  /** A store: memory, a product that the lab starts itself, or a URL. */
  static Kind<String> store() {
    return Kind.oneOf(
            List.of(Deployment.MEMORY, Product.POSTGRESQL.toString(), Product.H2.toString()))
        .or(
            Kind.of(
                "a URL such as jdbc:postgresql://host/database or jdbc:mariadb://host/database,"
                    + " with user and password in OVERSELL_STORE_USER and OVERSELL_STORE_PASSWORD",
                text ->
                    Optional.of(text)
                        .filter(url -> URL.matcher(url).matches())
                        .filter(url -> !SECRET.matcher(url).matches())));
  }

  /** Every deployment that the fields ask for. */
  static List<Deployment> read(Fields fields) {
    List<String> stores = Key.STORE.read(fields);
    List<Deployment> all = new ArrayList<>();
    for (String store : stores) {
      for (int processes : Key.PROCESSES.read(fields)) {
        all.addAll(of(fields, store, processes));
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

  /** Rejects what several JVMs cannot do together. */
  static void check(Fields fields, Experiment experiment) {
    int most =
        experiment.matrix().deployments().stream().mapToInt(Deployment::processes).max().orElse(1);
    if (most == 1) {
      return;
    }
    if (experiment.matrix().buyers().stream().anyMatch(buyers -> buyers < most)) {
      fields.error(Key.PROCESSES, "more JVMs than buyers", "at least one buyer a JVM");
    }
    if (experiment.runs().pinning()) {
      fields.error(Key.PINNING, "true, and several JVMs", "false with more than one JVM");
    }
    if (!experiment.terms().gate()) {
      fields.error(Key.GATE, "false, and several JVMs", "true with more than one JVM");
    }
    if (!experiment.matrix().articles().equals(List.of(1))) {
      fields.error(Key.ARTICLES, "several, and several JVMs", "1 with more than one JVM");
    }
    for (Conduct conduct : experiment.matrix().conducts()) {
      if (conduct.mode() != Conduct.Mode.SALE
          || conduct.baseline() != Conduct.Baseline.NONE
          || conduct.bystander()) {
        fields.error(
            Key.PROCESSES,
            "several JVMs, and another mode, a baseline or a bystander",
            "mode: sale with them, and neither of the two");
        return;
      }
    }
  }

  /** Of one store and number of JVMs; a level that is asked for twice, once by its name, is one. */
  private static Set<Deployment> of(Fields fields, String store, int processes) {
    Set<Deployment> all = new LinkedHashSet<>();
    for (String isolation : Key.ISOLATION.read(fields)) {
      for (OptionalInt connections : Key.CONNECTIONS.read(fields)) {
        Deployment deployment =
            new Deployment(
                store, processes, level(isolation, store), connections, Key.PATIENCE.read(fields));
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
