package oversell.report.overview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import oversell.lab.fork.Environment;
import oversell.lab.fork.Message;
import oversell.report.table.Results;

/** What the numbers of two runs depend on and is not the same for both: a warning for each. */
final class Circumstances {
  private Circumstances() {}

  static List<String> warnings(Results first, Results second) {
    List<String> warnings = new ArrayList<>();
    Map<String, String> before = of(first.run());
    Map<String, String> after = of(second.run());
    before.forEach(
        (name, value) -> {
          if (!value.equals(after.get(name))) {
            warnings.add(
                "the two differ in %s: %s, and %s".formatted(name, value, after.get(name)));
          }
        });
    if (!first.run().text().equals(second.run().text())) {
      warnings.add("the two differ in the text of their experiments");
    }
    if (first.ended().isEmpty()) {
      warnings.add("the first was interrupted");
    }
    if (second.ended().isEmpty()) {
      warnings.add("the second was interrupted");
    }
    return warnings;
  }

  private static Map<String, String> of(Message.RunStarted run) {
    Environment environment = run.environment();
    Map<String, String> circumstances = new LinkedHashMap<>();
    circumstances.put("cpu", environment.cpu());
    circumstances.put("processors", Integer.toString(environment.processors()));
    circumstances.put("JDK build", environment.shownJdks());
    circumstances.put("commit", commit(environment));
    circumstances.put("settings", settings(run));
    return circumstances;
  }

  private static String commit(Environment environment) {
    return (environment.commit().isEmpty() ? "unknown" : environment.commit())
        + (environment.clean() ? "" : " with changes");
  }

  private static String settings(Message.RunStarted run) {
    return run.settings().isEmpty()
        ? "none"
        : run.settings().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(" "));
  }
}
