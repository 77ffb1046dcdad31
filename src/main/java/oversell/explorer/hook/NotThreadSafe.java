package oversell.explorer.hook;

import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.regex.Pattern;

/**
 * Classes of the JDK whose objects are not made for two threads at once, and what calls do. Arrays
 * are among them for those who go through one: threads may reach single elements at any time.
 */
public final class NotThreadSafe {
  /** What a method does to its receiver. */
  public enum Effect {
    /** It only reads it. */
    NONE,
    /** It only reads one element, or how many there are. */
    READS_ONE,
    /** It changes it. */
    CHANGES,
    /** It changes it; of a list only an element, as that of an array is changed. */
    CHANGES_UNLESS_A_LIST,
    /** It looks something up, which may be noted for the next time. */
    LOOKS_UP,
    /** It goes on to what comes next: of an iterator, which changes, and not what it is of. */
    GOES_ON,
    /** It reaches what never changes, or one element by its number, as that of an array. */
    PASSES_BY
  }

  /**
   * What a method does to such objects that it is given.
   *
   * @param reads whether it looks at them
   * @param readsAll whether it looks at all that is in them, and in its receiver
   * @param compares whether it asks them what they equal, and what is in its receiver
   * @param changes whether it changes the first
   * @param changesIfStatic whether it does if it has no receiver
   */
  public record OnArguments(
      boolean reads,
      boolean readsAll,
      boolean compares,
      boolean changes,
      boolean changesIfStatic) {}

  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.StringBuilder",
          "java.nio.charset.CharsetDecoder",
          "java.nio.charset.CharsetEncoder",
          "java.nio.ByteBuffer",
          "java.nio.CharBuffer",
          "java.nio.DoubleBuffer",
          "java.nio.FloatBuffer",
          "java.nio.IntBuffer",
          "java.nio.LongBuffer",
          "java.nio.ShortBuffer",
          "java.security.MessageDigest",
          "java.security.Signature",
          "java.sql.Date",
          "java.sql.Time",
          "java.sql.Timestamp",
          "java.text.ChoiceFormat",
          "java.text.CompactNumberFormat",
          "java.text.DecimalFormat",
          "java.text.MessageFormat",
          "java.text.SimpleDateFormat",
          "java.util.ArrayDeque",
          "java.util.ArrayList",
          "java.util.BitSet",
          "java.util.Date",
          "java.util.DoubleSummaryStatistics",
          "java.util.EnumMap",
          "java.util.Formatter",
          "java.util.GregorianCalendar",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Hashtable",
          "java.util.IdentityHashMap",
          "java.util.IntSummaryStatistics",
          "java.util.JumboEnumSet",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.LinkedList",
          "java.util.LongSummaryStatistics",
          "java.util.PriorityQueue",
          "java.util.RegularEnumSet",
          "java.util.Scanner",
          "java.util.SplittableRandom",
          "java.util.StringJoiner",
          "java.util.StringTokenizer",
          "java.util.TreeMap",
          "java.util.TreeSet",
          "java.util.Vector",
          "java.util.concurrent.ConcurrentHashMap$MapEntry",
          "java.util.regex.Matcher",
          "java.util.stream.Streams$DoubleStreamBuilderImpl",
          "java.util.stream.Streams$IntStreamBuilderImpl",
          "java.util.stream.Streams$LongStreamBuilderImpl",
          "java.util.stream.Streams$StreamBuilderImpl",
          "java.util.zip.Adler32",
          "java.util.zip.CRC32",
          "java.util.zip.CRC32C",
          "javax.crypto.Cipher",
          "javax.crypto.Mac");
  // The rest of what the table lets pass as a step that may touch anything: values that change,
  // streams that keep where they are in fields of their own, builders.
  private static final Pattern OTHERS =
      Pattern.compile(
          "java\\.awt\\.(geom\\..*|Dimension|Insets|Point|Rectangle)"
              + "|java\\.io\\.(Data(In|Out)putStream|(LineNumber|Pushback|Sequence)InputStream|StreamTokenizer)"
              + "|java\\.security\\.Digest(In|Out)putStream|javax\\.crypto\\.Cipher(In|Out)putStream"
              + "|java\\.text\\.(AttributedString|BreakIterator|CollationElementIterator|StringCharacterIterator"
              + "|(Date|Decimal)FormatSymbols)"
              + "|java\\.time\\.format\\.DateTimeFormatterBuilder"
              + "|java\\.util\\.(AbstractMap\\$SimpleEntry|(Calendar|Locale)\\$Builder)"
              + "|java\\.util\\.zip\\.(\\w+(In|Out)putStream|ZipEntry)"
              + "|org\\.xml\\.sax\\.(helpers|ext)\\.(Attributes2?Impl|NamespaceSupport)");
  // What their methods are called that change nothing.
  private static final Pattern READS_OTHER =
      Pattern.compile(
          "(get(?!Next)|is(?!Boundary)|has|to[A-Z]|contains|intersect(s|ion)|create|current|distance|pt(Line|Seg)Dist"
              + "|(deltaT|inverseT|t)ransform\\((?!Ljava/awt/geom/AffineTransform;\\)V))\\w*.*"
              + "|(union|outcode|inside|relativeCCW|solve(Quadratic|Cubic)|subdivide|equals|hashCode|clone|size"
              + "|available|markSupported|lineno|build)\\(.*");
  // Those that several threads may change while one goes through them, element by element. Of the
  // others that are made for several threads each goes through its own copy.
  private static final Pattern PIECEWISE =
      Pattern.compile(
          "java\\.util\\.concurrent\\.(Concurrent(HashMap|SkipListMap|SkipListSet|LinkedQueue|LinkedDeque)"
              + "|LinkedTransferQueue|(Array|Linked|Priority)BlockingQueue|LinkedBlockingDeque|DelayQueue"
              + "|atomic\\.Atomic\\w+Array)"
              + "(\\$(?!MapEntry).*)?");
  // Those whose own calls lock them, but not what goes through them by an iterator: a stream, or
  // the constructor of another collection.
  private static final Pattern LOCK_THEMSELVES =
      Pattern.compile(
          "java\\.util\\.(Vector|Stack|Hashtable)"
              + "|java\\.util\\.concurrent\\.((Array|Linked|Priority)BlockingQueue|LinkedBlockingDeque|DelayQueue)");
  private static final Pattern CHANGES =
      Pattern.compile(
          "(add|put|remove|offer|poll|compute|replace|append|insert|delete|set|parse|apply|update).*"
              + "|clear|pop|push|take|merge|sort|retainAll|reverse|flip|and|or|xor|andNot|format|roll"
              + "|repeat|trimToSize|ensureCapacity|accept|combine|find\\w*|matches|lookingAt|reset"
              + "|region|use[A-Z]\\w*|skip|digest|doFinal|init\\w*|sign|verify|encode|decode|flush"
              + "|split|close|build");
  private static final Pattern GOES_ON =
      Pattern.compile(
          "(next|previous)(?!SetBit|ClearBit|Index)\\w*|tryAdvance|forEachRemaining|trySplit");
  private static final Pattern READS_ONE =
      Pattern.compile(
          "size|isEmpty|getFirst|getLast|peek\\w*|element|first|last|(listI|i)terator|spliterator|has(Next|Previous)"
              + "|(next|previous)Index|subList|reversed|stream|keySet|values|entrySet");
  private static final Pattern LOOKS_UP = Pattern.compile("get|getOrDefault|getTime(InMillis)?");
  // Of calls that do more with their arguments than keep them.
  private static final Pattern READS_ARGUMENTS =
      Pattern.compile(
          "(add|put|remove|retain|contains)All|copyOf|append|insert|contentEquals|min|max|frequency"
              + "|disjoint|binarySearch|(last)?[iI]ndexOfSubList|and|or|xor|andNot|intersects|compareTo"
              + "|before|after|trace|debug|info|warn(ing)?|error|severe|config|fine\\w*|log");
  // Of those that find out what an argument equals.
  private static final Pattern COMPARES =
      Pattern.compile(
          "get|getOrDefault|add|put|putIfAbsent|contains|containsKey|containsValue|remove"
              + "|remove(First|Last)Occurrence|replace|compute\\w*|merge|(last)?[iI]ndexOf|search");
  // Of those that ask for texts, for hash codes, or for what equals what: all that is in there,
  // too.
  private static final Pattern READS_ALL =
      Pattern.compile(
          "join|valueOf|toString|deep\\w+|hash|hashCode|equals|print(ln|f)?|format(ted)?|append|insert");
  private static final Pattern CHANGES_ARGUMENTS =
      Pattern.compile("sort|shuffle|swap|fill|rotate|reverse|replaceAll|copy|drainTo");

  // Of a buffer: what reads its position or its limit, and changes neither.
  private static final Pattern READS_BUFFER =
      Pattern.compile(
          "(position|limit|order|slice)\\(\\).*"
              + "|(remaining|hasRemaining|duplicate|as\\w+Buffer|equals|hashCode|compareTo|mismatch|toString"
              + "|charAt|length|isEmpty|subSequence|chars|codePoints)\\(.*");
  private static final Pattern PASSES_BUFFER_BY =
      Pattern.compile(
          "get\\w*\\(I.*|put\\w*\\(I[^)].*|(slice|alignedSlice|alignmentOffset)\\(I.*"
              + "|(capacity|is(Direct|ReadOnly|Loaded)|hasArray|array|arrayOffset|load|force|getClass)\\(.*");

  // By class: the one that is not made for it; empty of one that is, or of which that is not known.
  private static final ClassValue<Optional<Class<?>>> OF =
      new ClassValue<>() {
        @Override
        protected Optional<Class<?>> computeValue(Class<?> type) {
          return find(type);
        }
      };

  // Of what goes through others: the interface by which it does.
  private static final ClassValue<Optional<Class<?>>> CURSORS =
      new ClassValue<>() {
        @Override
        protected Optional<Class<?>> computeValue(Class<?> type) {
          return findCursor(type);
        }
      };

  private NotThreadSafe() {}

  /** The class because of which two threads must not use such objects at once, if there is one. */
  public static Optional<Class<?>> of(Class<?> type) {
    return OF.get(type);
  }

  /**
   * Of objects of the JDK that go through others, and keep where they are: an iterator, a
   * spliterator, an enumeration.
   */
  public static Optional<Class<?>> cursor(Class<?> type) {
    return CURSORS.get(type);
  }

  /** Whether it matters for objects of a class, by its internal name, which calls overlap. */
  public static boolean is(String internalName) {
    String name = internalName.replace('/', '.');
    return isListed(name) || PIECEWISE.matcher(name).matches();
  }

  private static boolean isListed(String name) {
    return CLASSES.contains(name) || OTHERS.matcher(name).matches();
  }

  /** Whether it is one of those of which only the methods are known that change nothing. */
  public static boolean isOther(Class<?> type) {
    return of(type).filter(known -> OTHERS.matcher(known.getName()).matches()).isPresent();
  }

  /**
   * Whether several threads may use an object of a class at once, but while one goes through it the
   * others change it.
   */
  public static boolean isPiecewise(Class<?> type) {
    return PIECEWISE.matcher(ofJdk(type).getName()).matches();
  }

  /** Whether each call of an object of a class takes a lock of it, or goes by an iterator. */
  public static boolean locksItself(Class<?> type) {
    return LOCK_THEMSELVES.matcher(ofJdk(type).getName()).matches();
  }

  private static Optional<Class<?>> find(Class<?> type) {
    if (type.isArray()) {
      return Optional.of(type);
    }
    Class<?> ofJdk = ofJdk(type);
    if (isListed(ofJdk.getName())) {
      return Optional.of(ofJdk);
    }
    // A view or an entry is of a nested class of the collection's.
    while (ofJdk.getEnclosingClass() != null) {
      ofJdk = ofJdk.getEnclosingClass();
    }
    for (Class<?> at = ofJdk; at != null; at = at.getSuperclass()) {
      if (isListed(at.getName())) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static Class<?> ofJdk(Class<?> type) {
    Class<?> ofJdk = type;
    while (ofJdk.getClassLoader() != null) {
      ofJdk = ofJdk.getSuperclass();
    }
    return ofJdk;
  }

  private static Optional<Class<?>> findCursor(Class<?> type) {
    // One that goes through nothing is a constant that all share.
    boolean isEmpty = type.getName().contains("$Empty");
    boolean isOfJdk = type.getClassLoader() == null;
    for (Class<?> cursor : List.of(Iterator.class, Spliterator.class, Enumeration.class)) {
      if (isOfJdk && !isEmpty && cursor.isAssignableFrom(type)) {
        return Optional.of(cursor);
      }
    }
    return Optional.empty();
  }

  /** What a method does to such an object. */
  public static Effect effect(String method) {
    if (method.equals("set")) {
      return Effect.CHANGES_UNLESS_A_LIST;
    }
    if (GOES_ON.matcher(method).matches()) {
      return Effect.GOES_ON;
    }
    if (LOOKS_UP.matcher(method).matches()) {
      return Effect.LOOKS_UP;
    }
    if (READS_ONE.matcher(method).matches()) {
      return Effect.READS_ONE;
    }
    return CHANGES.matcher(method).matches() ? Effect.CHANGES : Effect.NONE;
  }

  /** What a method does to a buffer. Most of them share its position, and where it ends. */
  public static Effect effectOnBuffer(String method, String descriptor) {
    String called = method + descriptor;
    return PASSES_BUFFER_BY.matcher(called).matches()
        ? Effect.PASSES_BY
        : READS_BUFFER.matcher(called).matches() ? Effect.NONE : Effect.CHANGES;
  }

  /** What a method does to one of the others: what is not known to read it changes it. */
  public static Effect effectOnOther(String method, String descriptor) {
    return READS_OTHER.matcher(method + descriptor).matches() ? Effect.NONE : Effect.CHANGES;
  }

  /** Whether a call looks at such objects that it is given, or changes one. */
  public static boolean usesArguments(String method, boolean isStatic) {
    OnArguments does = onArguments(method);
    return does.reads() || (isStatic ? does.changesIfStatic() : does.changes() || does.compares());
  }

  /** What a method does to such objects that it is given. */
  public static OnArguments onArguments(String method) {
    boolean readsAll = READS_ALL.matcher(method).matches();
    boolean changes = CHANGES_ARGUMENTS.matcher(method).matches();
    return new OnArguments(
        readsAll || READS_ARGUMENTS.matcher(method).matches(),
        readsAll,
        COMPARES.matcher(method).matches(),
        changes,
        changes || method.equals("addAll"));
  }
}
