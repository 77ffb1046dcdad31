package oversell.explorer.control;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.NotThreadSafe;
import oversell.explorer.hook.NotThreadSafe.Effect;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Site;
import oversell.explorer.hook.Sites;
import oversell.explorer.schedule.Elements;
import oversell.explorer.schedule.ObjectUse;
import oversell.explorer.schedule.Trace;

/**
 * Calls of objects of the JDK that are not made for two threads at once. A call is one step here,
 * so what two of them do to each other is not explored: where they can overlap, and one of them
 * changes the object, they are named, and nothing is proved. The same holds of an array that a call
 * goes through.
 */
// An object is itself, whatever it takes for its equal.
@SuppressWarnings("ReferenceEquality")
final class Overlaps {
  // Calls of a synchronized wrapper that do not take its monitor.
  private static final Pattern UNGUARDED =
      Pattern.compile("iterator|listIterator|spliterator|stream|parallelStream");
  // Calls that are given such a wrapper, and do not go through it, but call it once.
  private static final Pattern CALLS_ONCE =
      Pattern.compile(
          "copyOf|valueOf|toString|hash|hashCode|print(ln|f)?|format(ted)?|append|insert|sort|addAll"
              + "|a constructor of (ArrayList|LinkedList|ArrayDeque|PriorityQueue|Vector"
              + "|CopyOnWriteArray(List|Set))");

  // Calls of what is gone through element by element that reach one, or do no more than begin.
  private static final Pattern REACHES_ONE =
      Pattern.compile(
          "(?!(remove|retain|contains|replace)(All|If|Value)$)(get|set|put|add|offer|push|remove|poll|pop|take|peek|element|next|previous"
              + "|contains|compute|merge|replace|first|last|ceiling|floor|higher|lower|transfer|tryTransfer)\\w*");
  private static final Pattern REACHES_ONE_OF_AN_ARRAY = Pattern.compile("get|set|next|previous");
  private static final Pattern COUNTS = Pattern.compile("size|mappingCount");
  private static final Pattern REACHES_NONE =
      Pattern.compile(
          "isEmpty|has(Next|Previous|MoreElements|WaitingConsumer)|keySet|values|entrySet|navigableKeySet|descending\\w+"
              + "|(sub|head|tail)(Map|Set)|comparator|iterator|spliterator|stream");

  private final Points points;
  private final Sites sites;
  // By site: what is called there. It is asked for at every step.
  private @Nullable Called[] called = new @Nullable Called[0];
  // Of this execution, by stream: what it will read. By entry: the map that it is of, which it does
  // not know itself.
  private final IdentityHashMap<Object, Object> sources = new IdentityHashMap<>();
  // Whether a call goes through elements, in this execution or in one before: whoever reaches one
  // of them before the first such call does so after it in another execution.
  private boolean areGoneThrough;

  Overlaps(Points points, Sites sites) {
    this.points = points;
    this.sites = sites;
  }

  /**
   * A method, as far as its name tells.
   *
   * @param effect what it does to its receiver
   * @param reads whether it looks at its arguments
   * @param readsAll whether it looks at all that is in them, and in its receiver
   * @param changes whether it changes its first argument
   * @param changesIfStatic whether it does if it has no receiver
   * @param isGuarded whether a synchronized wrapper takes its monitor to pass it on
   */
  private record Called(
      String method,
      Effect effect,
      boolean reads,
      boolean readsAll,
      boolean changes,
      boolean changesIfStatic,
      boolean isGuarded) {
    static Called of(String method) {
      return new Called(
          method,
          NotThreadSafe.effect(method),
          NotThreadSafe.readsArguments(method),
          NotThreadSafe.readsAll(method),
          NotThreadSafe.changesArgument(method, false),
          NotThreadSafe.changesArgument(method, true),
          !UNGUARDED.matcher(method).matches());
    }

    /** What it reaches of what is gone through element by element; null of another object. */
    @Nullable Elements elements(Object whole) {
      if (!isGoneThrough(whole)) {
        return null;
      }
      boolean isCount = COUNTS.matcher(method).matches();
      return isCount ? Elements.COUNT : reachesOne(whole) ? Elements.ANY : all(whole);
    }

    private boolean reachesOne(Object whole) {
      Pattern one = whole.getClass().isArray() ? REACHES_ONE_OF_AN_ARRAY : REACHES_ONE;
      return one.matcher(method).matches();
    }

    boolean reachesNone(Object whole) {
      return isGoneThrough(whole)
          && (REACHES_NONE.matcher(method).matches()
              || (whole.getClass().isArray() && COUNTS.matcher(method).matches()));
    }

    /** The monitor in which an argument is looked at. */
    @Nullable Object guard(Object argument) {
      Object guard = Wholes.guard(argument);
      return guard != null && CALLS_ONCE.matcher(method).matches() ? guard : null;
    }
  }

