package oversell.report;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oversell.experiment.Workload;
import oversell.fork.Environment;
import oversell.fork.Message;

/**
 * A run as a page: the question, where it was asked, the table, the verdicts, and how to read them.
 */
final class MarkdownWriter {
  private static final List<String> ALWAYS =
      List.of(
          "trials",
          "oversold_trials",
          "lost_update_trials",
          "final_stock_mean",
          "sold_units_mean",
          "wall_ms_median",
          "floor_ms",
          "purchases_per_s",
          "wait_p50_ms",
          "wait_p99_ms",
          "wait_max_ms",
          "expected",
          "verdict");
  private static final List<String> IF_THEY_VARY =
      List.of("jdk", "articles", "buyers", "stock", "hold_ms", "carriers");
  private static final List<String> IF_NOT_ZERO =
      List.of("failed_forks", "vanished_trials", "failed_buyers");
  private static final String HOW_TO_READ =
      """
      *oversold* counts the trials in which more units were sold than there were; *lost updates* those in
      which units were sold that the shelf doesn't know of, which a look at the stock alone would miss.
      *wall* is the time from the opening of the sale to the end of the last buyer, and *floor* the least
      it can take: the holds that have to follow one another. *wait* is the time from the opening of the
      sale until a buyer was inside the guard; to wait for a carrier thread counts, too. Every number is
      made from `trials.jsonl`; all columns are in `table.csv`.
      """;

  private MarkdownWriter() {}

  static String write(Results results, Table table) {
    StringBuilder page = new StringBuilder();
    Message.RunStarted run = results.run();
    page.append("# ").append(run.experiment()).append("\n\n");
    if (!run.question().isEmpty()) {
      page.append("**").append(run.question()).append("**\n\n");
    }
    if (results.ended().isEmpty()) {
      page.append(
          "**Interrupted:** the numbers below are of the trials that had ended by then.\n\n");
    }
    page.append(workload(results, table))
        .append("  \n")
        .append(environment(run.environment()))
        .append("\n\n");
    for (String warning : run.environment().warnings()) {
      page.append("**Warning:** ").append(warning).append("\n\n");
    }
    table(page, table.select(columns(table)));
    page.append("\n## Verdicts\n\n");
    for (int i = 0; i < results.rows().size(); i++) {
      RowResult row = results.rows().get(i);
      page.append(
          "- **%s** %s: %s\n"
              .formatted(row.verdict(), Phrases.label(table, i), escaped(Phrases.finding(row))));
      Phrases.failures(row)
          .forEach(failure -> page.append("  - a fork ").append(escaped(failure)).append('\n'));
    }
    page.append("\n## How to read it\n\n").append(HOW_TO_READ);
    return page.toString();
  }

  private static String workload(Results results, Table table) {
    Message.RunStarted run = results.run();
    Workload first = results.rows().getFirst().row().workload();
    List<String> parts = new ArrayList<>();
    parts.add(table.varies("buyers") ? "Buyers" : Phrases.counted(first.buyers(), "buyer"));
    parts.add("who want %s each".formatted(Phrases.counted(first.units(), "unit")));
    parts.add(
        table.varies("stock")
            ? "of a stock that varies"
            : "of a stock of %d".formatted(first.stock()));
    if (!table.varies("articles") && first.articles() > 1) {
      parts.add("in each of %d articles".formatted(first.articles()));
    }
    StringBuilder text = new StringBuilder(String.join(" ", parts));
    if (!table.varies("hold_ms")) {
      text.append(", hold ")
          .append(Phrases.decimal(first.hold().toNanos() / 1e6, 3).replaceAll("\\.?0+$", ""))
          .append(" ms");
    }
    text.append(
        "; %s of %s a row"
            .formatted(
                Phrases.counted(run.forks(), "fork"), Phrases.counted(run.trials(), "trial")));
    text.append(
        run.warmups() == 0
            ? "."
            : ", after %s each.".formatted(Phrases.counted(run.warmups(), "warmup")));
    return text.toString();
  }

  private static String environment(Environment environment) {
    return "JDK %s on %s (%s, %.0f GiB), %s, %s UTC, commit %s."
        .formatted(
            String.join(" and ", environment.jdks()),
            environment.cpu(),
            Phrases.counted(environment.processors(), "processor"),
            environment.memoryBytes() / (double) (1L << 30),
            environment.os(),
            environment
                .started()
                .truncatedTo(ChronoUnit.MINUTES)
                .toString()
                .replace("T", " ")
                .replace(":00Z", ""),
            commit(environment));
  }

  private static String commit(Environment environment) {
    if (environment.commit().isEmpty()) {
      return "unknown";
    }
    return environment.commit().substring(0, Math.min(12, environment.commit().length()))
        + (environment.clean() ? "" : " with changes");
  }

  private static List<String> columns(Table table) {
    List<String> names = new ArrayList<>(List.of("variant"));
    IF_THEY_VARY.stream().filter(table::varies).forEach(names::add);
    names.addAll(ALWAYS);
    for (String name : IF_NOT_ZERO) {
      boolean zero =
          table.select(List.of(name)).cells().stream()
              .allMatch(row -> Table.text(row.getFirst()).equals("0"));
      if (!zero) {
        names.add(names.size() - 2, name);
      }
    }
    return names;
  }

  /** Cells are padded, so that the page reads well as text, too. */
  private static void table(StringBuilder page, Table table) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      int column = i;
      int widest =
          table.cells().stream().mapToInt(row -> text(row.get(column)).length()).max().orElse(0);
      widths.add(Math.max(widest, table.columns().get(i).heading().length()));
    }
    page.append('|');
    for (int i = 0; i < widths.size(); i++) {
      page.append(' ')
          .append(padded(table.columns().get(i).heading(), widths.get(i), isNumber(table, i)))
          .append(" |");
    }
    page.append("\n|");
    for (int i = 0; i < widths.size(); i++) {
      page.append(
          isNumber(table, i)
              ? "-".repeat(widths.get(i) + 1) + ":|"
              : "-".repeat(widths.get(i) + 2) + "|");
    }
    page.append('\n');
    for (List<Optional<?>> row : table.cells()) {
      page.append('|');
      for (int i = 0; i < widths.size(); i++) {
        page.append(' ')
            .append(padded(text(row.get(i)), widths.get(i), isNumber(table, i)))
            .append(" |");
      }
      page.append('\n');
    }
  }

  private static boolean isNumber(Table table, int column) {
    return table.cells().stream()
        .allMatch(row -> row.get(column).isEmpty() || row.get(column).get() instanceof BigDecimal);
  }

  private static String text(Optional<?> cell) {
    return cell.isEmpty() ? "–" : escaped(Table.text(cell));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }

  private static String padded(String text, int width, boolean right) {
    String space = " ".repeat(Math.max(0, width - text.length()));
    return right ? space + text : text + space;
  }
}
