package oversell.weave;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.objectweb.asm.Type;

/**
 * What the JDK can get at by way of an object that is handed to it: whoever asks a list for its
 * text reads the list.
 */
final class Reach {
  private static final Pattern MUTABLE =
      Pattern.compile(
          "java/lang/(Object|Iterable|CharSequence|Appendable|StringBu.*)|java/util/(?!function/|concurrent/TimeUnit"
              + "|concurrent/Callable|Comparator|Locale|Optional|UUID|.*Exception).*"
              + "|java/io/(?!PrintStream|.*Exception|Serializable).*|java/nio/.*Buffer|java/text/.*");

  private Reach() {}

  /** Whether objects of a class of the JDK can change. */
  static boolean of(String internalName) {
    return MUTABLE.matcher(internalName).matches();
  }

  /** Whether one of the arguments of a method can change. */
  static boolean ofArguments(String descriptor) {
    return Arrays.stream(Type.getArgumentTypes(descriptor)).anyMatch(Reach::of);
  }

  private static boolean of(Type type) {
    return switch (type.getSort()) {
      case Type.ARRAY -> true;
      case Type.OBJECT -> of(type.getInternalName());
      default -> false;
    };
  }

  /** Whether a method is one that every object has, and that can look at all of it. */
  static boolean isOfAnyObject(String name, String descriptor) {
    return switch (name) {
      case "toString" -> descriptor.equals("()Ljava/lang/String;");
      case "hashCode" -> descriptor.equals("()I");
      case "equals" -> descriptor.equals("(Ljava/lang/Object;)Z");
      default -> false;
    };
  }
}