  void clear() {
    sources.clear();
  }

  /** The step that is being taken calls an object. */
  void use(@Nullable Object receiver, int site) {
    if (receiver != null && isKept()) {
      use(receiver, at(site), site);
    }
  }

  /** The step that is being taken makes a call that may look at what it is given. */
  void useArguments(@Nullable Object receiver, @Nullable Object[] arguments, int site) {
    if (!isKept()) {
      return;
    }
    if (receiver instanceof Method method) {
      Object target = arguments.length == 0 ? null : arguments[0];
      if (target != null) {
        use(target, Called.of(method.getName()), site);
      }
    } else if (receiver instanceof Constructor) {
      for (Object argument : arguments) {
        readContents(argument, site);
      }
    } else {
      useArguments(at(site), receiver, arguments, site);
    }
  }

  private void useArguments(
      Called call, @Nullable Object receiver, @Nullable Object[] arguments, int site) {
    if (call.readsAll()) {
      readContents(receiver, site);
    }
    boolean changes = receiver == null ? call.changesIfStatic() : call.changes();
    if (!changes && !call.reads()) {
      return;
    }
    for (Object argument : arguments) {
      // What goes through an array says of which elements.
      if (argument != null && !argument.getClass().isArray()) {
        note(argument, changes, call.guard(argument), site);
        changes = false;
      }
      if (call.readsAll()) {
        readContents(argument, site);
      }
    }
  }

  private void readContents(@Nullable Object object, int site) {
    for (Object one : Contents.of(object)) {
      note(one, false, null, site);
    }
  }

  /** The step that is being taken copies what is in an object. */
  void copy(@Nullable Object copied, int site) {
    if (copied != null && isKept()) {
      note(copied, false, at(site).guard(copied), site);
    }
  }

  /** The step that is being taken adds to an object, one by one. */
  void fill(@Nullable Object filled, int site) {
    if (filled != null && isKept()) {
      note(filled, true, Wholes.guard(filled), site);
    }
  }

  /** A stream was made of an object or of another stream, or an iterator returned an entry. */
  void derive(Object part, Object from) {
    Object source = sources.get(from);
    source = source == null ? Wholes.of(from) : source;
    if (source != null) {
      sources.put(part, source);
    }
  }

  /** The step that is being taken goes through elements of an array. */
  void goThrough(@Nullable Object array, int from, int to, boolean changes, int site) {
    if (array != null && array.getClass().isArray() && isKept()) {
      note(
          array,
          array,
          changes,
          false,
          site,
          null,
          to < from ? all(array) : Elements.range(from, to));
    }
  }

  /** The step that is being taken uses a part of an object: of an array, one element. */
  void usePart(@Nullable Object target, int part, boolean changes, int site) {
    if (target != null && target.getClass().isArray()) {
      useElement(target, part, changes, site);
    } else {
      use(target, site);
    }
  }

  /** The step that is being taken reads or writes one element of an array, or something else. */
  void useElement(@Nullable Object target, int index, boolean changes, int site) {
    if (areGoneThrough && target != null && target.getClass().isArray() && isKept()) {
      note(target, target, changes, false, site, null, Elements.one(index));
    }
  }

  private static boolean isGoneThrough(Object whole) {
    return whole.getClass().isArray() || Wholes.part(whole).isPiecewise();
  }

  /** All of what is gone through element by element; null of another object. */
  private static @Nullable Elements all(Object whole) {
    return whole.getClass().isArray()
        ? Elements.range(0, Array.getLength(whole))
        : Wholes.part(whole).isPiecewise() ? Elements.ALL : null;
  }

