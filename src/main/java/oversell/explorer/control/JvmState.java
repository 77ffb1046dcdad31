package oversell.explorer.control;

import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/** What all code of this JVM shares and may change, as it was when this was made. */
final class JvmState {
  private final Properties properties = (Properties) System.getProperties().clone();
  private final Locale locale = Locale.getDefault();
  private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
  private final Locale format = Locale.getDefault(Locale.Category.FORMAT);
  private final TimeZone timeZone = TimeZone.getDefault();

  /** Sets it back, once. */
  void setBack() {
    System.setProperties(properties);
    // That sets those of all categories.
    Locale.setDefault(locale);
    Locale.setDefault(Locale.Category.DISPLAY, display);
    Locale.setDefault(Locale.Category.FORMAT, format);
    TimeZone.setDefault(timeZone);
  }
}
