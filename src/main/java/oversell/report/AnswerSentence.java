package oversell.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import oversell.lab.experiment.Experiment;
import oversell.report.table.Table;
import oversell.report.table.Words;

/**
 * The sentence that leads a table: clauses of the experiment's file with cells of the run in them,
 * as {@code {wall_ms_median where variant=unlocked jdk=25}}. The first row that fits counts, or
 * with {@code sum}, {@code min} or {@code max} before the column's name all of them. A clause of
 * which the run has no value is left out, so that nothing is ever said that was not seen.
 */
public final class AnswerSentence {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\{(?:(sum|min|max) )?([a-z0-9_]+)(?: where ((?:[a-z0-9_]+=[^ }]+ ?)+))?\\}");
  private static final Pattern BRACED = Pattern.compile("\\{[^}]*\\}?");
  private static final int DIGITS = 3;
  private static final BigDecimal LARGE = BigDecimal.valueOf(1_000);

  private AnswerSentence() {}

  /**
   * What is wrong with a clause, in words; empty if nothing is.
   *
   * @param experiment that asks: one that explores has columns of its own
   */
  public static Optional<String> problem(String clause, Experiment experiment) {
    boolean explores = experiment.workloads().getFirst().conduct().exploration().isPresent();
    return problem(clause, Table.columnNames(explores));
  }

  static Optional<String> problem(String clause, List<String> columns) {
    for (MatchResult braced : BRACED.matcher(clause).results().toList()) {
      Matcher reference = REFERENCE.matcher(braced.group());
      if (!reference.matches()) {
        return Optional.of(braced.group() + ", which is not of the form {column where key=value}");
      }
      List<String> names = new ArrayList<>(List.of(reference.group(2)));
      conditions(reference.group(3)).forEach(condition -> names.add(condition[0]));
      for (String name : names) {
        if (!columns.contains(name)) {
          return Optional.of("\"" + name + "\", which is no column of table.csv");
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The sentence.
   *
   * @param clauses without problems; they are joined by semicolons
   * @return empty if the run has values for none of them
   */
  static Optional<String> of(List<String> clauses, Table table) {
    List<String> said = new ArrayList<>();
    for (String clause : clauses) {
      say(clause, table).ifPresent(said::add);
    }
    if (said.isEmpty()) {
      return Optional.empty();
    }
    String sentence = String.join("; ", said);
    return Optional.of(
        Character.toUpperCase(sentence.charAt(0))
            + sentence.substring(1)
            + (sentence.endsWith(".") ? "" : "."));
  }

  private static Optional<String> say(String clause, Table table) {
    StringBuilder said = new StringBuilder();
    Matcher reference = REFERENCE.matcher(clause);
    while (reference.find()) {
      Optional<String> value = value(reference, table);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      reference.appendReplacement(said, Matcher.quoteReplacement(value.get()));
    }
    reference.appendTail(said);
    return Optional.of(said.toString());
  }

  private static Optional<String> value(Matcher reference, Table table) {
    List<String[]> conditions = conditions(reference.group(3));
    List<Optional<?>> cells =
        IntStream.range(0, table.cells().size())
            .filter(
                row ->
                    conditions.stream()
                        .allMatch(condition -> table.text(row, condition[0]).equals(condition[1])))
            .<Optional<?>>mapToObj(row -> table.cell(row, reference.group(2)))
            .filter(Optional::isPresent)
            .toList();
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    String how = reference.group(1);
    if (how == null) {
      Object first = cells.getFirst().orElseThrow();
      return Optional.of(first instanceof BigDecimal number ? shown(number) : first.toString());
    }
    BinaryOperator<BigDecimal> all =
        switch (how) {
          case "sum" -> BigDecimal::add;
          case "min" -> BigDecimal::min;
          default -> BigDecimal::max;
        };
    return cells.stream()
        .map(cell -> cell.orElseThrow())
        .filter(BigDecimal.class::isInstance)
        .map(BigDecimal.class::cast)
        .reduce(all)
        .map(AnswerSentence::shown);
  }

  private static List<String[]> conditions(String text) {
    return text == null
        ? List.of()
        : Pattern.compile(" ").splitAsStream(text.strip()).map(part -> part.split("=", 2)).toList();
  }

  /** As people say it: three digits, and thousands apart. */
  private static String shown(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() <= 0 || plain.abs().compareTo(LARGE) >= 0) {
      return Words.text("%,.0f", number);
    }
    BigDecimal rounded = plain.round(new MathContext(DIGITS)).stripTrailingZeros();
    return rounded.scale() <= 0 ? Words.text("%,.0f", rounded) : rounded.toPlainString();
  }
}
