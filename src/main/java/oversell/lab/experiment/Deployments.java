package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import oversell.store.Product;

/** The part of an experiment that says where the stock is kept. */
final class Deployments {
  private static final Pattern URL = Pattern.compile("jdbc:(postgresql|mariadb)://[^\\s@]+");
  private static final Pattern SECRET = Pattern.compile("(?i).*[?&](user|password)=.*");

  private Deployments() {}

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
        Deployment deployment = new Deployment(store, processes);
        if (processes == 1 || isShared(deployment)) {
          all.add(deployment);
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
    if (!experiment.matrix().articles().equals(List.of(1))) {
      fields.error(Key.ARTICLES, "several, and several JVMs", "1 with more than one JVM");
    }
    for (Conduct conduct : experiment.matrix().conducts()) {
      if (conduct.mode() != Conduct.Mode.SALE || conduct.baseline() != Conduct.Baseline.NONE) {
        fields.error(
            Key.PROCESSES, "several JVMs, and another mode or a baseline", "mode: sale with them");
        return;
      }
    }
  }

  private static boolean isShared(Deployment deployment) {
    return !deployment.isInMemory() && deployment.product() != Product.H2;
  }
}
