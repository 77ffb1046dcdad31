package oversell.store;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A password of a server of ours. */
final class Password {
  private static final int BYTES = 24;

  private Password() {}

  /** One that nobody can draw again. */
  static String draw() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
