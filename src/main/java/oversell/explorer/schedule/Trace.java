package oversell.explorer.schedule;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one execution: the thread of each, what it read and wrote, and which earlier step
 * enabled its thread; and the threads that were blocked at the end. One object is reused from one
 * execution to the next.
 */
public final class Trace {
  /** The cause of a step whose thread no other step had to enable. */
  public static final int NO_CAUSE = -1;

  private static final int FEW = 64;

  private int length;
  private int[] threads = new int[FEW];
  private int[] causes = new int[FEW];
  private int[] sites = new int[FEW];
  private long[] reads = new long[FEW];
  private long[] writes = new long[FEW];
  // Locations without a bit of their own, of steps that touch any.
  private int[][] farReads = new int[FEW][];
  private int[][] farWrites = new int[FEW][];
  private boolean[] conditional = new boolean[FEW];
  private boolean[] certain = new boolean[FEW];
  // The threads, as bits, for whose ends a step has waited.
  private long[] awaited = new long[FEW];
  // The lock or monitor that a conditional step takes, or that the thread of another one has.
  private @Nullable Object[] guards = new Object[FEW];
  // Calls by each step of what two threads must not use at once.
  private @Nullable ObjectUse[] uses = new ObjectUse[FEW];
  // The first two that can overlap, of all executions.
  private ObjectUse.@Nullable Both overlapping;
  // Of all executions, by a step that goes through elements: an element that another one reaches
  // meanwhile, or that step if it is not known which.
  private final Map<Place, Object> meanwhile = new HashMap<>();
  // After the steps: those that were not taken.
  private int waiting;

  /** The number of a step among those of its thread. */
  private record Place(int thread, int number) {}

  /** Forgets all steps. */
  public void clear() {
    length = 0;
    waiting = 0;
  }

  /**
   * Begins a step.
   *
   * @param thread the thread that takes it
   * @param cause the step that enabled the thread, or {@link #NO_CAUSE}
   * @param site the place in the code where it begins
   */
  public void begin(int thread, int cause, int site) {
    begin(thread, cause, site, false, null);
  }

  /**
   * Begins a step.
   *
   * @param conditional whether other threads could block it, as the owner of the monitor does that
   *     it enters
   * @param guard the lock or monitor that it takes, which only its owner can let go of; null if it
   *     takes none
   */
  public void begin(int thread, int cause, int site, boolean conditional, @Nullable Object guard) {
    put(length, thread, cause, conditional);
    guards[length] = guard;
    sites[length] = site;
    reads[length] = 0;
    writes[length] = 0;
    length++;
  }

  private void put(int step, int thread, int cause, boolean isConditional) {
    if (step == threads.length) {
      grow();
    }
    threads[step] = thread;
    causes[step] = cause;
    conditional[step] = isConditional;
    certain[step] = false;
    awaited[step] = 0;
    uses[step] = null;
  }

  private void grow() {
    int larger = 2 * threads.length;
    threads = Arrays.copyOf(threads, larger);
    causes = Arrays.copyOf(causes, larger);
    sites = Arrays.copyOf(sites, larger);
    reads = Arrays.copyOf(reads, larger);
    writes = Arrays.copyOf(writes, larger);
    farReads = Arrays.copyOf(farReads, larger);
    farWrites = Arrays.copyOf(farWrites, larger);
    conditional = Arrays.copyOf(conditional, larger);
    guards = Arrays.copyOf(guards, larger);
    certain = Arrays.copyOf(certain, larger);
    awaited = Arrays.copyOf(awaited, larger);
    uses = Arrays.copyOf(uses, larger);
  }

  /**
   * The last step touches no more than it has, whatever it finds, except that its thread may end
   * with it.
   */
  public void setCertain() {
    certain[length - 1] = true;
  }

  /** The last step makes these calls. */
  public void use(@Nullable ObjectUse calls) {
    uses[length - 1] = calls;
  }

  /** Two steps race: their calls can overlap. */
  void race(int earlier, int later) {
    if (overlapping == null && uses[earlier] != null) {
      overlapping =
          ObjectUse.both(uses[earlier], uses[later], both -> matters(both, earlier, later));
    }
  }

  /**
   * Whoever goes through elements while others reach only one of them finds what is there before
   * that, or after. It takes two that are reached to find what is there at no time, unless it moves
   * them: two that race with it, or one that is reached after one that does.
   */
  private boolean matters(ObjectUse.Both both, int one, int other) {
    if (both.isOneOfMany()) {
      return isSecond(one, other, both.other(), both.one());
    }
    ObjectUse.Both swapped = both.swapped();
    return !swapped.isOneOfMany() || isSecond(other, one, swapped.other(), swapped.one());
  }

  private boolean isSecond(int all, int one, ObjectUse use, ObjectUse through) {
    Elements reached = use.elements();
    Object element = reached == null || reached.equals(Elements.ANY) ? place(one) : reached;
    Object before = meanwhile.putIfAbsent(place(all), element);
    return (before != null && !before.equals(element))
        || element.equals(Elements.COUNT)
        || through.areMoved()
        || (all < one && isFollowed(all, one, use, through));
  }

