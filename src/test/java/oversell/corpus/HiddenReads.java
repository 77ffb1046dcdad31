package oversell.corpus;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** State that is read by the JDK on behalf of the caller: copies, texts, comparisons. */
public final class HiddenReads {
  private HiddenReads() {}

  /** An array is copied into a list that cannot change. */
  public static final class ListOfAnArray {
    private ListOfAnArray() {}

    private static Cell cell(int stock) {
      Integer[] shelf = {stock};
      return new Cell(() -> List.of(shelf).get(0), left -> shelf[0] = left);
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

  /** An array is copied, and only an optional looks at the copy. */
  public static final class OptionalOfAnArray {
    private OptionalOfAnArray() {}

    private static Cell cell(int stock) {
      Integer[] shelf = {stock};
      Optional<List<Integer>> all = Optional.of(List.of(stock));
      return new Cell(
          () -> Optional.of(List.of(shelf)).equals(all) ? stock : stock - 3,
          left -> shelf[0] = left);
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

  /** An array is copied into a set. */
  public static final class SetOfAnArray {
    private SetOfAnArray() {}

    private static Cell cell(int stock) {
      Integer[] shelf = {stock};
      return new Cell(() -> Set.of(shelf).iterator().next(), left -> shelf[0] = left);
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

  /** An array is the source of a stream. */
  public static final class StreamOfAnArray {
    private StreamOfAnArray() {}

    private static Cell cell(int stock) {
      Integer[] shelf = {stock};
      return new Cell(() -> Stream.of(shelf).findFirst().orElseThrow(), left -> shelf[0] = left);
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

  /** A stream sums an array up. */
  public static final class SumOfAnArray {
    private SumOfAnArray() {}

    private static Cell cell(int stock) {
      int[] shelf = {1, stock - 1};
      return new Cell(() -> IntStream.of(shelf).sum(), left -> shelf[1] = left - 1);
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

  /** An array is cloned. */
  public static final class CloneOfAnArray {
    private CloneOfAnArray() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> shelf.clone()[0], left -> shelf[0] = left);
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

  /** An array is copied. */
  public static final class CopyOfAnArray {
    private CopyOfAnArray() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> Arrays.copyOf(shelf, 1)[0], left -> shelf[0] = left);
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

  /** An array is copied into the one that is read. */
  public static final class ArrayCopy {
    private ArrayCopy() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> shelf[0], left -> System.arraycopy(new int[] {left}, 0, shelf, 0, 1));
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

  /** A text is made of chars. */
  public static final class StringOfChars {
    private StringOfChars() {}

    private static Cell cell(int stock) {
      char[] shelf = {(char) ('0' + stock)};
      return new Cell(
          () -> Integer.parseInt(String.valueOf(shelf)), left -> shelf[0] = (char) ('0' + left));
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

  /** A text is made of bytes. */
  public static final class NewStringOfBytes {
    private NewStringOfBytes() {}

    private static Cell cell(int stock) {
      byte[] shelf = {(byte) ('0' + stock)};
      return new Cell(
          () -> Integer.parseInt(new String(shelf, StandardCharsets.US_ASCII)),
          left -> shelf[0] = (byte) ('0' + left));
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

  /** A text is copied into chars. */
  public static final class CharsOfAString {
    private CharsOfAString() {}

    private static Cell cell(int stock) {
      char[] shelf = {(char) ('0' + stock)};
      return new Cell(
          () -> Character.digit(shelf[0], 10),
          left -> String.valueOf(left).getChars(0, 1, shelf, 0));
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

  /** A class of java.lang reads chars. */
  public static final class CodePointOfChars {
    private CodePointOfChars() {}

    private static Cell cell(int stock) {
      char[] shelf = {(char) ('0' + stock)};
      return new Cell(
          () -> Character.codePointAt(shelf, 0) - '0', left -> shelf[0] = (char) ('0' + left));
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

  /** A number is made of bytes. */
  public static final class BigIntegerOfBytes {
    private BigIntegerOfBytes() {}

    private static Cell cell(int stock) {
      byte[] shelf = {(byte) stock};
      return new Cell(() -> new BigInteger(shelf).intValue(), left -> shelf[0] = (byte) left);
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

  /** An array is read by reflection. */
  public static final class ArrayByReflection {
    private ArrayByReflection() {}

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> Array.getInt(shelf, 0), left -> shelf[0] = left);
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

  /** An object is cloned, field by field, by Object. */
  public static final class CloneOfAnObject {
    private CloneOfAnObject() {}

    private static final class Shelf implements Cloneable {
      int units;

      @Override
      protected Shelf clone() {
        try {
          return (Shelf) super.clone();
        } catch (CloneNotSupportedException impossible) {
          throw new IllegalStateException(impossible);
        }
      }
    }

    private static Cell cell(int stock) {
      Shelf shelf = new Shelf();
      shelf.units = stock;
      return new Cell(() -> shelf.clone().units, left -> shelf.units = left);
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

  /** A list is copied into one that cannot change. */
  public static final class CopyOfAList {
    private CopyOfAList() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      return new Cell(() -> List.copyOf(shelf).get(0), left -> shelf.set(0, left));
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

  /** A list is written into an array that was there before. */
  public static final class ListToAnArray {
    private ListToAnArray() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      return new Cell(() -> shelf.toArray(new Integer[0])[0], left -> shelf.set(0, left));
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

  /** An atomic is read as the number that it is. */
  public static final class NumberThatIsAtomic {
    private NumberThatIsAtomic() {}

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      Number number = shelf;
      return new Cell(number::intValue, shelf::set);
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

  /** An adder is read as the number that it is. */
  public static final class NumberThatIsAnAdder {
    private NumberThatIsAnAdder() {}

    private static Cell cell(int stock) {
      LongAdder shelf = new LongAdder();
      shelf.add(stock);
      Number number = shelf;
      return new Cell(() -> number.intValue(), left -> shelf.add(left - number.intValue()));
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

  /** A number that is atomic is joined to a text. */
  public static final class TextOfANumber {
    private TextOfANumber() {}

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      Number number = shelf;
      return new Cell(() -> Integer.parseInt("" + number), shelf::set);
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

  /** An atomic is made a text of as any object. */
  public static final class TextOfAnyObject {
    private TextOfAnyObject() {}

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      Object any = shelf;
      return new Cell(() -> Integer.parseInt(String.valueOf(any)), shelf::set);
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

  /** A list that is known as serializable is joined to a text. */
  public static final class TextOfASerializable {
    private TextOfASerializable() {}

    private static Cell cell(int stock) {
      ArrayList<Integer> shelf = new ArrayList<>(List.of(stock));
      Serializable any = shelf;
      return new Cell(
          () -> Integer.parseInt(("" + any).substring(1, 2)), left -> shelf.set(0, left));
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

  /** A text is formatted with a number that is atomic. */
  public static final class FormattedNumber {
    private FormattedNumber() {}

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      Number number = shelf;
      return new Cell(() -> Integer.parseInt("%s".formatted(number)), shelf::set);
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

  /** A builder appends a number that is atomic. */
  public static final class BuilderOfANumber {
    private BuilderOfANumber() {}

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      Number number = shelf;
      return new Cell(
          () -> Integer.parseInt(new StringBuilder().append(number).toString()), shelf::set);
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

  /** An atomic is read by a supplier that is a method of it. */
  public static final class SupplierOfAnAtomic {
    private SupplierOfAnAtomic() {}

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      Supplier<Integer> supplier = shelf::get;
      return new Cell(() -> supplier.get(), shelf::set);
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

  /** A list is compared by Object. */
  public static final class ComparedLists {
    private ComparedLists() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      Object all = List.of(stock);
      return new Cell(() -> all.equals(shelf) ? stock : stock - 3, left -> shelf.set(0, left));
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

  /** A number is parsed from a text that can change. */
  public static final class ParsedBuilder {
    private ParsedBuilder() {}

    private static Cell cell(int stock) {
      StringBuilder shelf = new StringBuilder().append(stock);
      return new Cell(
          () -> Integer.parseInt(shelf, 0, 1, 10),
          left -> shelf.setCharAt(0, Character.forDigit(left, 10)));
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

  /** A pattern is matched against a text that can change. */
  public static final class MatchedBuilder {
    private MatchedBuilder() {}

    private static Cell cell(int stock) {
      StringBuilder shelf = new StringBuilder("x".repeat(stock));
      Pattern all = Pattern.compile("x".repeat(stock));
      return new Cell(
          () -> all.matcher(shelf).matches() ? stock : stock - 3, left -> shelf.setLength(left));
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

  /** A builder is read as a sequence of chars. */
  public static final class StringBuilderAsText {
    private StringBuilderAsText() {}

    private static Cell cell(int stock) {
      StringBuilder shelf = new StringBuilder("x".repeat(stock));
      CharSequence text = shelf;
      return new Cell(text::length, shelf::setLength);
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

  /** Optionals of lists are compared. */
  public static final class EqualOptionals {
    private EqualOptionals() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      Optional<List<Integer>> optional = Optional.of(shelf);
      Optional<List<Integer>> all = Optional.of(List.of(stock));
      return new Cell(() -> optional.equals(all) ? stock : stock - 3, left -> shelf.set(0, left));
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

  /** A text is made of an optional of a list. */
  public static final class TextOfAnOptional {
    private TextOfAnOptional() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      Optional<List<Integer>> optional = Optional.of(shelf);
      return new Cell(
          () -> Character.digit(optional.toString().charAt("Optional[[".length()), 10),
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

  /** A list in an optional is read by a method reference. */
  public static final class MappedOptional {
    private MappedOptional() {}

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      Optional<AtomicInteger> optional = Optional.of(shelf);
      return new Cell(() -> optional.map(AtomicInteger::get).orElseThrow(), shelf::set);
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

  /** An entry that cannot change has a value that can. */
  public static final class HashOfAnEntry {
    private HashOfAnEntry() {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      Map.Entry<String, List<Integer>> entry = Map.entry("book", shelf);
      int all = entry.hashCode();
      return new Cell(
          () -> entry.hashCode() == all ? stock : stock - 3, left -> shelf.set(0, left));
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

  /** Records are compared that have a list. */
  public static final class EqualRecords {
    private EqualRecords() {}

    private record Line(List<Integer> units) {}

    private static Cell cell(int stock) {
      Line line = new Line(new ArrayList<>(List.of(stock)));
      Line all = new Line(List.of(stock));
      return new Cell(
          () -> line.equals(all) ? stock : stock - 3, left -> line.units().set(0, left));
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

  /** A record that has a list has a hash code. */
  public static final class HashOfARecord {
    private HashOfARecord() {}

    private record Line(List<Integer> units) {}

    private static Cell cell(int stock) {
      Line line = new Line(new ArrayList<>(List.of(stock)));
      int all = line.hashCode();
      return new Cell(
          () -> line.hashCode() == all ? stock : stock - 3, left -> line.units().set(0, left));
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

  /** A record that has an atomic is made a text of. */
  public static final class TextOfARecord {
    private TextOfARecord() {}

    private record Line(AtomicInteger units) {}

    private static Cell cell(int stock) {
      Line line = new Line(new AtomicInteger(stock));
      return new Cell(
          () -> Character.digit(line.toString().charAt("Line[units=".length()), 10),
          line.units()::set);
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

  /** A record that has an atomic is joined to a text. */
  public static final class RecordInAText {
    private RecordInAText() {}

    private record Line(AtomicInteger units) {}

    private static Cell cell(int stock) {
      Line line = new Line(new AtomicInteger(stock));
      return new Cell(
          () -> Character.digit(("a " + line).charAt("a Line[units=".length()), 10),
          line.units()::set);
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

  /** A record is compared whose record has a list. */
  public static final class NestedRecords {
    private NestedRecords() {}

    private record Line(List<Integer> units) {}

    private record Page(String title, Line line) {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      Page page = new Page("books", new Line(shelf));
      Page all = new Page("books", new Line(List.of(stock)));
      return new Cell(() -> page.equals(all) ? stock : stock - 3, left -> shelf.set(0, left));
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

  /** A map compares records that have a list. */
  public static final class RecordAsAKey {
    private RecordAsAKey() {}

    private record Line(List<Integer> units) {}

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      Map<Line, Integer> known =
          Map.of(new Line(List.of(stock)), stock, new Line(List.of(stock - 3)), stock - 3);
      return new Cell(() -> known.get(new Line(shelf)), left -> shelf.set(0, left));
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
