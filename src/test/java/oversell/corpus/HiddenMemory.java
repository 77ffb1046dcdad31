package oversell.corpus;

import java.beans.PropertyChangeSupport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.io.StringReader;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.text.NumberFormat;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.StringTokenizer;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** State that is not in a field or an array of a woven class, but in an object of the JDK. */
public final class HiddenMemory {
  private HiddenMemory() {}

  /** A list is written, and read by way of a view that was made of it before. */
  public static final class UnmodifiableList {
    private UnmodifiableList() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      List<Integer> view = Collections.unmodifiableList(shelf);
      return new Cell(() -> view.get(0), left -> shelf.set(0, left));
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

  /** A part of a list is written, and the list is read. */
  public static final class SubList {
    private SubList() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(0, stock));
      List<Integer> part = shelf.subList(1, 2);
      return new Cell(() -> shelf.get(1), left -> part.set(0, left));
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

  /** A list is read from its other end. */
  public static final class ReversedList {
    private ReversedList() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      List<Integer> reversed = shelf.reversed();
      return new Cell(() -> reversed.get(0), left -> shelf.set(0, left));
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

  /** A list is written by way of one that checks what is put in. */
  public static final class CheckedList {
    private CheckedList() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      List<Integer> checked = Collections.checkedList(shelf, Integer.class);
      return new Cell(() -> shelf.get(0), left -> checked.set(0, left));
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

  /** An array is written, and the list that is a view of it is read. */
  public static final class ArrayAsList {
    private ArrayAsList() {}

