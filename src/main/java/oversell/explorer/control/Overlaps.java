package oversell.explorer.control;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.NotThreadSafe;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Site;
import oversell.explorer.hook.Sites;
import oversell.explorer.schedule.Locations;
import oversell.explorer.schedule.Trace;

/**
 * Calls of objects of the JDK that are not made for two threads at once. A call is one step here,
 * so what two of them do to each other is not explored: where they can overlap, and one of them
 * changes the object, they are named, and nothing is proved.
 */
final class Overlaps {
  private final Points points;
  private final Locations locations;
  private final Sites sites;
  // By site: what is called there does to its receiver. It is asked for at every step.
  private NotThreadSafe.@Nullable Effect[] effects = new NotThreadSafe.@Nullable Effect[0];

  Overlaps(Points points, Locations locations, Sites sites) {
    this.points = points;
    this.locations = locations;
    this.sites = sites;
  }

  /** The step that is being taken calls an object. */
  void use(@Nullable Object receiver, int site) {
    Object used = NotThreadSafe.behind(receiver);
    if (used != null) {
      note(used, changes(used, site), site);
    }
  }

  /** The step that is being taken reads an object. */
  void read(@Nullable Object object, int site) {
    Object used = NotThreadSafe.behind(object);
    if (used != null) {
      note(used, false, site);
    }
  }

  private boolean changes(Object receiver, int site) {
    if (site >= effects.length) {
      effects = Arrays.copyOf(effects, Math.max(site + 1, 2 * effects.length));
    }
    NotThreadSafe.Effect effect = effects[site];
    if (effect == null) {
      effect = NotThreadSafe.effect(sites.get(site).subject());
      effects[site] = effect;
    }
    return effect.changes(receiver);
  }

  /**
   * The step that is being taken makes a call that may look at what it is given.
   *
   * @param isStatic whether it has no receiver
   */
  void useArguments(boolean isStatic, @Nullable Object[] arguments, int site) {
    for (Object argument : arguments) {
      Object used = NotThreadSafe.behind(argument);
      if (used != null) {
        String method = sites.get(site).subject();
        if (NotThreadSafe.changesArguments(method, isStatic)) {
          note(used, true, site);
        } else if (NotThreadSafe.readsArguments(method)) {
          note(used, false, site);
        }
      }
    }
  }

  private void note(Object used, boolean changes, int site) {
    Task task = points.announcer();
    // Elsewhere a step is more than a call.
    if (task != null && task.atomicCalls == 0 && points.isPoint(Operation.READ)) {
      points.scheduler().steps.use(used, locations.ofWhole(used), changes, site);
    }
  }

  /** Two calls that can overlap, where they are, and what to do; empty if none were found. */
  static Optional<String> found(Trace trace, Sites sites) {
    return trace
        .overlapping()
        .map(
            calls -> {
              Class<?> type = NotThreadSafe.of(calls.one().object().getClass()).orElseThrow();
              return "two threads that use one %s at once, which is not made for that: %s, and %s (%s)"
                  .formatted(
                      type.getSimpleName(),
                      place(sites.get(calls.one().site())),
                      place(sites.get(calls.other().site())),
                      advice(type));
            });
  }

  private static String advice(Class<?> type) {
    return type.getPackageName().equals("java.util")
        ? "guard it, take a class of java.util.concurrent, or see what happens with"
            + " Options.inside(\"%s\")".formatted(type.getName())
        : "guard it, or let each thread have its own";
  }

  private static String place(Site site) {
    return "%s in %s".formatted(site.subject(), site.inMethod());
  }
}
