package oversell.report.overview;

import java.util.LinkedHashMap;
import java.util.Map;
import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Deployment;
import oversell.lab.experiment.Workload;
import oversell.report.table.Column;
import oversell.report.table.RowResult;

/**
 * What a row of one run must share with a row of another for their times to be comparable: all that
 * is sold, how, and the release of the JDK. How often it was measured is not among it.
 *
 * @param jdk the feature number
 * @param workload what each trial sells
 */
record RowKey(int jdk, Workload workload) {
  static RowKey of(RowResult row) {
    return new RowKey(row.row().jdk(), row.row().workload());
  }

  /** Its parts by the names that experiments give them, the variant first. */
  Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("variant", workload.variant());
    parts.put("JDK", Integer.toString(jdk));
    parts.put("articles", Integer.toString(workload.articles()));
    parts.put("buyers", Integer.toString(workload.buyers()));
    parts.put("stock", Integer.toString(workload.stock()));
    parts.put("units", Integer.toString(workload.units()));
    parts.put("hold (ms)", Column.millis(workload.hold()).toPlainString());
    parts.put(
        "carriers",
        workload.carriers().isPresent()
            ? Integer.toString(workload.carriers().getAsInt())
            : "default");
    parts.put("gate", Boolean.toString(workload.gate()));
    Deployment deployment = workload.deployment();
    parts.put("store", deployment.shown());
    parts.put("JVMs", Integer.toString(deployment.processes()));
    parts.put("durable", Boolean.toString(deployment.precautions().durable()));
    parts.put("idempotency-key", Boolean.toString(deployment.precautions().idempotencyKey()));
    Conduct conduct = workload.conduct();
    parts.put("mode", conduct.mode().toString());
    parts.put("threads", conduct.threads().toString());
    parts.put("pause", conduct.pause().toString());
    parts.put("fault", conduct.fault().toString());
    parts.put("fault-every", Integer.toString(conduct.faultEvery()));
    parts.put("bystander", Boolean.toString(conduct.bystander()));
    parts.put("baseline", conduct.baseline().toString());
    return parts;
  }
}
