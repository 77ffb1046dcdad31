package oversell.explorer.hook;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/** What woven classes call to shut pools down, in the steps of {@link Shutdown}. */
public final class ShutdownHooks {
  private ShutdownHooks() {}

  /** Shuts an executor down, and waits for its tasks without a limit. */
  public static void close(Object executor, int site) {
    ExecutorService closed = (ExecutorService) Objects.requireNonNull(executor);
    if (closed instanceof TaskPool pool && pool.isCommon()) {
      // The JDK's common pool is never closed.
      return;
    }
    if (Overrides.has(closed, "close")
        || !(Hooks.controller.enterPoolToShutDown(closed, site)
            || Hooks.controller.enterPool(closed, site))) {
      Hooks.controller.callAnything(site);
      try {
        closed.close();
      } finally {
        Hooks.controller.left();
      }
      return;
    }
    shutdownEntered(closed, Hooks.controller::left, site);
    boolean isInterrupted = false;
    while (Hooks.controller.awaitEnd(closed, site)) {
      isInterrupted = Thread.interrupted() || isInterrupted;
      List<Runnable> unused = shutdownNow(closed, site);
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  public static void shutdown(Object executor, int site) {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    if (Hooks.controller.enterPoolToShutDown(asked, site)) {
      shutdownEntered(asked, Hooks.controller::left, site);
    } else {
      boolean unused = Hooks.controller.dispatch(asked, new Object[0], site);
      shutdownEntered(asked, Hooks.controller::leftDispatched, site);
    }
  }

  private static void shutdownEntered(ExecutorService asked, Runnable left, int site) {
    if (isOfJdk(asked, "shutdown")) {
      shutdownInSteps(asked, left, site);
      return;
    }
    try {
      asked.shutdown();
    } finally {
      left.run();
    }
  }

  private static boolean isOfJdk(ExecutorService asked, String method) {
    return Hooks.controller.isPool(asked) && !Overrides.has(asked, method);
  }

  /** As {@link #shutdown}, past what overrides it. */
  public static void superShutdown(Object executor, int site) {
    Hooks.controller.callAnything(site);
    shutdownInSteps((ExecutorService) executor, Hooks.controller::left, site);
  }

  /** The first step of it is entered; it is left before the second. */
  private static void shutdownInSteps(ExecutorService asked, Runnable left, int site) {
    ExecutorService pool = Hooks.controller.poolOf(asked);
    try {
      if (!Shutdown.endsApart(pool)) {
        Shutdown.shutdown(pool);
        return;
      }
      Shutdown.begin(pool, false);
    } finally {
      left.run();
    }
    Hooks.controller.enterPoolToEnd(asked, site);
    try {
      Shutdown.shutdown(pool);
    } finally {
      Hooks.controller.left();
    }
  }

  public static List<Runnable> shutdownNow(Object executor, int site) {
    ExecutorService asked = (ExecutorService) Objects.requireNonNull(executor);
    if (isOfJdk(asked, "shutdownNow")) {
      return superShutdownNow(asked, site);
    }
    Hooks.controller.askForTasks(site);
    try {
      return asked.shutdownNow();
    } finally {
      Hooks.controller.left();
    }
  }

  /** As {@link #shutdownNow}, past what overrides it. */
  public static List<Runnable> superShutdownNow(Object executor, int site) {
    ExecutorService pool = Hooks.controller.poolOf((ExecutorService) executor);
    Hooks.controller.askForTasks(site);
    try {
      if (!Shutdown.stopsApart(pool)) {
        return Shutdown.shutdownNow(pool);
      }
      Shutdown.begin(pool, true);
    } finally {
      Hooks.controller.left();
    }
    Hooks.controller.askForTasks(site);
    try {
      Hooks.controller.noteInterrupts(Shutdown.threads(pool));
      return Shutdown.shutdownNow(pool);
    } finally {
      Hooks.controller.left();
    }
  }
}
