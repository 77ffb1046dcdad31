package oversell.explorer.weave;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Dispatch;
import oversell.explorer.hook.Treatment;

/**
 * Whether a call into the JDK may change a {@code ConcurrentHashMap} by code that is not woven, and
 * so announces nothing. While such a map computes a value, a change of it may have to wait, and the
 * explorer can make only those changes wait that it sees.
 *
 * <p>The JDK changes a map only if that, or a view of it, is what it is called on or is passed to
 * it; of what is kept in there it asks no more than whether two are equal and which comes first.
 * All that it calls back is woven, as are the lambdas and the method references of the program. So
 * most calls cannot: those below, whatever they are called with. Of all others the explorer looks
 * at the receiver and the arguments.
 */
final class MapChanges {
  /** Of the place of a call that changes none. */
  static final Dispatch NONE =
      new Dispatch() {
        @Override
        public Treatment treatment(@Nullable Object receiver, @Nullable Object... arguments) {
          return Treatment.EVERYTHING;
        }

        @Override
        public boolean mayChangeAMap(@Nullable Object receiver, @Nullable Object... arguments) {
          return false;
        }
      };

  // What is no collection. Of functions, the JDK has some that add to what they are passed.
  private static final Pattern OTHERS =
      Pattern.compile(
          "java/(lang|math|time|text|security|nio|io|net)/.*|javax/(crypto|security)/.*"
              + "|java/util/(regex|stream|random|logging|zip)/.*"
              + "|java/util/concurrent/(atomic|locks)/.*"
              + "|java/util/concurrent/(?!(Abstract)?Concurrent\\w*Map)\\w+(\\$.*)?"
              + "|java/util/(Arrays|Objects|Optional\\w*|StringJoiner|StringTokenizer|Formatter|UUID|Locale"
              + "|Currency|TimeZone|Date|Calendar|GregorianCalendar|Random|SplittableRandom|Base64.*"
              + "|HexFormat|\\w+SummaryStatistics|ServiceLoader.*|Comparator|Timer|TimerTask|BitSet"
              + "|Spliterators?.*|PrimitiveIterator.*|Scanner|ResourceBundle.*)");

  // Each changes itself alone, in the methods that it declares.
  private static final Pattern COLLECTIONS =
      Pattern.compile(
          "java/util/(ArrayList|LinkedList|ArrayDeque|PriorityQueue|Vector|Stack|HashMap|LinkedHashMap"
              + "|TreeMap|HashSet|LinkedHashSet|TreeSet|EnumMap|EnumSet|IdentityHashMap|Hashtable)"
              + "|java/util/concurrent/ConcurrentSkipListMap");
  private static final Pattern LOOKS =
      Pattern.compile(
          "get\\w*|contains\\w*|size|isEmpty|mappingCount|iterator|listIterator|hasNext|next|hasPrevious"
              + "|previous|hasMoreElements|nextElement|keys|elements|keySet|navigableKeySet|values"
              + "|entrySet|stream|parallelStream|spliterator|toArray|forEach\\w*|peek\\w*|element"
              + "|(first|last|floor|ceiling|higher|lower|descending)\\w*|(head|sub|tail)(Map|Set|List)"
              + "|reversed|comparator|indexOf|lastIndexOf|equals|hashCode|toString"
              // These make a new one.
              + "|of|ofEntries|copyOf|entry|newKeySet|newSetFromMap|nCopies|list|enumeration"
              + "|(unmodifiable|synchronized|checked|empty|singleton)\\w*");
  private static final Pattern PASSED_ON =
      Pattern.compile(
          // A collector may be given the collection that it adds to.
          "java/util/stream/\\w+\\.collect"
              + "|java/util/concurrent/\\w+\\.drainTo"
              + "|java/lang/invoke/MethodHandle\\.invoke\\w*"
              + "|java/lang/reflect/(Method\\.invoke|Constructor\\.newInstance)"
              + "|java/util/Collections\\.addAll");

  private MapChanges() {}

  /**
   * Whether a call may change what it is called on or what it is passed, if that is a map.
   *
   * @param owner the class that declares the method
   */
  static boolean mayBe(String owner, String name) {
    if (PASSED_ON.matcher(owner + '.' + name).matches()) {
      return true;
    }
    boolean isOfJdk = owner.startsWith("java/") || owner.startsWith("javax/");
    boolean isClone = name.equals("clone");
    return (!isOfJdk && !isClone)
        || !(isClone
            || name.equals("<init>")
            || LOOKS.matcher(name).matches()
            || OTHERS.matcher(owner).matches()
            || COLLECTIONS.matcher(owner).matches()
            || owner.equals("java/util/Collections"));
  }
}
