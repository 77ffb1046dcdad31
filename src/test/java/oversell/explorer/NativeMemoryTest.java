package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oversell.inventory.InventoryProvider;
import oversell.lab.trial.Explored;

/**
 * What is kept in memory segments, or where only Unsafe finds it, is not proved. The programs are
 * compiled by the JDK that runs them: on 21 segments are a preview, and each use of Unsafe is a
 * warning that nothing suppresses.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class NativeMemoryTest {
  private static final int PREVIEW_UNTIL = 21;

  @TempDir Path folder;

  /** Where the stock is kept. */
  enum Memory {
    SEGMENT_OUTSIDE_OF_THE_HEAP(
        """
            java.lang.foreign.MemorySegment shelf = java.lang.foreign.Arena.ofAuto().allocate(4);
            shelf.set(java.lang.foreign.ValueLayout.JAVA_INT, 0, stock);
            return new Cell(
                () -> shelf.get(java.lang.foreign.ValueLayout.JAVA_INT, 0),
                left -> shelf.set(java.lang.foreign.ValueLayout.JAVA_INT, 0, left));
        """),
    SEGMENT_THAT_IS_READ(
        """
            int[] shelf = {stock};
            java.lang.foreign.MemorySegment segment =
                java.lang.foreign.MemorySegment.ofArray(shelf);
            return new Cell(
                () -> segment.get(java.lang.foreign.ValueLayout.JAVA_INT, 0),
                left -> shelf[0] = left);
        """),
    SEGMENT_THAT_IS_WRITTEN(
        """
            int[] shelf = {stock};
            java.lang.foreign.MemorySegment segment =
                java.lang.foreign.MemorySegment.ofArray(shelf);
            return new Cell(
                () -> shelf[0],
                left -> segment.set(java.lang.foreign.ValueLayout.JAVA_INT, 0, left));
        """),
    UNSAFE_MEMORY(
        """
            sun.misc.Unsafe unsafe = unsafe();
            long shelf = unsafe.allocateMemory(4);
            unsafe.putInt(shelf, stock);
            return new Cell(() -> unsafe.getInt(shelf), left -> unsafe.putInt(shelf, left));
        """),
    UNSAFE_ARRAY(
        """
            sun.misc.Unsafe unsafe = unsafe();
            int[] shelf = {stock};
            long offset = unsafe.arrayBaseOffset(int[].class);
            return new Cell(() -> shelf[0], left -> unsafe.putInt(shelf, offset, left));
        """);

    private final String cell;

    Memory(String cell) {
      this.cell = cell;
    }

    private String source(String how) {
      return """
          package oversell.corpus;

          public final class Program extends Door {
            public Program() {
              super(stock -> cell(stock).%s());
            }

            private static sun.misc.Unsafe unsafe() {
              try {
                java.lang.reflect.Field field =
                    sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
                field.setAccessible(true);
                return (sun.misc.Unsafe) field.get(null);
              } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
              }
            }

            private static Cell cell(int stock) {
          %s
            }
          }
          """
          .formatted(how, cell);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nativeMemoryWithoutAGuardIsNotProved(Memory memory) throws Exception {
    assertThat(explored(memory.source("unguarded")).isProof()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void nativeMemoryUnderAGuardIsNotRefuted(Memory memory) throws Exception {
    assertThat(explored(memory.source("guarded")).violations()).isZero();
  }

  private Explored explored(String source) throws IOException, ReflectiveOperationException {
    compile(source);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<? extends InventoryProvider> program =
          loader.loadClass("oversell.corpus.Program").asSubclass(InventoryProvider.class);
      return Explorations.of(2, 5, 3).explore(program).explored();
    }
  }

  private void compile(String source) {
    int feature = Runtime.version().feature();
    List<String> options =
        new ArrayList<>(
            Arrays.asList("-proc:none", "-nowarn", "-Xlint:none", "-d", folder.toString()));
    options.addAll(List.of("-cp", System.getProperty("java.class.path")));
    if (feature <= PREVIEW_UNTIL) {
      options.addAll(List.of("--enable-preview", "--release", String.valueOf(feature)));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///oversell/corpus/Program.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignored) {
            return source;
          }
        };
    boolean compiled = compiler.getTask(null, null, null, options, null, List.of(file)).call();
    assertThat(compiled).as("compiled: %s", source).isTrue();
  }
}
