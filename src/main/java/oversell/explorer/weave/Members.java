package oversell.explorer.weave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What classes declare, read from their class files without loading them. */
final class Members {
  private static final int DECLARATIONS =
      ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

  // Those of the JDK are the same for all loaders.
  private static final Map<String, Optional<Declared>> OF_THE_JDK = new ConcurrentHashMap<>();

  private final ClassFiles files;
  private final JdkCalls calls;
  private final ClassOptions classes;
  private final Unwoven unwoven;
  private final Mocks mocks;
  private final Map<String, Optional<Declared>> known = new HashMap<>();
  private final Map<String, List<String>> lines = new HashMap<>();
  private final Map<String, Optional<ClassNode>> nodes = new HashMap<>();
  private final Map<String, Leaks> leaks = new HashMap<>();
  private final Map<String, Statics> statics = new HashMap<>();

  Members(ClassLoader loader, JdkCalls calls, ClassOptions classes) {
    this.calls = calls;
    this.classes = classes;
    unwoven = classes.notWoven();
    files = new ClassFiles(loader, classes, unwoven);
    mocks = new Mocks(loader, unwoven);
  }

  /** Whether a class is woven, by its internal name. */
  boolean isWoven(String internalName) {
    return !internalName.startsWith("[") && !unwoven.contains(internalName);
  }

  /**
   * Looks for the classes each call of which is to be one step.
   *
   * @throws IllegalArgumentException if one is not there, or is none whose calls are more than that
   */
  void checkAtomic() {
    for (String name : classes.atomic()) {
      String type = name.replace('.', '/');
      if (!isWoven(type)) {
        throw refused(name, "is not woven, so a call of it is one step as it is; leave it out");
      }
      Optional<Declared> found = declared(type);
      if (found.isEmpty()) {
        throw refused(
            name,
            "is not on the class path of what is explored; write the name of a class as"
                + " Class.getName() has it, with $ before that of a nested one");
      }
      if (isInterface(found.get())) {
        throw refused(name, "is an interface; name the classes that implement it");
      }
    }
  }

  private static IllegalArgumentException refused(String name, String why) {
    return new IllegalArgumentException(
        "Options.atomic(\"%s\") makes no sense: that %s".formatted(name, why));
  }

  /** Whether each call of a method that a class declares is one step. */
  boolean isAtomic(String type) {
    return classes.isAtomic(type);
  }

  JdkCalls calls() {
    return calls;
  }

  Mocks mocks() {
    return mocks;
  }

  ClassFiles files() {
    return files;
  }

  /**
   * One class.
   *
   * @param access its own flags
   * @param ancestors superclass and interfaces
   * @param fields access flags by name
   * @param methods names with descriptors
   */
  private record Declared(
      int access, List<String> ancestors, Map<String, Integer> fields, List<String> methods) {}

  /**
   * Whether a field can change while others may have its object; so if it cannot be found. A final
   * one can if a constructor hands out the object before it sets the field.
   */
  boolean isMutable(String owner, String field) {
    String holder = holder(owner, field);
    Integer access = fieldsOf(holder).get(field);
    if (access == null || (access & Opcodes.ACC_FINAL) == 0) {
      return true;
    }
    return (access & Opcodes.ACC_STATIC) == 0 && leaks(holder).lateFields().contains(field);
  }

  /** Whether a static field is set by the initialiser of its class, rather than a constant. */
  boolean isSet(String holder, String field) {
    return node(holder).stream()
        .flatMap(node -> node.fields.stream())
        .anyMatch(one -> one.name.equals(field) && Companion.isMoved(one));
  }

  /** Where the constructors of a class hand out what they make. */
  Leaks leaks(String type) {
    Leaks found = leaks.get(type);
    if (found == null) {
      found = isWoven(type) ? leaksOf(node(type)) : Leaks.NONE;
      leaks.put(type, found);
    }
    return found;
  }

  private Leaks leaksOf(Optional<ClassNode> type) {
    return type.isPresent() ? Leaks.of(type.get(), this) : Leaks.NONE;
  }

  /** What the static fields of a class need before each execution. */
  Statics statics(String type) {
    Statics found = statics.get(type);
    if (found == null && Companion.isOne(type)) {
      return Statics.INITIALISED_AGAIN;
    }
    if (found == null) {
      found = isWoven(type) ? staticsOf(node(type)) : Statics.FIXED;
      statics.put(type, found);
    }
    return found;
  }

