package oversell.corpus;

import java.io.InvalidClassException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** State that the JDK keeps behind what looks as if it had none: builders, exceptions, defaults. */
public final class JdkState {
  private JdkState() {}

  /** What is left is the last literal of what builds formatters. */
  public static final class BuilderOfAFormatter {
    private BuilderOfAFormatter() {}

    private static Cell cell(int stock) {
      DateTimeFormatterBuilder shelf = new DateTimeFormatterBuilder();
      shelf.appendLiteral(digit(stock));
      return new Cell(() -> last(shelf), left -> shelf.appendLiteral(digit(left)));
    }

    private static char digit(int units) {
      return (char) ('0' + units);
    }

    private static int last(DateTimeFormatterBuilder shelf) {
      String text = shelf.toFormatter(Locale.ROOT).toString();
      return text.charAt(text.length() - 2) - '0';
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** What is left is the name of the class loader of a thread. */
  public static final class ContextOfAThread {
    private ContextOfAThread() {}

    private static ClassLoader named(int units) {
      return new ClassLoader(String.valueOf(units), null) {};
    }

    private static Cell cell(int stock) {
      Thread shelf = Thread.ofVirtual().unstarted(() -> {});
      shelf.setContextClassLoader(named(stock));
      return new Cell(
          () -> Integer.parseInt(shelf.getContextClassLoader().getName()),
          left -> shelf.setContextClassLoader(named(left)));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** What is left is the name of the next thread. */
  public static final class BuilderOfThreads {
    private BuilderOfThreads() {}

    private static Cell cell(int stock) {
      Thread.Builder.OfVirtual shelf = Thread.ofVirtual().name(String.valueOf(stock));
      return new Cell(
          () -> Integer.parseInt(shelf.unstarted(() -> {}).getName()),
          left -> shelf.name(String.valueOf(left)));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** An error makes a text of what it is about. */
  public static final class ErrorAboutAList {
    private ErrorAboutAList() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      return new Cell(
          () -> Integer.parseInt(new AssertionError(shelf).getMessage().replaceAll("[\\[\\]]", "")),
          left -> shelf.set(0, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** What is left is a field of an exception, of which it makes its message. */
  public static final class FieldOfAnException {
    private FieldOfAnException() {}

    private static Cell cell(int stock) {
      InvalidClassException shelf = new InvalidClassException(String.valueOf(stock), "units");
      return new Cell(
          () -> Integer.parseInt(shelf.getMessage().split(";")[0]),
          left -> shelf.classname = String.valueOf(left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The same, of which a text is made. */
  public static final class TextOfAnException {
    private TextOfAnException() {}

    private static Cell cell(int stock) {
      InvalidClassException shelf = new InvalidClassException(String.valueOf(stock), "units");
      return new Cell(
          () -> Integer.parseInt(String.valueOf(shelf).split("[;:] ")[1]),
          left -> shelf.classname = String.valueOf(left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** What is left is the offset of the default time zone, asked for as a zone. */
  public static final class ZoneOfTheSystem {
    private ZoneOfTheSystem() {}

    private static Cell cell(int stock) {
      TimeZone.setDefault(zone(stock));
      return new Cell(
          () -> Integer.parseInt(ZoneId.systemDefault().getId().substring(5, 6)),
          left -> TimeZone.setDefault(zone(left)));
    }

    private static TimeZone zone(int units) {
      return TimeZone.getTimeZone("GMT+0" + units + ":00");
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** Whether any are left is the language of the default locale. */
  public static final class CaseOfTheDefaultLocale {
    private CaseOfTheDefaultLocale() {}

    private static Cell cell(int stock) {
      Locale.setDefault(Locale.of("tr"));
      return new Cell(
          () -> "i".toUpperCase().equals("I") ? stock - 3 : stock,
          left -> Locale.setDefault(left == stock ? Locale.of("tr") : Locale.ROOT));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }
}
