package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import oversell.explorer.hook.NotThreadSafe;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Treatment;
import oversell.explorer.weave.Meaning.Arguments;

/**
 * How a call from a woven class into a class that is not woven is announced.
 *
 * @param how where the announcement goes
 * @param operation what it is of
 * @param hook the method of {@link oversell.explorer.hook.Hooks} that is called; empty if none is
 * @param dispatch decides by class, if the declared types leave that open
 * @param hasLimit whether it is made with no time left of the limit that it is given
 */
record CallRule(
    How how, Operation operation, String hook, @Nullable CallDispatch dispatch, boolean hasLimit) {
  /** No announcement: what is called can be shared by nobody, or changes nothing. */
  static final CallRule NONE = of(How.NOT, Operation.CALL, "");

  private static final String COLLECTION = "java/util/Collection";
  private static final String HOOK_PACKAGE = "oversell/explorer/hook/";
  private static final Pattern BUFFERS = Pattern.compile("Ljava/nio/\\w*Buffer;");
  private static final Set<String> OVERRIDDEN =
      Set.of(
          "ThreadHooks.start",
          "ThreadHooks.interrupt",
          "ThreadHooks.isInterrupted",
          "PoolHooks.reject",
          "ShutdownHooks.shutdown",
          "ShutdownHooks.shutdownNow",
          "CompleterHooks.complete",
          "CompleterHooks.completeExceptionally");

  enum How {
    /** None. */
    NOT,
    /** Before the call, with its receiver. */
    WITH_RECEIVER,
    /** Before the call, with its receiver and its first argument, the number of an element. */
    WITH_ELEMENT,
    /** Before the call, with its receiver, a handle, and its arguments that say of what. */
    WITH_COORDINATES,
    /** Before the call. */
    BEFORE,
    /** Before the call, with its receiver and those arguments that matter. */
    DISPATCHED,
    /** Instead of the call, with its receiver and its arguments. */
    INSTEAD
  }

  /** Whether it is of a call that is made, during which the JDK may call back. */
  boolean isOfCall() {
    return switch (how) {
      case WITH_RECEIVER, WITH_ELEMENT, WITH_COORDINATES, DISPATCHED -> true;
      case BEFORE -> hook.equals("callAnything");
      case NOT, INSTEAD -> false;
    };
  }

  /** Whether it is not under control. */
  boolean isRefused() {
    return hook.equals("escape");
  }

  /** Whether it is known only after the call whether that has changed anything. */
  boolean isOfAttempt() {
    return hook.startsWith("attempt");
  }

  /** The class that has a hook: the one that is named before a point, else that of most of them. */
  static String hookOwner(String hook) {
    int point = hook.indexOf('.');
    return point < 0 ? AccessWeaver.HOOKS : HOOK_PACKAGE + hook.substring(0, point);
  }

  static String hookMethod(String hook) {
    return hook.substring(hook.indexOf('.') + 1);
  }

  /** Whether it is of a method that a woven class may override, and then call past itself. */
  boolean isOfSuper() {
    return how == How.INSTEAD && OVERRIDDEN.contains(hook);
  }

  private static CallRule of(How how, Operation operation, String hook) {
    return new CallRule(how, operation, hook, null, false);
  }

  /** The same of a call that waits for a limited time. */
  CallRule withLimit() {
    return switch (how) {
      case INSTEAD -> this;
      case BEFORE ->
          operation == Operation.ESCAPE ? this : new CallRule(how, operation, hook, null, true);
      case NOT, WITH_RECEIVER, WITH_ELEMENT, WITH_COORDINATES, DISPATCHED ->
          new CallRule(how, operation, hook, dispatch, true);
    };
  }

  static CallRule anything(Operation operation) {
    return of(How.BEFORE, operation, "callAnything");
  }

  /**
   * The rule for a call whose receiver and arguments can be looked at.
   *
   * @param open whether the class that declares the method is an interface or abstract, so that the
   *     class of the receiver says more
   */
  static CallRule of(
      Meaning meaning,
      JdkCalls calls,
      String owner,
      String name,
      String descriptor,
      boolean isStatic,
      boolean open) {
    if (Reflective.is(owner, name)) {
      Reflective dispatch = Reflective.of(calls, name, descriptor);
      return new CallRule(How.DISPATCHED, meaning.operation(), "dispatch", dispatch, false);
    }
    boolean ofCollection =
        meaning.treatment() == Treatment.RECEIVER || meaning.operation() == Operation.CALL;
    if (meaning.replaces() && !isStatic && ofCollection) {
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < Type.getArgumentTypes(descriptor).length; i++) {
        all.add(i);
      }
      ByClass dispatch = new ByClass(calls, owner, name, descriptor, null, all, false);
      return new CallRule(
          How.INSTEAD, meaning.operation(), meaning.hook().orElseThrow(), dispatch, false);
    }
    if (isStatic && meaning.hook().filter("CollectionHooks.addAll"::equals).isPresent()) {
      // It calls this one, for each element.
      ByClass add =
          new ByClass(calls, COLLECTION, "add", "(Ljava/lang/Object;)Z", null, List.of(0), false);
      return new CallRule(How.INSTEAD, Operation.CALL, meaning.hook().orElseThrow(), add, false);
    }
    boolean isText = meaning.treatment() == Treatment.EVERYTHING && ByClass.makesTexts(name);
    if (isText && owner.equals("java/util/concurrent/atomic/AtomicReference")) {
      // It asks what it refers to.
      ByClass dispatch = new ByClass(calls, owner, name, descriptor, meaning, List.of(), false);
      return new CallRule(How.DISPATCHED, Operation.CALL, "dispatch", dispatch, false);
    }
    if (meaning.hook().isPresent() || meaning.treatment() == Treatment.UNCONTROLLED) {
      return fixed(meaning);
    }
    if (owner.equals("java/lang/invoke/MethodHandle") && name.startsWith("invoke")) {
      ByClass dispatch =
          new ByClass(calls, owner, name, descriptor, meaning, references(descriptor), false);
      return new CallRule(How.DISPATCHED, meaning.operation(), "dispatch", dispatch, false);
    }
    // Locks are looked at by those who ask for them.
    boolean byClass =
        !isStatic
            && meaning.treatment() != Treatment.GUARD
            // What stands behind the lab's own interfaces announces itself, woven or not.
            && !owner.startsWith("oversell/")
            && (open
                || JdkCalls.mayWriteWhereItReads(owner)
                || owner.equals("java/util/Random")
                || OwnMonitors.areOf(owner)
                || NotThreadSafe.is(owner)
                || owner.equals("java/io/PrintStream")
                // Those that extend them have some of their methods from there.
                || owner.matches("java/io/Filter(In|Out)putStream")
                || isOfAnyObject(owner, name));
    boolean usesArguments = usesArguments(owner, name, descriptor, isStatic);
    if (!byClass && !isText && !usesArguments && meaning.treatment() == Treatment.EVERYTHING) {
      return anything(meaning.operation());
    }
    if (isStatic && !isText && !usesArguments && meaning.treatment() != Treatment.NOTHING) {
      return anything(meaning.operation());
    }
    List<Integer> looked = new ArrayList<>();
    Type[] arguments = Type.getArgumentTypes(descriptor);
    for (int i = 0; i < arguments.length; i++) {
      boolean may =
          byClass || meaning.arguments() != Arguments.KEPT || Kind.isFunction(arguments[i]);
      if (may && Kind.ofDeclared(arguments[i]) != Kind.VALUE) {
        looked.add(i);
      }
    }
    if (byClass || isText || !looked.isEmpty()) {
      ByClass dispatch =
          new ByClass(calls, owner, name, descriptor, byClass ? null : meaning, looked, false);
      return new CallRule(How.DISPATCHED, meaning.operation(), "dispatch", dispatch, false);
    }
    return fixed(meaning);
  }

  /** The rule for a call of a woven class that a mock of it may answer. */
  static CallRule ofMocks(Mocks mocks) {
    return new CallRule(How.DISPATCHED, Operation.CALL, "dispatch", mocks, false);
  }

  /** The rule for a call of a method past what overrides it, which takes a monitor of its own. */
  static CallRule ofInherited(
      Meaning meaning, JdkCalls calls, String owner, String name, String descriptor) {
    // The explorer's own ways are for what can be called by anybody.
    Meaning plain = meaning.replaces() ? Meaning.everything() : meaning;
    ByClass dispatch =
        new ByClass(calls, owner, name, descriptor, plain, references(descriptor), true);
    return new CallRule(How.DISPATCHED, plain.operation(), "dispatch", dispatch, false);
  }

  /** The arguments that may be objects which can change, by number. */
  private static List<Integer> references(String descriptor) {
    List<Integer> references = new ArrayList<>();
    Type[] arguments = Type.getArgumentTypes(descriptor);
    for (int i = 0; i < arguments.length; i++) {
      if (Kind.ofDeclared(arguments[i]) != Kind.VALUE) {
        references.add(i);
      }
    }
    return references;
  }

  /** The rule for a call of which only the declared types can be looked at: in a constructor. */
  static CallRule ofSpecial(Meaning meaning, String name, String descriptor) {
    if (meaning.replaces() && OVERRIDDEN.contains(meaning.hook().orElse(""))) {
      return fixed(meaning);
    }
    if (meaning.replaces()
        && meaning
            .hook()
            .orElse("")
            .matches("(Timed|Invoke|Scope|Stream|Fork|Completer)Hooks[.].*")) {
      // Past its own hook it would wait for a real timer, or use the threads of the JDK.
      return fixed(Meaning.uncontrolled());
    }
    if (meaning.replaces() || isOfPlace(meaning)) {
      return anything(meaning.operation());
    }
    boolean reads = meaning.arguments() != Arguments.KEPT;
    boolean runs = !name.equals("<init>");
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      boolean looked = Kind.isFunction(argument) ? runs : reads;
      if (looked
          && Kind.ofDeclared(argument) != Kind.VALUE
          && meaning.treatment() != Treatment.UNCONTROLLED) {
        return anything(meaning.operation());
      }
    }
    return fixed(meaning);
  }

  private static boolean isOfAnyObject(String owner, String name) {
    return owner.matches(
            "java/lang/Object|java/util/Optional|java/util/.*(List|Set|Map|Queue|Entry)")
        && name.matches("toString|hashCode|equals");
  }

  /**
   * Whether a call may look at objects that it is given, which two threads must not use at once.
   */
  static boolean usesArguments(String owner, String name, String descriptor, boolean isStatic) {
    String arguments = descriptor.substring(0, descriptor.indexOf(')'));
    boolean isOfCollections =
        owner.matches(
            isStatic ? "java/util/(Collections|List|Set|Map|EnumSet|Arrays)" : "java/util/.*");
    boolean mayTakeOne =
        isStatic
            ? arguments.contains("Ljava/util/") || arguments.contains("[Ljava/lang/Object;")
            : arguments.contains("Ljava/util/") || arguments.contains("Ljava/lang/Object;");
    return (isOfCollections && mayTakeOne && NotThreadSafe.usesArguments(name, isStatic))
        // A buffer that is read or written goes on.
        || BUFFERS.matcher(arguments).find();
  }

  private static boolean isOfPlace(Meaning meaning) {
    return meaning.treatment() == Treatment.RECEIVER && meaning.hook().isPresent();
  }

  private static How how(Meaning meaning, String hook) {
    if (meaning.replaces()) {
      return How.INSTEAD;
    }
    if (isOfPlace(meaning)) {
      return hook.endsWith("At")
          ? How.WITH_ELEMENT
          : hook.endsWith("By") ? How.WITH_COORDINATES : How.WITH_RECEIVER;
    }
    return meaning.treatment() == Treatment.GUARD ? How.WITH_RECEIVER : How.BEFORE;
  }

  private static CallRule fixed(Meaning meaning) {
    if (meaning.hook().isPresent()) {
      return of(how(meaning, meaning.hook().get()), meaning.operation(), meaning.hook().get());
    }
    return switch (meaning.treatment()) {
      case NOTHING -> NONE;
      case READING -> of(How.WITH_RECEIVER, Operation.CALL, "look");
      case RECEIVER -> of(How.WITH_RECEIVER, Operation.CALL, "call");
      case GUARD -> of(How.WITH_RECEIVER, Operation.GUARD, "guard");
      // Of a class that shows it: what it goes through is looked at by those that leave it open.
      case PART, EVERYTHING -> anything(meaning.operation());
      case UNCONTROLLED -> of(How.BEFORE, Operation.ESCAPE, "escape");
    };
  }
}
