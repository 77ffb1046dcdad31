package oversell.lab.experiment;

/** Which JDKs to run on. */
public sealed interface JdkRequest {
  /** The one that runs the lab. */
  record Host() implements JdkRequest {
    @Override
    public String toString() {
      return "host";
    }
  }

  /** Every one installed that has virtual threads, one a feature number. */
  record All() implements JdkRequest {
    @Override
    public String toString() {
      return "all";
    }
  }

  /**
   * One of this feature number.
   *
   * @param number 21 or more
   */
  record Feature(int number) implements JdkRequest {
    /** The oldest that has virtual threads and scopes. */
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
