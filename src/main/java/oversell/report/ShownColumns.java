package oversell.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import oversell.lab.experiment.Experiment;
import oversell.report.table.Table;

/**
 * Which columns a page shows, of all those that {@code table.csv} has: what tells the rows apart,
 * and the figures that the question is about.
 *
 * @param inTable the columns of the page's table, at most {@value #MOST}
 * @param saidOnce figures that are the same in every row, and so are said above the table
 * @param leftOut figures that were asked for and for which the table has no room
 */
public record ShownColumns(List<String> inTable, List<String> saidOnce, List<String> leftOut) {
  /** The most columns of a table that people read without scrolling. */
  static final int MOST = 10;

  private static final String VERDICT = "verdict";
  private static final String TRACES = "traces";
  private static final String SCHEDULES = "schedules";
  private static final String STANDS_FOR = "stands_for";

  /** What a page says of the workload above its table, if it is the same in every row. */
  private static final List<String> OF_THE_WORKLOAD =
      List.of("buyers", "stock", "units", "articles", "carriers", "hold_ms", "trials", "forks");

  /** What every sale is about: whether it was safe, and how long it took. */
  private static final List<String> OF_SALES = List.of("oversold_trials", "wall_ms_median");

  /** What a proof or a refutation consists of. */
  private static final List<String> OF_EXPLORATIONS =
      List.of(SCHEDULES, STANDS_FOR, "complete", "violations", "uncontrolled");

  /** Copies its lists. */
  public ShownColumns {
    inTable = List.copyOf(inTable);
    saidOnce = List.copyOf(saidOnce);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * What is wrong with a column that a file asks for, in words; empty if nothing is.
   *
   * @param experiment the file's; one that explores has other columns
   */
  public static Optional<String> problem(String name, Experiment experiment) {
    return Table.columnNames(experiment).contains(name)
        ? Optional.empty()
        : Optional.of('"' + name + "\", which is no column of table.csv");
  }

  /**
   * The columns for a run.
   *
   * @param show the columns that the experiment's file asks for; if it asks for none, those that
   *     its answer refers to and a few that every question needs
   * @param answer the clauses of the experiment's answer
   */
  static ShownColumns of(Table table, List<String> show, List<String> answer) {
    Set<String> identity = new LinkedHashSet<>(List.of("variant"));
    identity.addAll(table.varied());
    List<String> figures =
        figures(table, show, answer).stream().filter(name -> !identity.contains(name)).toList();
    boolean hasOneRow = table.cells().size() == 1;
    List<String> inTable = new ArrayList<>(identity);
    List<String> saidOnce = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    int most = table.varies(VERDICT) ? MOST - 1 : MOST;
    for (String figure : figures) {
      if (!hasOneRow && !table.varies(figure)) {
        if (!table.text(0, figure).isEmpty() && !OF_THE_WORKLOAD.contains(figure)) {
          saidOnce.add(figure);
        }
      } else if (inTable.size() < most) {
        inTable.add(figure);
      } else {
        leftOut.add(figure);
      }
    }
    if (table.varies(VERDICT)) {
      inTable.add(VERDICT);
    }
    return new ShownColumns(inTable, saidOnce, leftOut);
  }

  private static List<String> figures(Table table, List<String> show, List<String> answer) {
    if (!show.isEmpty()) {
      return show;
    }
    boolean explores = table.columns().stream().anyMatch(column -> column.name().equals(TRACES));
    List<String> ofAnswer = AnswerSentence.figures(answer);
    return Stream.concat(ofAnswer.stream(), (explores ? OF_EXPLORATIONS : OF_SALES).stream())
        .distinct()
        .filter(name -> !name.equals(VERDICT))
        .filter(name -> ofAnswer.contains(name) || !isSaidByAnother(name, ofAnswer, table))
        .toList();
  }

  /**
   * Whether a column repeats another: each trace is a schedule that was run, and without reduction
   * a schedule stands for itself only.
   */
  private static boolean isSaidByAnother(String name, List<String> ofAnswer, Table table) {
    return switch (name) {
      case SCHEDULES -> ofAnswer.contains(TRACES);
      case STANDS_FOR ->
          table.rows().allMatch(row -> table.cell(row, name).equals(table.cell(row, SCHEDULES)));
      default -> false;
    };
  }
}
