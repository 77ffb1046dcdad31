package oversell.explorer.hook;

/**
 * A place in a woven class where it announces a step.
 *
 * @param type the class, as the source names it, without its package
 * @param method the method
 * @param file the name of its source file; empty if the class file does not name one
 * @param line in that file; 0 if the class file has no line numbers
 * @param operation what it does there
 * @param subject what it does it to: a field, a method of the JDK; empty for a monitor
 */
public record Site(
    String type, String method, String file, int line, Operation operation, String subject) {
  /** The file and the line. */
  public String place() {
    return file.isEmpty() ? type : file + (line > 0 ? ":" + line : "");
  }

  /** The method, the file and the line. */
  public String inMethod() {
    return "%s (%s)".formatted(sourceMethod(), place());
  }

  /** What it does, as a clause without a subject. */
  public String action() {
    return switch (operation) {
      case READ -> "reads " + subject;
      case WRITE -> "writes " + subject;
      case ENTER -> "enters the monitor";
      case EXIT -> "leaves the monitor";
      case WAIT -> "waits for a signal";
      case SIGNAL -> "signals";
      case GUARD, CALL, ESCAPE -> "calls " + subject;
      case RETURN -> "returns into the call that it was called from";
      case INITIALISE -> "initialises " + subject;
      case SLEEP -> "ends its sleep";
      case YIELD -> "goes on after giving way";
      case CLOCK -> "reads the clock";
      case SPAWN -> "starts a thread";
      case LOOP -> "goes round the loop";
    };
  }

  /** The method, by its name in the source. */
  public String sourceMethod() {
    String plain = method.replaceFirst("^oversell\\$\\d+\\$", "");
    return plain.equals("<clinit>") ? "the static initialiser of " + type : type + "." + plain;
  }
}
