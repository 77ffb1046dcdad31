package oversell.report;

import java.util.ArrayList;
import java.util.List;
import oversell.report.table.Table;

/** The columns that a page shows: those that say something in this run. */
final class ShownColumns {
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
  private static final List<String> IF_SEEN =
      List.of(
          "vs_floor",
          "vs_bare",
          "vs_sleeps",
          "bystander_beats",
          "bystander_beats_expected",
          "bystander_worst_ms",
          "bystander_last_beat_ms",
          "pinned_events",
          "pinned_ms",
          "bytes_per_buyer",
          "jain_index",
          "acquisitions_min",
          "acquisitions_max",
          "inversions",
          "retries_mean",
          "failed_forks",
          "vanished_trials",
          "failed_buyers",
          "faulted_buyers",
          "guards_held",
          "left_behind",
          "disturbed_forks");
  private static final List<String> OF_EXPLORATIONS =
      List.of("schedules", "complete", "violations", "steps", "wall_ms", "schedules_per_s");
  private static final List<String> OF_EXPLORATIONS_IF_SEEN =
      List.of("uncontrolled", "first_counterexample_ms", "failed_forks");

  private ShownColumns() {}

  /** Their names, in order, verdicts last. */
  static List<String> of(Table table) {
    List<String> names = new ArrayList<>(List.of("variant"));
    names.addAll(table.varied());
    if (table.columns().stream().anyMatch(column -> column.name().equals("schedules"))) {
      return ofExplorations(table, names);
    }
    names.addAll(ALWAYS);
    for (String name : IF_SEEN) {
      if (!isEmpty(table, name)) {
        names.add(names.size() - 2, name);
        // That of a few buyers is the JVM's own.
        if (name.equals("bytes_per_buyer")) {
          names.add(names.size() - 2, "peak_rss_mib");
        }
      }
    }
    return names;
  }

  private static List<String> ofExplorations(Table table, List<String> names) {
    names.addAll(OF_EXPLORATIONS);
    if (!isEmpty(table, "traces")) {
      names.add(names.indexOf("complete"), "stands_for");
    }
    OF_EXPLORATIONS_IF_SEEN.stream().filter(name -> !isEmpty(table, name)).forEach(names::add);
    names.addAll(List.of("expected", "observed", "verdict"));
    return names;
  }

  private static boolean isEmpty(Table table, String name) {
    return table.select(List.of(name)).cells().stream()
        .allMatch(row -> Table.text(row.getFirst()).matches("[0.]*"));
  }
}
