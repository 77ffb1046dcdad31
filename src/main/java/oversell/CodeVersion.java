package oversell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
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
   * That of a clone; of the classes that are running, where there are no sources.
   *
   * @param project its folder
   */
  static String of(Path project) {
    Path sources = project.resolve("src").resolve("main");
    try {
      return Files.isDirectory(sources)
          ? "sources " + digest(project, sources, project.resolve("pom.xml"))
          : "classes " + ofClasses();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String ofClasses() throws IOException {
    Path running =
        Path.of(
            URI.create(
                CodeVersion.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    return digest(running, running);
  }

  /** Of files and of all files in folders, by their names below a folder. */
  private static String digest(Path below, Path... all) throws IOException {
    MessageDigest digest = sha256();
    List<Path> files = new ArrayList<>();
    for (Path one : all) {
      try (Stream<Path> found = Files.walk(one)) {
        found.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    files.sort(Comparator.comparing(file -> name(below, file)));
    for (Path file : files) {
      digest.update((name(below, file) + '\n').getBytes(StandardCharsets.UTF_8));
      digest.update(withoutCarriageReturns(Files.readAllBytes(file)));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
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
