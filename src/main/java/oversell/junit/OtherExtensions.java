package oversell.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.TestInstanceFactory;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The extensions of a test beside ours. They are run once, for the instance that JUnit makes, and
 * no execution sees that instance.
 *
 * @param type the test's class
 * @param method the test
 */
record OtherExtensions(Class<?> type, Method method) {
  private static final List<Class<?>> PREPARE =
      List.of(
          BeforeAllCallback.class,
          BeforeEachCallback.class,
          BeforeTestExecutionCallback.class,
          InvocationInterceptor.class,
          TestInstanceFactory.class,
          TestInstancePostProcessor.class);
  // By the packages of those who set fields of a test.
  private static final Pattern SETS_FIELDS =
      Pattern.compile("(org\\.(junit|mockito|springframework)|(jakarta|javax)\\.inject)\\..*");

  /** The names of those that prepare something. */
  List<String> unseen() {
    return Stream.concat(enclosing().stream(), Stream.of(method))
        .flatMap(
            element ->
                AnnotationSupport.findRepeatableAnnotations(element, ExtendWith.class).stream())
        .flatMap(annotation -> Arrays.stream(annotation.value()))
        // Those of JUnit's own annotations resolve parameters, or make the invocations.
        .filter(extension -> !extension.getName().startsWith("org.junit."))
        .filter(extension -> extension != InterleavingsExtension.class)
        .filter(extension -> PREPARE.stream().anyMatch(one -> one.isAssignableFrom(extension)))
        .map(Class::getName)
        .distinct()
        .toList();
  }

  private List<Class<?>> enclosing() {
    List<Class<?>> all = new ArrayList<>();
    for (Class<?> one = type; one != null; one = one.getEnclosingClass()) {
      all.add(one);
    }
    return all;
  }

  /**
   * Refuses a class with fields that an extension sets: they would be null in each execution.
   *
   * @throws IllegalArgumentException if there is one
   */
  void refuseFields() {
    for (Class<?> one : enclosing()) {
      for (Field field :
          ReflectionSupport.findFields(
              one, OtherExtensions::isSet, HierarchyTraversalMode.TOP_DOWN)) {
        throw new IllegalArgumentException(
            "%s.%s is set by an extension, of which no execution sees anything; make it in a method"
                    .formatted(one.getSimpleName(), field.getName())
                + " with @BeforeEach");
      }
    }
  }

  private static boolean isSet(Field field) {
    return !Modifier.isStatic(field.getModifiers())
        && Arrays.stream(field.getAnnotations())
            .map(Annotation::annotationType)
            .anyMatch(annotation -> SETS_FIELDS.matcher(annotation.getName()).matches());
  }
}
