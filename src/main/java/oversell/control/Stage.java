package oversell.control;

import java.util.Optional;
import oversell.hook.Site;
import oversell.hook.Sites;

/**
 * Where an execution is, and who is no part of it. Used by its carrier, unless it says otherwise.
 */
final class Stage {
  private final Thread carrier = Thread.currentThread();
  private boolean preparing;
  private volatile boolean underWay;
  private volatile boolean asksForGuards;
  private volatile boolean touchedFromOutside;
  private String escape = "";
  private int escapedAt = Task.START;

  /** The objects of the next execution are about to be made. */
  void prepare() {
    preparing = true;
    touchedFromOutside = false;
  }

  void begin() {
    preparing = false;
    underWay = true;
  }

  void end() {
    preparing = false;
    underWay = false;
  }

  /** Whether it is being prepared, by the one who asks; to be asked by anybody. */
  boolean isPreparing() {
    return Thread.currentThread() == carrier && preparing;
  }

  /** Whether the caller is neither the carrier nor who runs on it; to be asked by anybody. */
  boolean isStranger(Task running) {
    Thread current = Thread.currentThread();
    return current != carrier && current != running.thread;
  }

  /** A stranger has let a thread go on. */
  void touchFromOutside() {
    touchedFromOutside = true;
  }

  boolean isTouchedFromOutside() {
    return touchedFromOutside;
  }

  /** Something was done that cannot be controlled. The first of them is kept. */
  void escape(int site, String what) {
    if (escape.isEmpty()) {
      escape = what;
      escapedAt = site;
    }
  }

  /** What was, with its place; empty if nothing was. */
  Optional<String> escape(Sites sites) {
    if (escape.isEmpty() || escapedAt < 0) {
      return Optional.of(escape).filter(what -> !what.isEmpty());
    }
    Site site = sites.get(escapedAt);
    return Optional.of(
        "%s, in %s.%s (%s)".formatted(escape, site.type(), site.method(), site.place()));
  }

  /** Somebody who is not controlled wants a guard: to tell the stock, for one. */
  void askForGuard() {
    asksForGuards = true;
    if (underWay) {
      // They must not stand in the way of those who wait for it.
      throw new IllegalStateException("no guard can be had in the middle of an execution");
    }
  }

  /** Whether anybody ever wanted one so. */
  boolean asksForGuards() {
    return asksForGuards;
  }
}
