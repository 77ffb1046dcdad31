package oversell.explorer.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  // The low byte of it, in a class file.
  private static final int MAJOR_VERSION = 7;
  private static final int BYTE = 0xFF;

  private final ClassLoader loader;
  private final JdkCalls calls;
  private final Map<String, Optional<Declared>> known = new HashMap<>();
  private final Map<String, Leaks> leaks = new HashMap<>();
  private final Map<String, Statics> statics = new HashMap<>();

  Members(ClassLoader loader, JdkCalls calls) {
    this.loader = loader;
    this.calls = calls;
  }

  JdkCalls calls() {
    return calls;
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
      found =
          WeavingLoader.isWoven(type)
              ? node(type)
                  .map(node -> Leaks.of(node, other -> leaks(other).any()))
                  .orElse(Leaks.NONE)
              : Leaks.NONE;
      leaks.put(type, found);
    }
    return found;
  }

  /** What the static fields of a class need before each execution. */
  Statics statics(String type) {
    Statics found = statics.get(type);
    if (found == null && Companion.isOne(type)) {
      return Statics.INITIALISED_AGAIN;
    }
    if (found == null) {
      found =
          WeavingLoader.isWoven(type)
              ? node(type).map(this::staticsOf).orElse(Statics.FIXED)
              : Statics.FIXED;
      statics.put(type, found);
    }
    return found;
  }

  private Statics staticsOf(ClassNode type) {
    Statics own = Statics.of(type, calls, this::hasParts);
    boolean ofOthers = own == Statics.FIXED || own == Statics.ZEROED;
    return ofOthers && !initialisedWith(type.name).isEmpty() ? Statics.INITIALISED_AGAIN : own;
  }

  /**
   * The companions of those interfaces of a class that are initialised with it, in that order: they
   * have methods with bodies that every object has.
   */
  List<String> initialisedWith(String type) {
    List<String> with = new ArrayList<>();
    boolean isClass =
        !Companion.isOne(type)
            && declared(type)
                .filter(found -> (found.access() & Opcodes.ACC_INTERFACE) == 0)
                .isPresent();
    if (isClass) {
      addInterfaces(type, with);
    }
    return with;
  }

  private void addInterfaces(String type, List<String> with) {
    for (String ancestor : declared(type).map(Declared::ancestors).orElse(List.of())) {
      boolean isInterface =
          WeavingLoader.isWoven(ancestor)
              && declared(ancestor)
                  .filter(found -> (found.access() & Opcodes.ACC_INTERFACE) != 0)
                  .isPresent();
      if (isInterface) {
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
    while (WeavingLoader.isWoven(at)) {
      if (statics(at) == Statics.INITIALISED_AGAIN) {
        return at;
      }
      Optional<Declared> found = declared(at);
      boolean isClass = found.isPresent() && (found.get().access() & Opcodes.ACC_INTERFACE) == 0;
      if (!isClass) {
        return null;
      }
      at = found.get().ancestors().getFirst();
    }
    return null;
  }

  /** Whether objects of a class have fields of their own, or do something when they are made. */
  private boolean hasParts(String type) {
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

  /** The class, with its code, as it is before it is woven. */
  Optional<ClassNode> node(String type) {
    try (InputStream bytes = loader.getResourceAsStream(type + ".class")) {
      if (bytes == null) {
        return Optional.empty();
      }
      ClassNode node = new ClassNode();
      reader(bytes.readAllBytes()).accept(node, 0);
      return Optional.of(node);
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
    return lineOf(owner).stream()
        .filter(type -> fieldsOf(type).containsKey(field))
        .findFirst()
        .orElse(owner);
  }

  private Map<String, Integer> fieldsOf(String type) {
    return declared(type).map(Declared::fields).orElse(Map.of());
  }

  /** Whether a class has a field that can change, or inherits from what is not among the lab's. */
  boolean hasState(String owner) {
    return lineOf(owner).stream()
        .flatMap(type -> declared(type).stream())
        .flatMap(found -> found.fields().values().stream())
        .anyMatch(access -> (access & (Opcodes.ACC_FINAL | Opcodes.ACC_STATIC)) == 0);
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
    if (!WeavingLoader.isWoven(owner)) {
      return false;
    }
    String type = owner;
    while (WeavingLoader.isWoven(type)) {
      Optional<Declared> found = declared(type);
      if (found.isEmpty() || (found.get().access() & Opcodes.ACC_INTERFACE) != 0) {
        return false;
      }
      type = found.get().ancestors().getFirst();
    }
    return type.equals("java/lang/Object")
        || type.equals("java/lang/Record")
        || type.equals("java/lang/Enum")
        || type.matches("java/.*(Exception|Error)|java/lang/Throwable");
  }

  /** The class that declares a method, as far as that can be found; else the one that was named. */
  String declaring(String owner, String method, String descriptor) {
    if (owner.startsWith("[")) {
      return owner;
    }
    return lineOf(owner).stream()
        .filter(
            type ->
                declared(type)
                    .map(found -> found.methods().contains(method + descriptor))
                    .orElse(false))
        .findFirst()
        .orElse(owner);
  }

  /** Whether a method overrides one of a class that is not woven, so that this may call it. */
  boolean mayBeCalledFromOutside(String type, String method, String descriptor) {
    return lineOf(type).stream()
        .filter(ancestor -> !WeavingLoader.isWoven(ancestor))
        .flatMap(ancestor -> declared(ancestor).stream())
        .anyMatch(found -> found.methods().contains(method + descriptor));
  }

  /** The class and all it inherits from, nearest first. */
  private List<String> lineOf(String owner) {
    List<String> line = new ArrayList<>(List.of(owner));
    for (int i = 0; i < line.size(); i++) {
      for (String ancestor : declared(line.get(i)).map(Declared::ancestors).orElse(List.of())) {
        if (!line.contains(ancestor)) {
          line.add(ancestor);
        }
      }
    }
    return line;
  }

  private Optional<Declared> declared(String type) {
    return known.computeIfAbsent(type, this::read);
  }

  private Optional<Declared> read(String type) {
    try (InputStream bytes = loader.getResourceAsStream(type + ".class")) {
      return bytes == null ? Optional.empty() : Optional.of(read(reader(bytes.readAllBytes())));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Of a class that may be newer than the reader: what classes declare has not changed for long.
   */
  private static ClassReader reader(byte[] bytes) {
    bytes[MAJOR_VERSION] = (byte) Math.min(bytes[MAJOR_VERSION] & BYTE, Opcodes.V21);
    return new ClassReader(bytes);
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
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new Declared(reader.getAccess(), List.copyOf(ancestors), fields, methods);
  }
}
