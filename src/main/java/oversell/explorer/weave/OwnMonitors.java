package oversell.explorer.weave;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Holding;

/**
 * Which methods of the JDK take the monitor of the object that they are called on, or the one that
 * it shares with others: the views of a synchronized map have that of the map. Like {@link
 * JdkCalls} a table: the first row that fits the class that declares a method decides. What no row
 * knows is in that monitor throughout if it is declared {@code synchronized}; otherwise it is in
 * none, but for the classes that are named here, of which it is in doubt.
 */
final class OwnMonitors {
  private static final Pattern NAMED =
      Pattern.compile(
          "java/util/(Vector|Stack|Hashtable|Properties)(\\$.*)?|java/util/Collections\\$Synchronized.*"
              + "|java/lang/StringBuffer|java/io/(ByteArray(In|Out)putStream|CharArrayWriter)");

  private record Row(String reason, Pattern owners, Pattern methods, Holding holding) {
    static Row of(String reason, String owners, String methods, Holding holding) {
      return new Row(reason, Pattern.compile(owners), Pattern.compile(methods), holding);
    }

    boolean fits(String owner, String method) {
      return owners.matcher(owner).matches() && methods.matcher(method).matches();
    }
  }

  private static final List<Row> ROWS =
      List.of(
          Row.of(
              "Whoever goes through it has to take the monitor himself",
              "java/util/Collections\\$Synchronized\\w+",
              "(iterator|listIterator|spliterator|stream|parallelStream)\\(.*",
              Holding.NONE),
          // That of a map that can be navigated makes its view in another method.
          Row.of(
              "The wrapper is in its mutex while it calls what it wraps",
              "java/util/Collections\\$Synchronized\\w+",
              ".*",
              Holding.THROUGHOUT),
          Row.of(
              "It does nothing but call a synchronized method of the same object",
              "java/util/Vector",
              "(contains|indexOf|remove|removeAll|retainAll|removeIf|clear|add)\\(.*",
              Holding.THROUGHOUT),
          Row.of(
              "It does nothing but call a synchronized method of the same object",
              "java/util/Stack",
              "(push|empty)\\(.*",
              Holding.THROUGHOUT),
          Row.of(
              "It does nothing but call a synchronized method of the same object",
              "java/util/Hashtable",
              "containsValue\\(.*",
              Holding.THROUGHOUT),
          Row.of(
              "It does nothing but call a synchronized method of the same object",
              "java/lang/StringBuffer",
              "(last)?[iI]ndexOf\\(.*|insert\\(I[^L].*",
              Holding.THROUGHOUT),
          Row.of(
              "It does nothing but call a synchronized method of the same object",
              "java/io/ByteArrayOutputStream",
              "writeBytes\\(.*",
              Holding.THROUGHOUT),
          Row.of(
              "Iterators of a vector take its monitor for each element",
              "java/util/Vector\\$(Itr|ListItr|1)",
              "(next|nextElement|previous|remove|set|add|forEachRemaining)\\(.*",
              Holding.THROUGHOUT),
          Row.of(
              "Iterators of a vector take its monitor for each element",
              "java/util/Vector\\$(Itr|ListItr|1)",
              "(hasNext|hasPrevious|hasMoreElements|nextIndex|previousIndex)\\(.*",
              Holding.NONE),
          Row.of(
              "Iterators of a table only remove in its monitor",
              "java/util/Hashtable\\$Enumerator",
              "(hasNext|next|hasMoreElements|nextElement)\\(.*",
              Holding.NONE),
          Row.of(
              "Iterators of a table only remove in its monitor",
              "java/util/Hashtable\\$Enumerator",
              "remove\\(.*",
              Holding.AS_ONE),
          Row.of(
              "It asks its argument, and then goes into the monitor",
              "java/util/Vector",
              "addAll\\(Ljava/util/Collection;\\)Z",
              Holding.AS_ONE),
          Row.of(
              "It asks its argument, and then goes into the monitor",
              "java/lang/StringBuffer",
              "insert\\(ILjava/lang/CharSequence;\\).*",
              Holding.AS_ONE),
          Row.of(
              "It makes a view, which goes into the monitor itself",
              "java/util/(Vector|Hashtable)|java/util/Collection",
              "(elements|spliterator|stream|keySet|entrySet|values)\\(.*",
              Holding.NONE),
          Row.of(
              "Properties are read from a map that needs no monitor",
              "java/util/Properties",
              "(getProperty|size|isEmpty|keys|elements|contains|containsValue|containsKey|get|getOrDefault|keySet"
                  + "|values|entrySet)\\(.*",
              Holding.NONE),
          Row.of("It does nothing", "java/io/ByteArrayOutputStream", "close\\(.*", Holding.NONE),
          Row.of("It touches nothing", "java/lang/Object", "getClass\\(.*", Holding.NONE),
          Row.of(
              "Iterators of what takes no monitor itself",
              "java/util/(ArrayList|LinkedList|ArrayDeque|PriorityQueue|HashMap|LinkedHashMap|TreeMap"
                  + "|IdentityHashMap|EnumMap)\\$\\w*(Itr|Iterator)",
              "(hasNext|next|nextNode|nextEntry|remove|hasPrevious|previous|nextIndex|previousIndex)\\(.*",
              Holding.NONE));

  private OwnMonitors() {}

  /** Whether objects of a class have methods that take a monitor of their own, by its name. */
  static boolean areOf(String type) {
    return NAMED.matcher(type).matches();
  }

  /**
   * What a call takes.
   *
   * @param type the class of its receiver
   * @param inherited the class that has the method, of a call past what overrides it; or null
   */
  static Holding of(Class<?> type, @Nullable String inherited, String name, String descriptor) {
    boolean isNamed = false;
    boolean isBelow = inherited != null;
    Holding found = null;
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      String owner = Type.getInternalName(at);
      isBelow &= !owner.equals(inherited);
      isNamed |= areOf(owner);
      Method method = found == null && !isBelow ? declared(at, name, descriptor) : null;
      if (method != null && Kind.isWoven(at)) {
        // It announces itself what it takes.
        return Holding.NONE;
      }
      if (method != null) {
        found = of(owner, method);
      }
    }
    if (found != null && found != Holding.ANY) {
      return found;
    }
    if (found == null && isNamed) {
      found = row("java/util/Collection", name + descriptor);
    }
    return found == null || found == Holding.ANY ? (isNamed ? Holding.UNSURE : Holding.ANY) : found;
  }

  /**
   * What a method takes that a class declares; {@link Holding#ANY} if neither it nor a row says.
   */
  static Holding of(String owner, Method method) {
    return Modifier.isSynchronized(method.getModifiers())
        ? Holding.THROUGHOUT
        : row(owner, method.getName() + Type.getMethodDescriptor(method));
  }

  private static Holding row(String owner, String method) {
    for (Row row : ROWS) {
      if (row.fits(owner, method)) {
        return row.holding();
      }
    }
    return Holding.ANY;
  }

  /** The method that a class declares; where the compiler made one for another result, that. */
  private static @Nullable Method declared(Class<?> type, String name, String descriptor) {
    List<Method> all =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals(name))
            .toList();
    Method exact = null;
    for (Method method : all) {
      if (Type.getMethodDescriptor(method).equals(descriptor)) {
        exact = method;
      }
    }
    if (exact == null || !exact.isBridge()) {
      return exact;
    }
    Type[] arguments = Type.getArgumentTypes(descriptor);
    for (Method method : all) {
      if (!method.isBridge() && Arrays.equals(Type.getArgumentTypes(method), arguments)) {
        return method;
      }
    }
    return exact;
  }
}