  /**
   * Whether a step that reaches one element is followed by one of any thread that does, too, before
   * that thread has waited for the end of the one that goes through them. What the first has found
   * may be why there is a second.
   */
  private boolean isFollowed(int all, int one, ObjectUse use, ObjectUse through) {
    long later = ~(1L << threads[all]);
    for (int step = one + 1; step < length && later != 0; step++) {
      long thread = 1L << threads[step];
      if ((awaited[step] & (1L << threads[all])) != 0) {
        later &= ~thread;
      }
      if ((later & thread) != 0 && reachesAnother(step, use, through)) {
        return true;
      }
    }
    return false;
  }

  private boolean reachesAnother(int step, ObjectUse one, ObjectUse through) {
    for (ObjectUse use = uses[step]; use != null; use = use.next()) {
      if (use.isOfAnother(one) && (use.changes() || through.changes())) {
        return true;
      }
    }
    return false;
  }

  private Place place(int step) {
    int number = 0;
    for (int i = 0; i < step; i++) {
      number += threads[i] == threads[step] ? 1 : 0;
    }
    return new Place(threads[step], number);
  }

  /** Two calls of an object that can overlap, in any execution, and must not. */
  public Optional<ObjectUse.Both> overlapping() {
    return Optional.ofNullable(overlapping);
  }

  /** Whether a step touches the same whatever the values are that it finds. */
  boolean isCertain(int step) {
    return certain[step];
  }

  /**
   * The last step cannot come before the last steps that these threads have taken so far.
   *
   * @param ended threads that have ended, as bits
   */
  public void await(long ended) {
    awaited[length - 1] = ended;
  }

  /** The threads, as bits, before whose last steps a step cannot come. */
  long awaited(int step) {
    return awaited[step];
  }

  /**
   * Whether a thread has waited for the end of another one.
   *
   * @param last the last step of that one
   */
  public boolean hasAwaited(int thread, int other, int last) {
    for (int step = last + 1; step < length; step++) {
      boolean isAfter = causes[step] == last || (awaited[step] & (1L << other)) != 0;
      if (threads[step] == thread && isAfter) {
        return true;
      }
    }
    return false;
  }

  /** The thread of the last step has this lock or monitor before it. */
  public void hold(Object guard) {
    if (length > 0 && !conditional[length - 1]) {
      guards[length - 1] = guard;
    }
  }

  /** Ends the last step; does nothing before the first. */
  public void end(LocationSet read, LocationSet written) {
    if (length > 0) {
      touch(length - 1, read, written);
    }
  }

  /** The same of what has bits. */
  public void end(long read, long written) {
    if (length > 0) {
      touch(length - 1, read, written);
    }
  }

  private void touch(int step, LocationSet read, LocationSet written) {
    reads[step] = read.bits();
    writes[step] = written.bits();
    // The numbers of a step that has none are never read.
    if (((reads[step] | writes[step]) & Locations.FAR) != 0) {
      farReads[step] = read.far();
      farWrites[step] = written.far();
    }
  }

  private void touch(int step, long read, long written) {
    reads[step] = read;
    writes[step] = written;
    farReads[step] = LocationSet.far(read);
    farWrites[step] = LocationSet.far(written);
  }

  /**
   * Records a step that a thread did not take before the execution ended, since it was blocked.
   *
   * @param isCertain whether it would have touched no more than this, whatever it had found
   */
  public void leaveWaiting(
      int thread,
      @Nullable Object guard,
      boolean isCertain,
      LocationSet read,
      LocationSet written) {
    touch(leaveWaiting(thread, guard, isCertain), read, written);
  }

  /** The same of what has bits. */
  public void leaveWaiting(
      int thread, @Nullable Object guard, boolean isCertain, long read, long written) {
    touch(leaveWaiting(thread, guard, isCertain), read, written);
  }

  private int leaveWaiting(int thread, @Nullable Object guard, boolean isCertain) {
    int step = lengthWithWaiting();
    waiting++;
    put(step, thread, NO_CAUSE, true);
    guards[step] = guard;
    certain[step] = isCertain;
    return step;
  }

  /** Forgets all steps but the first so many. */
  public void cutTo(int first) {
    length = Math.min(length, first);
    waiting = 0;
  }

  /** A copy, which does not change when this trace is reused. */
  public Trace copy() {
    Trace copy = new Trace();
    copy.length = length;
    copy.threads = Arrays.copyOf(threads, length);
    copy.causes = Arrays.copyOf(causes, length);
    copy.sites = Arrays.copyOf(sites, length);
    copy.reads = Arrays.copyOf(reads, length);
    copy.writes = Arrays.copyOf(writes, length);
    copy.farReads = Arrays.copyOf(farReads, length);
    copy.farWrites = Arrays.copyOf(farWrites, length);
    copy.conditional = Arrays.copyOf(conditional, length);
    copy.certain = Arrays.copyOf(certain, length);
    copy.awaited = Arrays.copyOf(awaited, length);
    copy.guards = Arrays.copyOf(guards, length);
    return copy;
  }

