package oversell.lab.fork;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A random text that only host and fork know, and that is used once: whoever sends it is one of
 * them. Has no {@code toString}, so that it gets into no log.
 */
final class Token {
  private static final int BYTES = 32;

  private final byte[] bytes;

  private Token(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  static Token random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(bytes);
  }

  /**
   * One that is written down.
   *
   * @param text what {@link #text()} returned
   * @throws IllegalArgumentException if it did not return that
   */
  static Token parse(String text) {
    byte[] bytes = HexFormat.of().parseHex(text);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a token has not " + bytes.length + " bytes");
    }
    return new Token(bytes);
  }

  /** To be written down where only the two sides can read it. */
  String text() {
    return HexFormat.of().formatHex(bytes);
  }

  void send(OutputStream out) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /**
   * Whether it is what the other side sends. Reads no byte more than it has to, and takes as long
   * for a text that is nearly right as for any other.
   *
   * @throws IOException if the connection breaks off
   */
  boolean isSentBy(InputStream in) throws IOException {
    return MessageDigest.isEqual(bytes, in.readNBytes(BYTES));
  }
}
