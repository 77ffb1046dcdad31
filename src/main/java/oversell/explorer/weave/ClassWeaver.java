package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import oversell.explorer.hook.Dispatch;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Site;
import oversell.explorer.hook.Sites;

/**
 * Weaves one class. A synchronized method becomes one that enters and leaves around a call of what
 * it was; each call that is announced becomes a call of a small method of the same class, which can
 * stand for a method reference, too.
 */
final class ClassWeaver extends ClassVisitor {
  private static final String FAILURE = "java/lang/IllegalStateException";
  private static final MethodVisitor NOTHING = new MethodVisitor(Opcodes.ASM9) {};

  private static final int NOT_OVERRIDDEN =
      Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;

  private final Members members;
  private final Sites sites;
  private final boolean telling;
  private final Set<String> references;
  private final Sizes sizes;
  private final List<Bridge> bridges = new ArrayList<>();
  private final List<Concatenation> concatenations = new ArrayList<>();
  private final List<FinalCall> finalCalls = new ArrayList<>();
  private final Map<AccessBridge, String> accessBridges = new LinkedHashMap<>();
  private String name = "";
  private String file = "";
  private boolean isInterface;
  private boolean isEnum;
  private final boolean hasPlainHashCode;
  private boolean hasInitialiser;
  private int bodies;
  private Statics statics = Statics.FIXED;
  private @Nullable String superName;
  // By name: what each execution begins with as zero or null.
  private final Map<String, String> setBack = new LinkedHashMap<>();

  private ClassWeaver(
      ClassVisitor next,
      Members members,
      Sites sites,
      boolean telling,
      Set<String> references,
      Sizes sizes,
      boolean hasPlainHashCode) {
    super(Opcodes.ASM9, next);
    this.members = members;
    this.sites = sites;
    this.telling = telling;
    this.references = references;
    this.sizes = sizes;
    this.hasPlainHashCode = hasPlainHashCode;
  }

  static byte[] weave(ClassNode node, Members members, Sites sites, boolean telling) {
    boolean hasFrames = OldVersion.hasFrames(node);
    if (hasFrames) {
      TailCalls.makeLoops(node);
    }
    Set<String> references = references(node);
    letBeOverridden(node);
    RecordText.split(node);
    RecordComparison.split(node, component -> canBeReadBehindUs(component, members));
    boolean hasPlainHashCode = HashCode.isThatOfObject(node);
    markLeaks(node, members.leaks(node.name));
    HashCode.markThoseOfTheCompiler(node, members.leaks(node.name));
    markWritesElsewhere(node, members);
    if (!Inherited.addTo(node, members)) {
      markConstructors(node, AccessWeaver.UNCONTROLLED);
    }
    if (hasFinalizer(node)) {
      markConstructors(node, AccessWeaver.FINALIZED);
    }
    Companion.addTo(node, member -> members.statics(member) == Statics.MOVED);
    Sizes sizes = new Sizes(node);
    node.version = OldVersion.weavable(node.version);
    while (true) {
      // What is woven in branches nowhere, so the frames of the original still hold.
      ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
      ClassVisitor out = hasFrames ? writer : new OldVersion(writer);
      node.accept(
          new ClassWeaver(out, members, sites, telling, references, sizes, hasPlainHashCode));
      try {
        return writer.toByteArray();
      } catch (MethodTooLargeException beyond) {
        if (!sizes.reduce(beyond.getMethodName() + beyond.getDescriptor())) {
          throw beyond;
        }
      } catch (ClassTooLargeException beyond) {
        if (!sizes.refuseCompact()) {
          throw beyond;
        }
      }
    }
  }

  /**
   * How methods are woven that have more code than the JVM takes once they announce it all: first
   * so that they announce it in little room, and if that does not do they are refused.
   */
  private static final class Sizes {
    private final Map<String, MethodNode> methods = new HashMap<>();
    private final Set<String> compact = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    Sizes(ClassNode type) {
      for (MethodNode method : type.methods) {
        methods.put(method.name + method.desc, method);
      }
    }

    /** Makes a method smaller than it was written last; false if that cannot be. */
    boolean reduce(String written) {
      return compact.add(written) || refused.add(written);
    }

    /** What is written in little room takes too much of what a class may have. */
    boolean refuseCompact() {
      return refused.addAll(compact);
    }

    boolean isRefused(String written) {
      return refused.contains(written);
    }

    boolean isCompact(String written) {
      return compact.contains(written);
    }

    /** Of the stores into arrays of a method, those that nobody else can tell. */
    BitSet fresh(String declared) {
      MethodNode method = methods.get(declared);
      return method == null ? new BitSet() : FreshArrays.in(method);
    }
  }

