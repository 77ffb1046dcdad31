package oversell.explorer.weave;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import oversell.explorer.inside.Internals;
import oversell.explorer.inside.ManagedBlocker;
import oversell.explorer.inside.Unsafe;

/**
 * The classes of the JDK of which there are copies, and how those that name them name the copies
 * instead. A copy is in another package than its original, so with a class go its nested classes,
 * and those of its package of which it uses what they show to their package only; and so do its
 * superclasses, whose fields would else be one with the whole object.
 */
final class Copies {
  static final String UNSAFE = Type.getInternalName(Unsafe.class);

  private static final String INTERNALS = Type.getInternalName(Internals.class);
  private static final String COPYABLE = "java/util/";
  private static final String BLOCKER = Type.getInternalName(ManagedBlocker.class);
  private static final Pattern UNSAFES = Pattern.compile("(jdk/internal|sun)/misc/Unsafe");

  // Of these, copies would be others than those that the JDK itself uses all the time.
  private static final Pattern NEVER =
      Pattern.compile(
          "java/util/concurrent/(ForkJoin\\w*|CountedCompleter|ThreadLocalRandom|locks/LockSupport)");

  // The static methods that Internals has, by class.
  private static final Pattern INTERNAL =
      Pattern.compile(
          "jdk/internal/invoke/MhUtil[.]findVarHandle|jdk/internal/util/ArraysSupport[.]newLength"
              + "|java/util/concurrent/ThreadLocalRandom[.]"
              + "(getProbe|localInit|advanceProbe|nextSecondarySeed)"
              + "|java/util/concurrent/ForkJoinPool[.](managedBlock|helpAsyncBlocker)"
              + "|java/util/concurrent/ForkJoinWorkerThread[.]hasKnownQueuedWork"
              + "|java/util/concurrent/locks/LockSupport[.]getThreadId");

  // All that differs between them is memory order, or that they may fail for no reason.
  private static final Pattern ACCESS =
      Pattern.compile(
          "(?:weakC|c)ompareAnd(?<set>Set|Swap)(?<a>\\w+?)(?:Plain|Acquire|Release|Volatile)?"
              + "|compareAndExchange(?<b>\\w+?)(?:Acquire|Release|Volatile)?"
              + "|(?<plain>get|put|getAndSet|getAndAdd|getAndBitwiseAnd|getAndBitwiseOr)(?:Ordered)?"
              + "(?<c>Int|Long|Object|Reference)(?:Acquire|Release|Volatile|Opaque)?");

  private final Source source;
  private final Set<String> copied = new HashSet<>();
  private final Map<String, Optional<ClassNode>> nodes = new HashMap<>();
  private final Remapper names = names(false);
  private final Remapper namesOfCopies = names(true);

  /** Reads class files. */
  interface Source {
    /** Empty if there is none. */
    Optional<byte[]> read(String type) throws IOException;
  }

  private Copies(Source source) {
    this.source = source;
  }

  /**
   * Those that are asked for, and what goes with them.
   *
   * @throws IllegalArgumentException if there can be no copy of a class that is asked for
   */
  static Copies of(ClassOptions classes, Source source) {
    Copies copies = new Copies(source);
    Deque<String> left = new ArrayDeque<>();
    for (String name : classes.inside()) {
      left.add(copies.checked(name));
    }
    while (!left.isEmpty()) {
      String type = left.remove();
      if (copies.copied.add(type)) {
        copies.node(type).ifPresent(node -> left.addAll(copies.neededBy(node)));
      }
    }
    copies.nodes.clear();
    return copies;
  }

  private String checked(String name) {
    String type = name.replace('.', '/');
    if (!Unwoven.isOfTheJdk(type)) {
      throw refused(name, "is no class of the JDK; others are explored from the inside as it is");
    }
    if (!type.startsWith(COPYABLE)) {
      throw refused(name, "is not of java.util or a package below, and all of the JDK uses it");
    }
    if (NEVER.matcher(type).matches()) {
      throw refused(name, "serves all threads of this JVM, so there cannot be another one");
    }
    ClassNode node =
        node(type)
            .orElseThrow(
                () ->
                    refused(
                        name,
                        "is not there in this JDK; write the name of a class as Class.getName()"
                            + " has it"));
    if ((node.access & (Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM)) != 0) {
      throw refused(name, "is an interface or an enum; name a class that has a state");
    }
    if (!outermost(type).equals(type)) {
      throw refused(name, "is nested; name the class that it is in");
    }
    return type;
  }

  private static IllegalArgumentException refused(String name, String why) {
    return new IllegalArgumentException(
        "Options.inside(\"%s\") makes no sense: that %s".formatted(name, why));
  }

  boolean areThere() {
    return !copied.isEmpty();
  }

