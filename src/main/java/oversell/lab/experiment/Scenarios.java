package oversell.lab.experiment;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The part of an experiment that names scenarios, and what others have published of them. */
final class Scenarios {
  private static final String PART = "[\\p{L}_][\\p{L}\\p{N}_]*";
  private static final Pattern NAME = Pattern.compile(PART + "(?:[.$]" + PART + ")*");

  private Scenarios() {}

  /** The name of a class, whose nested classes follow a dot or a dollar sign. */
  static Kind<String> name() {
    return Kind.of(
        "the name of a class such as com.acme.TransferTest.Transfer",
        text -> Optional.of(text).filter(name -> NAME.matcher(name).matches()));
  }

  /** What is published of each, by the names that the fields give them. */
  static Map<String, Published> published(Fields fields) {
    Map<String, Long> traces = Key.TRACES.read(fields);
    Map<String, List<String>> outcomes = Key.OUTCOMES.read(fields);
    Set<String> named = new LinkedHashSet<>(traces.keySet());
    named.addAll(outcomes.keySet());
    Map<String, Published> published = new LinkedHashMap<>();
    named.forEach(
        name ->
            published.put(
                name,
                new Published(
                    Optional.ofNullable(traces.get(name)),
                    outcomes.getOrDefault(name, List.of()))));
    return published;
  }
}
