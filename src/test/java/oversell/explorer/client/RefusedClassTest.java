package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** A class that the JVM does not verify may lead to what its user would never see. */
class RefusedClassTest {
  private static final String SWALLOWS =
      """
      class Helper { Object value() { return "one"; } }
      Thread other = Thread.ofVirtual().start(() -> { synchronized (lock) { count++; } });
      try {
        synchronized (lock) { count += new Helper().value().hashCode() > 0 ? 1 : 1; }
      } catch (LinkageError swallowed) {
        synchronized (lock) { count += 1; }
      }
      other.join();
      return count;
      """;

  /** Lets the method of the helper return a number where an object is expected. */
  private static void breakHelper(Class<?> scenario) throws IOException, URISyntaxException {
    Path file = Path.of(scenario.getResource("Sample$1Helper.class").toURI());
    ClassNode node = new ClassNode();
    new ClassReader(Files.readAllBytes(file)).accept(node, 0);
    node.methods.stream()
        .filter(method -> method.name.equals("value"))
        .forEach(
            method -> {
              method.instructions.insertBefore(
                  method.instructions.getLast().getPrevious(), new InsnNode(Opcodes.POP));
              method.instructions.insertBefore(
                  method.instructions.getLast().getPrevious(), new InsnNode(Opcodes.ICONST_1));
            });
    ClassWriter writer = new ClassWriter(0);
    node.accept(writer);
    Files.write(file, writer.toByteArray());
  }

  @Test
  void nothingIsProvedIfAClassDoesNotVerifyThoughTheErrorIsCaught() throws Exception {
    Class<? extends Scenario<Integer>> scenario = Sources.scenario(SWALLOWS);
    breakHelper(scenario);

    Exploration<Integer> explored = Explorer.explore(scenario, Options.exhaustive());

    assertThat(explored.failures()).isZero();
    assertThat(explored.isComplete()).isFalse();
    assertThat(explored.certificate()).isEmpty();
    assertThat(explored.uncontrolled().toString())
        .contains("class client.Sample$1Helper, which this JVM refuses once it is woven", "Verify");
  }

  /** The twin: the same scenario with a helper that verifies. */
  @Test
  void theSameIsProvedIfItDoes() {
    Exploration<Integer> explored =
        Explorer.explore(Sources.scenario(SWALLOWS), Options.exhaustive());

    assertThat(explored.certificate()).isPresent();
  }

  private static final String DOES_WITHOUT =
      """
      class Helper {
        static class Base {}
        static class Missing extends Base {}
        static int made;

        static Base make() {
          made++;
          return new Missing();
        }
      }
      Thread other = Thread.ofVirtual().start(() -> {
        try {
          Helper.make();
        } catch (NoClassDefFoundError missing) {
          COUNT
        }
      });
      try {
        Helper.make();
      } catch (NoClassDefFoundError missing) {
        COUNT
      }
      other.join();
      return count;
      """;

  /** A scenario with a class that cannot be linked, since another one is not there. */
  private static Exploration<Integer> exploredWithout(String count)
      throws IOException, URISyntaxException {
    Class<? extends Scenario<Integer>> scenario =
        Sources.scenario(DOES_WITHOUT.replace("COUNT", count));
    Files.delete(Path.of(scenario.getResource("Sample$1Helper$Missing.class").toURI()));
    return Explorer.explore(scenario, Options.exhaustive());
  }

  @Test
  void whoeverDoesWithoutAClassThatIsNotThereIsExplored() throws Exception {
    Exploration<Integer> right = exploredWithout("synchronized (lock) { count++; }");
    Exploration<Integer> broken = exploredWithout("count++;");

    assertThat(right.certificate()).as(right.toString()).isPresent();
    assertThat(right.outcomes()).containsOnlyKeys(2);
    assertThat(broken.isComplete()).as(broken.toString()).isTrue();
    assertThat(broken.outcomes()).containsOnlyKeys(1, 2);
  }
}
