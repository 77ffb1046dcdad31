package oversell.explorer.weave;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import oversell.explorer.hook.Holding;
import oversell.explorer.hook.Treatment;
import oversell.explorer.weave.Meaning.Arguments;

/**
 * Decides how a call counts by the classes of its receiver and its arguments, when it is made: a
 * {@code Number} may be an atomic one, and whoever is asked for the text of an {@code Object} may
 * be a list.
 */
final class ByClass implements CallDispatch {
  private static final Pattern TEXTS =
      Pattern.compile("valueOf|toString|deepToString|append|insert|print(ln|f)?|format(ted)?|join");

  /** Why a call that makes a text of an object is not under control, and what to do about it. */
  static final String OF_A_TEXT =
      " (the text of a pool, or of another object, that changes without a step; name what you need"
          + " of it)";

  // Of a string, or of a code point, into an array that they are given.
  private static final Pattern WRITES_ARRAYS = Pattern.compile("getChars|getBytes|toChars");

  private final JdkCalls calls;
  private final String owner;
  private final String name;
  private final String descriptor;
  private final @Nullable Meaning fixed;
  private final int[] looked;
  private final boolean[] functions;
  private final boolean inherited;
  // Whether it asks its arguments for their texts.
  private final boolean makesTexts;
  private final boolean mayChangeAMap;
  // Whether it does nothing with an array but read it and what is in it.
  private final boolean readsArrays;
  // Of the receiver's class that was seen last: most calls see one.
  private volatile @Nullable Seen last;
  private volatile @Nullable Taken lastTaken;

  /**
   * A call.
   *
   * @param fixed what it means whatever the class of its receiver; null if that decides
   * @param looked the arguments that it will be shown, by number
   * @param inherited whether it is of the owner's own method, past what overrides that
   */
  ByClass(
      JdkCalls calls,
      String owner,
      String name,
      String descriptor,
      @Nullable Meaning fixed,
      List<Integer> looked,
      boolean inherited) {
    this.calls = calls;
    this.owner = owner;
    this.name = name;
    this.descriptor = descriptor;
    this.fixed = fixed;
    this.inherited = inherited;
    readsArrays =
        fixed != null
            && fixed.treatment() == Treatment.NOTHING
            && fixed.arguments() == Arguments.READ
            && !WRITES_ARRAYS.matcher(name).matches();
    makesTexts = makesTexts(name);
    mayChangeAMap = MapChanges.mayBe(owner, name);
    this.looked = looked.stream().mapToInt(i -> i).toArray();
    Type[] types = Type.getArgumentTypes(descriptor);
    functions = new boolean[this.looked.length];
    for (int i = 0; i < functions.length; i++) {
      functions[i] = Kind.isFunction(types[this.looked[i]]);
    }
  }

  /** Whether a call of that name may ask what it is given for its text. */
  static boolean makesTexts(String name) {
    return TEXTS.matcher(name).matches();
  }

  private record Seen(Class<?> type, @Nullable Meaning meaning) {}

  private record Taken(Class<?> type, Holding holding) {}

  @Override
  public int[] looked() {
    return looked;
  }

  @Override
  public String descriptor() {
    return descriptor;
  }

  @Override
  public Treatment treatment(@Nullable Object receiver, @Nullable Object... arguments) {
    Meaning meaning = fixed;
    if (meaning == null) {
      if (receiver == null) {
        // The call throws, and touches nothing.
        return Treatment.NOTHING;
      }
      Seen seen = last;
      if (seen == null || seen.type() != receiver.getClass()) {
        seen = new Seen(receiver.getClass(), find(receiver));
        last = seen;
      }
      meaning = seen.meaning();
      if (meaning == null) {
        // Woven: it announces what it does.
        return Treatment.NOTHING;
      }
    }
    if (meaning.treatment() == Treatment.UNCONTROLLED) {
      return Treatment.UNCONTROLLED;
    }
    for (int i = 0; i < arguments.length; i++) {
      Arguments use = functions[i] ? Arguments.READ : meaning.arguments();
      if (!use.spares(Kind.of(arguments[i])) && !isOfValues(arguments[i], functions[i])) {
        boolean isText = makesTexts && isTextUncontrolled(arguments[i]);
        return isText ? Treatment.UNCONTROLLED : Treatment.EVERYTHING;
      }
    }
    return meaning.treatment();
  }

