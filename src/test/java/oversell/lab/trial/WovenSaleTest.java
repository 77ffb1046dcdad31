package oversell.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.explorer.Explorer;
import oversell.explorer.Granularity;
import oversell.explorer.Options;
import oversell.explorer.Scenario;
import oversell.explorer.ScenarioFactory;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Conduct.Mode;
import oversell.lab.experiment.Conduct.Threads;
import oversell.variant.BuiltIn;

/**
 * The measured sale, with its real threads, explored as any user's class is: woven, with no call to
 * the explorer. The lab explores it unwoven and has {@link ExploredThreads} say what it does, which
 * is right only if both come to the same.
 *
 * <p>At access the woven sale has 2.5 × 10^14 schedules of two buyers of unlocked, and the lab's
 * 252: each number that a buyer notes is a step of it. So the lab does not weave it.
 */
@Timeout(120)
class WovenSaleTest {
  private static final Duration HOLD = Duration.ofMillis(1);

  /** A measured sale of two buyers; made by the classes of whoever loads it. */
  static final class MeasuredSaleOfTwo implements Scenario<String> {
    private final String provider;
    private final String fault;

    MeasuredSaleOfTwo(String provider, String fault) {
      this.provider = provider;
      this.fault = fault;
    }

    @Override
    public String run() throws Exception {
      Inventory inventory =
          ((InventoryProvider) Class.forName(provider).getConstructor().newInstance()).create(5);
      Sale sale =
          new Sale(
              Sales.ofTwo(Mode.SALE, Threads.VIRTUAL, Fault.valueOf(fault), Optional.empty()),
              List.of(inventory),
              new RealThreads(() -> Thread.sleep(HOLD)),
              () -> 0);
      sale.run(
          (threads, buyers, timeout, whenForked) -> {
            List<Thread> started = new ArrayList<>();
            for (Callable<?> buyer : buyers) {
              started.add(threads.newThread(() -> call(buyer)));
            }
            started.forEach(Thread::start);
            for (Thread thread : started) {
              thread.join();
            }
            return BuyerScope.Ending.JOINED;
          },
          Thread.ofVirtual().factory());
      Tally tally = sale.tally();
      tally.compare(new int[] {inventory.stock()});
      return text(tally.grade(), tally.finalStock(), tally.sold(), tally.failed());
    }

    private static void call(Callable<?> buyer) {
      try {
        var unused = buyer.call();
      } catch (Exception thrown) {
        throw new IllegalStateException(thrown);
      }
    }
  }

  private static String text(Outcome.Grade grade, long left, long sold, int unanswered) {
    return "%s: %d left, %d sold, %d unanswered".formatted(grade, left, sold, unanswered);
  }

  private static TreeSet<String> woven(InventoryProvider inventory, Fault fault) {
    ScenarioFactory<String> factory =
        new ScenarioFactory<>() {
          @Override
          public String name() {
            return "a measured sale";
          }

          @Override
          public ClassLoader classes() {
            return WovenSaleTest.class.getClassLoader();
          }

          // The woven class is another one than the one that is known here.
          @SuppressWarnings("unchecked")
          @Override
          public Scenario<String> make(ClassLoader loader, Consumer<Object> created)
              throws Exception {
            Constructor<?> made =
                loader
                    .loadClass(MeasuredSaleOfTwo.class.getName())
                    .getDeclaredConstructor(String.class, String.class);
            made.setAccessible(true);
            Object sale = made.newInstance(inventory.getClass().getName(), fault.name());
            created.accept(sale);
            return (Scenario<String>) sale;
          }
        };
    var explored =
        Explorer.explore(
            factory,
            Options.exhaustive().granularity(Granularity.GUARD),
            (executions, failures, share, running) -> {});
    assertThat(explored.isComplete()).as("%s", explored).isTrue();
    return new TreeSet<>(explored.outcomes().keySet());
  }

  private static TreeSet<String> unwoven(InventoryProvider inventory, Fault fault)
      throws Exception {
    TreeSet<String> outcomes = new TreeSet<>();
    Sales.explore(inventory, fault, Granularity.GUARD)
        .distinctOutcomes()
        .map(Sales::sold)
        .forEach(
            outcome ->
                outcomes.add(
                    text(
                        outcome.grade(),
                        outcome.finalStock(),
                        outcome.soldUnits(),
                        outcome.unanswered())));
    return outcomes;
  }

  @ParameterizedTest
  @CsvSource({
    "unlocked, NONE",
    "unlocked, THROW",
    "unlocked, INTERRUPT",
    "unlocked, SLOW",
    "synchronized, NONE",
    "synchronized, INTERRUPT",
    "reentrant-lock, THROW",
    "reentrant-lock, INTERRUPT",
    "reservation, INTERRUPT",
    "reservation, SLOW"
  })
  void aSaleComesToTheSameOutcomesWovenAndUnwoven(String variant, Fault fault) throws Exception {
    InventoryProvider inventory = BuiltIn.get(variant);

    assertThat(woven(inventory, fault)).isEqualTo(unwoven(inventory, fault));
  }
}