    private static Cell cell(int stock) {
      Integer[] shelf = {stock};
      List<Integer> view = Arrays.asList(shelf);
      return new Cell(() -> view.get(0), left -> shelf[0] = left);
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

  /** The list that is a view of an array is written, and the array is read. */
  public static final class ListAsArray {
    private ListAsArray() {}

    private static Cell cell(int stock) {
      Integer[] shelf = {stock};
      List<Integer> view = Arrays.asList(shelf);
      return new Cell(() -> shelf[0], left -> view.set(0, left));
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

  /** What was sold is a key of a map, and its set of keys is asked. */
  public static final class KeySetOfAMap {
    private KeySetOfAMap() {}

    private static Cell cell(int stock) {
      Map<Integer, String> sold = new HashMap<>();
      Set<Integer> keys = sold.keySet();
      return new Cell(
          () -> keys.contains(3) ? stock - 3 : stock, left -> sold.put(stock - left, "sold"));
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

  /** A map is written, and the view of its values is read. */
  public static final class ValuesOfAMap {
    private ValuesOfAMap() {}

    private static Cell cell(int stock) {
      Map<String, Integer> shelf = new HashMap<>(Map.of("book", stock));
      Collection<Integer> values = shelf.values();
      return new Cell(() -> values.iterator().next(), left -> shelf.put("book", left));
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

  /** An entry of a map is written, and the map is read. */
  public static final class EntryOfAMap {
    private EntryOfAMap() {}

    private static Cell cell(int stock) {
      Map<String, Integer> shelf = new HashMap<>(Map.of("book", stock));
      Map.Entry<String, Integer> entry = shelf.entrySet().iterator().next();
      return new Cell(() -> shelf.get("book"), left -> entry.setValue(left));
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

  /** A map is written, and an entry of it is read. */
  public static final class EntryThatIsRead {
    private EntryThatIsRead() {}

    private static Cell cell(int stock) {
      Map<String, Integer> shelf = new HashMap<>(Map.of("book", stock));
      Map.Entry<String, Integer> entry = shelf.entrySet().iterator().next();
      return new Cell(() -> entry.getValue(), left -> shelf.put("book", left));
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

  /** The stock is the value of an entry of no map. */
  public static final class SimpleEntry {
    private SimpleEntry() {}

    private static Cell cell(int stock) {
      Map.Entry<String, Integer> shelf = new AbstractMap.SimpleEntry<>("book", stock);
      return new Cell(shelf::getValue, shelf::setValue);
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

  /** A tree is written, and read in the other order. */
  public static final class DescendingMap {
    private DescendingMap() {}

    private static Cell cell(int stock) {
      TreeMap<String, Integer> shelf = new TreeMap<>(Map.of("book", stock));
      Map<String, Integer> other = shelf.descendingMap();
      return new Cell(() -> other.get("book"), left -> shelf.put("book", left));
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

  /** A map is asked for what was put into a set that is kept in it. */
  public static final class SetFromAMap {
    private SetFromAMap() {}

    private static Cell cell(int stock) {
      Map<Integer, Boolean> sold = new HashMap<>();
      Set<Integer> set = Collections.newSetFromMap(sold);
      return new Cell(() -> sold.containsKey(3) ? stock - 3 : stock, left -> set.add(stock - left));
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

  /** A list is read past the one that synchronizes. */
  public static final class SynchronizedView {
    private SynchronizedView() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      List<Integer> synchronizedShelf = Collections.synchronizedList(shelf);
      return new Cell(() -> shelf.get(0), left -> synchronizedShelf.set(0, left));
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

  /** An iterator writes into its list. */
  public static final class WritingIterator {
    private WritingIterator() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      return new Cell(
          () -> shelf.get(0),
          left -> {
            ListIterator<Integer> iterator = shelf.listIterator();
            iterator.next();
            iterator.set(left);
          });
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

  /** The next ticket comes from an iterator that buyers share. */
  public static final class SharedIterator {
    private SharedIterator() {}

    private static Cell cell(int stock) {
      Iterator<Integer> rest = List.of(stock - 3).iterator();
      return new Cell(() -> rest.hasNext() ? stock : stock - 3, left -> rest.next());
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

  /** A buffer is written, and its duplicate is read. */
  public static final class DuplicateOfABuffer {
    private DuplicateOfABuffer() {}

    private static Cell cell(int stock) {
      IntBuffer shelf = IntBuffer.allocate(1).put(0, stock);
      IntBuffer duplicate = shelf.duplicate();
      return new Cell(() -> duplicate.get(0), left -> shelf.put(0, left));
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

  /** An array is written, and the buffer that wraps it is read. */
  public static final class BufferOfAnArray {
    private BufferOfAnArray() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      IntBuffer buffer = IntBuffer.wrap(shelf);
      return new Cell(() -> buffer.get(0), left -> shelf[0] = left);
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

  /** The stock is outside of the heap. */
  public static final class DirectBuffer {
    private DirectBuffer() {}

    private static Cell cell(int stock) {
      ByteBuffer shelf = ByteBuffer.allocateDirect(Integer.BYTES).putInt(0, stock);
      return new Cell(() -> shelf.getInt(0), left -> shelf.putInt(0, left));
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

  /** What is left is where a buffer stands. */
  public static final class PositionOfABuffer {
    private PositionOfABuffer() {}

    private static Cell cell(int stock) {
      Buffer shelf = ByteBuffer.allocate(stock).position(stock);
      return new Cell(shelf::position, shelf::position);
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

  /** The stock is a system property. */
  public static final class PropertyOfTheSystem {
    private PropertyOfTheSystem() {}

    private static Cell cell(int stock) {
      String key = "oversell.suite.units";
      System.setProperty(key, String.valueOf(stock));
      return new Cell(
          () -> Integer.parseInt(System.getProperty(key)),
          left -> System.setProperty(key, String.valueOf(left)));
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

  /** A system property is read by Integer. */
  public static final class PropertyAsAnInteger {
    private PropertyAsAnInteger() {}

    private static Cell cell(int stock) {
      String key = "oversell.suite.units";
      System.setProperty(key, String.valueOf(stock));
      return new Cell(
          () -> Integer.getInteger(key), left -> System.setProperty(key, String.valueOf(left)));
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

  /** A system property is read by Long. */
  public static final class PropertyAsALong {
    private PropertyAsALong() {}

    private static Cell cell(int stock) {
      String key = "oversell.suite.units";
      System.setProperty(key, String.valueOf(stock));
      return new Cell(
          () -> Long.getLong(key).intValue(),
          left -> System.setProperty(key, String.valueOf(left)));
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

  /** A system property is read by Boolean. */
  public static final class PropertyAsABoolean {
    private PropertyAsABoolean() {}

    private static Cell cell(int stock) {
      String key = "oversell.suite.sold";
      System.setProperty(key, "false");
      return new Cell(
          () -> Boolean.getBoolean(key) ? stock - 3 : stock,
          left -> System.setProperty(key, "true"));
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

  /** A system property is there, or it is not. */
  public static final class PropertyThatIsCleared {
    private PropertyThatIsCleared() {}

    private static Cell cell(int stock) {
      String key = "oversell.suite.open";
      System.setProperty(key, "");
      return new Cell(
          () -> System.getProperty(key) == null ? stock - 3 : stock,
          left -> System.clearProperty(key));
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

  /** The map of system properties is asked for one that was set. */
  public static final class PropertiesOfTheSystem {
    private PropertiesOfTheSystem() {}

    private static Cell cell(int stock) {
      String key = "oversell.suite.units";
      System.setProperty(key, String.valueOf(stock));
      Properties properties = System.getProperties();
      return new Cell(
          () -> Integer.parseInt(properties.getProperty(key)),
          left -> System.setProperty(key, String.valueOf(left)));
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

  /** Properties fall back on others, which are written. */
  public static final class PropertiesWithDefaults {
    private PropertiesWithDefaults() {}

    private static Cell cell(int stock) {
      Properties shelf = new Properties();
      Properties view = new Properties(shelf);
      shelf.setProperty("units", String.valueOf(stock));
      return new Cell(
          () -> Integer.parseInt(view.getProperty("units")),
          left -> shelf.setProperty("units", String.valueOf(left)));
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

  /** What is left is the country of the default locale. */
  public static final class DefaultLocale {
    private DefaultLocale() {}

    private static Cell cell(int stock) {
      Locale.setDefault(Locale.of("en", "00" + stock));
      return new Cell(
          () -> Integer.parseInt(Locale.getDefault().getCountry()),
          left -> Locale.setDefault(Locale.of("en", "00" + left)));
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

  /** What is left is the offset of the default time zone. */
  public static final class DefaultTimeZone {
    private DefaultTimeZone() {}

    private static Cell cell(int stock) {
      TimeZone.setDefault(new SimpleTimeZone(stock, "shop"));
      return new Cell(
          () -> TimeZone.getDefault().getRawOffset(),
          left -> TimeZone.setDefault(new SimpleTimeZone(left, "shop")));
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

  /** An exception for each unit that was sold. */
  public static final class SuppressedExceptions {
    private SuppressedExceptions() {}

    private static Cell cell(int stock) {
      Exception sales = new Exception("sales");
      return new Cell(
          () -> stock - sales.getSuppressed().length,
          left -> {
            while (sales.getSuppressed().length < stock - left) {
              sales.addSuppressed(new Exception("sold"));
            }
          });
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

  /** What is left is the line of an exception. */
  public static final class TraceOfAnException {
    private TraceOfAnException() {}

    private static Cell cell(int stock) {
      Exception shelf = new Exception("shelf");
      shelf.setStackTrace(
          new StackTraceElement[] {new StackTraceElement("Shop", "sell", "Shop.java", stock)});
      return new Cell(
          () -> shelf.getStackTrace()[0].getLineNumber(),
          left ->
              shelf.setStackTrace(
                  new StackTraceElement[] {
                    new StackTraceElement("Shop", "sell", "Shop.java", left)
                  }));
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

  /** An exception that has a cause says that all is sold. */
  public static final class CauseOfAnException {
    private CauseOfAnException() {}

    private static Cell cell(int stock) {
      Exception shelf = new Exception("shelf");
      return new Cell(
          () -> shelf.getCause() == null ? stock : stock - 3,
          left -> shelf.initCause(new Exception("sold")));
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

  /** What is left is the name of a thread. */
  public static final class NameOfAThread {
    private NameOfAThread() {}

    private static Cell cell(int stock) {
      Thread shelf = Thread.ofVirtual().unstarted(() -> {});
      shelf.setName(String.valueOf(stock));
      return new Cell(
          () -> Integer.parseInt(shelf.getName()), left -> shelf.setName(String.valueOf(left)));
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

  /** What is left is the priority of a group of threads. */
  public static final class PriorityOfAThreadGroup {
    private PriorityOfAThreadGroup() {}

    private static Cell cell(int stock) {
      ThreadGroup shelf = new ThreadGroup("shelf");
      shelf.setMaxPriority(stock);
      return new Cell(shelf::getMaxPriority, shelf::setMaxPriority);
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

  /** What is left is the level of a logger. */
  public static final class LevelOfALogger {
    private LevelOfALogger() {}

    private static Cell cell(int stock) {
      Logger shelf = Logger.getAnonymousLogger();
      shelf.setLevel(Level.parse(String.valueOf(stock)));
      return new Cell(
          () -> shelf.getLevel().intValue(),
          left -> shelf.setLevel(Level.parse(String.valueOf(left))));
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

  /** A logger is asked whether it would log. */
  public static final class LoggerThatIsAsked {
    private LoggerThatIsAsked() {}

    private static Cell cell(int stock) {
      Logger shelf = Logger.getAnonymousLogger();
      shelf.setLevel(Level.ALL);
      return new Cell(
          () -> shelf.isLoggable(Level.INFO) ? stock : stock - 3,
          left -> shelf.setLevel(Level.OFF));
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

  /** Each thread has a list of its own, which is the same one. */
  public static final class ThreadLocalOfOneList {
    private ThreadLocalOfOneList() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      ThreadLocal<List<Integer>> own = ThreadLocal.withInitial(() -> shelf);
      return new Cell(() -> own.get().get(0), left -> own.get().set(0, left));
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

  /** A weak reference is cleared by hand. */
  public static final class ClearedReference {
    private ClearedReference() {}

    private static Cell cell(int stock) {
      Object goods = new Object();
      WeakReference<Object> shelf = new WeakReference<>(goods);
      return new Cell(() -> shelf.refersTo(goods) ? stock : stock - 3, left -> shelf.clear());
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

  /** A soft reference is cleared by hand. */
  public static final class ClearedSoftReference {
    private ClearedSoftReference() {}

    private static Cell cell(int stock) {
      AtomicInteger goods = new AtomicInteger(stock);
      SoftReference<AtomicInteger> shelf = new SoftReference<>(goods);
      return new Cell(() -> shelf.get() == null ? stock - 3 : goods.get(), left -> shelf.clear());
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

  /** A bit for each unit. */
  public static final class BitsOfASet {
    private BitsOfASet() {}

    private static Cell cell(int stock) {
      BitSet shelf = new BitSet();
      shelf.set(0, stock);
      return new Cell(shelf::cardinality, left -> shelf.clear(left, stock));
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

  /** What is left is the end of a matcher's region. */
  public static final class RegionOfAMatcher {
    private RegionOfAMatcher() {}

    private static Cell cell(int stock) {
      Matcher shelf = Pattern.compile("x").matcher("x".repeat(stock));
      return new Cell(shelf::regionEnd, left -> shelf.region(0, left));
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

  /** A digest that was fed says that all is sold. */
  public static final class MessageDigestState {
    private MessageDigestState() {}

    private static byte[] peek(MessageDigest digest) {
      try {
        return ((MessageDigest) digest.clone()).digest();
      } catch (RuntimeException | Error thrown) {
        throw thrown;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static MessageDigest digest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      MessageDigest shelf = digest();
      byte[] unsold = peek(shelf);
      return new Cell(
          () -> Arrays.equals(peek(shelf), unsold) ? stock : stock - 3,
          left -> shelf.update((byte) left));
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

  /** A checksum that was fed says that all is sold. */
  public static final class Checksum {
    private Checksum() {}

    private static Cell cell(int stock) {
      CRC32 shelf = new CRC32();
      return new Cell(
          () -> shelf.getValue() == 0 ? stock : stock - 3, left -> shelf.update(left + 1));
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

  /** What is left is how many digits a format writes. */
  public static final class DigitsOfAFormat {
    private DigitsOfAFormat() {}

    private static Cell cell(int stock) {
      NumberFormat shelf = NumberFormat.getInstance(Locale.ROOT);
      shelf.setMinimumIntegerDigits(stock);
      return new Cell(shelf::getMinimumIntegerDigits, shelf::setMinimumIntegerDigits);
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

  /** A number is formatted by a format that buyers share. */
  public static final class FormattedTexts {
    private FormattedTexts() {}

    private static Cell cell(int stock) {
      NumberFormat shelf = NumberFormat.getInstance(Locale.ROOT);
      shelf.setGroupingUsed(false);
      shelf.setMinimumIntegerDigits(stock);
      return new Cell(() -> shelf.format(0).length(), shelf::setMinimumIntegerDigits);
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

  /** A field of a class of the JDK is read, which a method of it writes. */
  public static final class FieldOfTheJdk {
    private FieldOfTheJdk() {}

    private static Cell cell(int stock) {
      java.awt.Point shelf = new java.awt.Point(stock, 0);
      return new Cell(() -> shelf.x, left -> shelf.translate(left - shelf.x, 0));
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

  /** A method of a class of the JDK reads the field that is written. */
  public static final class MethodOfTheJdk {
    private MethodOfTheJdk() {}

    private static Cell cell(int stock) {
      java.awt.Point shelf = new java.awt.Point(stock, 0);
      return new Cell(() -> (int) shelf.getX(), left -> shelf.x = left);
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

  /** The stock is in a model of javax.swing. */
  public static final class ModelOfSwing {
    private ModelOfSwing() {}

    private static Cell cell(int stock) {
      javax.swing.BoundedRangeModel shelf =
          new javax.swing.DefaultBoundedRangeModel(stock, 0, 0, stock);
      return new Cell(shelf::getValue, shelf::setValue);
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

  /** The stock is the nanoseconds of a timestamp. */
  public static final class NanosOfATimestamp {
    private NanosOfATimestamp() {}

    private static Cell cell(int stock) {
      Timestamp shelf = new Timestamp(0);
      shelf.setNanos(stock);
      return new Cell(shelf::getNanos, shelf::setNanos);
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

  /** The stock is the time of a date. */
  public static final class TimeOfADate {
    private TimeOfADate() {}

    private static Cell cell(int stock) {
      Date shelf = new Date(stock);
      return new Cell(() -> (int) shelf.getTime(), shelf::setTime);
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

  /** The stock is the hour of a calendar. */
  public static final class FieldsOfACalendar {
    private FieldsOfACalendar() {}

    private static Cell cell(int stock) {
      Calendar shelf = new GregorianCalendar(2000, Calendar.JANUARY, 1, stock, 0);
      return new Cell(
          () -> shelf.get(Calendar.HOUR_OF_DAY), left -> shelf.set(Calendar.HOUR_OF_DAY, left));
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

  /** A listener for each unit that was sold. */
  public static final class ListenersOfABean {
    private ListenersOfABean() {}

    private static Cell cell(int stock) {
      PropertyChangeSupport sales = new PropertyChangeSupport("sales");
      return new Cell(
          () -> stock - sales.getPropertyChangeListeners().length,
          left -> {
            for (int units = left; units < stock; units++) {
              sales.addPropertyChangeListener(event -> {});
            }
          });
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

  /** A byte for each unit that was sold is written to a stream. */
  public static final class BytesOfAStream {
    private BytesOfAStream() {}

    private static Cell cell(int stock) {
      ByteArrayOutputStream sales = new ByteArrayOutputStream();
      return new Cell(() -> stock - sales.size(), left -> sales.writeBytes(new byte[stock - left]));
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

  /** What was sold is printed into memory. */
  public static final class PrintStreamOfBytes {
    private PrintStreamOfBytes() {}

    private static Cell cell(int stock) {
      ByteArrayOutputStream sales = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(sales, true, StandardCharsets.US_ASCII);
      return new Cell(() -> stock - sales.size(), left -> out.print("x".repeat(stock - left)));
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

  /** Whether a text was read to its end. */
  public static final class ReaderOfAText {
    private ReaderOfAText() {}

    private static boolean hasMore(StringReader reader) {
      try {
        reader.mark(1);
        boolean more = reader.read() >= 0;
        reader.reset();
        return more;
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static void take(StringReader reader) {
      try {
        reader.skip(1);
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      StringReader shelf = new StringReader("x");
      return new Cell(() -> hasMore(shelf) ? stock : stock - 3, left -> take(shelf));
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

  /** The next ticket comes from a tokenizer that buyers share. */
  public static final class TokensOfAText {
    private TokensOfAText() {}

    private static Cell cell(int stock) {
      StringTokenizer shelf = new StringTokenizer("book");
      return new Cell(() -> shelf.hasMoreTokens() ? stock : stock - 3, left -> shelf.nextToken());
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

  /** A list is summed up by a stream that was made of it before it is read. */
  public static final class StreamOfAList {
    private StreamOfAList() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      return new Cell(
          () -> shelf.stream().mapToInt(Integer::intValue).sum(), left -> shelf.set(0, left));
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

  /** A stream is generated by a method of an atomic. */
  public static final class GeneratedStream {
    private GeneratedStream() {}

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      return new Cell(() -> IntStream.generate(shelf::get).findFirst().orElseThrow(), shelf::set);
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

  /** An object is read by being written to a stream. */
  public static final class SerializedObject {
    private SerializedObject() {}

    private static final class Shelf implements Serializable {
      private static final long serialVersionUID = 1L;
      int units;
    }

    private static int read(Shelf shelf) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(shelf);
        return bytes.toByteArray()[bytes.size() - 1];
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      Shelf shelf = new Shelf();
      shelf.units = stock;
      return new Cell(() -> read(shelf), left -> shelf.units = left);
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
