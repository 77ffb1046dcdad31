package oversell.report.table;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import oversell.lab.experiment.Workload;

/**
 * What the rows of a table are called: a variant by its name, a scenario by that of its class
 * without the package, unless two have the same.
 *
 * @param areScenarios whether the rows are scenarios
 * @param ambiguous the names without a package that two scenarios have
 */
record RowNames(boolean areScenarios, Set<String> ambiguous) {
  /** Of the rows of one run. */
  static RowNames of(List<RowResult> rows) {
    return new RowNames(
        rows.stream().anyMatch(row -> row.row().workload().isScenario()),
        rows.stream()
            .map(row -> row.row().workload())
            .filter(Workload::isScenario)
            .map(Workload::variant)
            .distinct()
            .collect(Collectors.groupingBy(RowNames::shortened, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(name -> name.getValue() > 1)
            .map(name -> name.getKey())
            .collect(Collectors.toSet()));
  }

  /** What a row is called. */
  String of(RowResult row) {
    Workload workload = row.row().workload();
    String name = workload.variant();
    return !workload.isScenario() || ambiguous.contains(shortened(name)) ? name : shortened(name);
  }

  /** By convention packages have small letters and classes do not. */
  private static String shortened(String name) {
    String dotted = name.replace('$', '.');
    String without = dotted.replaceFirst("^(?:\\p{Ll}[\\p{L}\\p{N}_]*[.])+(?=\\P{Ll})", "");
    return without.equals(dotted) ? dotted.substring(dotted.lastIndexOf('.') + 1) : without;
  }
}
