package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import oversell.explorer.hook.Treatment;
import oversell.explorer.weave.JdkCalls.Row;
import oversell.explorer.weave.Meaning.Arguments;

/**
 * The table of calls with one row that is wrong.
 *
 * @param row which, by number
 * @param how it is wrong
 */
public record Mutant(int row, How how) {
  /** What is done to the row. */
  public enum How {
    /** It is taken away: the rows after it decide, or the default. */
    AWAY,
    /** Its calls touch nothing. */
    HARMLESS,
    /** Its calls read nothing of their arguments. */
    BLIND
  }

  private static final List<Row> ROWS = JdkCalls.standard().table();

  /** Every one that there is. */
  public static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>();
    for (int row = 0; row < ROWS.size(); row++) {
      Meaning meaning = ROWS.get(row).meaning();
      all.add(new Mutant(row, How.AWAY));
      if (meaning.treatment() != Treatment.NOTHING) {
        all.add(new Mutant(row, How.HARMLESS));
      }
      boolean takesNone = ROWS.get(row).methods().pattern().endsWith("\\(\\)V");
      boolean asks =
          meaning.treatment() == Treatment.NOTHING || meaning.treatment() == Treatment.RECEIVER;
      if (asks && !takesNone && meaning.arguments() != Arguments.KEPT) {
        all.add(new Mutant(row, How.BLIND));
      }
    }
    return all;
  }

  /** The table as it should be, which was asked about nothing yet. */
  public static JdkCalls none() {
    return new JdkCalls(ROWS);
  }

  /** The rows, by number, that decided what calls mean which it was asked about. */
  public static Set<Integer> decided(JdkCalls calls) {
    Set<Integer> rows = new TreeSet<>();
    for (String call : calls.asked()) {
      String owner = call.substring(0, call.indexOf('.'));
      String method = call.substring(call.indexOf('.') + 1);
      IntStream.range(0, ROWS.size())
          .filter(row -> ROWS.get(row).fits(owner, method))
          .findFirst()
          .ifPresent(rows::add);
    }
    return rows;
  }

  /** The table with it. */
  public JdkCalls table() {
    List<Row> rows = new ArrayList<>(ROWS);
    Row right = rows.remove(row);
    Meaning meaning = right.meaning();
    switch (how) {
      case AWAY -> {}
      case HARMLESS -> rows.add(row, with(right, Meaning.pure(Arguments.KEPT)));
      case BLIND ->
          rows.add(
              row,
              with(
                  right,
                  new Meaning(
                      meaning.treatment(),
                      Arguments.KEPT,
                      meaning.operation(),
                      meaning.hook(),
                      meaning.replaces())));
    }
    return new JdkCalls(rows);
  }

  private static Row with(Row row, Meaning meaning) {
    return new Row(row.reason(), row.owners(), row.methods(), meaning);
  }

  @Override
  public String toString() {
    return "%s %d, %s".formatted(how, row, ROWS.get(row));
  }
}
