package oversell.lab.fork;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.regex.Pattern;
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

  private static final String SOURCES = "\"sources\":";
  private static final String NOTHING = "{\"traces\":null,\"outcomes\":[]}";

  private static final String DEPLOYMENT = "\"deployment\":";
  private static final String ASSUMED = "\"assumed\":";
  private static final String FOUND = "{\"event\":\"counterexample-found\"";
  // A quote within a text is escaped, so these are keys and nothing else.
  private static final Pattern COUNTED =
      Pattern.compile("\"stock\":(\"-?\\d*\"),\"sold\":(\\d+),\"waiting\":");
  private static final Pattern FLOOR = Pattern.compile("(\"floor\":[^,{}]+)}");
  private static final Pattern SCHEDULES =
      Pattern.compile("(\"reduction\":\"[\\w-]+\",\"schedules\":\\d+)}");
  private static final Pattern SUBJECT = Pattern.compile("(\"subject\":\"[\\w-]+\")}");
  private static final String LAPS = "\"lapNanos\":";
  private static final String IN_MEMORY = "{\"store\":\"memory\",\"processes\":1}";
  private static final String REACHED = DEPLOYMENT + "\\{\"store\":\"[^\"]+\",\"processes\":\\d+";

  private Wire() {}

  static String line(Object value) {
    return JSON.writeValueAsString(value);
  }

  /** A line of an older log, with the parts that lines did not have then. */
  private static String asOfNow(String line) {
    if (line.startsWith(EXPLORED)) {
      return explored(line);
    }
    if (line.startsWith(AUDITED)) {
      return auditAsOfNow(line);
    }
    if (line.startsWith(FOUND)) {
      return COUNTED
          .matcher(line)
          .replaceAll("\"watched\":{\"stock\":$1,\"sold\":\"$2\"},\"waiting\":");
    }
    return line.startsWith(STARTED) ? started(line) : line;
  }

  /**
   * Of an exploration its bounds, how much was run twice, what is not woven, what is assumed, and
   * that no time was kept of those before it.
   */
  private static String explored(String line) {
    String explored =
        line.contains("\"runTwice\":")
            ? line
            : line.replaceFirst(
                "\"complete\":", "\"runTwice\":0,\"bound\":\"\",\"notWoven\":[],$0");
    if (!explored.contains(ASSUMED)) {
      explored = explored.replaceFirst("\"steps\":", ASSUMED + "[],$0");
    }
    return explored.contains(LAPS)
        ? explored
        : explored.replaceFirst("\"explored\":", LAPS + "[],$0");
  }

  /**
   * Of a run the columns that its page shows, what it is held to, where the stock of its rows was
   * kept, how it and a Redis beside it were reached, what was done against crashes, that all that
   * was explored were sales, and that it was explored to the end, by this lab.
   */
  private static String started(String line) {
    String started = line;
    if (!started.contains("\"show\":[")) {
      started = STARTED + "\"show\":[]," + started.substring(STARTED.length());
    }
    if (!started.contains(SOURCES)) {
      started = STARTED + SOURCES + "[]," + started.substring(STARTED.length());
      started = FLOOR.matcher(started).replaceAll("$1,\"published\":" + NOTHING + "}");
      started = SCHEDULES.matcher(started).replaceAll("$1,\"subject\":\"sale\"}");
    }
    started = SUBJECT.matcher(started).replaceAll("$1,\"until\":\"end\",\"tool\":\"oversell\"}");
    if (!started.contains(DEPLOYMENT)) {
      // Quotes within texts are escaped, so this is the key of a workload and nothing else.
      started = started.replace("\"conduct\":{", DEPLOYMENT + IN_MEMORY + ",\"conduct\":{");
    }
    if (!started.contains("\"isolation\":")) {
      started =
          started.replaceAll(
              REACHED, "$0,\"isolation\":null,\"connections\":null,\"patience\":\"PT1M\"");
    }
    if (!started.contains("\"redis\":")) {
      started = started.replaceAll(REACHED, "$0,\"redis\":null");
    }
    if (!started.contains("\"precautions\":")) {
      started =
          started.replaceAll(
              REACHED, "$0,\"precautions\":{\"durable\":true,\"idempotencyKey\":true}");
    }
    return started;
  }

  private static String auditAsOfNow(String line) {
    String audit = line;
    if (!audit.contains("\"kills\":")) {
      audit =
          audit
              .replaceFirst("\"audit\":", "\"kills\":0,$0")
              .replaceFirst("\"retries\":", "\"soldTwice\":0,$0");
    }
    return audit.contains("\"errors\":")
        ? audit
        : audit.replaceFirst("\"retries\":\\d+", "$0,\"errors\":{}");
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
