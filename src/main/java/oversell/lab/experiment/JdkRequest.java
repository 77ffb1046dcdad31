package oversell.lab.experiment;

/** Which JDKs to run on. */
public sealed interface JdkRequest {
  /** The JDK that runs the lab. */
  record Host() implements JdkRequest {
    @Override
    public String toString() {
      return "host";
    }
  }

  /** Every installed JDK that has virtual threads, one for each feature number. */
  record All() implements JdkRequest {
    @Override
    public String toString() {
      return "all";
    }
  }

  /**
   * A JDK with this feature number.
   *
   * @param number 21 or more
   */
  record Feature(int number) implements JdkRequest {
    /** The oldest feature number with virtual threads and scopes. */
    public static final int FIRST = 21;

    /** Rejects a JDK without StructuredTaskScope. */
    public Feature {
      if (number < FIRST) {
        throw new IllegalArgumentException(
            "virtual threads came with JDK %d: %d".formatted(FIRST, number));
      }
    }
  }
}
