package oversell.explorer.hook;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/**
 * What woven classes call for random numbers. In each execution they are the same: each thread has
 * its own sequence, which depends on nothing but the seed and which thread it is.
 */
public final class ChanceHooks {
  private static final int VERSION_BITS = 0xF000;
  private static final int VERSION = 0x4000;
  private static final int VARIANT_SHIFT = 62;

  private ChanceHooks() {}

  /** The seed of a generator that was given none. */
  public static long seed() {
    return Hooks.controller.randomSeed();
  }

  /** A generator for a call that was given none. */
  public static Random generator() {
    return new Random(seed());
  }

  /** A secure generator whose algorithm the JDK chooses. */
  public static SecureRandom getInstanceStrong(int site) {
    return new SeededSecureRandom();
  }

  /** One whose algorithm is named. */
  public static SecureRandom getInstance(String algorithm, int site)
      throws NoSuchAlgorithmException {
    // It says whether there is such an algorithm.
    var unused = SecureRandom.getInstance(algorithm);
    return new SeededSecureRandom();
  }

  public static byte[] getSeed(int length, int site) {
    return new SeededSecureRandom().generateSeed(length);
  }

  public static void nextBytes(Object generator, byte[] bytes, int site) {
    SecureRandom asked = reached(generator, site);
    asked.nextBytes(bytes);
    Hooks.left();
  }

  public static void setSeed(Object generator, byte[] seed, int site) {
    SecureRandom asked = reached(generator, site);
    asked.setSeed(seed);
    Hooks.left();
  }

  public static void setSeed(Object generator, long seed, int site) {
    SecureRandom asked = reached(generator, site);
    asked.setSeed(seed);
    Hooks.left();
  }

  public static byte[] generateSeed(Object generator, int length, int site) {
    SecureRandom asked = reached(generator, site);
    byte[] seed = asked.generateSeed(length);
    Hooks.left();
    return seed;
  }

  /** A generator may be shared, and so may be an array that it fills. */
  private static SecureRandom reached(Object generator, int site) {
    if (!(Objects.requireNonNull(generator) instanceof SeededSecureRandom)) {
      Hooks.controller.escape(
          site, "a SecureRandom that the program has not made (make it in the scenario)");
    }
    Hooks.callAnything(site);
    return (SecureRandom) generator;
  }

  public static double random(int site) {
    return generator().nextDouble();
  }

  public static UUID randomUUID(int site) {
    Random random = generator();
    long most = (random.nextLong() & ~VERSION_BITS) | VERSION;
    long least = (random.nextLong() >>> 2) | (1L << (VARIANT_SHIFT + 1));
    return new UUID(most, least);
  }

  public static int nextInt(Object unused, int site) {
    return generator().nextInt();
  }

  public static int nextInt(Object unused, int bound, int site) {
    return generator().nextInt(bound);
  }

  public static int nextInt(Object unused, int origin, int bound, int site) {
    return generator().nextInt(origin, bound);
  }

  /** Of a thread's generator, or of a secure one, which has a method of its own from JDK 27 on. */
  public static long nextLong(Object generator, int site) {
    if (!(generator instanceof SecureRandom)) {
      return generator().nextLong();
    }
    long next = reached(generator, site).nextLong();
    Hooks.left();
    return next;
  }

  public static long nextLong(Object unused, long bound, int site) {
    return generator().nextLong(bound);
  }

  public static long nextLong(Object unused, long origin, long bound, int site) {
    return generator().nextLong(origin, bound);
  }

  public static double nextDouble(Object unused, int site) {
    return generator().nextDouble();
  }

  public static double nextDouble(Object unused, double bound, int site) {
    return generator().nextDouble(bound);
  }

  public static double nextDouble(Object unused, double origin, double bound, int site) {
    return generator().nextDouble(origin, bound);
  }

  public static float nextFloat(Object unused, int site) {
    return generator().nextFloat();
  }

  public static float nextFloat(Object unused, float bound, int site) {
    return generator().nextFloat(bound);
  }

  public static float nextFloat(Object unused, float origin, float bound, int site) {
    return generator().nextFloat(origin, bound);
  }

  public static boolean nextBoolean(Object unused, int site) {
    return generator().nextBoolean();
  }

  public static double nextGaussian(Object unused, int site) {
    return generator().nextGaussian();
  }

  public static double nextGaussian(Object unused, double mean, double deviation, int site) {
    return generator().nextGaussian(mean, deviation);
  }
}
