package oversell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which version of the code a clone has: JVMs of two machines sell together only if they are of the
 * same. It is of the sources, since compilers differ, and since a commit says nothing of changes
 * that are not committed.
 */
final class CodeVersion {
  private static final int DIGITS = 12;
  private static final byte CARRIAGE_RETURN = '\r';

  private CodeVersion() {}

  /**
   * That of a clone.
   *
   * @param project its folder
   */
  static String of(Path project) {
    MessageDigest digest = sha256();
    try (Stream<Path> files = Files.walk(project.resolve("src").resolve("main"))) {
      List<Path> sources =
          Stream.concat(files.filter(Files::isRegularFile), Stream.of(project.resolve("pom.xml")))
              .sorted(Comparator.comparing(source -> name(project, source)))
              .toList();
      for (Path source : sources) {
        digest.update((name(project, source) + '\n').getBytes(StandardCharsets.UTF_8));
        digest.update(withoutCarriageReturns(Files.readAllBytes(source)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return "sources " + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static String name(Path project, Path source) {
    return project.relativize(source).toString().replace('\\', '/');
  }

  /** Git may write them on Windows. */
  private static byte[] withoutCarriageReturns(byte[] text) {
    byte[] kept = new byte[text.length];
    int length = 0;
    for (byte one : text) {
      if (one != CARRIAGE_RETURN) {
        kept[length++] = one;
      }
    }
    return Arrays.copyOf(kept, length);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException neverHappens) {
      throw new IllegalStateException(neverHappens);
    }
  }
}
