package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Methods that a class inherits and that are called by an interface of which the class that has
 * them knows nothing.
 *
 * <p>Methods of a woven interface that a class has from a superclass that is not woven, as a list
 * of its own that implements {@code int size()} by what it inherits. Whoever calls the interface
 * announces nothing, since what is woven does that by itself: so such a class gets methods that
 * call those of its superclass, which is announced like any such call.
 */
final class Inherited {
  private final ClassNode type;
  private final Members members;

  private Inherited(ClassNode type, Members members) {
    this.type = type;
    this.members = members;
  }

  /**
   * Adds them to a class that is yet to be woven.
   *
   * @return whether all could be: none can that a class of the JDK declares final, unless its
   *     callers find that out
   */
  static boolean addTo(ClassNode type, Members members) {
    boolean isClass = (type.access & Opcodes.ACC_INTERFACE) == 0;
    Inherited inherited = new Inherited(type, members);
    if (isClass) {
      inherited.addCallbacks();
    }
    return !isClass || members.isAllWoven(type.name) || inherited.add();
  }

  /**
   * What it has from a woven superclass, and the JDK calls by an interface of which that one knows
   * nothing.
   */
  private void addCallbacks() {
    for (MethodNode wanted : methodsOfInterfaces(false)) {
      Optional<ClassNode> holder = holder(wanted);
      if (holder.isEmpty()
          || holder.get().name.equals(type.name)
          || !members.isWoven(holder.get().name)
          || members.mayBeCalledFromOutside(holder.get().name, wanted.name, wanted.desc)) {
        continue;
      }
      addCallOf(find(holder.get(), wanted).orElseThrow());
    }
  }

  private void addCallOf(MethodNode found) {
    boolean isThere =
        type.methods.stream()
            .anyMatch(own -> own.name.equals(found.name) && own.desc.equals(found.desc));
    if (!isThere) {
      type.methods.add(calling(found));
    }
  }

  private boolean add() {
    boolean all = true;
    for (MethodNode wanted : methodsOfInterfaces(true)) {
      Optional<ClassNode> holder = holder(wanted);
      if (holder.isEmpty() || members.isWoven(holder.get().name)) {
        continue;
      }
      MethodNode found = find(holder.get(), wanted).orElseThrow();
      if ((found.access & Opcodes.ACC_FINAL) == 0) {
        addCallOf(found);
      } else {
        all &= FinalCall.isFoundOut(holder.get().name, found.name, found.desc);
      }
    }
    return all;
  }

  /** Of all its interfaces that are woven, or that are not, one of each name and descriptor. */
  private List<MethodNode> methodsOfInterfaces(boolean woven) {
    Set<String> interfaces = new LinkedHashSet<>(type.interfaces);
    List<MethodNode> methods = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    for (List<String> level = List.copyOf(interfaces); !level.isEmpty(); ) {
      List<String> above = new ArrayList<>();
      for (String name : level) {
        Optional<ClassNode> node =
            !woven || members.isWoven(name) ? members.node(name) : Optional.empty();
        for (MethodNode method : node.isPresent() ? node.get().methods : List.<MethodNode>of()) {
          boolean isCalled = (method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0;
          if (isCalled && members.isWoven(name) == woven && known.add(method.name + method.desc)) {
            methods.add(method);
          }
        }
        for (String next : node.isPresent() ? node.get().interfaces : List.<String>of()) {
          if (interfaces.add(next)) {
            above.add(next);
          }
        }
      }
      level = above;
    }
    return methods;
  }

  /** The class that it has a method from, if that is not {@code Object}. */
  private Optional<ClassNode> holder(MethodNode wanted) {
    Optional<ClassNode> at = Optional.of(type);
    while (at.isPresent() && find(at.get(), wanted).isEmpty()) {
      String above = at.get().superName;
      at = "java/lang/Object".equals(above) ? Optional.empty() : members.node(above);
    }
    return at;
  }

  private static Optional<MethodNode> find(ClassNode in, MethodNode wanted) {
    for (MethodNode method : in.methods) {
      if (method.name.equals(wanted.name)
          && method.desc.equals(wanted.desc)
          && (method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT)) == 0) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  private MethodNode calling(MethodNode found) {
    MethodNode method =
        new MethodNode(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC,
            found.name,
            found.desc,
            null,
            found.exceptions.toArray(String[]::new));
    method.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
    int local = 1;
    for (Type argument : Type.getArgumentTypes(found.desc)) {
      method.instructions.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), local));
      local += argument.getSize();
    }
    method.instructions.add(
        new MethodInsnNode(Opcodes.INVOKESPECIAL, type.superName, found.name, found.desc, false));
    method.instructions.add(
        new InsnNode(Type.getReturnType(found.desc).getOpcode(Opcodes.IRETURN)));
    method.maxLocals = local;
    method.maxStack = local + 1;
    return method;
  }
}
