package oversell.explorer;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import oversell.explorer.control.Engine;
import oversell.explorer.control.Matters;
import oversell.explorer.schedule.DepthFirst;
import oversell.explorer.weave.JdkCalls;
import oversell.explorer.weave.WeavingLoader;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Explored;
import oversell.lab.trial.Outcome;
import oversell.lab.trial.SaleOutcome;
import oversell.lab.trial.Sales;

/** Explores what tests of other packages draw, by the explorer's own search and without a story. */
public final class Searches {
  private static final ExplorationListener<SaleOutcome> NOBODY =
      new ExplorationListener<>() {
        @Override
        public void progressed(long executions, long failures, double share, double perSecond) {}

        @Override
        public void found(Found<SaleOutcome> failure) {}
      };

  private final Class<? extends InventoryProvider> provider;
  private final int buyers;
  private final Granularity granularity;
  private final WeavingLoader loader;

  /** Of the inventories of a provider. */
  public Searches(
      Class<? extends InventoryProvider> provider, int buyers, Granularity granularity) {
    this.provider = provider;
    this.buyers = buyers;
    this.granularity = granularity;
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
    Reduction reduction = reduces ? Reduction.SOURCE_DPOR : Reduction.NONE;
    Explorations sale = Explorations.of(buyers, 1, 1).at(granularity).with(reduction).atMost(most);
    Machinery.Setting<SaleOutcome> setting =
        new Machinery.Setting<>(
            Sales.subject(sale.workload(), provider, Explorations.SCOPE),
            Sales.options(sale.workload(), 1),
            JdkCalls.standard(),
            new Matters(false));
    Explored explored = explored(setting, reduces);
    Map<String, BigInteger> outcomes = new TreeMap<>();
    for (Explored.Share share : explored.outcomes()) {
      SaleOutcome outcome = Sales.sold(share.outcome());
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

  private Explored explored(Machinery.Setting<SaleOutcome> setting, boolean reduces) {
    try {
      while (true) {
        DepthFirst strategy = new DepthFirst(reduces);
        Machinery<SaleOutcome> machinery = Machinery.of(setting, loader, strategy);
        // As if one had been found already: what is drawn has no right outcome.
        Search<SaleOutcome> search =
            new Search<>(machinery, strategy, NOBODY, true, System::nanoTime);
        if (search.run(Long.MAX_VALUE)) {
          return Sales.explored(search.findings());
        }
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      Engine.uninstall();
    }
  }
}
