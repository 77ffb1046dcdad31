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
    if (receiver != null && isOne(receiver)) {
      note(receiver, changes(receiver, site), site);
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

  /** The step that is being taken makes a call that may look at what it is given. */
  void useArguments(@Nullable Object[] arguments, int site) {
    for (Object argument : arguments) {
      if (argument != null
          && isOne(argument)
          && NotThreadSafe.usesArguments(sites.get(site).subject())) {
        note(argument, NotThreadSafe.changesArguments(sites.get(site).subject()), site);
      }
    }
  }

  private static boolean isOne(Object used) {
    return NotThreadSafe.of(used.getClass()).isPresent();
  }

  private void note(Object used, boolean changes, int site) {
    Task task = points.announcer();
    // Elsewhere a step is more than a call.
    if (task != null && task.atomicCalls == 0 && points.isPoint(Operation.READ)) {
      points.scheduler().steps.use(used, locations.of(used, 0), changes, site);
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
