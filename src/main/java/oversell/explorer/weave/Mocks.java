package oversell.explorer.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Holding;
import oversell.explorer.hook.Treatment;

/**
 * Decides how a call counts that a mock may answer instead of a woven class. Mockito is not woven,
 * and what one of its mocks answers may depend on the calls before it, of other threads, too: the
 * second of two answers, or which call is verified first. So a call of a mock may read or change
 * anything, and any other of a woven class is announced by that class.
 */
final class Mocks implements CallDispatch {
  private static final String LIBRARY = "org/mockito/";
  private static final String ENTRY = LIBRARY + "Mockito";
  // In the name of each class that Mockito makes.
  private static final String MADE = "$MockitoMock$";
  private static final int[] NONE = {};

  private final ClassLoader loader;
  private final boolean arePossible;
  private volatile boolean areUsed;
  private volatile @Nullable MethodHandle details;

  /**
   * Mocks of classes that are woven.
   *
   * @param loader sees Mockito, if it is there
   */
  Mocks(ClassLoader loader, Unwoven unwoven) {
    this.loader = loader;
    arePossible = unwoven.contains(ENTRY);
  }

  /** Whether there may be any, now or later. */
  boolean arePossible() {
    return arePossible;
  }

  /** A woven class has asked for a class that is not. */
  void asked(String internalName) {
    if (arePossible && !areUsed && internalName.startsWith(LIBRARY)) {
      areUsed = true;
    }
  }

  /** Whether Mockito has made the class of an object. */
  static boolean isMade(Class<?> type) {
    return type.getName().contains(MADE);
  }

  @Override
  public int[] looked() {
    return NONE;
  }

  @Override
  public Treatment treatment(@Nullable Object receiver, @Nullable Object... arguments) {
    return receiver != null && isOne(receiver) ? Treatment.EVERYTHING : Treatment.NOTHING;
  }

  @Override
  public Holding holding(@Nullable Object receiver) {
    return receiver != null && isOne(receiver) ? Holding.ANY : Holding.NONE;
  }

  /** What it calls back is woven. */
  @Override
  public boolean mayChangeAMap(@Nullable Object receiver, @Nullable Object... arguments) {
    return false;
  }

  private boolean isOne(Object receiver) {
    return isMade(receiver.getClass()) || (areUsed && answersFor(receiver));
  }

  /** Whether Mockito answers for an object of a class that it has changed, and not made. */
  private boolean answersFor(Object receiver) {
    MethodHandle asked = details;
    try {
      if (asked == null) {
        asked = details();
        details = asked;
      }
      return (boolean) asked.invokeExact(receiver);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private MethodHandle details() throws ReflectiveOperationException {
    Class<?> entry = loader.loadClass(ENTRY.replace('/', '.'));
    Class<?> answer = loader.loadClass("org.mockito.MockingDetails");
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    return MethodHandles.filterReturnValue(
        lookup.findStatic(entry, "mockingDetails", MethodType.methodType(answer, Object.class)),
        lookup.findVirtual(answer, "isMock", MethodType.methodType(boolean.class)));
  }
}
