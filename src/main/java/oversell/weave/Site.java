package oversell.weave;

/**
 * A place in a woven class where it announces what it is about to do.
 *
 * @param type the class, as the source names it, without its package
 * @param method the method
 * @param file the name of its source file; empty if the class does not tell
 * @param line in that file; 0 if the class does not tell
 * @param operation what it does there
 * @param subject to what: a field, a method of the JDK; empty for a monitor
 */
public record Site(
    String type, String method, String file, int line, Operation operation, String subject) {
  /** As a reader finds it. */
  public String place() {
    return file.isEmpty() ? type : file + (line > 0 ? ":" + line : "");
  }
}
