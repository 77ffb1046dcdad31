package oversell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of files that were read by a person, for texts to be held against. After a wanted
 * change, run with {@code -Dgolden=write}, and read the difference.
 *
 * @param folder where they are
 */
public record Golden(Path folder) {
  /** The golden files of a room. */
  public static Golden of(String room) {
    return new Golden(Path.of("src", "test", "resources", "oversell", room));
  }

  /** Fails unless a text is what the file holds, to the last byte. */
  public void check(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }
}
