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

  // Of the current execution: objects and their keys, by identity.
  private @Nullable Object[] objects = new Object[FEW];
  private long[] objectKeys = new long[FEW];
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
    if (2 * size >= objects.length) {
      grow();
    }
    int slot = slot(object);
    if (objects[slot] == null) {
      objects[slot] = object;
      objectKeys[slot] = key;
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
    int[] formerUsed = used;
    int formerSize = size;
    objects = new Object[2 * formerObjects.length];
    objectKeys = new long[2 * formerObjects.length];
    used = new int[2 * formerObjects.length];
    size = 0;
    for (int i = 0; i < formerSize; i++) {
      Object object = Objects.requireNonNull(formerObjects[formerUsed[i]]);
      register(object, formerKeys[formerUsed[i]]);
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
