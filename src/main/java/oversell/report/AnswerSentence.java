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
import oversell.lab.experiment.Experiment;
import oversell.report.table.Cell;
import oversell.report.table.Table;
import oversell.text.Words;

/**
 * The sentence that leads a page: clauses of the experiment's file with references to cells of the
 * run in them, such as {@code {wall_ms_median where variant=unlocked jdk=25}}. A reference stands
 * for the cell of the first row that fits, or with {@code sum}, {@code min}, {@code max} or {@code
 * count} before the column's name for all rows that fit and have one. A clause is left out if the
 * run has no value for one of its references, so that a sentence never says what was not seen.
 */
public final class AnswerSentence {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\{(?:(sum|min|max|count) )?([a-z0-9_]+)(?: where ((?:[a-z0-9_]+=[^ }]+ ?)+))?\\}");
  private static final Pattern BRACED = Pattern.compile("\\{[^}]*\\}?");
  private static final int DIGITS = 3;
  private static final BigDecimal LARGE = BigDecimal.valueOf(1_000);

  private AnswerSentence() {}

  /**
   * What is wrong with a clause, in words; empty if nothing is.
   *
   * @param experiment the clause's; one that explores has other columns
   */
  public static Optional<String> problem(String clause, Experiment experiment) {
    return problem(clause, Table.columnNames(experiment));
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

  /** The columns whose cells clauses say, in the order in which they are first referred to. */
  static List<String> figures(List<String> clauses) {
    return clauses.stream()
        .flatMap(clause -> REFERENCE.matcher(clause).results())
        .map(reference -> reference.group(2))
        .distinct()
        .toList();
  }

  /**
   * The sentence.
   *
   * @param clauses without problems; they are joined by semicolons
   * @return empty if the run has values for none of them
   */
  public static Optional<String> of(List<String> clauses, Table table) {
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
    List<Cell> cells =
        table
            .rows()
            .filter(
                row ->
                    conditions.stream()
                        .allMatch(condition -> table.text(row, condition[0]).equals(condition[1])))
            .mapToObj(row -> table.cell(row, reference.group(2)))
            .filter(cell -> !(cell instanceof Cell.None))
            .toList();
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    String how = reference.group(1);
    if (how == null) {
      Cell first = cells.getFirst();
      return Optional.of(
          first instanceof Cell.Decimal number ? shown(number.value()) : first.text());
    }
    if (how.equals("count")) {
      return Optional.of(shown(BigDecimal.valueOf(cells.size())));
    }
    BinaryOperator<BigDecimal> all =
        switch (how) {
          case "sum" -> BigDecimal::add;
          case "min" -> BigDecimal::min;
          default -> BigDecimal::max;
        };
    return cells.stream()
        .filter(Cell.Decimal.class::isInstance)
        .map(cell -> ((Cell.Decimal) cell).value())
        .reduce(all)
        .map(AnswerSentence::shown);
  }

  private static List<String[]> conditions(String text) {
    return text == null
        ? List.of()
        : Pattern.compile(" ").splitAsStream(text.strip()).map(part -> part.split("=", 2)).toList();
  }

  /** A number with three digits, or with a comma between thousands. */
  private static String shown(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() <= 0 || plain.abs().compareTo(LARGE) >= 0) {
      return Words.text("%,.0f", number);
    }
    BigDecimal rounded = plain.round(new MathContext(DIGITS)).stripTrailingZeros();
    return rounded.scale() <= 0 ? Words.text("%,.0f", rounded) : rounded.toPlainString();
  }
}
