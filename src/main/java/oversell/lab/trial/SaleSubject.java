package oversell.lab.trial;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import oversell.explorer.Control;
import oversell.explorer.Execution;
import oversell.explorer.Subject;
import oversell.inventory.InventoryProvider;
import oversell.lab.experiment.Workload;

/** A sale as what is explored: its inventories are woven, and its buyers are not. */
final class SaleSubject implements Subject<SaleOutcome> {
  private final Workload workload;
  private final Class<? extends InventoryProvider> provider;
  private final BuyerScope scope;
  private @Nullable ClassLoader madeBy;
  private @Nullable MethodHandle maker;
  // Of woven classes: the JDK spins a class for a handle that is called often, so each has one.
  private static final ClassValue<MethodHandle> MAKERS =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          return findMaker(type);
        }
      };

  /**
   * Of a workload.
   *
   * @param provider the class that makes its inventories, not woven
   * @param scope runs the buyers
   */
  SaleSubject(Workload workload, Class<? extends InventoryProvider> provider, BuyerScope scope) {
    this.workload = workload;
    this.provider = provider;
    this.scope = scope;
  }

  @Override
  public ClassLoader classes() {
    return provider.getClassLoader();
  }

  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public Execution<SaleOutcome> execution(ClassLoader woven, Control control) {
    MethodHandle known = maker;
    if (known == null || madeBy != woven) {
      known = maker(woven);
      maker = known;
      madeBy = woven;
    }
    return new SaleExecution(workload, known, scope, control);
  }

  /**
   * The constructor of what makes its inventories, woven.
   *
   * @throws IllegalArgumentException if nothing does
   */
  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  private MethodHandle maker(ClassLoader woven) {
    try {
      Class<?> type = woven.loadClass(provider.getName());
      if (type.getClassLoader() != woven) {
        throw new IllegalArgumentException(
            "%s cannot be explored: it is loaded by %s, past the explorer, and announces nothing;"
                    .formatted(provider.getName(), type.getClassLoader())
                + " move it to a package of its own");
      }
      return MAKERS.get(type);
    } catch (ClassNotFoundException unusable) {
      throw unusable(provider, unusable);
    }
  }

  private static MethodHandle findMaker(Class<?> type) {
    try {
      return MethodHandles.publicLookup()
          .findConstructor(type, MethodType.methodType(void.class))
          .asType(MethodType.methodType(InventoryProvider.class));
    } catch (ReflectiveOperationException unusable) {
      throw unusable(type, unusable);
    }
  }

  private static IllegalArgumentException unusable(Class<?> type, Exception why) {
    return new IllegalArgumentException("no inventory can be made by " + type.getName(), why);
  }
}
