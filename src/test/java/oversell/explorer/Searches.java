package oversell.explorer;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import oversell.explorer.schedule.DepthFirst;
import oversell.explorer.weave.JdkCalls;
import oversell.explorer.weave.WeavingLoader;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Exploration;

/** Explores what tests of other packages draw, by the explorer's own search and without a story. */
public final class Searches {
  private final Class<? extends InventoryProvider> provider;
  private final int buyers;
  private final WeavingLoader loader;

  /** Of the inventories of a provider. */
  public Searches(Class<? extends InventoryProvider> provider, int buyers) {
    this.provider = provider;
    this.buyers = buyers;
    loader = new WeavingLoader(provider.getClassLoader(), false);
  }

  /**
   * What came of one.
   *
   * @param outcomes what the executions came to, as text, each with the schedules it stands for
   */
  public record Came(
      Map<String, BigInteger> outcomes, boolean complete, String uncontrolled, long executions) {}

  /**
   * Runs one.
   *
   * @param most the most executions
   * @param text tells an outcome
   */
  public Came run(boolean reduces, long most, BiFunction<Boolean, long[], String> text) {
    Exploration.Reduction reduction =
        reduces ? Exploration.Reduction.SOURCE_DPOR : Exploration.Reduction.NONE;
    Explorations sale = Explorations.of(buyers, 1, 1).with(reduction).atMost(most);
    Subject subject =
        new Subject(sale.workload(), provider, Explorations.SCOPE, JdkCalls.standard());
    Explored explored = explored(subject, reduces);
    Map<String, BigInteger> outcomes = new TreeMap<>();
    for (Explored.Share share : explored.outcomes()) {
      Outcome outcome = share.outcome();
      String told =
          outcome.grade() == Outcome.Grade.ENDLESS
              ? "endless"
              : text.apply(
                      outcome.grade() == Outcome.Grade.DEADLOCK,
                      new long[] {outcome.finalStock(), outcome.soldUnits()})
                  + outcome.failure();
      outcomes.merge(told, share.standsFor().orElse(BigInteger.ZERO), BigInteger::add);
    }
    return new Came(
        outcomes,
        explored.complete(),
        String.join("; ", explored.uncontrolled()),
        explored.executions());
  }

  private Explored explored(Subject subject, boolean reduces) {
    ExplorationListener nobody =
        new ExplorationListener() {
          @Override
          public void progressed(
              long executions, long violations, double share, double perSecond) {}

          @Override
          public void found(Counterexample counterexample) {}
        };
    try {
      while (true) {
        DepthFirst strategy = new DepthFirst(reduces);
        Machinery machinery = Machinery.of(subject, loader, strategy);
        // As if one had been told already: what is drawn has no right outcome.
        Search search = new Search(machinery, strategy, nobody, true, System::nanoTime);
        if (search.run()) {
          return search.explored();
        }
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