  private Statics staticsOf(Optional<ClassNode> type) {
    if (type.isEmpty()) {
      return Statics.FIXED;
    }
    Statics own = Statics.of(type.get(), this);
    boolean ofOthers = own == Statics.FIXED || own == Statics.ZEROED;
    return ofOthers && !initialisedWith(type.get().name).isEmpty()
        ? Statics.INITIALISED_AGAIN
        : own;
  }

  /**
   * The companions of those interfaces of a class that are initialised with it, in that order: they
   * have methods with bodies that every object has.
   */
  List<String> initialisedWith(String type) {
    List<String> with = new ArrayList<>();
    Optional<Declared> found = Companion.isOne(type) ? Optional.empty() : declared(type);
    if (found.isPresent() && !isInterface(found.get())) {
      addInterfaces(type, with);
    }
    return with;
  }

  private void addInterfaces(String type, List<String> with) {
    for (String ancestor : ancestorsOf(type)) {
      Optional<Declared> found = isWoven(ancestor) ? declared(ancestor) : Optional.empty();
      if (found.isPresent() && isInterface(found.get())) {
        addInterfaces(ancestor, with);
        String companion = Companion.of(ancestor);
        if (statics(ancestor) == Statics.MOVED
            && hasDefaults(ancestor)
            && !with.contains(companion)) {
          with.add(companion);
        }
      }
    }
  }

  private boolean hasDefaults(String interfaceName) {
    int without = Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC;
    return node(interfaceName).stream()
        .flatMap(node -> node.methods.stream())
        .anyMatch(method -> (method.access & without) == 0);
  }

  /**
   * Which class is to be initialised in each execution when a class is first used: that one, its
   * companion, or the nearest of its superclasses; null if none is.
   */
  @Nullable String initialisedFor(String type) {
    if (statics(type) == Statics.MOVED) {
      return Companion.of(type);
    }
    String at = type;
    while (isWoven(at)) {
      if (statics(at) == Statics.INITIALISED_AGAIN) {
        return at;
      }
      Optional<Declared> found = declared(at);
      if (found.isEmpty() || isInterface(found.get())) {
        return null;
      }
      at = found.get().ancestors().getFirst();
    }
    return null;
  }

  /** Whether objects of a class have fields of their own, or do something when they are made. */
  boolean hasParts(String type) {
    return fieldsOf(type).values().stream().anyMatch(access -> (access & Opcodes.ACC_STATIC) == 0)
        || node(type).stream()
            .flatMap(node -> node.methods.stream())
            .filter(method -> method.name.equals("<init>"))
            .anyMatch(Members::doesMoreThanToCallAnother);
  }

  private static boolean doesMoreThanToCallAnother(MethodNode constructor) {
    int calls = 0;
    for (AbstractInsnNode instruction : constructor.instructions) {
      switch (instruction) {
        case MethodInsnNode call -> calls += call.name.equals("<init>") ? 1 : 2;
        case FieldInsnNode field -> calls += 2;
        case InvokeDynamicInsnNode dynamic -> calls += 2;
        default -> {}
      }
    }
    return calls > 1;
  }

  /** The class, with its code, as it is before it is woven, to be read only. */
  Optional<ClassNode> node(String type) {
    Optional<ClassNode> node = nodes.get(type);
    if (node == null) {
      node = readNode(type);
      nodes.put(type, node);
    }
    return node;
  }

