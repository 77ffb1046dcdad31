package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** A store needs no announcement only if nobody else can have the array. */
class FreshArraysTest {
  /** Code that makes arrays. */
  static final class Code {
    static int[] shared = new int[2];

    static long[][] made(int x) {
      return new long[][] {{1, x}, {Math.abs(x)}, {}};
    }

    static int[] kept() {
      int[] kept = new int[2];
      kept[0] = 1;
      return kept;
    }

    static int[][] published() {
      return new int[][] {shared = new int[] {1}, {2}};
    }

    static void ofOthers() {
      shared[0] = 1;
    }

    static int[] withAChoice(boolean which) {
      return new int[] {which ? 1 : 2};
    }
  }

  private static BitSet fresh(String name) throws IOException {
    ClassNode type = new ClassNode();
    try (InputStream stream =
        FreshArraysTest.class.getResourceAsStream("FreshArraysTest$Code.class")) {
      new ClassReader(stream).accept(type, 0);
    }
    MethodNode method =
        type.methods.stream().filter(node -> node.name.equals(name)).findFirst().orElseThrow();
    return FreshArrays.in(method);
  }

  @Test
  void anExpressionThatMakesAnArrayFillsIt() throws IOException {
    // Three numbers, and three arrays of which the last is empty.
    assertThat(fresh("made").cardinality()).isEqualTo(6);
  }

  @Test
  void anArrayThatAVariableHasIsAnyArray() throws IOException {
    assertThat(fresh("kept").cardinality()).isZero();
  }

  @Test
  void anArrayThatAFieldHasIsAnyArray() throws IOException {
    // The first number, before the field has the array; and the second, in one of its own.
    assertThat(fresh("published").stream()).containsExactly(0, 2);
    assertThat(fresh("ofOthers").cardinality()).isZero();
  }

  @Test
  void whatIsStoredAfterAJumpCountsAsAnyStore() throws IOException {
    assertThat(fresh("withAChoice").cardinality()).isZero();
  }
}
