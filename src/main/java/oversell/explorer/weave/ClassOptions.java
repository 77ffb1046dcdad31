package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a user says of classes that are treated otherwise than all the others, by the names that
 * {@link Class#getName()} has.
 *
 * @param atomic those each call of which is one step
 * @param inside those of the JDK of which a copy is woven
 * @param unwoven the rules that say which are not woven, beside the standard ones; of those that
 *     fit a class the last counts
 */
public record ClassOptions(Set<String> atomic, Set<String> inside, List<String> unwoven) {
  /** None. */
  public static final ClassOptions NONE = new ClassOptions(Set.of(), Set.of(), List.of());

  private static final Pattern NAME =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "([.]\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

  /**
   * Copies it.
   *
   * @throws IllegalArgumentException if what is said to be a name of a class cannot be one, or a
   *     rule names no classes
   */
  public ClassOptions {
    atomic = named("atomic", atomic);
    unwoven = List.copyOf(unwoven);
    var unused = Unwoven.with(unwoven);
    inside = named("inside", inside);
  }

  private static Set<String> named(String option, Set<String> names) {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "Options.%s(\"%s\") makes no sense: that is no name of a class; write one as"
                    .formatted(option, name)
                + " Class.getName() has it, with its package, as in \"com.acme.Clock\"");
      }
    }
    return Set.copyOf(names);
  }

  /** These, and another one each call of which is one step. */
  public ClassOptions andAtomic(String name) {
    return new ClassOptions(and(atomic, name), inside, unwoven);
  }

  /** These, and another one of the JDK of which a copy is woven. */
  public ClassOptions andInside(String name) {
    return new ClassOptions(atomic, and(inside, name), unwoven);
  }

  /** These, with other rules that say which are not woven. */
  public ClassOptions withUnwoven(List<String> rules) {
    return new ClassOptions(atomic, inside, rules);
  }

  /** The classes that are not woven. */
  Unwoven notWoven() {
    return Unwoven.with(unwoven);
  }

  private static Set<String> and(Set<String> names, String name) {
    Set<String> all = new LinkedHashSet<>(names);
    all.add(name);
    return all;
  }

  boolean isAtomic(String internalName) {
    return !atomic.isEmpty() && atomic.contains(internalName.replace('/', '.'));
  }

  /** What a proof with them does not cover, as the end of a list; empty if that is no less. */
  public String notCovered() {
    List<String> all = new ArrayList<>();
    if (!atomic.isEmpty()) {
      all.add(
          ", what these classes do between the steps of others, each call of which counts as one"
              + " step: "
              + listed(atomic));
    }
    if (!inside.isEmpty()) {
      all.add(
          ", other random numbers in copies of these classes, which were explored from the inside,"
              + " and what the JDK does with its own: "
              + listed(inside));
    }
    return String.join("", all);
  }

  private static String listed(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }

  /** As code, to be written after other options. */
  @Override
  public String toString() {
    return code("inside", inside) + code("atomic", atomic) + codeOfUnwoven();
  }

  private String codeOfUnwoven() {
    return unwoven.isEmpty()
        ? ""
        : unwoven.stream()
            .map(rule -> "\"" + rule + "\"")
            .collect(Collectors.joining(", ", ".unwoven(List.of(", "))"));
  }

  private static String code(String option, Set<String> names) {
    return names.stream()
        .sorted()
        .map(name -> ".%s(\"%s\")".formatted(option, name))
        .collect(Collectors.joining());
  }
}