  /**
   * The methods of a class that it makes lambdas of, or refers to, and that no other class
   * overrides. References to its constructors are bridged, as those to methods of other classes
   * are.
   */
  private static Set<String> references(ClassNode type) {
    Set<String> references = new HashSet<>();
    Set<String> fixed = new HashSet<>();
    for (MethodNode method : type.methods) {
      boolean isFixed =
          (method.access & NOT_OVERRIDDEN) != 0 || (type.access & Opcodes.ACC_FINAL) != 0;
      if (isFixed && !method.name.equals("<init>")) {
        fixed.add(method.name + method.desc);
      }
    }
    for (MethodNode method : type.methods) {
      for (AbstractInsnNode instruction : method.instructions) {
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
          for (Object argument : dynamic.bsmArgs) {
            if (argument instanceof Handle handle
                && handle.getOwner().equals(type.name)
                && fixed.contains(handle.getName() + handle.getDesc())) {
              references.add(handle.getName() + handle.getDesc());
            }
          }
        }
      }
    }
    return references;
  }

  /** Marks in each constructor what it writes to other objects, which it may before it is one. */
  private static void markWritesElsewhere(ClassNode type, Members members) {
    for (MethodNode method : type.methods) {
      if (method.name.equals("<init>")) {
        for (AbstractInsnNode write : Leaks.writesElsewhere(type, method, members)) {
          method.instructions.insertBefore(write, marker(AccessWeaver.ELSEWHERE));
        }
      }
    }
  }

  /**
   * Makes methods that are final overridable. A subclass may have one for an interface of the JDK,
   * of which this class knows nothing, and then overrides it to tell when it returns.
   */
  private static void letBeOverridden(ClassNode type) {
    for (MethodNode method : type.methods) {
      if ((method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC)) == Opcodes.ACC_PUBLIC) {
        method.access &= ~Opcodes.ACC_FINAL;
      }
    }
  }

  /** Marks each constructor of a class whose objects are not under control. */
  private static void markConstructors(ClassNode type, String as) {
    for (MethodNode method : type.methods) {
      if (method.name.equals("<init>")) {
        method.instructions.insert(marker(as));
      }
    }
  }

  /** Whether the garbage collector runs code of the class: one that does nothing is none. */
  private static boolean hasFinalizer(ClassNode type) {
    for (MethodNode method : type.methods) {
      if (method.name.equals("finalize") && method.desc.equals("()V")) {
        for (AbstractInsnNode instruction : method.instructions) {
          if (instruction.getOpcode() >= 0 && instruction.getOpcode() != Opcodes.RETURN) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static MethodInsnNode marker(String name) {
    return new MethodInsnNode(Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, name, "()V", false);
  }

  /** Marks in each constructor from where on others may know the object. */
  private static void markLeaks(ClassNode type, Leaks leaks) {
    for (MethodNode method : type.methods) {
      Integer first = method.name.equals("<init>") ? leaks.first().get(method.desc) : null;
      if (first != null) {
        method.instructions.insertBefore(
            method.instructions.get(first), marker(AccessWeaver.LEAKED));
      }
    }
  }

  @Override
  public void visit(
      int version,
      int access,
      String className,
      String signature,
      String superclass,
      String[] interfaces) {
    name = className;
    superName = superclass;
    statics = members.statics(className);
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    isEnum = (access & Opcodes.ACC_ENUM) != 0;
    super.visit(version, access, className, signature, superclass, interfaces);
  }

  @Override
  public void visitSource(@Nullable String source, @Nullable String debug) {
    file = source == null ? "" : source;
    super.visitSource(source, debug);
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int access, String field, String descriptor, String signature, @Nullable Object value) {
    boolean isSet = (access & Opcodes.ACC_STATIC) != 0 && value == null;
    if (isSet && statics == Statics.MOVED) {
      return null;
    }
    if (isSet && statics.areSetBack()) {
      setBack.put(field, descriptor);
      // Only the JVM's own initialisation of a class may set those that are final.
      int set = access & ~Opcodes.ACC_FINAL;
      return super.visitField(set, field, descriptor, signature, null);
    }
    return super.visitField(access, field, descriptor, signature, value);
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int declared, String method, String descriptor, String signature, String[] thrown) {
    if (method.equals("<clinit>")) {
      return initialiser(declared, descriptor);
    }
    boolean isStatic = (declared & Opcodes.ACC_STATIC) != 0;
    String initialised = members.initialisedFor(name);
    String used = isStatic || method.equals("<init>") ? initialised : null;
    // What the initialiser of an interface calls it calls from beside it.
    boolean isCalledFromBeside = statics == Statics.MOVED && isStatic;
    int access =
        isCalledFromBeside ? (declared & ~Opcodes.ACC_PRIVATE) | Opcodes.ACC_PUBLIC : declared;
    boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    boolean isSynchronized = hasCode && (access & Opcodes.ACC_SYNCHRONIZED) != 0;
    boolean isAtomic =
        hasCode
            && members.isAtomic(name)
            && !method.equals("<init>")
            && !isValues(method, descriptor);
    if (!isSynchronized && !isAtomic) {
      MethodVisitor plain = super.visitMethod(access, method, descriptor, signature, thrown);
      MethodVisitor entered = Initialisation.using(plain, used, method.equals("<init>"));
      return isValues(method, descriptor)
          ? madeByEnum(entered)
          : weaving(
              called(entered, access, method, descriptor), method, descriptor, method + descriptor);
    }
    // Not by a format: for that the JDK looks up how digits are written in this country.
    String body = "oversell$" + bodies++ + "$" + method;
    int bodyAccess = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC | (access & Opcodes.ACC_STATIC);
    MethodVisitor guarded =
        super.visitMethod(
            access & ~Opcodes.ACC_SYNCHRONIZED, method, descriptor, signature, thrown);
    return new GuardedMethod(this, name, access, method, descriptor, body, isSynchronized, isAtomic)
        .before(
            Initialisation.using(called(guarded, access, method, descriptor), used, false),
            weaving(
                super.visitMethod(bodyAccess, body, descriptor, null, thrown),
                method,
                descriptor,
                body + descriptor));
  }

  /** Whether it is the method of an enum that the compiler writes, which copies its constants. */
  private boolean isValues(String method, String descriptor) {
    return isEnum && method.equals("values") && descriptor.equals("()[L" + name + ";");
  }

  private static MethodVisitor madeByEnum(MethodVisitor values) {
    return new MethodVisitor(Opcodes.ASM9, values) {
      @Override
      public void visitInsn(int opcode) {
        if (opcode == Opcodes.ARETURN) {
          super.visitInsn(Opcodes.DUP);
          super.visitMethodInsn(
              Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, "created", "(Ljava/lang/Object;)V", false);
        }
        super.visitInsn(opcode);
      }
    };
  }

  private @Nullable MethodVisitor initialiser(int access, String descriptor) {
    hasInitialiser = true;
    if (statics == Statics.INITIALISED_AGAIN) {
      MethodVisitor again =
          super.visitMethod(
              Initialisation.ACCESS, Initialisation.INITIALISE, descriptor, null, null);
      return weaving(again, "<clinit>", descriptor, Initialisation.INITIALISE + descriptor);
    }
    if (statics == Statics.MOVED) {
      return null;
    }
    MethodVisitor once = super.visitMethod(access, "<clinit>", descriptor, null, null);
    return new CallWeaver(once, this, "<clinit>", true);
  }

  /** A method, as the JDK may call it. */
  private MethodVisitor called(MethodVisitor out, int access, String method, String descriptor) {
    boolean isOwn = (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) != 0;
    boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
    boolean overrides =
        !isOwn
            && !method.equals("<init>")
            && members.mayBeCalledFromOutside(name, method, descriptor);
    return hasCode && (overrides || references.contains(method + descriptor))
        ? new Callback(out, this, method, descriptor)
        : out;
  }

  // What one weaver puts in the other does not see: calls are woven last.
  private MethodVisitor weaving(
      MethodVisitor out, String method, String descriptor, String written) {
    if (sizes.isRefused(written)) {
      refuse(out, method);
      return NOTHING;
    }
    AccessWeaver accesses =
        sizes.isCompact(written)
            ? AccessWeaver.compact(out, this, method, descriptor, sizes.fresh(method + descriptor))
            : AccessWeaver.plain(out, this, method, descriptor);
    return new CallWeaver(accesses, this, method, false);
  }

  /** Writes a method that only says that it cannot be explored. */
  private void refuse(MethodVisitor out, String method) {
    out.visitCode();
    out.visitLdcInsn(
        site(method, 0, Operation.ESCAPE, "a method too large to be explored (split it)"));
    out.visitMethodInsn(Opcodes.INVOKESTATIC, AccessWeaver.HOOKS, "escape", "(I)V", false);
    out.visitTypeInsn(Opcodes.NEW, FAILURE);
    out.visitInsn(Opcodes.DUP);
    out.visitLdcInsn(
        "%s.%s is too large to be explored: with all that it announces it has more than 64 KiB"
            .formatted(name.replace('/', '.'), method));
    out.visitMethodInsn(Opcodes.INVOKESPECIAL, FAILURE, "<init>", "(Ljava/lang/String;)V", false);
    out.visitInsn(Opcodes.ATHROW);
    out.visitMaxs(0, 0);
    out.visitEnd();
  }

  @Override
  public void visitEnd() {
    // They call bridges.
    concatenations.forEach(one -> one.write(this, cv, this::canBeReadBehindUs));
    finalCalls.forEach(call -> call.write(this, cv));
    bridges.forEach(bridge -> bridge.write(cv, name, telling));
    accessBridges.forEach((bridge, as) -> bridge.write(cv, this, as));
    if (statics == Statics.INITIALISED_AGAIN) {
      Initialisation.write(this, cv, superName, hasInitialiser);
    }
    if (statics.areSetBack()) {
      Initialisation.writeSetBack(cv, name, setBack, statics == Statics.INITIALISED_AGAIN);
    }
    if (hasPlainHashCode) {
      HashCode.write(cv, name);
    }
    super.visitEnd();
  }

  /** The number of a new place in this class. */
  int site(String method, int line, Operation operation, String subject) {
    return site(method, line, operation, subject, null);
  }

  /**
   * The number of a new place in this class.
   *
   * @param dispatch decides how the call counts that is made there; null if its rule says that
   */
  int site(
      String method, int line, Operation operation, String subject, @Nullable Dispatch dispatch) {
    String simple = name.substring(name.lastIndexOf('/') + 1);
    return sites.add(
        new Site(
            simple.substring(simple.lastIndexOf('$') + 1), method, file, line, operation, subject),
        dispatch);
  }

  /**
   * A method of this class that announces a call and makes it.
   *
   * @param referred the type of the receiver if it is for a reference to a method; empty for a call
   */
  Bridge bridge(
      int opcode,
      String owner,
      String method,
      String descriptor,
      boolean ofInterface,
      CallRule rule,
      int site,
      int line,
      Optional<String> referred) {
    Bridge bridge =
        new Bridge(
            Bridge.PREFIX + bridges.size(),
            new Bridge.Call(
                opcode,
                owner,
                method,
                descriptor,
                ofInterface,
                referred.orElse(
                    opcode == Opcodes.INVOKESPECIAL || isOnOwnKind(owner, method) ? name : owner)),
            rule,
            site,
            line,
            referred.isPresent() ? site(method, line, Operation.RETURN, "") : Bridge.NOWHERE);
    bridges.add(bridge);
    return bridge;
  }

  /** The name of a method of this class that asks objects for their texts, and joins these. */
  String concatenation(
      String operation,
      String descriptor,
      Handle bootstrap,
      List<Object> arguments,
      String method,
      int line) {
    String as = Concatenation.PREFIX + concatenations.size();
    concatenations.add(
        new Concatenation(as, descriptor, operation, bootstrap, arguments, method, line));
    return as;
  }

  /**
   * A method of this class that calls a woven interface, and sees what it is called on.
   *
   * @param referred the type of the receiver if it is for a reference to a method; empty for a call
   */
  FinalCall finalCall(
      String owner,
      String called,
      String descriptor,
      Optional<String> referred,
      String method,
      int line) {
    FinalCall call =
        new FinalCall(
            FinalCall.PREFIX + finalCalls.size(),
            owner,
            called,
            descriptor,
            referred,
            method,
            line);
    finalCalls.add(call);
    return call;
  }

  /** Whether code that is not woven can read what can change, by way of an object of a type. */
  boolean canBeReadBehindUs(Type type) {
    return canBeReadBehindUs(type, members);
  }

  private static boolean canBeReadBehindUs(Type type, Members members) {
    return Kind.ofDeclared(type) != Kind.VALUE
        && !(type.getSort() == Type.OBJECT && members.isAllWoven(type.getInternalName()));
  }

  /** Whether a method can only be called on an object of the class that calls it. */
  private static boolean isOnOwnKind(String owner, String method) {
    return owner.equals("java/lang/Object")
        && (method.equals("clone") || method.equals("finalize"));
  }

  /** The name of a method of this class that does what an instruction does, and announces it. */
  String bridge(AccessBridge bridge) {
    return accessBridges.computeIfAbsent(bridge, one -> "oversell$access$" + accessBridges.size());
  }

  String name() {
    return name;
  }

  /** Whether a method of this class says by itself when it returns to whoever it was handed to. */
  boolean announcesReturn(Handle handle) {
    return handle.getOwner().equals(name)
        && references.contains(handle.getName() + handle.getDesc());
  }

  JdkCalls calls() {
    return members.calls();
  }

  /** Whether a constructor hands out the object that it makes. */
  boolean isLeaky() {
    return members.leaks(name).any();
  }

  boolean isInterface() {
    return isInterface;
  }

  Members members() {
    return members;
  }

  boolean isTelling() {
    return telling;
  }
}
