package oversell.explorer.hook;

import java.util.Date;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/** What woven classes call on timers: see {@link VirtualTimer}. */
public final class TimerHooks {
  private TimerHooks() {}

  /** What {@code new Timer()} becomes; the same with others. */
  public static Timer timer(int site) {
    return timer(false, site);
  }

  public static Timer timer(boolean isDaemon, int site) {
    int number = Hooks.controller.numberOf(Timer.class) - 1;
    return VirtualTimer.of("Timer-" + number, isDaemon, site);
  }

  public static Timer timer(String name, int site) {
    return timer(name, false, site);
  }

  public static Timer timer(String name, boolean isDaemon, int site) {
    return VirtualTimer.of(Objects.requireNonNull(name), isDaemon, site);
  }

  public static void schedule(Object timer, TimerTask task, long delay, int site) {
    call(timer, asked -> asked.schedule(task, delay), site);
  }

  public static void schedule(Object timer, TimerTask task, Date time, int site) {
    call(timer, asked -> asked.schedule(task, time), site);
  }

  public static void schedule(Object timer, TimerTask task, long delay, long period, int site) {
    call(timer, asked -> asked.schedule(task, delay, period), site);
  }

  public static void schedule(Object timer, TimerTask task, Date first, long period, int site) {
    call(timer, asked -> asked.schedule(task, first, period), site);
  }

  public static void scheduleAtFixedRate(
      Object timer, TimerTask task, long delay, long period, int site) {
    call(timer, asked -> asked.scheduleAtFixedRate(task, delay, period), site);
  }

  public static void scheduleAtFixedRate(
      Object timer, TimerTask task, Date first, long period, int site) {
    call(timer, asked -> asked.scheduleAtFixedRate(task, first, period), site);
  }

  public static void cancel(Object timer, int site) {
    call(timer, Timer::cancel, site);
  }

  private static void call(Object timer, Consumer<Timer> call, int site) {
    Timer asked = (Timer) Objects.requireNonNull(timer);
    if (!(asked instanceof VirtualTimer ours) || !ours.enter(site)) {
      // It is of a class under test, or there is no exploration.
      Hooks.controller.escape(
          site, "a Timer of a class of its own, whose thread is the JVM's (use a java.util.Timer)");
      call.accept(asked);
      return;
    }
    try {
      call.accept(asked);
    } finally {
      Hooks.controller.left();
    }
  }
}
