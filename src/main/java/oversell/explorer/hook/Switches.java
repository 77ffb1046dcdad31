package oversell.explorer.hook;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of the JDK's {@code SwitchBootstraps} where labels are constants of an enum. The
 * JDK looks the constants up once, but woven enums have new ones in each execution, so this class
 * compares their names.
 */
public final class Switches {
  private static final MethodHandle CHOOSE = choose();

  private Switches() {}

  private static MethodHandle choose() {
    try {
      return MethodHandles.lookup()
          .findStatic(
              Switches.class,
              "choose",
              MethodType.methodType(
                  int.class, Object.class, int.class, Object[].class, boolean.class));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As {@code SwitchBootstraps.enumSwitch}: strings are names of constants. */
  public static CallSite enumSwitch(Lookup caller, String name, MethodType type, Object... labels) {
    return site(type, labels, true);
  }

  /** As {@code SwitchBootstraps.typeSwitch}: strings are strings. */
  public static CallSite typeSwitch(Lookup caller, String name, MethodType type, Object... labels) {
    return site(type, labels, false);
  }

  private static CallSite site(MethodType type, Object[] labels, boolean areNames) {
    return new ConstantCallSite(
        MethodHandles.insertArguments(CHOOSE, 2, labels.clone(), areNames).asType(type));
  }

  static int choose(@Nullable Object target, int from, Object[] labels, boolean areNames) {
    if (target == null) {
      return -1;
    }
    int label = from;
    while (label < labels.length && !fits(target, labels[label], areNames)) {
      label++;
    }
    return label;
  }

  private static boolean fits(Object target, Object label, boolean areNames) {
    if (label instanceof Class<?> type) {
      return MethodType.methodType(type).wrap().returnType().isInstance(target);
    }
    if (label instanceof Enum.EnumDesc<?> constant) {
      return target instanceof Enum<?> one
          && one.name().equals(constant.constantName())
          && one.getDeclaringClass()
              .descriptorString()
              .equals(constant.constantType().descriptorString());
    }
    if (areNames) {
      return target instanceof Enum<?> one && one.name().equals(label);
    }
    if (label instanceof Integer number && target instanceof Character letter) {
      return letter.charValue() == number;
    }
    if (label instanceof Integer number && (target instanceof Byte || target instanceof Short)) {
      return ((Number) target).intValue() == number;
    }
    return label.equals(target);
  }
}