  private Remapper names(boolean isOfCopies) {
    return new Remapper(Opcodes.ASM9) {
      @Override
      public String map(String name) {
        if (isOfCopies && name.equals("java/util/concurrent/ForkJoinPool$ManagedBlocker")) {
          return BLOCKER;
        }
        return UNSAFES.matcher(name).matches()
            ? UNSAFE
            : copied.contains(name) ? ClassFiles.PREFIX + name : name;
      }
    };
  }

  private Optional<ClassNode> node(String type) {
    Optional<ClassNode> known = nodes.get(type);
    if (known == null) {
      known = readNode(type);
      nodes.put(type, known);
    }
    return known;
  }

  private Optional<ClassNode> readNode(String type) {
    try {
      return source
          .read(type)
          .map(
              bytes -> {
                ClassNode node = new ClassNode();
                ClassFiles.reader(bytes).accept(node, ClassReader.SKIP_DEBUG);
                return node;
              });
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The classes of which there has to be a copy where there is one of a class. */
  private Set<String> neededBy(ClassNode type) {
    Set<String> needed = new HashSet<>();
    for (InnerClassNode nested : type.innerClasses) {
      if (outermost(nested.name).equals(outermost(type.name))) {
        needed.add(nested.name);
      }
    }
    if (Unwoven.isOfTheJdk(type.superName) && type.superName.startsWith(COPYABLE)) {
      needed.add(outermost(type.superName));
      needed.add(type.superName);
    }
    for (String other : named(type)) {
      boolean isNear = isNear(type.name, other);
      if (isNear && node(other).filter(node -> !isPublic(node)).isPresent()) {
        needed.add(outermost(other));
        needed.add(other);
      }
    }
    for (MethodNode method : type.methods) {
      for (AbstractInsnNode instruction : method.instructions) {
        declaring(instruction, Copies::isShownToPackage)
            .filter(other -> isNear(type.name, other))
            .ifPresent(other -> needed.add(outermost(other)));
      }
    }
    needed.removeIf(other -> NEVER.matcher(outermost(other)).matches());
    return needed;
  }

  /** Whether one class can use what another one, of the same package, shows to that only. */
  private static boolean isNear(String type, String other) {
    return packageOf(type).equals(packageOf(other)) && !outermost(type).equals(outermost(other));
  }

  private static Set<String> named(ClassNode type) {
    Set<String> all = new HashSet<>();
    type.accept(
        new ClassRemapper(
            new ClassVisitor(Opcodes.ASM9) {},
            new Remapper(Opcodes.ASM9) {
              @Override
              public String map(String name) {
                all.add(name);
                return name;
              }
            }));
    return all;
  }

  private static boolean isPublic(ClassNode type) {
    return (type.access & Opcodes.ACC_PUBLIC) != 0;
  }

  private static boolean isOfPackage(int access) {
    return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE)) == 0;
  }

  /** What is protected is shown to the package, too, and not only to subclasses. */
  private static boolean isShownToPackage(int access) {
    return isOfPackage(access) || (access & Opcodes.ACC_PROTECTED) != 0;
  }

  private interface Access {
    boolean is(int access);
  }

  /** The class that declares what an instruction names, if that is so. */
  private Optional<String> declaring(AbstractInsnNode instruction, Access wanted) {
    return switch (instruction) {
      case MethodInsnNode call -> declaring(call.owner, call.name + call.desc, wanted);
      case FieldInsnNode field -> declaring(field.owner, field.name, wanted);
      default -> Optional.empty();
    };
  }

  /** The nearest class that declares a member, if that has such an access. */
  private Optional<String> declaring(String owner, String member, Access wanted) {
    String at = owner;
    while (at != null && Unwoven.isOfTheJdk(at)) {
      Optional<ClassNode> node = node(at);
      if (node.isEmpty()) {
        return Optional.empty();
      }
      Optional<Integer> access = access(node.get(), member);
      if (access.isPresent()) {
        return access.filter(wanted::is).isPresent() ? Optional.of(at) : Optional.empty();
      }
      at = node.get().superName;
    }
    return Optional.empty();
  }

  private static Optional<Integer> access(ClassNode type, String member) {
    for (MethodNode method : type.methods) {
      if (member.equals(method.name + method.desc)) {
        return Optional.of(method.access);
      }
    }
    for (FieldNode field : type.fields) {
      if (member.equals(field.name)) {
        return Optional.of(field.access);
      }
    }
    return Optional.empty();
  }

  private static String packageOf(String type) {
    return type.substring(0, type.lastIndexOf('/') + 1);
  }

  private static String outermost(String type) {
    int nested = type.indexOf('$');
    return nested < 0 ? type : type.substring(0, nested);
  }

  /**
   * Writes a class that names copies where there are any.
   *
   * @param isCopy whether it is one itself, so that it may use what the JDK keeps to itself
   */
  ClassVisitor renaming(ClassVisitor next, boolean isCopy) {
    ClassVisitor named = new ClassRemapper(next, isCopy ? namesOfCopies : names);
    return new ClassVisitor(Opcodes.ASM9, named) {
      @Override
      public MethodVisitor visitMethod(
          int access, String name, String descriptor, String signature, String[] thrown) {
        return new Renaming(super.visitMethod(access, name, descriptor, signature, thrown), isCopy);
      }
    };
  }

