package oversell.explorer.control;

import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/** What all code of this JVM shares and may change, as it was when this was made. */
final class JvmState {
  private final Properties properties = (Properties) System.getProperties().clone();
  private final Locale locale = Locale.getDefault();
  private final TimeZone timeZone = TimeZone.getDefault();

  /** Sets it back, once. */
  void setBack() {
    System.setProperties(properties);
    Locale.setDefault(locale);
    TimeZone.setDefault(timeZone);
  }
}
