package oversell.lab.fork;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** Values as JSON lines, on the socket and in the raw log alike. */
final class Wire {
  // A record's components and nothing else: what is derived from them stays out of the log.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultVisibility(
              all -> all.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
          // Every part is always written, so a line without one is of another version of the lab.
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private static final String EXPLORED = "{\"event\":\"sale-explored\"";
  private static final String AUDITED = "{\"event\":\"store-audited\"";
  private static final String STARTED = "{\"event\":\"run-started\",";

  private static final String DEPLOYMENT = "\"deployment\":";
  private static final String IN_MEMORY = "{\"store\":\"memory\",\"processes\":1}";

  private Wire() {}

  static String line(Object value) {
    return JSON.writeValueAsString(value);
  }

  /**
   * A line of an older log, with the parts that lines did not have then: of an exploration its
   * bounds, how many executions were run twice and what is not woven; of a run the columns that its
   * page shows, where the stock of its rows was kept, and how it was reached; of an audit the
   * errors.
   */
  private static String asOfNow(String line) {
    if (line.startsWith(EXPLORED) && !line.contains("\"runTwice\":")) {
      return line.replaceFirst("\"complete\":", "\"runTwice\":0,\"bound\":\"\",\"notWoven\":[],$0");
    }
    if (line.startsWith(AUDITED) && !line.contains("\"errors\":")) {
      return line.replaceFirst("\"retries\":\\d+", "$0,\"errors\":{}");
    }
    if (!line.startsWith(STARTED)) {
      return line;
    }
    String started = line;
    if (!started.contains("\"show\":[")) {
      started = STARTED + "\"show\":[]," + started.substring(STARTED.length());
    }
    if (!started.contains(DEPLOYMENT)) {
      // Quotes within texts are escaped, so this is the key of a workload and nothing else.
      started = started.replace("\"conduct\":{", DEPLOYMENT + IN_MEMORY + ",\"conduct\":{");
    }
    return started.replaceAll(
        DEPLOYMENT + "\\{\"store\":\"[^\"]+\",\"processes\":\\d+(?=})",
        "$0,\"isolation\":null,\"connections\":null,\"patience\":\"PT1M\"");
  }

  /**
   * The value of a line.
   *
   * @throws tools.jackson.core.JacksonException if it is none of that type, or null
   */
  static <T> T parse(String line, Class<T> type) {
    T value = JSON.readValue(asOfNow(line), type);
    if (value == null) {
      throw MismatchedInputException.from(
          (JsonParser) null, type, "null is no " + type.getSimpleName());
    }
    return value;
  }
}
