package oversell.adversary;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import oversell.inventory.Inventory;
import oversell.inventory.InventoryProvider;

/** Runs programs as they are, not woven, on real threads. */
final class Natives {
  private static final Duration MOST = Duration.ofSeconds(20);
  private static final Duration MOST_IF_IT_MAY_BE_STUCK = Duration.ofMillis(50);

  private Natives() {}

  /** Whether calls of everything that an operation uses are atomic on real threads, too. */
  static Predicate<Kind> threadSafe() {
    return kind -> kind.things.stream().allMatch(Thing::isThreadSafe);
  }

  /** Whether all is over when all buyers are. */
  static boolean ends(Program program) {
    return program.all().noneMatch(op -> op.kind() == Kind.START && op.which() == 1);
  }

  /**
   * Runs a program again and again; an outcome that should not be, if there was one.
   *
   * @param classes with {@code name} compiled for real threads
   * @param explored every outcome that should be
   */
  static Optional<String> unexplored(
      Program program, Classes classes, String name, Set<String> explored, int runs)
      throws InterruptedException {
    boolean mayBeStuck = explored.stream().anyMatch(outcome -> outcome.startsWith("stuck"));
    Class<? extends InventoryProvider> provider = classes.provider(name);
    for (int run = 0; run < runs; run++) {
      if (program.keepsStatics()) {
        provider = classes.provider(name);
      }
      Optional<String> outcome =
          outcome(provider, program.buyers().size(), mayBeStuck ? MOST_IF_IT_MAY_BE_STUCK : MOST);
      if (outcome.isEmpty() && mayBeStuck) {
        // That takes long, and leaves threads behind.
        return Optional.empty();
      }
      String seen = outcome.orElse("did not end within " + MOST);
      if (!explored.contains(seen)) {
        return Optional.of(seen);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> outcome(
      Class<? extends InventoryProvider> provider, int buyers, Duration most)
      throws InterruptedException {
    Inventory inventory;
    Method body;
    try {
      inventory = provider.getConstructor().newInstance().create(1);
      body = inventory.getClass().getMethod("run", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
    CountDownLatch gate = new CountDownLatch(1);
    int[] sold = new int[buyers];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < buyers; i++) {
      int me = i;
      // Not virtual ones: two that wait in class initialisers would keep the carriers for ever.
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      gate.await();
                      Nudge.now();
                      sold[me] = Source.sold(me, (int) body.invoke(inventory, me));
                    } catch (InterruptedException | ReflectiveOperationException failed) {
                      sold[me] = -1;
                    }
                  }));
    }
    gate.countDown();
    boolean ended = true;
    for (Thread thread : threads) {
      ended &= thread.join(most);
    }
    if (!ended) {
      threads.forEach(Thread::interrupt);
      return Optional.empty();
    }
    long sum = 0;
    for (int one : sold) {
      sum += one;
    }
    return Optional.of(Interpreter.outcome(false, inventory.stock(), sum));
  }
}
