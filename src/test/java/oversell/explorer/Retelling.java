package oversell.explorer;

import java.util.List;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Counterexample;

/** The main of a JVM that explores, and prints what has to be the same in every other. */
public final class Retelling {
  private static final List<String> VARIANTS =
      List.of(
          "unlocked", "two-locks", "synchronized", "reentrant-lock", "semaphore", "single-writer");

  private Retelling() {}

  /** Explores; or, given a variant and a schedule, replays. */
  public static void main(String[] args) {
    if (args.length == 2) {
      print("replay", sale().explorer(variant(args[0])).replay(args[1]).told());
      return;
    }
    for (String name : VARIANTS) {
      for (Strategy strategy : List.of(Strategy.RANDOM, Strategy.PCT)) {
        told(name, sale().by(strategy, 42).atMost(200));
      }
      told(name, sale().atMost(500));
      told(name, sale().with(Reduction.NONE).atMost(500));
    }
  }

  private static Explorations sale() {
    return Explorations.of(3, 4, 3);
  }

  private static Class<? extends InventoryProvider> variant(String name) {
    return Inventories.onClassPath().get(name).getClass();
  }

  private static void told(String name, Explorations sale) {
    var found = sale.explore(variant(name));
    System.out.printf(
        "%s by %s: %s, %d steps, uncontrolled: %s%n",
        name,
        sale.strategy(),
        found.explored().outcomes(),
        found.explored().steps(),
        found.explored().uncontrolled());
    found.counterexamples().forEach(counterexample -> print(name, counterexample));
  }

  private static void print(String name, Counterexample counterexample) {
    System.out.printf(
        "%s: %s %s%n", name, counterexample.schedule(), counterexample.outcome().grade());
    counterexample.steps().forEach(step -> System.out.println("  " + step));
  }
}
