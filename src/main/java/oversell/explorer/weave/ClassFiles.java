package oversell.explorer.weave;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * The class files of what is explored, as they are to be woven: of a class of the JDK that is to be
 * explored from the inside there is a copy under a name of its own, since only the JDK may define
 * its own classes, and all others name that copy instead.
 */
final class ClassFiles {
  /** What the names of copies begin with. */
  static final String PREFIX = "oversell/inside/";

  /** Begins what stands before what a copy cannot do, and becomes word of that. */
  static final String INACCESSIBLE = "inaccessible ";

  /** Begins what stands before a copy is told from its original, and becomes word of that. */
  static final String RECOGNISED = "recognised ";

  // The low byte of it, in a class file.
  private static final int MAJOR_VERSION = 7;
  private static final int BYTE = 0xFF;
  private static final byte[] UNSAFE = "sun/misc/Unsafe".getBytes(StandardCharsets.US_ASCII);

  private final ClassLoader loader;
  private final Unwoven unwoven;
  private final Copies copies;

  /**
   * Those that a loader sees.
   *
   * @throws IllegalArgumentException if a class that is to be explored from the inside cannot be
   */
  ClassFiles(ClassLoader loader, ClassOptions classes, Unwoven unwoven) {
    this.loader = loader;
    this.unwoven = unwoven;
    copies = Copies.of(classes, this::readOriginal);
  }

  /** The class file of a class; empty if there is none. */
  Optional<byte[]> read(String type) throws IOException {
    return readOriginal(original(type)).map(bytes -> made(type, bytes));
  }

  private Optional<byte[]> readOriginal(String type) throws IOException {
    try (InputStream bytes = loader.getResourceAsStream(type + ".class")) {
      return bytes == null ? Optional.empty() : Optional.of(bytes.readAllBytes());
    }
  }

  /** The class whose class file one is made of. */
  static String original(String type) {
    return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
  }

  /** The class file of a class, made of that of its original. */
  byte[] made(String type, byte[] original) {
    boolean isCopy = type.startsWith(PREFIX);
    boolean isRenamed =
        !unwoven.contains(type) && (copies.areThere() || contains(original, UNSAFE));
    if (!isCopy && (!isRenamed || type.equals(Copies.UNSAFE))) {
      return original;
    }
    ClassReader reader = isCopy ? reader(original) : new ClassReader(original);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(copies.renaming(writer, isCopy), 0);
    return writer.toByteArray();
  }

  /**
   * Of a class that may be newer than the reader: what classes declare has not changed for long.
   */
  static ClassReader reader(byte[] bytes) {
    bytes[MAJOR_VERSION] = (byte) Math.min(bytes[MAJOR_VERSION] & BYTE, Opcodes.V21);
    return new ClassReader(bytes);
  }

  private static boolean contains(byte[] all, byte[] part) {
    for (int at = 0; at + part.length <= all.length; at++) {
      if (all[at] == part[0] && Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