  /** Whether it is an array that is only read, and so are values alone. */
  private boolean isOfValues(@Nullable Object argument, boolean isFunction) {
    return readsArrays && !isFunction && argument != null && Kind.isArrayOfValues(argument);
  }

  @Override
  public boolean readsArrays() {
    return readsArrays;
  }

  @Override
  public String refusal(String subject, @Nullable Object receiver, @Nullable Object... arguments) {
    String declared = owner;
    if (fixed == null && receiver != null) {
      declared = Kind.nearestOutside(receiver.getClass()).getName().replace('.', '/');
    }
    Optional<String> refusal = calls.refusal(declared, name, descriptor);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    for (Object argument : arguments) {
      if (makesTexts && isTextUncontrolled(argument)) {
        return subject + OF_A_TEXT;
      }
    }
    return JdkCalls.refusal(
        declared,
        name,
        "the explorer makes it itself, and only where it sees what it is called on",
        "declare that as what it is, and not as " + simple(owner));
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('/') + 1).replace('$', '.');
  }

  private boolean isTextUncontrolled(@Nullable Object argument) {
    return argument != null
        && !Kind.isWoven(argument.getClass())
        && calls
                .of(Type.getInternalName(argument.getClass()), "toString", "()Ljava/lang/String;")
                .treatment()
            == Treatment.UNCONTROLLED;
  }

  // It is the console itself that nobody reads.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public boolean makesTexts(@Nullable Object receiver) {
    return makesTexts && receiver != System.out && receiver != System.err;
  }

  @Override
  public boolean mayChangeAMap(@Nullable Object receiver, @Nullable Object... arguments) {
    return mayChangeAMap;
  }

  @Override
  public Holding holding(@Nullable Object receiver) {
    if (receiver == null) {
      return Holding.ANY;
    }
    Taken taken = lastTaken;
    if (taken == null || taken.type() != receiver.getClass()) {
      Class<?> type = receiver.getClass();
      String from = inherited ? owner : null;
      taken = new Taken(type, OwnMonitors.of(type, from, name, descriptor));
      lastTaken = taken;
    }
    return taken.holding();
  }

  /** Whether a class that is woven has a method of its own, instead of one that it inherits. */
  private boolean isOverridden(Class<?> type, Class<?> outside) {
    for (Class<?> at = type; at != outside; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && Type.getMethodDescriptor(method).equals(descriptor)
            && !Modifier.isAbstract(method.getModifiers())) {
          return true;
        }
      }
    }
    return false;
  }

  /** What it means on an object; null if that is woven. */
  // It is the console itself that nobody reads.
  @SuppressWarnings("ReferenceEquality")
  private @Nullable Meaning find(Object receiver) {
    Class<?> outside = Kind.nearestOutside(receiver.getClass());
    String type = outside.getName().replace('.', '/');
    if (Kind.isWoven(receiver.getClass())) {
      if (outside == Object.class
          || outside == Record.class
          || outside == Enum.class
          || isOverridden(receiver.getClass(), outside)) {
        return null;
      }
    } else if (receiver == System.out || receiver == System.err) {
      return calls.of(owner, name, descriptor);
    } else if (type.equals("java/io/PrintStream")) {
      return Meaning.everything();
    }
    if (Mocks.isMade(receiver.getClass())) {
      return Meaning.everything();
    }
    boolean declaredSays =
        !owner.equals("java/lang/Object")
            && !JdkCalls.mayWriteWhereItReads(owner)
            && calls
                .row(owner, name, descriptor)
                .filter(row -> row.meaning().hook().isEmpty())
                .isPresent();
    boolean ofJdk = type.matches("(java|javax|jdk|sun|com/sun)/.*");
    if (!ofJdk || (declaredSays && outside == receiver.getClass())) {
      return calls.of(owner, name, descriptor);
    }
    // Classes that the JDK keeps to itself stand behind its interfaces.
    if (type.matches("(jdk|sun|com/sun)/.*")) {
      return Meaning.everything();
    }
    Meaning meaning = calls.of(type, name, descriptor);
    // What the explorer does itself it does where the declared type shows what is called.
    if (meaning.isNeeded() && !calls.of(owner, name, descriptor).hook().equals(meaning.hook())) {
      return Meaning.uncontrolled();
    }
    return meaning.hook().isPresent() && !meaning.replaces() ? Meaning.everything() : meaning;
  }
}
