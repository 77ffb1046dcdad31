package oversell.explorer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import oversell.explorer.control.Matters;
import oversell.explorer.weave.JdkCalls;
import oversell.explorer.weave.WeavingLoader;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Conduct.Fault;
import oversell.lab.experiment.Exploration;
import oversell.lab.experiment.Workload;
import oversell.lab.trial.BuyerScope;

/**
 * What is explored.
 *
 * @param workload what is sold, with an exploration
 * @param provider the class that makes its inventories, not woven
 * @param scope runs the buyers
 * @param matters what executions have shown to matter
 * @param calls what its calls into classes that are not woven mean
 */
record Subject(
    Workload workload,
    Class<? extends InventoryProvider> provider,
    BuyerScope scope,
    Matters matters,
    JdkCalls calls) {
  /** Rejects what is not to be explored. */
  Subject {
    if (workload.conduct().exploration().isEmpty()) {
      throw new IllegalArgumentException("a sale that is left to chance cannot be explored");
    }
  }

  /** Of which nothing is known yet. */
  Subject(
      Workload workload,
      Class<? extends InventoryProvider> provider,
      BuyerScope scope,
      JdkCalls calls) {
    this(workload, provider, scope, new Matters(), calls);
  }

  Exploration exploration() {
    return workload.conduct().exploration().orElseThrow();
  }

  /** A loader that weaves its classes. */
  WeavingLoader loader(boolean telling) {
    return new WeavingLoader(provider.getClassLoader(), calls, telling, false);
  }

  /** One whose classes tell values, and show whether a thread repeats what it does. */
  WeavingLoader watchingLoader() {
    return new WeavingLoader(provider.getClassLoader(), calls, true, true);
  }

  /**
   * The constructor of what makes its inventories, woven.
   *
   * @throws IllegalArgumentException if nothing does
   */
  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  MethodHandle maker(WeavingLoader loader) {
    try {
      Class<?> type = loader.loadClass(provider.getName());
      if (type.getClassLoader() != loader) {
        throw new IllegalArgumentException(
            "%s cannot be explored: it is loaded by %s, past the explorer, and announces nothing;"
                    .formatted(provider.getName(), type.getClassLoader())
                + " move it to a package of its own");
      }
      return MethodHandles.publicLookup()
          .findConstructor(type, MethodType.methodType(void.class))
          .asType(MethodType.methodType(InventoryProvider.class));
    } catch (ReflectiveOperationException unusable) {
      throw new IllegalArgumentException(
          "no inventory can be made by " + provider.getName(), unusable);
    }
  }

  /** What befalls a buyer. As in trials the last of each group: some are served before. */
  Fault faultOf(int buyer) {
    return (buyer + 1) % workload.conduct().faultEvery() == 0
        ? workload.conduct().fault()
        : Fault.NONE;
  }

  /** Whether the fault of the sale befalls a buyer with this fault of its own. */
  boolean befalls(Fault own) {
    return switch (workload.conduct().fault()) {
      // Whoever is cancelled takes all others along.
      case CANCEL, TIMEOUT -> true;
      case NONE, THROW, INTERRUPT, SLOW -> own != Fault.NONE;
    };
  }

  /** Whether somebody cancels the scope, who is a thread of its own beside the buyers. */
  boolean hasDeadline() {
    return workload.conduct().fault() == Fault.TIMEOUT;
  }

  /** How many threads the owner of the scope starts. */
  int threads() {
    return workload.buyers() + (hasDeadline() ? 1 : 0);
  }

  /** The units that there are at the start, over all articles. */
  long stock() {
    return (long) workload.stock() * workload.articles();
  }
}
