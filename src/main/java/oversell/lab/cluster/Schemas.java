package oversell.lab.cluster;

import java.util.regex.Pattern;

/** The names of the schemas that a run makes in a database, by which others find it there. */
public final class Schemas {
  private static final String PREFIX = "oversell_";
  private static final String HOST = "_host";
  private static final Pattern NAME = Pattern.compile("oversell_[0-9a-f]{8}_(\\d+|host)");

  private Schemas() {}

  /**
   * What the names of all schemas of a run begin with.
   *
   * @param run eight hexadecimal digits
   */
  public static String ofRun(String run) {
    return PREFIX + run;
  }

  /** Where a fork keeps its stock, and meets those who sell for it. */
  public static String ofFork(String run, int fork) {
    return ofRun(run) + "_" + fork;
  }

  /** Where the host of a run meets those who join it. */
  public static String ofHost(String run) {
    return ofRun(run) + HOST;
  }

  static boolean isOfHost(String schema) {
    return isOfRun(schema) && schema.endsWith(HOST);
  }

  static boolean isOfRun(String schema) {
    return NAME.matcher(schema).matches();
  }

  /** The run that a schema is of. */
  static String run(String schema) {
    return require(schema).substring(PREFIX.length(), schema.lastIndexOf('_'));
  }

  /** A name that can stand in SQL, where it cannot be a parameter. */
  static String require(String schema) {
    if (!isOfRun(schema)) {
      throw new IllegalArgumentException("no name of a schema of a run: " + schema);
    }
    return schema;
  }
}
