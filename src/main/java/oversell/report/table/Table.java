package oversell.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.Workload;

/**
 * Columns and cells, in no format yet.
 *
 * @param columns their names, headings and meanings
 * @param cells a list a row, a cell a column
 */
public record Table(List<? extends Column<?>> columns, List<List<Cell>> cells) {
  private static final String STOCK = "stock";
  private static final String DURABLE = "durable";
  private static final String CONNECTIONS = "connections";

  private static final List<String> OF_TOOLS = List.of("granularity", "strategy", "reduction");

  private static final List<String> TELLING_APART =
      List.of(
          "jdk",
          "store",
          "processes",
          DURABLE,
          "idempotency_key",
          "isolation",
          CONNECTIONS,
          ExplorationColumns.TOOL,
          "granularity",
          "strategy",
          "reduction",
          "threads",
          "pause",
          "fault",
          "articles",
          "buyers",
          STOCK,
          "hold_ms",
          "carriers");

  /** Copies its lists. */
  public Table {
    columns = List.copyOf(columns);
    cells = cells.stream().map(List::copyOf).toList();
  }

  /** Every column of every row. */
  public static Table of(Results results) {
    List<Column<RowResult>> columns =
        columnsOf(results.run().experiment(), results.isExplored(), RowNames.of(results.rows()));
    if (results.rows().stream().allMatch(row -> row.row().workload().deployment().isInMemory())) {
      Set<String> ofStores =
          StoreColumns.of().stream().map(Column::name).collect(Collectors.toSet());
      columns = columns.stream().filter(column -> !ofStores.contains(column.name())).toList();
    }
    return of(withoutTools(columns, ExplorationColumns.ofTools(), results), results.rows());
  }

  /** Only an experiment that asks how soon a failure is found asks which tool finds it. */
  private static <R> List<Column<R>> withoutTools(
      List<Column<R>> columns, List<Column<R>> ofTools, Results results) {
    if (results.rows().stream().anyMatch(RowResult::isUntilFirstFailure)) {
      return columns;
    }
    List<String> names = ofTools.stream().map(Column::name).toList();
    return columns.stream().filter(column -> !names.contains(column.name())).toList();
  }

  /** Every outcome that explorations came to: a line for each outcome of each row. */
  public static Table ofOutcomes(Results results) {
    return of(
        withoutTools(
            OutcomeColumns.of(results.run().experiment(), RowNames.of(results.rows())),
            OutcomeColumns.ofTools(),
            results),
        results.rows().stream().flatMap(OutcomeColumns::lines).toList());
  }

  private static <R> Table of(List<Column<R>> columns, List<R> rows) {
    return new Table(
        columns,
        rows.stream()
            .map(row -> columns.stream().map(column -> column.cell().apply(row)).toList())
            .toList());
  }

  /**
   * Every column that a table can have.
   *
   * @param explored of an experiment that explores
   */
  public static List<? extends Column<?>> columns(boolean explored) {
    List<Column<RowResult>> columns =
        new ArrayList<>(columnsOf("", explored, RowNames.of(List.of())));
    columns.addAll(explored ? ExplorationColumns.ofScenarios() : List.of());
    columns.addAll(explored ? ExplorationColumns.ofTools() : List.of());
    return columns;
  }

  /**
   * The name of every column that a table can have.
   *
   * @param explored of an experiment that explores
   */
  public static List<String> columnNames(boolean explored) {
    return columns(explored).stream().map(Column::name).toList();
  }

  /** The names of the columns that the table of an experiment has, or may have. */
  public static List<String> columnNames(Experiment experiment) {
    Workload first = experiment.workloads().getFirst();
    boolean explored = first.conduct().exploration().isPresent();
    RowNames names = new RowNames(first.isScenario(), Set.of());
    return columnsOf("", explored, names).stream().map(Column::name).toList();
  }

  private static List<Column<RowResult>> columnsOf(
      String experiment, boolean explored, RowNames names) {
    if (explored) {
      return ExplorationColumns.of(experiment, names);
    }
    List<Column<RowResult>> columns = new ArrayList<>(SaleColumns.ofSales(experiment));
    columns.addAll(WatchedColumns.ofTheMachine());
    columns.addAll(TimeColumns.ratios());
    columns.addAll(WatchedColumns.ofBuyers());
    columns.addAll(TimeColumns.intervals());
    columns.addAll(StoreColumns.of());
    return columns;
  }

  /** A cell by the name of its column. */
  public Cell cell(int row, String name) {
    return cells.get(row).get(indexOf(name));
  }

  /** A column by its name. */
  public Column<?> column(String name) {
    return columns.get(indexOf(name));
  }

  /** The columns with these names, in the order of the names. */
  public Table select(List<String> names) {
    List<Integer> chosen = names.stream().map(this::indexOf).toList();
    List<List<Cell>> values = new ArrayList<>();
    for (List<Cell> row : cells) {
      values.add(chosen.stream().map(row::get).toList());
    }
    return new Table(chosen.stream().<Column<?>>map(columns::get).toList(), values);
  }

  /**
   * The columns that tell rows of one variant apart: those that vary here. The stock is not among
   * them where it follows from the others, as it does if an experiment gives it for each buyer, nor
   * are the connections, nor whether a store is durable; nor is how a tool explores, if each tool
   * has one way.
   */
  public List<String> varied() {
    List<String> names = columns.stream().map(Column::name).toList();
    List<String> varied =
        TELLING_APART.stream().filter(names::contains).filter(this::varies).toList();
    for (String name : List.of(STOCK, DURABLE, CONNECTIONS)) {
      List<String> others = varied.stream().filter(other -> !other.equals(name)).toList();
      varied = varied.contains(name) && isDetermined(name, others) ? others : varied;
    }
    if (varied.contains(ExplorationColumns.TOOL)) {
      varied =
          varied.stream()
              .filter(
                  name ->
                      name.equals(ExplorationColumns.TOOL)
                          || !OF_TOOLS.contains(name)
                          || !isDetermined(name, List.of(ExplorationColumns.TOOL)))
              .toList();
    }
    return varied;
  }

  /** Whether rows that are the same in some columns are so in another column, too. */
  private boolean isDetermined(String name, List<String> others) {
    Map<List<String>, Set<String>> values =
        rows()
            .boxed()
            .collect(
                Collectors.groupingBy(
                    row -> others.stream().map(other -> text(row, other)).toList(),
                    Collectors.mapping(row -> text(row, name), Collectors.toSet())));
    return values.values().stream().allMatch(set -> set.size() == 1);
  }

  /** The numbers of the rows, from 0. */
  public IntStream rows() {
    return IntStream.range(0, cells.size());
  }

  /** Whether a column has different values in different rows. */
  public boolean varies(String name) {
    int index = indexOf(name);
    return cells.stream().map(row -> row.get(index)).distinct().count() > 1;
  }

  /** A cell by the name of its column, as text. */
  public String text(int row, String name) {
    return cell(row, name).text();
  }

  /**
   * A cell as a number, if its text is one; the number of carriers is a text, since it may be
   * "default".
   */
  public OptionalDouble number(int row, String name) {
    String text = text(row, name);
    return text.matches("-?[0-9.]+")
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  private int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no column is named " + name);
  }
}
