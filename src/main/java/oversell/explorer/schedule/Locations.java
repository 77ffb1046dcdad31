package oversell.explorer.schedule;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What threads can touch. An object is known by who made it, as the how manieth of its maker: so it
 * is the same in every execution, which its identity is not. A field of an object, or an element of
 * an array, is a bit as long as there are bits left, and a number after that; a {@link LocationSet}
 * keeps both.
 */
public final class Locations {
  /** Everything there is. */
  public static final long ANYTHING = ~0L;

  /** The clock. */
  public static final long CLOCK = 1L << 63;

  /** Whether threads have been interrupted. */
  public static final long INTERRUPTS = 1L << 62;

  /** What the owner of the scope waits for. */
  public static final long SCOPE = 1L << 61;

  /** The order in which threads are started. */
  public static final long SPAWNS = 1L << 60;

  /** What pools of threads keep, where nobody but the JDK has it. */
  public static final long POOLS = 1L << 58;

  /** Stands for all that have no bit of their own; below it is the number of one. */
  static final long FAR = 1L << 59;

  private static final int BITS = 58;
  private static final int FEW = 64;
  // Of an array the first elements can have bits: or none would be left after a scan of it.
  private static final int FIRST_ELEMENTS = 16;
  private static final long STATIC = 0x5DEECE66DL;

  // Of one execution: objects and their keys, by identity.
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
   * An object has been made.
   *
   * @param key who made it, as the how manieth
   */
  public void register(Object object, long key) {
    if (2 * size >= objects.length) {
      grow();
    }
    int slot = slot(object);
    if (objects[slot] == null) {
      objects[slot] = object;
      used[size++] = slot;
    }
    objectKeys[slot] = key;
  }

  /** One object stands for another from now on. */
  public void alias(Object whole, Object part) {
    int slot = slot(whole);
    if (objects[slot] != null) {
      register(part, objectKeys[slot]);
    }
  }

  // What is looked up is the object itself, whatever it takes for its equal.
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

  /** Two of them as one; everything if one of them has no bit of its own. */
  public static long join(long one, long other) {
    return ((one | other) & FAR) == 0 ? one | other : ANYTHING;
  }

  /** The number of one that has no bit. */
  static int number(long location) {
    return (int) location;
  }

  /**
   * A part of an object; everything if nobody was seen to make the object. It must be joined to
   * another one by a {@link LocationSet} only.
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

  /**
   * A number of an object that is the same in every execution, and another for almost every other
   * object; that of the JVM if nobody was seen to make it.
   */
  public int hashOf(@Nullable Object object) {
    int slot = object == null ? 0 : slot(object);
    return object == null || objects[slot] == null
        ? System.identityHashCode(object)
        : (int) (mix(objectKeys[slot], 0) >>> 33);
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
