package oversell.lab.cluster;

import java.util.regex.Pattern;

/** The names of the schemas that a run makes in a database, by which others find it there. */
public final class Schemas {
  private static final String PREFIX = "oversell_";
  private static final String HOST = "_host";
  private static final String CHECK = "_check";
  private static final Pattern NAME = Pattern.compile("oversell_[0-9a-f]{8}_(\\d+|host|check)");

  private Schemas() {}

  /**
   * Where a fork keeps its stock, and meets those who sell for it.
   *
   * @param run eight hexadecimal digits
   */
  public static String ofFork(String run, int fork) {
    return PREFIX + run + "_" + fork;
  }

  /** Where a run sees whether it may make a schema at all. */
  public static String ofCheck(String run) {
    return PREFIX + run + CHECK;
  }

  /** Where the host of a run meets those who join it. */
  public static String ofHost(String run) {
    return PREFIX + run + HOST;
  }

  static boolean isOfHost(String schema) {
    return isOfRun(schema) && schema.endsWith(HOST);
  }

  static boolean isOfRun(String schema) {
    return NAME.matcher(schema).matches();
  }

  /** Whether it is a schema of this run. */
  public static boolean isOf(String run, String schema) {
    return isOfRun(schema) && run(schema).equals(run);
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