  /** Names other methods where a copy cannot call those of the JDK, or says that it cannot. */
  private final class Renaming extends MethodVisitor {
    private final boolean isCopy;
    private final Remapper by;

    Renaming(MethodVisitor next, boolean isCopy) {
      super(Opcodes.ASM9, next);
      this.isCopy = isCopy;
      by = isCopy ? namesOfCopies : names;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
      if (UNSAFES.matcher(owner).matches()) {
        String as = accessOf(name, descriptor);
        if (!hasMethod(as, by.mapMethodDesc(descriptor))) {
          refuse(owner, name);
        }
        super.visitMethodInsn(opcode, owner, as, descriptor, ofInterface);
        return;
      }
      if (isCopy && INTERNAL.matcher(owner + "." + name).matches()) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, INTERNALS, name, descriptor, false);
        return;
      }
      boolean isHidden =
          isCopy
              && isOfJdk(owner)
              && declaring(owner, name + descriptor, Copies::isOfPackage).isPresent();
      // To a field of another class, as that of a thread's own random numbers.
      boolean reachesOthers = isCopy && name.equals("privateLookupIn");
      if (wantsTheJdks(owner, descriptor) || isHidden || reachesOthers) {
        refuse(owner, name);
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
    }

    private boolean isOfJdk(String owner) {
      return !owner.startsWith("[") && by.map(owner).equals(owner) && Unwoven.isOfTheJdk(owner);
    }

    /** Whether a method of the JDK takes or answers what a copy is not. */
    private boolean wantsTheJdks(String owner, String descriptor) {
      return isOfJdk(owner)
          // A handle takes whatever it is given.
          && !owner.matches("java/lang/invoke/(Var|Method)Handle")
          && !by.mapMethodDesc(descriptor).equals(descriptor);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      boolean isHidden =
          isOfJdk(owner) && isCopy && declaring(owner, name, Copies::isOfPackage).isPresent();
      if (isHidden || UNSAFES.matcher(owner).matches()) {
        refuse(owner, name);
      }
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      boolean isAsked = opcode == Opcodes.INSTANCEOF || opcode == Opcodes.CHECKCAST;
      if (isAsked && isReplaced(type)) {
        super.visitInsn(Opcodes.DUP);
        recognise(type);
      }
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Type type && type.getSort() != Type.METHOD) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (!isCopy && copied.contains(element.getInternalName())) {
          refuse(element.getInternalName(), "class");
        }
      }
      super.visitLdcInsn(value);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Type type
            && type.getSort() == Type.OBJECT
            && isReplaced(type.getInternalName())
            && bootstrap.getOwner().equals("java/lang/runtime/SwitchBootstraps")) {
          // Of the object, and the label to begin with.
          super.visitInsn(Opcodes.DUP2);
          super.visitInsn(Opcodes.POP);
          recognise(type.getInternalName());
        } else if (argument instanceof Handle handle
            && wantsTheJdks(handle.getOwner(), handle.getDesc())) {
          refuse(handle.getOwner(), handle.getName());
        }
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + 2, maxLocals);
    }

    /** Whether what is not a copy takes one for a class of the JDK. */
    private boolean isReplaced(String type) {
      return !isCopy && (copied.contains(type) || UNSAFES.matcher(type).matches());
    }

    /** Looks whether the object on top of the stack is of the JDK's own class, and takes it. */
    private void recognise(String type) {
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          AccessWeaver.HOOKS,
          ClassFiles.RECOGNISED + type.replace('/', '.'),
          "(Ljava/lang/Object;)V",
          false);
    }

    private void refuse(String owner, String name) {
      String what = owner.substring(owner.lastIndexOf('/') + 1) + "#" + name.replaceAll("[<>]", "");
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, ClassFiles.INACCESSIBLE + what, "()V", false);
    }
  }

  /** Which method of ours an access by Unsafe is. */
  private static String accessOf(String name, String descriptor) {
    if (name.equals("arrayBaseOffset") && descriptor.endsWith("J")) {
      return "arrayBaseOffsetAsLong";
    }
    if (name.endsWith("Fence")) {
      return "fence";
    }
    Matcher access = ACCESS.matcher(name);
    if (!access.matches()) {
      return name;
    }
    String of =
        Stream.of("a", "b", "c")
            .map(access::group)
            .filter(type -> type != null)
            .collect(Collectors.joining())
            .replace("Object", "Reference");
    return access.group("set") != null
        ? "compareAndSet" + of
        : access.group("b") != null ? "compareAndExchange" + of : access.group("plain") + of;
  }

  private static boolean hasMethod(String name, String descriptor) {
    return Arrays.stream(Unsafe.class.getDeclaredMethods())
        .anyMatch(
            method ->
                method.getName().equals(name)
                    && Type.getMethodDescriptor(method).equals(descriptor));
  }
}