  /** The number of the first step that differs in another execution; -1 if none does. */
  public int firstDifference(Trace other) {
    int both = Math.min(length, other.length);
    for (int step = 0; step < both; step++) {
      if (threads[step] != other.threads[step]
          || sites[step] != other.sites[step]
          || reads[step] != other.reads[step]
          || writes[step] != other.writes[step]
          || differFar(step, other.farReads[step], other.farWrites[step])
          || causes[step] != other.causes[step]
          || conditional[step] != other.conditional[step]) {
        return step;
      }
    }
    return length == other.length ? -1 : Math.max(0, both - 1);
  }

  /** Whether a step whose bits are the same has other numbers than these. */
  boolean differFar(int step, int[] otherReads, int[] otherWrites) {
    return ((reads[step] | writes[step]) & Locations.FAR) != 0
        && !(Arrays.equals(farReads[step], otherReads)
            && Arrays.equals(farWrites[step], otherWrites));
  }

  /** How many steps there are, including those that were not taken, which come last. */
  int lengthWithWaiting() {
    return length + waiting;
  }

  /** How many steps there are. */
  public int length() {
    return length;
  }

  /** The thread of a step. */
  public int thread(int step) {
    return threads[step];
  }

  /** The step that enabled its thread. */
  public int cause(int step) {
    return causes[step];
  }

  /** Whether other threads could block it. */
  public boolean isConditional(int step) {
    return conditional[step];
  }

  /**
   * Whether a conditional step can never come before another one, since the thread of that has the
   * lock or monitor that it takes.
   */
  // A lock is itself, whatever it takes for its equal.
  @SuppressWarnings("ReferenceEquality")
  boolean isKeptBackBefore(int step, int taking) {
    Object guard = guards[taking];
    return guard != null
        && conditional[taking]
        && !conditional[step]
        && guards[step] == guard
        && threads[step] != threads[taking];
  }

  /** The place in the code where it begins. */
  public int site(int step) {
    return sites[step];
  }

  /** What it read, as bits. */
  long reads(int step) {
    return reads[step];
  }

  /** What it wrote, as bits. */
  long writes(int step) {
    return writes[step];
  }

  /** What it read that has no bit. */
  int[] farReads(int step) {
    return farReads[step];
  }

  /** What it wrote that has no bit. */
  int[] farWrites(int step) {
    return farWrites[step];
  }

  /** Whether the order of two steps matters. */
  boolean conflict(int step, int other) {
    return conflict(step, reads[other], writes[other], farReads[other], farWrites[other]);
  }

  /** Whether a step writes what another one touches. */
  boolean changes(int step, int other) {
    return conflict(
        0,
        writes[step],
        LocationSet.far(0),
        farWrites[step],
        reads[other],
        writes[other],
        farReads[other],
        farWrites[other]);
  }

  /** Whether the order of a step and of one that reads and writes this matters. */
  boolean conflict(int step, long read, long written, int[] farRead, int[] farWritten) {
    return conflict(
        reads[step],
        writes[step],
        farReads[step],
        farWrites[step],
        read,
        written,
        farRead,
        farWritten);
  }

  /** Whether the order of two steps matters that read and write this. */
  static boolean conflict(
      long reads,
      long writes,
      int[] farReads,
      int[] farWrites,
      long otherReads,
      long otherWrites,
      int[] otherFarReads,
      int[] otherFarWrites) {
    long common = common(reads, writes, otherReads, otherWrites);
    return common != 0
        && (common != Locations.FAR
            || conflictFar(
                common(reads, 0, 0, otherWrites),
                farReads,
                otherFarWrites,
                common(0, writes, otherReads, 0),
                otherFarReads,
                farWrites,
                common(0, writes, 0, otherWrites)));
  }

  /** The locations with bits for which the order of two steps matters. */
  static long common(long reads, long writes, long otherReads, long otherWrites) {
    return (writes & (otherReads | otherWrites)) | (reads & otherWrites);
  }

  /**
   * Whether the order of two steps matters because of a location without a bit.
   *
   * @param read not 0 if the first reads such locations and the second writes some
   * @param written not 0 if the first writes some and the second reads some
   * @param both not 0 if both write some
   */
  static boolean conflictFar(
      long read,
      int[] reads,
      int[] otherWrites,
      long written,
      int[] otherReads,
      int[] writes,
      long both) {
    return (read != 0 && LocationSet.haveCommon(reads, otherWrites))
        || (written != 0 && LocationSet.haveCommon(otherReads, writes))
        || (both != 0 && LocationSet.haveCommon(writes, otherWrites));
  }
}
