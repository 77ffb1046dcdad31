package oversell.corpus;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Proxy;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;

/** Calls that are not written as calls: method references, reflection, method handles. */
public final class HiddenCalls {
  private HiddenCalls() {}

  /** A method of an atomic is kept in a constant. */
  public static final class UnboundConstant {
    private UnboundConstant() {}

    private static final ToIntFunction<AtomicInteger> READ = AtomicInteger::get;

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      return new Cell(() -> READ.applyAsInt(shelf), shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A method that writes an atomic is kept in a constant. */
  public static final class UnboundWriter {
    private UnboundWriter() {}

    private static final ObjIntConsumer<AtomicInteger> WRITE = AtomicInteger::set;

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      return new Cell(shelf::get, left -> WRITE.accept(shelf, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A method of the one atomic is kept in a constant. */
  public static final class BoundConstant {
    private BoundConstant() {}

    private static final AtomicInteger UNITS = new AtomicInteger();
    private static final IntSupplier READ = UNITS::get;

    private static Cell cell(int stock) {
      UNITS.set(stock);
      return new Cell(() -> READ.getAsInt(), UNITS::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The constants of an enum know methods of an atomic. */
  public static final class EnumOfMethods {
    private EnumOfMethods() {}

    private enum Action {
      READ(AtomicInteger::get),
      TAKE(shelf -> shelf.addAndGet(-3));

      final ToIntFunction<AtomicInteger> method;

      Action(ToIntFunction<AtomicInteger> method) {
        this.method = method;
      }
    }

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      return new Cell(
          () -> Action.READ.method.applyAsInt(shelf), left -> Action.TAKE.method.applyAsInt(shelf));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A constant map knows methods of a list. */
  public static final class MapOfMethods {
    private MapOfMethods() {}

    private static final Map<String, Function<List<Integer>, Integer>> READERS =
        Map.of("first", List::getFirst);

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      return new Cell(() -> READERS.get("first").apply(shelf), left -> shelf.set(0, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A constant comparator reads atomics. */
  public static final class ComparatorConstant {
    private ComparatorConstant() {}

    private static final Comparator<AtomicInteger> BY_UNITS =
        Comparator.comparingInt(AtomicInteger::get);

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      AtomicInteger all = new AtomicInteger(stock);
      return new Cell(() -> BY_UNITS.compare(shelf, all) == 0 ? stock : stock - 3, shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A constant is composed of methods of the JDK. */
  public static final class ComposedFunctions {
    private ComposedFunctions() {}

    private static final Function<AtomicInteger, Integer> READ =
        Function.<AtomicInteger>identity().andThen(AtomicInteger::intValue);

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      return new Cell(() -> READ.apply(shelf), shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A constructor that copies is kept in a constant. */
  public static final class ConstructorReference {
    private ConstructorReference() {}

    private static final Function<List<Integer>, List<Integer>> COPY = ArrayList::new;

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      return new Cell(() -> COPY.apply(shelf).get(0), left -> shelf.set(0, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The method that clones an array is kept in a constant. */
  public static final class ArrayReference {
    private ArrayReference() {}

    private static final Function<int[], int[]> COPY = int[]::clone;

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> COPY.apply(shelf)[0], left -> shelf[0] = left);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A field is read by reflection. */
  public static final class ReadByAField {
    private ReadByAField() {}

    private static final class Shelf {
      int units;
    }

    private static int read(Shelf shelf) {
      try {
        return Shelf.class.getDeclaredField("units").getInt(shelf);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      Shelf shelf = new Shelf();
      shelf.units = stock;
      return new Cell(() -> read(shelf), left -> shelf.units = left);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A field is written by reflection. */
  public static final class WrittenByAField {
    private WrittenByAField() {}

    private static final class Shelf {
      int units;
    }

    private static void write(Shelf shelf, int units) {
      try {
        Shelf.class.getDeclaredField("units").setInt(shelf, units);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      Shelf shelf = new Shelf();
      shelf.units = stock;
      return new Cell(() -> shelf.units, left -> write(shelf, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A method of the JDK is called by reflection. */
  public static final class MethodByReflection {
    private MethodByReflection() {}

    private static int read(AtomicInteger shelf) {
      try {
        return (int) AtomicInteger.class.getMethod("get").invoke(shelf);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      return new Cell(() -> read(shelf), shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A constructor that copies is called by reflection. */
  public static final class ConstructorByReflection {
    private ConstructorByReflection() {}

    private static int read(List<Integer> shelf) {
      try {
        return (int) ArrayList.class.getConstructor(Collection.class).newInstance(shelf).get(0);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      return new Cell(() -> read(shelf), left -> shelf.set(0, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A list is read by way of a proxy. */
  public static final class DynamicProxy {
    private DynamicProxy() {}

    @SuppressWarnings("unchecked")
    private static List<Integer> proxyOf(List<Integer> shelf) {
      return (List<Integer>)
          Proxy.newProxyInstance(
              HiddenCalls.class.getClassLoader(),
              new Class<?>[] {List.class},
              (proxy, method, arguments) -> method.invoke(shelf, arguments));
    }

    private static Cell cell(int stock) {
      List<Integer> shelf = new ArrayList<>(List.of(stock));
      List<Integer> proxy = proxyOf(shelf);
      return new Cell(() -> proxy.get(0), left -> shelf.set(0, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A field is read by a method handle. */
  public static final class MethodHandleOfAField {
    private MethodHandleOfAField() {}

    private static final class Shelf {
      int units;
    }

    private static int read(Shelf shelf) {
      try {
        return (int)
            MethodHandles.lookup().findGetter(Shelf.class, "units", int.class).invokeExact(shelf);
      } catch (RuntimeException | Error thrown) {
        throw thrown;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      Shelf shelf = new Shelf();
      shelf.units = stock;
      return new Cell(() -> read(shelf), left -> shelf.units = left);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A method of the JDK is called by a method handle. */
  public static final class MethodHandleOfAMethod {
    private MethodHandleOfAMethod() {}

    private static int read(AtomicInteger shelf) {
      try {
        return (int)
            MethodHandles.lookup()
                .findVirtual(AtomicInteger.class, "get", MethodType.methodType(int.class))
                .invokeExact(shelf);
      } catch (RuntimeException | Error thrown) {
        throw thrown;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      return new Cell(() -> read(shelf), shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A method handle is made a supplier by the JDK. */
  public static final class MethodHandleAsASupplier {
    private MethodHandleAsASupplier() {}

    private static IntSupplier supplier(AtomicInteger shelf) {
      try {
        return MethodHandleProxies.asInterfaceInstance(
            IntSupplier.class,
            MethodHandles.lookup().bind(shelf, "get", MethodType.methodType(int.class)));
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      AtomicInteger shelf = new AtomicInteger(stock);
      IntSupplier supplier = supplier(shelf);
      return new Cell(() -> supplier.getAsInt(), shelf::set);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The stock is what a call site leads to. */
  public static final class MutableCallSiteTarget {
    private MutableCallSiteTarget() {}

    private static int read(MutableCallSite shelf) {
      try {
        return (int) shelf.getTarget().invokeExact();
      } catch (RuntimeException | Error thrown) {
        throw thrown;
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      MutableCallSite shelf = new MutableCallSite(MethodHandles.constant(int.class, stock));
      return new Cell(
          () -> read(shelf), left -> shelf.setTarget(MethodHandles.constant(int.class, left)));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A field is read by a var handle. */
  public static final class VarHandleOfAField {
    private VarHandleOfAField() {}

    private static final class Shelf {
      volatile int units;
    }

    private static VarHandle units() {
      try {
        return MethodHandles.lookup().findVarHandle(Shelf.class, "units", int.class);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Cell cell(int stock) {
      Shelf shelf = new Shelf();
      VarHandle units = units();
      shelf.units = stock;
      return new Cell(() -> (int) units.getVolatile(shelf), left -> shelf.units = left);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** An element is read by a var handle. */
  public static final class VarHandleOfAnArray {
    private VarHandleOfAnArray() {}

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[].class);

    private static Cell cell(int stock) {
      int[] shelf = {stock};
      return new Cell(() -> (int) ELEMENT.getVolatile(shelf, 0), left -> shelf[0] = left);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A field is read by a var handle that is made as those of constants are. */
  public static final class VarHandleOfABootstrap {
    private VarHandleOfABootstrap() {}

    private static final class Shelf {
      static final VarHandle UNITS =
          ConstantBootstraps.fieldVarHandle(
              MethodHandles.lookup(), "units", VarHandle.class, Shelf.class, int.class);

      volatile int units;
    }

    private static Cell cell(int stock) {
      Shelf shelf = new Shelf();
      shelf.units = stock;
      return new Cell(() -> (int) Shelf.UNITS.getVolatile(shelf), left -> shelf.units = left);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The same of a static field, whose class is initialised for that. */
  public static final class StaticVarHandleOfABootstrap {
    private StaticVarHandleOfABootstrap() {}

    private static final class Shelf {
      static volatile int units = 1;
    }

    private static Cell cell(int stock) {
      VarHandle units =
          ConstantBootstraps.staticFieldVarHandle(
              MethodHandles.lookup(), "units", VarHandle.class, Shelf.class, int.class);
      units.setVolatile(stock);
      return new Cell(() -> (int) units.getVolatile(), left -> Shelf.units = left);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** The same of elements. */
  public static final class ArrayVarHandleOfABootstrap {
    private ArrayVarHandleOfABootstrap() {}

    private static Cell cell(int stock) {
      VarHandle element =
          ConstantBootstraps.arrayVarHandle(
              MethodHandles.lookup(), "any", VarHandle.class, int[].class);
      int[] shelf = {stock};
      return new Cell(() -> (int) element.getVolatile(shelf, 0), left -> shelf[0] = left);
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** Four bytes of an array are written as an int by a var handle. */
  public static final class VarHandleOfBytes {
    private VarHandleOfBytes() {}

    private static final VarHandle VIEW =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static Cell cell(int stock) {
      byte[] shelf = {(byte) stock, 0, 0, 0};
      return new Cell(() -> shelf[0], left -> VIEW.set(shelf, 0, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }

  /** A field is written by an updater. */
  public static final class FieldUpdater {
    private FieldUpdater() {}

    private static final class Shelf {
      volatile int units;
    }

    private static Cell cell(int stock) {
      AtomicIntegerFieldUpdater<Shelf> units =
          AtomicIntegerFieldUpdater.newUpdater(Shelf.class, "units");
      Shelf shelf = new Shelf();
      shelf.units = stock;
      return new Cell(() -> shelf.units, left -> units.set(shelf, left));
    }

    /** The broken version. */
    public static final class Broken extends Door {
      public Broken() {
        super(stock -> cell(stock).unguarded());
      }
    }

    /** The correct version. */
    public static final class Right extends Door {
      public Right() {
        super(stock -> cell(stock).guarded());
      }
    }
  }
}