  private void use(Object receiver, Called call, int site) {
    Object source = sources.isEmpty() ? null : sources.get(receiver);
    if (source != null && !(receiver instanceof Map.Entry)) {
      note(source, receiver, false, false, site, null, call.elements(source));
      return;
    }
    if (source != null && call.effect() == Effect.CHANGES) {
      note(source, receiver, true, false, site, null, call.elements(source));
    }
    Wholes.Part part = Wholes.part(receiver);
    Object whole = part.isWhole() ? receiver : Wholes.of(receiver);
    if (whole != null && call.reachesNone(whole)) {
      return;
    }
    Elements elements = whole == null ? null : call.elements(whole);
    if (part.isCursor() && whole != receiver) {
      boolean goesOn = call.effect() == Effect.GOES_ON;
      boolean changes = whole != null && Wholes.isChanged(whole, call.effect(), false);
      Object used = whole == null ? receiver : whole;
      note(used, receiver, changes, goesOn, site, Mutexes.ofCursor(receiver), elements);
    } else if (whole != null && (elements == null || areGoneThrough || !elements.areOne())) {
      boolean changes = Wholes.isChanged(whole, call.effect(), whole == receiver);
      Object guard = whole == receiver || !call.isGuarded() ? null : Wholes.guard(receiver);
      note(whole, receiver, changes, false, site, guard, elements);
    }
  }

  private void note(Object argument, boolean changes, @Nullable Object guard, int site) {
    Object whole = Wholes.of(argument);
    if (whole != null) {
      note(whole, argument, changes, false, site, guard, all(whole));
    }
  }

  private void note(
      Object whole,
      Object called,
      boolean changes,
      boolean goesOn,
      int site,
      @Nullable Object guard,
      @Nullable Elements elements) {
    areGoneThrough |= elements != null && !elements.areOne();
    steps().use(whole, called, changes, goesOn, site, guard, elements);
  }

  private Steps steps() {
    return points.scheduler().steps;
  }

  /**
   * Whether a step is being taken that is no more than a call, and that may not be the only one.
   */
  private boolean isKept() {
    Task task = points.announcer();
    return task != null
        && task.atomicCalls == 0
        && points.isPoint(Operation.READ)
        && steps().isRecorded();
  }

  private Called at(int site) {
    if (site >= called.length) {
      called = Arrays.copyOf(called, Math.max(site + 1, 2 * called.length));
    }
    Called found = called[site];
    if (found == null) {
      found = Called.of(sites.get(site).subject());
      called[site] = found;
    }
    return found;
  }

  /** Two calls that can overlap, where they are, and what to do; empty if none were found. */
  static Optional<String> found(Trace trace, Sites sites) {
    return trace
        .overlapping()
        .map(
            calls -> {
              boolean isGoneThrough = isGoneThrough(calls.change().object());
              Class<?> type = isGoneThrough ? container(calls.change()) : type(calls.change());
              return "two threads that use one %s at once, %s: %s, and %s (%s)"
                  .formatted(
                      type.getSimpleName(),
                      isGoneThrough
                          ? "one of them by a call that goes through it"
                          : "which is not made for that",
                      place(sites.get(calls.one().site())),
                      place(sites.get(calls.other().site())),
                      isGoneThrough
                          ? "guard it, or go through it in a loop of your own"
                          : advice(type));
            });
  }

  /** The class that a user knows it by: that of the set, and not that of the map in there. */
  private static Class<?> type(ObjectUse use) {
    Class<?> called = use.called().getClass();
    return NotThreadSafe.cursor(called)
        .filter(cursor -> !use.changes() && use.goesOn())
        .or(() -> NotThreadSafe.of(called))
        .or(() -> NotThreadSafe.of(use.object().getClass()))
        .orElseThrow();
  }

  /** The same of what is gone through element by element. */
  private static Class<?> container(ObjectUse use) {
    Class<?> called = use.called().getClass();
    boolean isKnown = NotThreadSafe.isPiecewise(called) && called.getEnclosingClass() == null;
    return isKnown ? called : use.object().getClass();
  }

  private static String advice(Class<?> type) {
    boolean isCollection =
        Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type)
            || type == BitSet.class;
    if (!isCollection) {
      return "guard it, or let each thread have its own";
    }
    return type.getEnclosingClass() == null
        ? "guard it, take a class of java.util.concurrent, or see what happens with"
            + " Options.inside(\"%s\")".formatted(type.getName())
        : "guard it, or take a class of java.util.concurrent";
  }

  private static String place(Site site) {
    return "%s in %s".formatted(site.subject(), site.inMethod());
  }
}
