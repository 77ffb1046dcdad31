package oversell.explorer.hook;

/** Throws what the JDK throws though no method declares it. */
final class Undeclared {
  private Undeclared() {}

  /** Throws it; returns nothing, so that its caller can say that it throws. */
  static RuntimeException thrown(Throwable failure) {
    throw Undeclared.<RuntimeException>as(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E as(Throwable failure) throws E {
    throw (E) failure;
  }
}
