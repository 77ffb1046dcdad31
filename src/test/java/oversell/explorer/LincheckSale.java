package oversell.explorer;

import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.verifier.LinearizabilityVerifier;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;
import oversell.inventory.Inventories;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;

/**
 * A sale of three units of three to each of two buyers, as Lincheck is told of it: it makes one for
 * each invocation, and has two platform threads of its own purchase once from it.
 */
public abstract class LincheckSale {
  /** In one go; its default, and far more than these sales have. */
  static final int MOST_INVOCATIONS = 10_000;

  private final Inventory inventory;

  private LincheckSale(InventoryProvider variant) {
    inventory = variant.create(3);
  }

  /** What a buyer does; Lincheck compares what they are told with what they could be one by one. */
  @Operation
  public int purchase() throws InterruptedException {
    // The pause need not give way to anybody: Lincheck switches wherever it wants.
    return inventory.purchase(3, () -> {}).sold();
  }

  /** Sells more than it has. */
  public static final class Unlocked extends LincheckSale {
    // Looked up once: Lincheck would run the service loader under its control, too.
    private static final InventoryProvider VARIANT = Inventories.onClassPath().get("unlocked");

    /** For Lincheck. */
    public Unlocked() {
      super(VARIANT);
    }
  }

  /** Does not. */
  public static final class Synchronized extends LincheckSale {
    private static final InventoryProvider VARIANT = Inventories.onClassPath().get("synchronized");

    /** For Lincheck. */
    public Synchronized() {
      super(VARIANT);
    }
  }

  /**
   * Counts the invocations that are really made, each of which Lincheck has verified: how many it
   * was told to make is only the most. Lincheck makes the verifier, hence what is static.
   */
  public static final class Counting implements Verifier {
    private static boolean goesOn;
    private static long invocations;
    private static long failures;

    private final LinearizabilityVerifier verifier;

    /** For Lincheck. */
    public Counting(Class<?> specification) {
      verifier = new LinearizabilityVerifier(specification);
    }

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult result) {
      boolean right = verifier.verifyResults(scenario, result);
      invocations++;
      failures += right ? 0 : 1;
      return right || goesOn;
    }
  }

  /** What Lincheck did. */
  record Checked(long invocations, long failures) {}

  /**
   * Has Lincheck run every interleaving that it distinguishes.
   *
   * @param times how often it begins again
   * @param goesOn whether it is to go on after a failure, as the explorer does
   */
  static Checked check(Class<? extends LincheckSale> sale, int times, boolean goesOn) {
    Counting.goesOn = goesOn;
    Counting.invocations = 0;
    Counting.failures = 0;
    try {
      new ModelCheckingOptions()
          // One operation without parameters: every scenario that it generates is this sale.
          .iterations(times)
          .threads(2)
          .actorsPerThread(1)
          .actorsBefore(0)
          .actorsAfter(0)
          .invocationsPerIteration(MOST_INVOCATIONS)
          .minimizeFailedScenario(false)
          .verifier(Counting.class)
          .check(sale);
    } catch (LincheckAssertionError failure) {
      // A wrong answer is what is looked for. Anything else, a deadlock for one, is not.
      if (goesOn || Counting.failures == 0) {
        throw failure;
      }
    }
    return new Checked(Counting.invocations, Counting.failures);
  }
}
