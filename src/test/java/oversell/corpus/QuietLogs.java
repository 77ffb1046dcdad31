package oversell.corpus;

import java.io.OutputStream;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** A logger of the JDK that makes texts of what it is given, and writes them nowhere. */
public final class QuietLogs {
  static final String NAME = "oversell.corpus.quiet";
  private static final Logger KEPT = Logger.getLogger(NAME);

  private QuietLogs() {}

  /** Sets it up, by a class that is not woven. */
  public static void setUp() {
    KEPT.setUseParentHandlers(false);
    KEPT.addHandler(new StreamHandler(OutputStream.nullOutputStream(), new SimpleFormatter()));
  }
}
