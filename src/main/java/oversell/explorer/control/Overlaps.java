package oversell.explorer.control;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Hooks;
import oversell.explorer.hook.NotThreadSafe;
import oversell.explorer.hook.NotThreadSafe.Effect;
import oversell.explorer.hook.NotThreadSafe.OnArguments;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Site;
import oversell.explorer.hook.Sites;
import oversell.explorer.schedule.Elements;
import oversell.explorer.schedule.ObjectUse;
import oversell.explorer.schedule.ObjectUse.Access;
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
  // Calls of a DelayQueue that take its lock for each element.
  private static final Pattern REMOVES_ONE_BY_ONE = Pattern.compile("removeAll|removeIf|retainAll");
  // Calls that are given such a wrapper, and do not go through it, but call it once.
  private static final Pattern CALLS_ONCE =
      Pattern.compile(
          "copyOf|valueOf|toString|hash|hashCode|print(ln|f)?|format(ted)?|append|insert|sort|addAll"
              + "|a constructor of (ArrayList|LinkedList|ArrayDeque|PriorityQueue|Vector"
              + "|CopyOnWriteArray(List|Set))");

  // Calls of what is gone through element by element that reach one, or do no more than begin.
  private static final Pattern REACHES_ONE =
      Pattern.compile(
          "(?!(remove|retain|replace)(All|If)$|containsValue$)(get|set|put|add|offer|push|remove|poll|pop|take|peek|element|next|previous"
              + "|contains|compute|merge|replace|first|last|ceiling|floor|higher|lower|transfer|tryTransfer)\\w*");
  private static final Pattern REACHES_ONE_OF_AN_ARRAY = Pattern.compile("get|set|next|previous");
  // Who reaches one element meanwhile may find it where it is neither before nor after the call.
  private static final Pattern MOVES =
      Pattern.compile("(parallelS|s)ort|shuffle|rotate|reverse|swap");
  private static final Pattern COUNTS = Pattern.compile("size|mappingCount");
  // What a collection that keeps counts, or an adder, answers of these, one after the other.
  private static final Pattern SUMS =
      Pattern.compile(
          "size|mappingCount|isEmpty|sum\\w*|get\\w*|(int|long|float|double)Value|toString");
  private static final Pattern KEEPS_COUNTS =
      Pattern.compile(
          "java\\.util\\.concurrent\\.Concurrent(HashMap|SkipListMap|SkipListSet)(\\$(?!SubMap).*)?");
  // What keeps no count, but counts its elements one by one whenever it is asked how many it has.
  private static final Pattern IS_COUNTED =
      Pattern.compile(
          "java\\.util\\.concurrent\\.(ConcurrentLinked(Queue|Deque)|LinkedTransferQueue"
              + "|ConcurrentSkipListMap\\$SubMap)");
  private static final ClassValue<Boolean> COUNTED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return Stream.<Class<?>>iterate(type, at -> at != null, Class::getSuperclass)
              .anyMatch(at -> IS_COUNTED.matcher(at.getName()).matches());
        }
      };
  private static final Pattern REACHES_NONE =
      Pattern.compile(
          "isEmpty|length|has(Next|Previous|MoreElements|WaitingConsumer)|keySet|values|entrySet|navigableKeySet|descending\\w+"
              + "|(sub|head|tail)(Map|Set)|comparator|iterator|spliterator|stream");

  private final Points points;
  private final Sites sites;
  // By site: what is called there. It is asked for at every step.
  private @Nullable Called[] called = new @Nullable Called[0];
  // Of this execution, by stream or by handle: what it will read or call. By entry: the map that it
  // is of, which it does not know itself.
  private final IdentityHashMap<Object, Source> sources = new IdentityHashMap<>();
  // By view of all entries of a map: that map.
  private final IdentityHashMap<Set<?>, Object> maps = new IdentityHashMap<>();
  // Whether a call goes through elements, in this execution or in one before: whoever reaches one
  // of them before the first such call does so after it in another execution.
  private boolean areGoneThrough;

  Overlaps(Points points, Sites sites) {
    this.points = points;
    this.sites = sites;
  }

  /** What something is made of, and what else. */
  private record Source(Object whole, @Nullable Source next) {}

  /**
   * A method, as far as its name tells.
   *
   * @param effect what it does to its receiver
   * @param onBuffer what it does to that if it is a buffer
   * @param onOther what it does to that if only what reads it is known
   * @param onArguments what it does to its arguments
   * @param isOnce whether it makes one call of such an object that it is given, as a rule
   * @param isPassedOnInGuard whether a synchronized wrapper takes its monitor to pass it on
   * @param sums whether it sums up what several threads may change meanwhile
   */
  private record Called(
      String method,
      Effect effect,
      Effect onBuffer,
      Effect onOther,
      OnArguments onArguments,
      boolean isOnce,
      boolean isPassedOnInGuard,
      boolean sums) {
    static Called of(String method, String descriptor) {
      return new Called(
          method,
          NotThreadSafe.effect(method),
          NotThreadSafe.effectOnBuffer(method, descriptor),
          NotThreadSafe.effectOnOther(method, descriptor),
          NotThreadSafe.onArguments(method),
          CALLS_ONCE.matcher(method).matches() && !descriptor.endsWith(")Ljava/util/Set;"),
          !UNGUARDED.matcher(method).matches(),
          SUMS.matcher(method).matches());
    }

    /** What it reaches of what is gone through element by element; null of another object. */
    @Nullable Elements elements(Object whole) {
      if (!isGoneThrough(whole)) {
        return null;
      }
      boolean isCount = COUNTS.matcher(method).matches();
      return isCount ? Elements.COUNT : reachesOne(whole) ? Elements.ANY : all(whole);
    }

    /** Whether it adds up counts that others change meanwhile. */
    boolean sumsUp(Object object) {
      if (!sums) {
        return false;
      }
      if (Wholes.part(object).isPiecewise()) {
        boolean isCount = !method.startsWith("get") && !method.equals("toString");
        return isCount && KEEPS_COUNTS.matcher(object.getClass().getName()).matches();
      }
      return object instanceof LongAdder
          || object instanceof LongAccumulator
          || object instanceof DoubleAdder
          || object instanceof DoubleAccumulator;
    }

    /** Whether it goes through a deque, where what it looks for may come in behind it. */
    boolean looksFor(Object receiver) {
      return receiver instanceof ConcurrentLinkedDeque
          && method.matches("contains|remove(First|Last)Occurrence");
    }

    boolean movesElements() {
      return MOVES.matcher(method).matches();
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

    /** Whether it takes the guard of what it is called on, if that has one. */
    boolean isGuarded(Object whole) {
      return Wholes.part(whole).locksItself()
          ? !(whole instanceof DelayQueue && REMOVES_ONE_BY_ONE.matcher(method).matches())
          : isPassedOnInGuard;
    }

    Effect on(Object whole) {
      if (whole instanceof Buffer) {
        return onBuffer;
      }
      return Wholes.part(whole).isOther() ? onOther : effect;
    }

    /** The lock in which an argument is looked at. */
    @Nullable Object guard(@Nullable Object receiver, Object argument) {
      Object guard = Wholes.guard(argument);
      return guard != null && callsOnce(receiver) ? guard : null;
    }

    // Others that are added to, and a set that is made of an argument, go through that.
    private boolean callsOnce(@Nullable Object receiver) {
      boolean isAddedAtOnce =
          receiver == null
              || receiver instanceof List
              || receiver instanceof ArrayDeque
              || receiver instanceof CopyOnWriteArraySet;
      return isOnce && (isAddedAtOnce || !method.equals("addAll"));
    }

    /** Whether the key of a map is asked, or an element of another collection. */
    boolean asks(Object receiver, int argument) {
      if (receiver instanceof Map) {
        boolean isOfValues = method.matches("containsValue|remove|replace");
        return argument == 0 || (argument == 1 && isOfValues);
      }
      return argument == 0 && (receiver instanceof Set || !method.equals("add"));
    }
  }

  void clear() {
    sources.clear();
    maps.clear();
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
        use(target, Called.of(method.getName(), descriptor(method)), site);
      }
    } else if (receiver instanceof Constructor) {
      for (Object argument : arguments) {
        readContents(argument, site);
      }
    } else if (receiver instanceof MethodHandle handle) {
      callBy(handle, arguments, site);
    } else {
      useArguments(at(site), receiver, arguments, site);
    }
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }

  /** What a handle does is known only if it calls code that says so itself. */
  private void callBy(MethodHandle handle, @Nullable Object[] arguments, int site) {
    if (!Hooks.callsWovenCode(handle)) {
      for (Object argument : arguments) {
        note(argument, true, null, site);
        for (Object one : Contents.of(argument)) {
          note(one, true, null, site);
        }
      }
    }
  }

  private void useArguments(
      Called call, @Nullable Object receiver, @Nullable Object[] arguments, int site) {
    OnArguments does = call.onArguments();
    if (does.readsAll()) {
      readContents(receiver, site);
    }
    if (does.compares() && receiver != null) {
      compare(call, receiver, arguments, site);
    }
    boolean changes = receiver == null ? does.changesIfStatic() : does.changes();
    for (Object argument : arguments) {
      if (argument instanceof Buffer buffer) {
        boolean goesOn = call.onBuffer() == Effect.CHANGES;
        note(buffer, goesOn, null, site);
      } else if (argument != null && (changes || does.reads())) {
        // What goes through an array says of which elements.
        if (!argument.getClass().isArray()) {
          note(argument, changes, call.guard(receiver, argument), site);
          changes = false;
        }
        if (does.readsAll()) {
          readContents(argument, site);
        }
      }
    }
  }

  /** Of a call that asks what an argument equals, and what the elements do. */
  private void compare(Called call, Object receiver, @Nullable Object[] arguments, int site) {
    if (Wholes.of(receiver) instanceof IdentityHashMap) {
      return;
    }
    // Of any other the elements are asked by methods that are woven, or nothing of them is.
    boolean asksElements = false;
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      if (argument != null && call.asks(receiver, i) && Wholes.part(argument).hasEquals()) {
        asksElements |= Contents.hasAny(argument);
        note(argument, false, call.guard(receiver, argument), site);
        compareContents(argument, site);
      }
    }
    if (asksElements) {
      boolean isOfKeys = receiver instanceof Map && !call.method().equals("containsValue");
      compareContents(isOfKeys ? ((Map<?, ?>) receiver).keySet() : receiver, site);
    }
  }

  private void compareContents(Object object, int site) {
    for (Object one : Contents.of(object)) {
      if (Wholes.part(one).hasEquals()) {
        note(one, false, null, site);
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
      note(copied, false, at(site).guard(null, copied), site);
    }
  }

  /** The step that is being taken adds to an object, one by one. */
  void fill(@Nullable Object filled, int site) {
    if (filled != null && isKept()) {
      note(filled, true, Wholes.guard(filled), site);
    }
  }

  /**
   * A stream was made of an object or of another stream, a handle was bound to an object, or an
   * iterator returned an entry.
   */
  void derive(Object part, Object from) {
    Source made = sources.get(part);
    for (Source source = sources.get(from); source != null; source = source.next()) {
      made = new Source(source.whole(), made);
    }
    Object whole = Wholes.of(from);
    if (whole != null) {
      made = new Source(whole, made);
    }
    if (made != null) {
      sources.put(part, made);
    }
  }

  /** A map has returned a view of its entries, which do not know of which map they are. */
  void showEntries(Set<?> view, Object map) {
    Object whole = Wholes.of(map);
    if (whole instanceof HashMap || whole instanceof TreeMap) {
      maps.put(view, whole);
    }
  }

  /** The step that is being taken goes through elements of an array. */
  void goThrough(@Nullable Object array, int from, int to, boolean changes, int site) {
    if (array != null && array.getClass().isArray() && isKept()) {
      Elements elements = to < from ? all(array) : Elements.range(from, to);
      keep(array, array, access(changes), false, site, null, elements);
    }
  }

  /** The step that is being taken uses a part of an object: of an array, one element. */
  void usePart(@Nullable Object target, int part, boolean changes, int site) {
    if (target == null || !hasNumbers(target)) {
      use(target, site);
    } else if (areGoneThrough) {
      reach(target, part, changes, site);
    }
  }

  /** Whether it has elements that are reached by their numbers, whatever else is done to it. */
  private static boolean hasNumbers(Object target) {
    return target.getClass().isArray()
        || target instanceof AtomicIntegerArray
        || target instanceof AtomicLongArray
        || target instanceof AtomicReferenceArray;
  }

  /** The step that is being taken reads or writes a field of an object that is not woven. */
  void useField(Object target, boolean changes, int site) {
    if (Wholes.part(target).isWhole() && isKept()) {
      Access access = changes ? Access.SETS_ONE : Access.READS_ONE;
      keep(target, target, access, false, site, null, null);
    }
  }

  /** The step that is being taken reads or writes one element of an array, or something else. */
  void useElement(@Nullable Object target, int index, boolean changes, int site) {
    if (areGoneThrough && target != null && target.getClass().isArray()) {
      reach(target, index, changes, site);
    }
  }

  private void reach(Object target, int index, boolean changes, int site) {
    if (isKept() && steps().isRecorded()) {
      Elements one = Elements.one(index);
      steps().use(new ObjectUse(target, target, access(changes), false, site, null, one, null));
    }
  }

  private static Access access(boolean changes) {
    return changes ? Access.CHANGES : Access.READS;
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
    if (call.sumsUp(receiver) && mayOthersBeChanging()) {
      points.matters().noteSum();
    }
    if (receiver instanceof Map.Entry<?, ?> entry) {
      useEntry(entry, call, site);
    } else {
      Source source = sources.isEmpty() ? null : sources.get(receiver);
      if (source != null) {
        useSources(source, receiver, call, site);
        return;
      }
    }
    Wholes.Part part = Wholes.part(receiver);
    Object whole = part.isWhole() ? receiver : Wholes.of(receiver);
    if (whole != null && call.reachesNone(whole)) {
      return;
    }
    Elements elements = whole == null ? null : call.elements(whole);
    if ((elements == Elements.COUNT && COUNTED.get(receiver.getClass()))
        || (elements == Elements.ANY && call.looksFor(receiver))) {
      elements = Elements.ALL;
    }
    if (part.isCursor() && whole != receiver) {
      boolean goesOn = call.effect() == Effect.GOES_ON;
      Object used = whole == null ? receiver : whole;
      Access access = whole == null ? Access.READS : Wholes.access(whole, call.effect(), false);
      keep(used, receiver, access, goesOn, site, guardOfCursor(receiver), elements);
    } else if (whole != null
        && call.on(whole) != Effect.PASSES_BY
        && (elements == null || areGoneThrough || !elements.areOne())) {
      Access access = Wholes.access(whole, call.on(whole), whole == receiver);
      Object guard = call.isGuarded(whole) ? Wholes.guard(receiver) : null;
      keep(whole, receiver, access, false, site, guard, elements);
    }
  }

  /** The lock that an iterator takes to go on; null if it takes none. */
  private static @Nullable Object guardOfCursor(Object cursor) {
    return cursor instanceof Spliterator ? null : Wholes.guard(cursor);
  }

  /** Whether there are threads that the calling one has not waited for. */
  private boolean mayOthersBeChanging() {
    Task task = Objects.requireNonNull(points.announcer());
    Trace trace = steps().trace;
    return points.scheduler().tasks.all().stream()
        .anyMatch(
            other ->
                other != task
                    && !(other.ended && trace.hasAwaited(task.index, other.index, other.lastStep)));
  }

  /** Who sets the value of an entry changes the map that it is of. */
  private void useEntry(Map.Entry<?, ?> entry, Called call, int site) {
    if (call.effect() == Effect.CHANGES) {
      Source source = sources.get(entry);
      Object map = source == null ? mapOf(entry) : source.whole();
      if (map != null) {
        keep(map, entry, Access.CHANGES, false, site, null, call.elements(map));
      }
    }
  }

  private @Nullable Object mapOf(Map.Entry<?, ?> entry) {
    for (Map.Entry<Set<?>, Object> one : maps.entrySet()) {
      for (Object other : one.getKey()) {
        if (other == entry) {
          return one.getValue();
        }
      }
    }
    return null;
  }

  private void useSources(Source first, Object receiver, Called call, int site) {
    Access access = receiver instanceof MethodHandle ? Access.CHANGES : Access.READS;
    for (Source source = first; source != null; source = source.next()) {
      Object whole = source.whole();
      keep(whole, receiver, access, false, site, null, call.elements(whole));
    }
  }

  private void note(@Nullable Object argument, boolean changes, @Nullable Object guard, int site) {
    Object whole = argument == null ? null : Wholes.of(argument);
    if (argument != null && whole != null) {
      keep(whole, argument, access(changes), false, site, guard, all(whole));
    }
  }

  /** For the step that is being taken, and for all in which the call goes on that it is in. */
  private void keep(
      Object object,
      Object called,
      Access access,
      boolean goesOn,
      int site,
      @Nullable Object guard,
      @Nullable Elements elements) {
    areGoneThrough |= elements != null && !elements.areOne();
    Task task = Objects.requireNonNull(points.announcer());
    Elements reached = elements;
    if (elements != null && access == Access.CHANGES && at(site).movesElements()) {
      reached = elements.moved();
    }
    ObjectUse use = new ObjectUse(object, called, access, goesOn, site, guard, reached, task.uses);
    task.use(use);
    if (steps().isRecorded()) {
      steps().use(use);
    }
  }

  private Steps steps() {
    return points.scheduler().steps;
  }

  /** Whether a step is being taken that is no more than a call. */
  private boolean isKept() {
    Task task = points.announcer();
    return task != null && task.atomicCalls == 0 && points.isPoint(Operation.READ);
  }

  private Called at(int site) {
    if (site >= called.length) {
      called = Arrays.copyOf(called, Math.max(site + 1, 2 * called.length));
    }
    Called found = called[site];
    if (found == null) {
      found = Called.of(sites.get(site).subject(), sites.dispatch(site).descriptor());
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
              Object object = calls.change().object();
              boolean isGoneThrough = isGoneThrough(object) || Wholes.part(object).locksItself();
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
