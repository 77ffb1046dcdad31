package oversell.explorer.hook;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;

/** What woven classes call to get a clock: each shows the time of the virtual one. */
public final class ClockHooks {
  private ClockHooks() {}

  /** The clock that a date or a time without one is read from. */
  public static Clock clock(int site) {
    return systemDefaultZone(site);
  }

  /** The same in a zone. */
  public static Clock clock(ZoneId zone, int site) {
    return system(zone, site);
  }

  public static Clock systemUTC(int site) {
    return new VirtualClock(ZoneOffset.UTC, site);
  }

  public static Clock systemDefaultZone(int site) {
    // Others may set it.
    Hooks.controller.jvmState(site);
    return new VirtualClock(ZoneId.systemDefault(), site);
  }

  public static Clock system(ZoneId zone, int site) {
    return new VirtualClock(zone, site);
  }

  /** The clock that the JDK has for those who do not ask for a zone. */
  public static InstantSource source(int site) {
    return systemUTC(site);
  }

  public static Clock tickMillis(ZoneId zone, int site) {
    return Clock.tick(system(zone, site), Duration.ofMillis(1));
  }

  public static Clock tickSeconds(ZoneId zone, int site) {
    return Clock.tick(system(zone, site), Duration.ofSeconds(1));
  }

  public static Clock tickMinutes(ZoneId zone, int site) {
    return Clock.tick(system(zone, site), Duration.ofMinutes(1));
  }

  /** A calendar that shows what time it is. */
  public static Calendar calendar(int site) {
    Hooks.controller.jvmState(site);
    return atTime(Calendar.getInstance(), site);
  }

  public static Calendar calendar(TimeZone zone, int site) {
    Hooks.controller.jvmState(site);
    return atTime(Calendar.getInstance(zone), site);
  }

  public static Calendar calendar(Locale locale, int site) {
    Hooks.controller.jvmState(site);
    return atTime(Calendar.getInstance(locale), site);
  }

  public static Calendar calendar(TimeZone zone, Locale locale, int site) {
    return atTime(Calendar.getInstance(zone, locale), site);
  }

  /** One that is made by a constructor. */
  public static GregorianCalendar gregorian(int site) {
    Hooks.controller.jvmState(site);
    return atTime(new GregorianCalendar(), site);
  }

  public static GregorianCalendar gregorian(TimeZone zone, int site) {
    Hooks.controller.jvmState(site);
    return atTime(new GregorianCalendar(zone), site);
  }

  public static GregorianCalendar gregorian(Locale locale, int site) {
    Hooks.controller.jvmState(site);
    return atTime(new GregorianCalendar(locale), site);
  }

  public static GregorianCalendar gregorian(TimeZone zone, Locale locale, int site) {
    return atTime(new GregorianCalendar(zone, locale), site);
  }

  private static <C extends Calendar> C atTime(C made, int site) {
    made.setTimeInMillis(Hooks.currentTimeMillis(site));
    return made;
  }
}