  private Optional<ClassNode> readNode(String type) {
    try {
      // Of what is not woven no more is asked than what it declares.
      int skipped = isWoven(type) ? 0 : DECLARATIONS;
      return files
          .read(type)
          .map(
              bytes -> {
                ClassNode node = new ClassNode();
                ClassFiles.reader(bytes).accept(node, skipped);
                return node;
              });
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether a class can be named from a package. */
  boolean isVisibleFrom(String type, String other) {
    boolean isPublic =
        Companion.isOne(type)
            || declared(type)
                .filter(found -> (found.access() & Opcodes.ACC_PUBLIC) != 0)
                .isPresent();
    return isPublic || packageOf(type).equals(packageOf(other));
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('/') + 1);
  }

  /**
   * The class that declares a field, which may be named by any that inherits it; else the one that
   * was named.
   */
  String holder(String owner, String field) {
    for (String type : lineOf(owner)) {
      if (fieldsOf(type).containsKey(field)) {
        return type;
      }
    }
    return owner;
  }

  private Map<String, Integer> fieldsOf(String type) {
    Optional<Declared> found = declared(type);
    return found.isPresent() ? found.get().fields() : Map.of();
  }

  /** Whether threads may compete for an object of a class, or its monitor: all but a record. */
  boolean mayBeCompetedFor(String owner) {
    return declared(owner)
        .filter(found -> found.ancestors().contains("java/lang/Record"))
        .isEmpty();
  }

  /** Whether objects of a type are always of other classes. */
  boolean isOpen(String owner) {
    return declared(owner)
        .filter(found -> (found.access() & (Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT)) != 0)
        .isPresent();
  }

  /**
   * Whether all that objects of a type inherit is woven, but for what every object, record, enum or
   * exception has.
   */
  boolean isAllWoven(String owner) {
    if (!isWoven(owner)) {
      return false;
    }
    String type = owner;
    while (isWoven(type)) {
      Optional<Declared> found = declared(type);
      if (found.isEmpty() || isInterface(found.get())) {
        return false;
      }
      type = found.get().ancestors().getFirst();
    }
    return type.equals("java/lang/Object")
        || type.equals("java/lang/Record")
        || type.equals("java/lang/Enum")
        || type.matches("java/.*(Exception|Error)|java/lang/Throwable");
  }

  /** Whether a type declares a method that nothing can override, nor implement. */
  boolean isPrivate(String type, String method, String descriptor) {
    return node(type).stream()
        .flatMap(node -> node.methods.stream())
        .anyMatch(
            found ->
                found.name.equals(method)
                    && found.desc.equals(descriptor)
                    && (found.access & Opcodes.ACC_PRIVATE) != 0);
  }

  /** The class that declares a method, as far as that can be found; else the one that was named. */
  String declaring(String owner, String method, String descriptor) {
    if (owner.startsWith("[")) {
      return owner;
    }
    for (String type : lineOf(owner)) {
      if (declares(type, method + descriptor)) {
        return type;
      }
    }
    return owner;
  }

  /** Whether a method overrides one of a class that is not woven, so that this may call it. */
  boolean mayBeCalledFromOutside(String type, String method, String descriptor) {
    for (String ancestor : lineOf(type)) {
      if (declares(ancestor, method + descriptor) && !isWoven(ancestor)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether who catches an exception of a type may be a thread that was interrupted, and is no
   * more.
   *
   * @param caught null of a handler of all
   */
  boolean mayBeInterrupted(@Nullable String caught) {
    if (caught == null || caught.matches("java/lang/(Throwable|Exception)")) {
      return true;
    }
    List<String> line = lineOf(caught);
    return line.contains("java/lang/InterruptedException") || !line.contains("java/lang/Throwable");
  }

  private boolean declares(String type, String method) {
    Optional<Declared> found = declared(type);
    return found.isPresent() && found.get().methods().contains(method);
  }

  /** The class and all it inherits from, nearest first. */
  private List<String> lineOf(String owner) {
    List<String> line = lines.get(owner);
    if (line == null) {
      line = new ArrayList<>(List.of(owner));
      for (int i = 0; i < line.size(); i++) {
        for (String ancestor : ancestorsOf(line.get(i))) {
          if (!line.contains(ancestor)) {
            line.add(ancestor);
          }
        }
      }
      lines.put(owner, line);
    }
    return line;
  }

  private List<String> ancestorsOf(String type) {
    Optional<Declared> found = declared(type);
    return found.isPresent() ? found.get().ancestors() : List.of();
  }

  private Optional<Declared> declared(String type) {
    Optional<Declared> found = known.get(type);
    if (found == null) {
      found = Unwoven.isOfTheJdk(type) ? OF_THE_JDK.computeIfAbsent(type, this::read) : read(type);
      known.put(type, found);
    }
    return found;
  }

  private static boolean isInterface(Declared type) {
    return (type.access() & Opcodes.ACC_INTERFACE) != 0;
  }

  private Optional<Declared> read(String type) {
    try {
      return files.read(type).map(bytes -> read(ClassFiles.reader(bytes)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Declared read(ClassReader reader) {
    List<String> ancestors = new ArrayList<>();
    if (reader.getSuperName() != null) {
      ancestors.add(reader.getSuperName());
    }
    ancestors.addAll(List.of(reader.getInterfaces()));
    Map<String, Integer> fields = new HashMap<>();
    List<String> methods = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable FieldVisitor visitField(
              int access, String name, String type, String signature, Object value) {
            fields.put(name, access);
            return null;
          }

          @Override
          public @Nullable MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] thrown) {
            methods.add(name + type);
            return null;
          }
        },
        DECLARATIONS);
    return new Declared(reader.getAccess(), List.copyOf(ancestors), fields, methods);
  }
}
