package oversell.explorer.hook;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Arrays;
import java.util.Random;

/**
 * What woven classes get for a secure generator of random numbers: one that draws the same numbers
 * in every execution. It is as secure as {@link Random}, which is not at all.
 */
public final class SeededSecureRandom extends SecureRandom {
  private static final long serialVersionUID = 1;

  public SeededSecureRandom() {
    super(new Source(ChanceHooks.generator()), null);
  }

  /** One that is given a seed beside its own, as the JDK's are. */
  public SeededSecureRandom(byte[] seed) {
    this();
    setSeed(seed);
  }

  private static final class Source extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    private final Random random;

    Source(Random random) {
      this.random = random;
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      random.setSeed(random.nextLong() ^ Arrays.hashCode(seed));
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      byte[] seed = new byte[length];
      random.nextBytes(seed);
      return seed;
    }
  }
}
