package oversell.explorer.schedule;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The locations that threads can read and write. An object is identified by the thread that
 * allocated it and its allocation number there, which is the same in every execution; its identity
 * hash is not. A field of an object, or an element of an array, is a bit as long as there are bits
 * left, and a number after that; a {@link LocationSet} keeps both.
 */
public final class Locations {
  /** Every location. */
  public static final long ANYTHING = ~0L;

  /** The clock. */
  public static final long CLOCK = 1L << 63;

  /** Whether threads have been interrupted. */
  public static final long INTERRUPTS = 1L << 62;

  /** The end of threads: a scope that is joined waits for it. */
  public static final long SCOPE = 1L << 61;

  /** The order in which threads are started. */
  public static final long SPAWNS = 1L << 60;

  /** State of thread pools that only the JDK can reach. */
  public static final long POOLS = 1L << 58;

  /** Marks a location that has no bit of its own; the lower bits are its number. */
  static final long FAR = 1L << 59;

  /**
   * Read by the step that ends the initialisation of a class, and never written: it marks that
   * step, whose effect others can see within any of theirs.
   */
  public static final long INITIALISED = 1L << 57;

  private static final int BITS = 57;
  private static final int FEW = 64;
  // Only the first elements of an array can have bits: otherwise none would be left after a scan of
  // it.
  private static final int FIRST_ELEMENTS = 16;
  private static final long STATIC = 0x5DEECE66DL;
  // The key of what never changes.
  private static final long CONSTANT = 0x2545F491L;
  // No object has so many fields or elements that have a location of their own.
  private static final int PARTS = 1 << 30;

  // Of the current execution: objects and their keys, by identity. What goes through an object has
  // the key of that, and is marked: by who made it, which is negative if it may reach more.
  private @Nullable Object[] objects = new Object[FEW];
  private long[] objectKeys = new long[FEW];
  private int[] marks = new int[FEW];
  private int[] used = new int[FEW];
  private int size;

  // Of all executions: keys of locations, and their bits or numbers.
  private long[] keys = new long[FEW];
  private long[] bits = new long[FEW];
  private int known;
  private int near;

  /** Forgets the objects of the last execution. */
  public void clear() {
    for (int i = 0; i < size; i++) {
      objects[used[i]] = null;
    }
    size = 0;
  }

  /**
   * Registers an object that was allocated. One that is known already, such as a thread that is
   * under way before its constructor has returned, stays what it is.
   *
   * @param key the thread that allocated it and its allocation number there
   */
  public void register(Object object, long key) {
    register(object, key, 0);
  }

  private void register(Object object, long key, int mark) {
    if (2 * size >= objects.length) {
      grow();
    }
    int slot = slot(object);
    if (objects[slot] == null) {
      objects[slot] = object;
      objectKeys[slot] = key;
      marks[slot] = mark;
      used[size++] = slot;
    }
  }

  /** Makes one object stand for another from now on. */
  public void alias(Object whole, Object part) {
    int slot = slot(whole);
    if (objects[slot] != null) {
      register(part, objectKeys[slot]);
    }
  }

  /**
   * Registers what goes through an object, such as an iterator: it has a state of its own, and
   * reads the object. If that is not known itself, nothing is.
   *
   * @param whole the object; null if it never changes
   * @param maker the thread that has made the part, by a number of 0 or more
   */
  public void part(@Nullable Object whole, Object part, int maker) {
    if (whole == null) {
      register(part, CONSTANT, maker + 1);
      return;
    }
    int slot = slot(whole);
    if (objects[slot] != null) {
      register(part, objectKeys[slot], marks[slot] < 0 ? -maker - 1 : maker + 1);
    }
  }

  /** Whether an object is known to read one other, besides its own state. */
  public boolean isPart(Object object) {
    int slot = slot(object);
    return objects[slot] != null && marks[slot] > 0;
  }

  /** What goes through an object may reach others, too, from now on. */
  public void mayReachMore(Object part) {
    int slot = slot(part);
    if (objects[slot] != null && marks[slot] > 0) {
      marks[slot] = -marks[slot];
    }
  }

  /**
   * The location of the object that a part goes through, or of one that is no part; 0 if that never
   * changes, {@link #ANYTHING} if it is not known.
   */
  public long ofWhole(Object part) {
    int slot = slot(part);
    if (objects[slot] == null || marks[slot] < 0) {
      return ANYTHING;
    }
    return objectKeys[slot] == CONSTANT ? 0 : bit(mix(objectKeys[slot], 0), false);
  }

  // Objects are looked up by identity, whatever their equals says.
  @SuppressWarnings("ReferenceEquality")
  private int slot(Object object) {
    int mask = objects.length - 1;
    int slot = System.identityHashCode(object) & mask;
    while (objects[slot] != null && objects[slot] != object) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    @Nullable Object[] formerObjects = objects;
    long[] formerKeys = objectKeys;
    int[] formerMarks = marks;
    int[] formerUsed = used;
    int formerSize = size;
    objects = new Object[2 * formerObjects.length];
    objectKeys = new long[2 * formerObjects.length];
    marks = new int[2 * formerObjects.length];
    used = new int[2 * formerObjects.length];
    size = 0;
    for (int i = 0; i < formerSize; i++) {
      Object object = Objects.requireNonNull(formerObjects[formerUsed[i]]);
      register(object, formerKeys[formerUsed[i]], formerMarks[formerUsed[i]]);
    }
  }

  /** Two locations as one; {@link #ANYTHING} if one of them has no bit of its own. */
  public static long join(long one, long other) {
    return ((one | other) & FAR) == 0 ? one | other : ANYTHING;
  }

  /** The number of a location that has no bit. */
  static int number(long location) {
    return (int) location;
  }

  /**
   * A part of an object; {@link #ANYTHING} if its allocation was not seen. Only a {@link
   * LocationSet} may join it with another location.
   */
  public long of(@Nullable Object object, int part) {
    if (object == null) {
      return bit(mix(STATIC, part), false);
    }
    int slot = slot(object);
    if (objects[slot] == null) {
      return ANYTHING;
    }
    if (marks[slot] != 0) {
      return bit(mix(objectKeys[slot], PARTS + Math.abs(marks[slot])), false);
    }
    boolean isFar = part >= FIRST_ELEMENTS && object.getClass().isArray();
    return bit(mix(objectKeys[slot], part), isFar);
  }

  /** A hash code of a registered object that is the same in every execution. */
  public int hashOf(Object object) {
    return (int) (mix(objectKeys[slot(object)], 0) >>> 33);
  }

  private static long mix(long key, int part) {
    return ((key + 1) * 0x9E3779B97F4A7C15L + part * 0xC2B2AE3D27D4EB4FL) | 1;
  }

  private long bit(long key, boolean isFar) {
    int mask = keys.length - 1;
    int slot = (int) (key >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    if (keys[slot] == 0) {
      keys[slot] = key;
      bits[slot] = isFar || near == BITS ? FAR | known : 1L << near++;
      known++;
      if (2 * known > keys.length) {
        growKeys();
        return bit(key, isFar);
      }
    }
    return bits[slot];
  }

  private void growKeys() {
    long[] formerKeys = keys;
    long[] formerBits = bits;
    keys = new long[2 * formerKeys.length];
    bits = new long[2 * formerBits.length];
    int mask = keys.length - 1;
    for (int i = 0; i < formerKeys.length; i++) {
      if (formerKeys[i] != 0) {
        int slot = (int) (formerKeys[i] >>> 32) & mask;
        while (keys[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        keys[slot] = formerKeys[i];
        bits[slot] = formerBits[i];
      }
    }
  }
}
