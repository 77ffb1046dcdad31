package oversell.explorer.control;

import java.lang.StackWalker.StackFrame;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Site;
import oversell.explorer.hook.Sites;
import oversell.explorer.hook.Woven;

/**
 * Where an execution is, and who is no part of it. Used by its carrier, unless it says otherwise.
 */
final class Stage {
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final String EXPLORER = "oversell.explorer.";

  private final Thread carrier = Thread.currentThread();
  private final Sites sites;
  private volatile boolean underWay;
  private volatile boolean asksForGuards;
  private boolean asksForStarters;
  private volatile @Nullable Thread asked;
  private volatile String stranger = "";
  private Supplier<Optional<String>> doubts = Optional::empty;
  private String escape = "";
  private String escapedOn = "";
  private int escapedAt = Task.START;

  Stage(Sites sites) {
    this.sites = sites;
  }

  void begin() {
    underWay = true;
  }

  void end() {
    underWay = false;
  }

  /** Whether the caller is neither the carrier nor who runs on it; to be asked by anybody. */
  boolean isStranger(@Nullable Thread running) {
    Thread current = Thread.currentThread();
    return current != carrier && current != running;
  }

  /** Somebody asks for the stock in a thread of its own, which is no part of the execution. */
  void letAsk(Thread thread) {
    asked = thread;
  }

  /**
   * Woven code runs in a thread that does not take the step that is being taken. If nobody of ours
   * asked it to, it was started past the explorer: what it does is ordered with nothing. To be
   * called by anybody, at any time, since that counts for the whole exploration.
   */
  void announcedBy(Thread thread) {
    if (thread != carrier && thread != asked && stranger.isEmpty()) {
      Optional<StackFrame> announcer = WALKER.walk(this::announcer);
      if (announcer.isEmpty() || isOfOurs(announcer.get().getDeclaringClass())) {
        stranger =
            "thread \"%s\" is not under control and runs what is explored%s"
                .formatted(thread.getName(), announcer.map(Stage::place).orElse(""));
      }
    }
  }

  private Optional<StackFrame> announcer(Stream<StackFrame> frames) {
    return frames
        .filter(frame -> frame.getDeclaringClass().getClassLoader() instanceof Woven)
        .findFirst();
  }

  /** Whether it was woven for this exploration: one of an earlier one may go on for long. */
  private boolean isOfOurs(Class<?> type) {
    return type.getClassLoader() instanceof Woven woven && woven.sites() == sites;
  }

  /** Where the woven code is that has called; empty if none has. */
  String placeOfCaller() {
    return WALKER
        .walk(frames -> announcer(frames.filter(frame -> !isBridge(frame))))
        .map(Stage::place)
        .orElse("");
  }

  /** Whether it is of a method that only makes a call for another one. */
  private static boolean isBridge(StackFrame frame) {
    return frame.getMethodName().startsWith("oversell$call$");
  }

  private static String place(StackFrame frame) {
    return ", in %s.%s (%s:%d)"
        .formatted(
            frame.getDeclaringClass().getSimpleName(),
            frame.getMethodName(),
            String.valueOf(frame.getFileName()),
            frame.getLineNumber());
  }

  /** From now on each thread is asked who starts it. */
  void askForStarters() {
    asksForStarters = true;
  }

  /**
   * Who starts a thread, on which this is called, if that is asked for and was not woven: then what
   * the thread does may not be announced, and seems to touch nothing.
   */
  Optional<String> starterOutside() {
    return asksForStarters
        ? WALKER
            .walk(frames -> frames.filter(Stage::isOfUser).findFirst())
            .filter(frame -> !(frame.getDeclaringClass().getClassLoader() instanceof Woven))
            .map(
                frame ->
                    "a thread is started by %s, which is not woven, so what it does is not seen"
                        .formatted(frame.getDeclaringClass().getName()))
        : Optional.empty();
  }

  /** Whether a frame is neither the JDK's nor the explorer's. */
  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isOfUser(StackFrame frame) {
    ClassLoader loader = frame.getDeclaringClass().getClassLoader();
    return loader != null
        && loader != ClassLoader.getPlatformClassLoader()
        && !frame.getClassName().startsWith(EXPLORER);
  }

  /** Names who else knows of what is not under control. */
  void doubt(Supplier<Optional<String>> others) {
    doubts = others;
  }

  /** What is known to run, or to have run, past the explorer. */
  Optional<String> outsider() {
    return stranger.isEmpty() ? doubts.get() : Optional.of(stranger);
  }

  /** As {@link #outsider}, as far as that costs nothing. */
  Optional<String> stranger() {
    return stranger.isEmpty() ? Optional.empty() : Optional.of(stranger);
  }

  /** Something was done that cannot be controlled. The first of them is kept. */
  void escape(int site, String what, String thread) {
    if (escape.isEmpty()) {
      escape = what;
      escapedAt = site;
      escapedOn = thread;
    }
  }

  /** What was, with its place; empty if nothing was. */
  Optional<String> escape() {
    if (escape.isEmpty()) {
      return outsider();
    }
    if (escapedAt < 0) {
      return Optional.of(escape);
    }
    Site site = sites.get(escapedAt);
    return Optional.of(
        "%s, in %s.%s (%s)%s"
            .formatted(
                escape,
                site.type(),
                site.method(),
                site.place(),
                escapedOn.isEmpty() ? "" : ", on thread \"%s\"".formatted(escapedOn)));
  }

  /** Whoever asks for the stock may have to wait for a monitor that is kept for ever. */
  void noteMonitor() {
    asksForGuards = true;
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
