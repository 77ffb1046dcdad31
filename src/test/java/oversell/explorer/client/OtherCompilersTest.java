package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Scenario;

/** Class files as other compilers write them than that of the JDK, or as that once wrote them. */
class OtherCompilersTest {
  private static final String COUNTS =
      """
      class Helper {
        final List<Integer> made = new ArrayList<>();
        int[] sold = new int[1];

        class Sale {
          Sale() {
            sold[0]++;
          }
        }

        MODIFIER void sell() {
          try {
            int[] after = sold.clone();
            made.addAll(Arrays.asList(after[0]));
            sold = after;
            new Sale();
          } catch (IllegalStateException never) {
            sold = new int[2];
          }
        }
      }
      Helper helper = new Helper();
      Thread other = Thread.ofVirtual().start(helper::sell);
      helper.sell();
      other.join();
      return helper.sold[0];
      """;

  /** What another compiler writes instead. */
  private interface Difference {
    void in(ClassNode type);
  }

  private static Class<? extends Scenario<Integer>> scenario(String modifier, Difference difference)
      throws IOException, URISyntaxException {
    return changed(
        COUNTS.replace("MODIFIER", modifier),
        difference,
        List.of("Sample$1Helper", "Sample$1Helper$Sale"));
  }

  private static Class<? extends Scenario<Integer>> changed(
      String source, Difference difference, List<String> classes)
      throws IOException, URISyntaxException {
    Class<? extends Scenario<Integer>> scenario = Sources.scenario(source);
    for (String name : classes) {
      Path file = Path.of(scenario.getResource(name + ".class").toURI());
      ClassNode type = new ClassNode();
      new ClassReader(Files.readAllBytes(file)).accept(type, 0);
      difference.in(type);
      ClassWriter writer = new ClassWriter(0);
      type.accept(writer);
      Files.write(file, writer.toByteArray());
    }
    return scenario;
  }

  private static void eachInstruction(
      ClassNode type, BiConsumer<InsnList, AbstractInsnNode> difference) {
    for (MethodNode method : type.methods) {
      for (AbstractInsnNode instruction : method.instructions.toArray()) {
        difference.accept(method.instructions, instruction);
      }
    }
  }

  /** Before Java 6 there were no frames, and an array was cloned as any object. */
  private static Difference ofVersion(int version) {
    return type -> {
      type.version = version;
      type.nestHostClass = null;
      eachInstruction(
          type,
          (all, instruction) -> {
            if (instruction instanceof FrameNode) {
              all.remove(instruction);
            } else if (instruction instanceof MethodInsnNode call && call.owner.startsWith("[")) {
              call.owner = "java/lang/Object";
            }
          });
    };
  }

  /** Those of Eclipse and of Scala put an object that nobody uses once on the stack, not twice. */
  private static void makesNoCopy(ClassNode type) {
    eachInstruction(
        type,
        (all, instruction) -> {
          if (instruction.getOpcode() == Opcodes.POP
              && instruction.getPrevious() instanceof MethodInsnNode call
              && call.name.equals("<init>")) {
            AbstractInsnNode made = call;
            while (made.getOpcode() != Opcodes.NEW) {
              made = made.getPrevious();
            }
            all.remove(made.getNext());
            all.remove(instruction);
          }
        });
  }

  private static Stream<Difference> compilers() {
    return Stream.of(
        ofVersion(Opcodes.V1_2),
        ofVersion(Opcodes.V1_4),
        ofVersion(Opcodes.V1_5),
        OtherCompilersTest::makesNoCopy);
  }

  @ParameterizedTest
  @MethodSource("compilers")
  void aClassThatLocksItselfIsProved(Difference difference) throws Exception {
    Exploration<Integer> explored =
        Explorer.explore(scenario("synchronized", difference), Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(2);
  }

  @ParameterizedTest
  @MethodSource("compilers")
  void aClassThatDoesNotLosesAnUpdate(Difference difference) throws Exception {
    Exploration<Integer> explored =
        Explorer.explore(scenario("", difference), Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isEmpty();
    assertThat(explored.bound()).isEmpty();
    assertThat(explored.outcomes()).containsOnlyKeys(1, 2);
  }

  /** The text of the thread says whether it has ended. */
  private static final String ASKS_FOR_A_TEXT =
      """
      class Helper {
        String text(Object any) {
          return "a thread: " + any;
        }
      }
      Helper helper = new Helper();
      Thread other = new Thread(() -> {});
      other.start();
      int ended = helper.text(other).endsWith(",]") ? 10 : 0;
      BEFORE
      ended += helper.text(other).endsWith(",]") ? 1 : 0;
      other.join();
      return ended;
      """;

  /** From Java 9 to 18 what joins texts was handed objects, and asked them for theirs itself. */
  private static void asksForTextsLater(ClassNode type) {
    eachInstruction(
        type,
        (all, instruction) -> {
          if (instruction instanceof InvokeDynamicInsnNode joins
              && joins.bsm.getOwner().endsWith("StringConcatFactory")) {
            assertThat(joins.desc).isEqualTo("(Ljava/lang/String;)Ljava/lang/String;");
            joins.desc = "(Ljava/lang/Object;)Ljava/lang/String;";
            all.remove(joins.getPrevious());
          }
        });
  }

  private static Class<? extends Scenario<Integer>> asksForAText(String before) throws Exception {
    return changed(
        ASKS_FOR_A_TEXT.replace("BEFORE", before),
        OtherCompilersTest::asksForTextsLater,
        List.of("Sample$1Helper"));
  }

  @Test
  void aTextOfAThreadThatIsMadeWhereTextsAreJoinedSaysWhetherItHasEnded() throws Exception {
    Exploration<Integer> explored = Explorer.explore(asksForAText(""), Options.exhaustive());

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.outcomes()).containsOnlyKeys(0, 1, 11);
  }

  @Test
  void andThatItHasEndedOnceItIsJoined() throws Exception {
    Exploration<Integer> explored =
        Explorer.explore(asksForAText("other.join();"), Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(1, 11);
  }

  private static final String CHOOSES_WHILE_IT_IS_MADE =
      """
      class Helper {
        int sold;

        Helper(boolean more) {
          sold = more ? 2 : 1;
        }
      }
      Helper helper = new Helper(false);
      Thread other = Thread.ofVirtual().start(() -> helper.sold++);
      helper.sold++;
      other.join();
      return helper.sold;
      """;

  /** Shrinkers keep no local variable in a frame that nothing reads after it. */
  private static void dropsLocalVariables(ClassNode type) {
    eachInstruction(
        type,
        (all, instruction) -> {
          if (instruction instanceof FrameNode frame) {
            frame.type = Opcodes.F_FULL;
            frame.local = List.of();
            frame.stack = frame.stack == null ? List.of() : frame.stack;
          }
        });
  }

  @Test
  void aConstructorThatForgetsItsObjectIsExplored() throws Exception {
    Exploration<Integer> explored =
        Explorer.explore(
            changed(
                CHOOSES_WHILE_IT_IS_MADE,
                OtherCompilersTest::dropsLocalVariables,
                List.of("Sample$1Helper")),
            Options.exhaustive());

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.outcomes()).containsOnlyKeys(2, 3);
  }
}
