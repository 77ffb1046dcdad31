package oversell.explorer.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import oversell.explorer.hook.Treatment;

/** What the table makes of each package of the JDK that runs this: written down, not by hand. */
class JdkPackagesTest {
  private static final Path LIST = Path.of("target", "jdk-packages.md");
  private static final Comparator<Map.Entry<Treatment, Integer>> MOST_FIRST =
      Map.Entry.<Treatment, Integer>comparingByValue().reversed();

  /** How many public methods and constructors of each package have each treatment. */
  private static Map<String, Map<Treatment, Integer>> treatments() throws IOException {
    Map<String, Map<Treatment, Integer>> packages = new TreeMap<>();
    for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
      List<String> exported =
          module.descriptor().exports().stream()
              .filter(export -> !export.isQualified())
              .map(ModuleDescriptor.Exports::source)
              .toList();
      try (var reader = module.open()) {
        for (String file : reader.list().toList()) {
          int end = Math.max(0, file.lastIndexOf('/'));
          String name = file.substring(0, end).replace('/', '.');
          if (file.endsWith(".class") && exported.contains(name)) {
            try (InputStream stream = reader.open(file).orElseThrow()) {
              add(stream.readAllBytes(), packages.computeIfAbsent(name, one -> none()));
            }
          }
        }
      }
    }
    return packages;
  }

  private static Map<Treatment, Integer> none() {
    return new EnumMap<>(Treatment.class);
  }

  private static void add(byte[] bytes, Map<Treatment, Integer> counts) {
    ClassNode type = new ClassNode();
    new ClassReader(bytes).accept(type, ClassReader.SKIP_CODE);
    if ((type.access & Opcodes.ACC_PUBLIC) == 0) {
      return;
    }
    for (MethodNode method : type.methods) {
      if ((method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
          && (method.access & Opcodes.ACC_SYNTHETIC) == 0) {
        Meaning meaning = JdkCalls.standard().of(type.name, method.name, method.desc);
        counts.merge(meaning.treatment(), 1, Integer::sum);
      }
    }
  }

  private static String words(Map<Treatment, Integer> counts) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    List<String> words = new ArrayList<>();
    counts.entrySet().stream()
        .sorted(MOST_FIRST)
        .forEach(
            count ->
                words.add(
                    "%s %s"
                        .formatted(
                            word(count.getKey()),
                            count.getValue() == all ? "all" : count.getValue())));
    return words.isEmpty() ? "nothing to call" : String.join(", ", words);
  }

  private static String word(Treatment treatment) {
    return switch (treatment) {
      case NOTHING -> "pure";
      case READING -> "reading";
      case RECEIVER -> "receiver";
      case PART -> "part";
      case GUARD -> "guard";
      case EVERYTHING -> "everything";
      case UNCONTROLLED -> "uncontrolled";
    };
  }

  @Test
  void eachPackageOfTheJdkHasItsTreatment() throws IOException {
    Map<String, Map<Treatment, Integer>> packages = treatments();

    String text =
        packages.entrySet().stream()
            .map(one -> "| %s | %s |%n".formatted(one.getKey(), words(one.getValue())))
            .collect(
                Collectors.joining(
                    "",
                    "| package | treatment, and of how many methods |%n|---|---|%n".formatted(),
                    ""));
    Files.createDirectories(LIST.getParent());
    Files.writeString(LIST, text);
    assertThat(packages).containsKeys("java.lang", "java.util.concurrent", "java.util.logging");
    assertThat(packages.get("java.lang.management")).containsOnlyKeys(Treatment.UNCONTROLLED);
    assertThat(packages.get("java.util")).containsKeys(Treatment.NOTHING, Treatment.EVERYTHING);
  }
}
