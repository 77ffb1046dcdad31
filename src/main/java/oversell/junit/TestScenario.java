package oversell.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.opentest4j.TestAbortedException;
import oversell.explorer.Scenario;
import oversell.explorer.ScenarioFactory;

/** A test's method, with what is to be run before and after it, as a scenario. */
final class TestScenario implements ScenarioFactory<String> {
  private static final String DONE = "returned";
  private static final @Nullable Object[] NOTHING = {};
  private static final String OF_JUNIT_4 = "org.junit.internal.AssumptionViolatedException";

  private final Request request;
  private final ClassLoader classes;
  private @Nullable ClassLoader wovenBy;
  private @Nullable Plan plan;

  /**
   * The scenario of a test.
   *
   * @throws IllegalArgumentException if its class cannot be made or prepared in each execution
   */
  TestScenario(Request request, ClassLoader classes) {
    Plan.check(request, classes);
    this.request = request;
    this.classes = classes;
  }

  @Override
  public String name() {
    return request.name();
  }

  @Override
  public ClassLoader classes() {
    return classes;
  }

  /** An assumption failed: to JUnit that is neither a pass nor a failure. */
  @Override
  public boolean isAbort(Throwable thrown) {
    return isFailedAssumption(thrown);
  }

  /** What AssertJ throws, and so is no failure to JUnit 5 either, if JUnit 4 is there, too. */
  private static boolean isFailedAssumption(Throwable thrown) {
    if (thrown instanceof TestAbortedException) {
      return true;
    }
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(OF_JUNIT_4)) {
        return true;
      }
    }
    return false;
  }

  // A loader is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  @Override
  public Scenario<String> make(ClassLoader woven, Consumer<Object> created) throws Exception {
    Plan known = plan;
    if (known == null || wovenBy != woven) {
      known = Plan.of(request, woven);
      plan = known;
      wovenBy = woven;
    }
    return known.scenario(created);
  }

  /** What is called, of classes that were woven. */
  private record Plan(
      Request request,
      ClassLoader woven,
      Class<?> type,
      Method test,
      Map<Class<?>, List<Method>> before,
      Map<Class<?>, List<Method>> after) {
    // A loader is itself and no other.
    @SuppressWarnings("ReferenceEquality")
    static Plan of(Request request, ClassLoader woven) throws ReflectiveOperationException {
      Class<?> type = woven.loadClass(request.type());
      if (type.getClassLoader() != woven) {
        throw new IllegalArgumentException(
            "%s is not woven, so nothing of it can be explored: take it out of what oversell.unwoven"
                    .formatted(type.getName())
                + " or @Interleavings(unwoven = …) names");
      }
      Method test = method(type, request);
      test.setAccessible(true);
      Map<Class<?>, List<Method>> before = new LinkedHashMap<>();
      Map<Class<?>, List<Method>> after = new LinkedHashMap<>();
      for (Class<?> one : enclosing(type)) {
        before.put(one, annotated(request, one, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN));
        after.put(one, annotated(request, one, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP));
      }
      return new Plan(request, woven, type, test, before, after);
    }

    /** Refuses what no execution could do, before there is one that would seem to fail. */
    static void check(Request request, ClassLoader classes) {
      try {
        @Nullable Class<?> outer = null;
        for (Class<?> one : enclosing(Class.forName(request.type(), false, classes))) {
          refuseIfPreparedOnce(one);
          var unusedBefore =
              annotated(request, one, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN);
          var unusedAfter =
              annotated(request, one, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP);
          var unusedConstructor = constructor(one, outer);
          outer = one;
        }
      } catch (ClassNotFoundException ofAnotherClassPath) {
        throw new IllegalStateException(ofAnotherClassPath);
      }
    }

    private static Method method(Class<?> type, Request request) throws NoSuchMethodException {
      for (Class<?> one = type; one != null; one = one.getSuperclass()) {
        for (Method method : one.getDeclaredMethods()) {
          List<String> parameters =
              Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
          if (method.getName().equals(request.method())
              && parameters.equals(request.parameters())) {
            return method;
          }
        }
      }
      throw new NoSuchMethodException(request.type() + "." + request.method());
    }

    /** The class and those that it is an inner class of, the outermost first. */
    private static List<Class<?>> enclosing(Class<?> type) {
      List<Class<?>> all = new ArrayList<>(List.of(type));
      while (isInner(all.getLast())) {
        all.add(all.getLast().getEnclosingClass());
      }
      Collections.reverse(all);
      return all;
    }

    private static boolean isInner(Class<?> type) {
      return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    }

    /** What is run once for all tests is run for the class that is not woven. */
    private static void refuseIfPreparedOnce(Class<?> type) {
      for (Method method :
          AnnotationSupport.findAnnotatedMethods(
              type, BeforeAll.class, HierarchyTraversalMode.TOP_DOWN)) {
        throw new IllegalArgumentException(
            "%s.%s would not be run before each execution, which has static fields of its own;"
                    .formatted(type.getSimpleName(), method.getName())
                + " make it @BeforeEach");
      }
    }

    private static List<Method> annotated(
        Request request,
        Class<?> type,
        Class<? extends Annotation> annotation,
        HierarchyTraversalMode order) {
      List<Method> methods = AnnotationSupport.findAnnotatedMethods(type, annotation, order);
      for (Method method : methods) {
        if (method.getParameterCount() > 0 && request.before(method).isEmpty()) {
          throw new IllegalArgumentException(
              "%s.%s has parameters, which nobody can resolve in each execution; take them away"
                  .formatted(type.getSimpleName(), method.getName()));
        }
        method.setAccessible(true);
      }
      return methods;
    }

    Scenario<String> scenario(Consumer<Object> created) throws Exception {
      Map<Class<?>, Object> instances = new LinkedHashMap<>();
      Map<Method, @Nullable Object[]> arguments = new HashMap<>();
      arguments.put(test, request.arguments().copy(woven, created));
      for (List<Method> methods : before.values()) {
        for (Method method : methods) {
          Optional<Arguments> known = request.before(method);
          if (known.isPresent()) {
            arguments.put(method, known.get().copy(woven, created));
          }
        }
      }
      @Nullable Object outer = null;
      for (Class<?> one : before.keySet()) {
        outer = made(one, outer);
        created.accept(outer);
        instances.put(one, outer);
      }
      return () -> {
        run(instances, arguments);
        return DONE;
      };
    }

    private static Constructor<?> constructor(Class<?> type, @Nullable Class<?> outer) {
      try {
        return outer == null ? type.getDeclaredConstructor() : type.getDeclaredConstructor(outer);
      } catch (NoSuchMethodException needsMore) {
        throw new IllegalArgumentException(
            "%s has a constructor with parameters, which nobody can resolve in each execution; make"
                    .formatted(type.getSimpleName())
                + " what it needs in a method with @BeforeEach",
            needsMore);
      }
    }

    private static Object made(Class<?> type, @Nullable Object outer) throws Exception {
      Constructor<?> constructor = constructor(type, outer == null ? null : outer.getClass());
      constructor.setAccessible(true);
      try {
        return outer == null ? constructor.newInstance() : constructor.newInstance(outer);
      } catch (InvocationTargetException thrown) {
        throw unwrapped(thrown);
      }
    }

    private void run(Map<Class<?>, Object> instances, Map<Method, @Nullable Object[]> arguments)
        throws Exception {
      @Nullable Throwable failure = null;
      try {
        for (Map.Entry<Class<?>, List<Method>> one : before.entrySet()) {
          for (Method method : one.getValue()) {
            invoke(method, instances.get(one.getKey()), arguments.getOrDefault(method, NOTHING));
          }
        }
        invoke(test, instances.get(type), arguments.getOrDefault(test, NOTHING));
      } catch (Throwable thrown) {
        failure = thrown;
      }
      List<Class<?>> inside = new ArrayList<>(after.keySet());
      Collections.reverse(inside);
      for (Class<?> one : inside) {
        for (Method method : after.getOrDefault(one, List.of())) {
          try {
            invoke(method, instances.get(one), NOTHING);
          } catch (Throwable thrown) {
            // As in JUnit, a failure counts for more than an assumption that failed before.
            failure = failure == null || isFailedAssumption(failure) ? thrown : failure;
          }
        }
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (Exception) failure;
      }
    }

    private static void invoke(Method method, @Nullable Object target, @Nullable Object[] with)
        throws Exception {
      try {
        var unused = method.invoke(target, with);
      } catch (InvocationTargetException thrown) {
        throw unwrapped(thrown);
      }
    }

    private static Exception unwrapped(InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Error error) {
        throw error;
      }
      return thrown.getCause() instanceof Exception exception ? exception : thrown;
    }
  }
}
