package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** What class files say of their classes. */
class MembersTest {
  private static final String DOOR = "oversell/corpus/Door";
  private static final String SHOP = "oversell/corpus/Shop";

  @Test
  void aFieldIsThatOfTheClassThatDeclaresIt() {
    Members members =
        new Members(getClass().getClassLoader(), JdkCalls.standard(), ClassOptions.NONE);

    assertThat(members.holder("oversell/corpus/Hidden$Inheriting", "stock")).isEqualTo(SHOP);
    assertThat(members.isMutable("oversell/corpus/Hidden$Inheriting", "stock")).isTrue();
    assertThat(members.isMutable("oversell/corpus/Hidden$ABuffer", "maker")).isFalse();
  }

  /** Those of the JDK that runs are often newer than whoever reads them. */
  @Test
  void classFilesOfTheFutureCanBeRead() {
    Members members =
        new Members(
            new ClassLoader(getClass().getClassLoader()) {
              @Override
              public InputStream getResourceAsStream(String name) {
                try (InputStream stream = super.getResourceAsStream(name)) {
                  byte[] bytes = stream.readAllBytes();
                  bytes[7] = 99;
                  return new ByteArrayInputStream(bytes);
                } catch (IOException unreadable) {
                  throw new UncheckedIOException(unreadable);
                }
              }
            },
            JdkCalls.standard(),
            ClassOptions.NONE);

    assertThat(members.isMutable(DOOR, "maker")).isFalse();
    assertThat(members.isMutable(SHOP, "stock")).isTrue();
  }
}
