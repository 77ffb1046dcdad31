package oversell.weave;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import oversell.hook.Operation;
import oversell.hook.Site;
import oversell.hook.Sites;

/**
 * Weaves one class. A synchronized method becomes one that enters and leaves around a call of what
 * it was; each call that is announced becomes a call of a small method of the same class, which can
 * stand for a method reference, too.
 */
final class ClassWeaver extends ClassVisitor {
  private final Members members;
  private final Sites sites;
  private final boolean telling;
  private final List<Bridge> bridges = new ArrayList<>();
  private String name = "";
  private String file = "";
  private boolean isInterface;
  private boolean isEnum;
  private int bodies;

  private ClassWeaver(ClassVisitor next, Members members, Sites sites, boolean telling) {
    super(Opcodes.ASM9, next);
    this.members = members;
    this.sites = sites;
    this.telling = telling;
  }

  static byte[] weave(ClassReader original, Members members, Sites sites, boolean telling) {
    // What is woven in branches nowhere, so the frames of the original still hold.
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    original.accept(new ClassWeaver(writer, members, sites, telling), 0);
    return writer.toByteArray();
  }

  @Override
  public void visit(
      int version,
      int access,
      String className,
      String signature,
      String superName,
      String[] interfaces) {
    name = className;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    isEnum = (access & Opcodes.ACC_ENUM) != 0;
    super.visit(version, access, className, signature, superName, interfaces);
  }

  @Override
  public void visitSource(@Nullable String source, @Nullable String debug) {
    file = source == null ? "" : source;
    super.visitSource(source, debug);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] thrown) {
    boolean own = method.equals("<clinit>") || (isEnum && method.equals("values"));
    if ((access & Opcodes.ACC_SYNCHRONIZED) == 0 || (access & Opcodes.ACC_NATIVE) != 0) {
      MethodVisitor plain = super.visitMethod(access, method, descriptor, signature, thrown);
      return own ? plain : weaving(plain, method);
    }
    String body = "oversell$%d$%s".formatted(bodies++, method);
    int bodyAccess = Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC | (access & Opcodes.ACC_STATIC);
    new GuardedMethod(this, name, access, method, descriptor, body)
        .write(
            super.visitMethod(
                access & ~Opcodes.ACC_SYNCHRONIZED, method, descriptor, signature, thrown));
    return weaving(super.visitMethod(bodyAccess, body, descriptor, null, thrown), method);
  }

  // What one weaver puts in the other does not see: calls are woven last.
  private MethodVisitor weaving(MethodVisitor out, String method) {
    return new CallWeaver(new AccessWeaver(out, this, method), this, method);
  }

  @Override
  public void visitEnd() {
    bridges.forEach(bridge -> bridge.write(cv, name, telling));
    super.visitEnd();
  }

  /** The number of a new place in this class. */
  int site(String method, int line, Operation operation, String subject) {
    String simple = name.substring(name.lastIndexOf('/') + 1);
    return sites.add(
        new Site(
            simple.substring(simple.lastIndexOf('$') + 1), method, file, line, operation, subject));
  }

  /** A method of this class that announces a call and makes it. */
  Bridge bridge(
      int opcode,
      String owner,
      String method,
      String descriptor,
      boolean ofInterface,
      CallRule rule,
      int site,
      int line) {
    Bridge bridge =
        new Bridge(
            "oversell$call$" + bridges.size(),
            new Bridge.Call(opcode, owner, method, descriptor, ofInterface),
            rule,
            site,
            line);
    bridges.add(bridge);
    return bridge;
  }

  String name() {
    return name;
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
