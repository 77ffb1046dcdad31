package oversell.report;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oversell.explorer.picture.Story;
import oversell.lab.fork.Message;
import oversell.lab.trial.Explored;
import oversell.report.table.Cell;
import oversell.report.table.Results;
import oversell.report.table.RowResult;
import oversell.report.table.Table;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A run's table and its environment as JSON. */
final class JsonWriter {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addMixIn(Story.Step.class, ComponentsOnly.class)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private JsonWriter() {}

  /** What a step reads or writes is one of its components, not whether it does. */
  @JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
  private interface ComponentsOnly {}

  /** The table, with a name and a value for each cell, and the forks that failed. */
  static String results(Results results, Table table) {
    List<Map<String, Optional<?>>> rows = new ArrayList<>();
    for (List<Cell> cells : table.cells()) {
      Map<String, Optional<?>> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(table.columns().get(i).name(), cells.get(i).content());
      }
      RowResult result = results.rows().get(rows.size());
      row.put("failures", Optional.of(result.failures()));
      if (result.isExplored()) {
        row.put("uncontrolled_calls", result.explored().map(Explored::uncontrolled));
        row.put("outcomes", result.explored().map(Explored::outcomes));
        row.put(
            "counterexample",
            result.counterexample().map(Message.CounterexampleFound::counterexample));
      }
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experiment", results.run().experiment());
    document.put("question", results.run().question());
    document.put("complete", results.ended().isPresent());
    document.put("rows", rows);
    return text(document);
  }

  /** Everything that the numbers depend on. */
  static String environment(Results results) {
    Message.RunStarted run = results.run();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("environment", run.environment());
    document.put("ended", results.ended().map(Message.RunEnded::ended));
    document.put("load_at_end", results.ended().map(Message.RunEnded::load));
    document.put("source", run.source());
    document.put("experiment", run.text());
    document.put("settings", run.settings());
    document.put("seed", run.seed());
    document.put("forks", results.forks());
    return text(document);
  }

  private static String text(Object document) {
    return JSON.writeValueAsString(document).replace("\r\n", "\n") + '\n';
  }
}
