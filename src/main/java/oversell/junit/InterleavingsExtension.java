package oversell.junit;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import oversell.explorer.Explorer;

/** Runs tests with {@link Interleavings} by the explorer instead of by JUnit. */
final class InterleavingsExtension
    implements TestTemplateInvocationContextProvider, InvocationInterceptor {
  private static final String KEY = "interleavings";
  private static final String UNWOVEN = "oversell.unwoven";
  private static final Pattern NUMBER = Pattern.compile("#(\\d+)]$");
  // Of all tests of this JVM: it can run one at a time.
  private static final LimitedRunner HERE = new LimitedRunner(LimitedRunner.GRACE);

  InterleavingsExtension() {}

  /** Not if another annotation, as that of parameterised tests, makes the invocations. */
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context
        .getTestMethod()
        .filter(method -> annotation(method).isPresent())
        .filter(method -> !isMadeByAnother(method))
        .isPresent();
  }

  private static boolean isMadeByAnother(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type != Interleavings.class)
        .anyMatch(type -> AnnotationSupport.isAnnotated(type, TestTemplate.class));
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(
        new TestTemplateInvocationContext() {
          @Override
          public String getDisplayName(int index) {
            return context.getDisplayName();
          }
        });
  }

  private static Optional<Interleavings> annotation(Method method) {
    return AnnotationSupport.findAnnotation(method, Interleavings.class);
  }

  private static boolean isOfOurs(ExtensionContext context) {
    return context.getTestMethod().flatMap(InterleavingsExtension::annotation).isPresent();
  }

  /** Runs in each execution, and with copies of the same arguments. */
  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    if (isOfOurs(context) && !method.getArguments().isEmpty()) {
      before(context).put(Request.key(method.getExecutable()), Arguments.of(method.getArguments()));
    }
    skipOrProceed(invocation, context);
  }

  /** What methods are called with that run before the test. */
  @SuppressWarnings("unchecked")
  private static Map<String, Arguments> before(ExtensionContext context) {
    ExtensionContext.Store store =
        context.getStore(ExtensionContext.Namespace.create(InterleavingsExtension.class));
    Map<String, Arguments> known = store.get(context.getUniqueId(), Map.class);
    if (known == null) {
      known = new HashMap<>();
      store.put(context.getUniqueId(), known);
    }
    return known;
  }

  /** Runs in each execution. */
  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    skipOrProceed(invocation, context);
  }

  private static void skipOrProceed(Invocation<Void> invocation, ExtensionContext context)
      throws Throwable {
    if (isOfOurs(context)) {
      invocation.skip();
    } else {
      var unused = invocation.proceed();
    }
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Optional<Interleavings> how = annotation(method.getExecutable());
    if (how.isEmpty()) {
      var unused = invocation.proceed();
      return;
    }
    invocation.skip();
    OtherExtensions others = new OtherExtensions(method.getTargetClass(), method.getExecutable());
    others.refuseFields();
    Request request =
        new Request(
            method.getTargetClass().getName(),
            method.getExecutable().getName(),
            Arrays.stream(method.getExecutable().getParameterTypes()).map(Class::getName).toList(),
            set(context, method),
            Arguments.of(method.getArguments()),
            Map.copyOf(before(context)),
            others.unseen(),
            Request.How.of(how.get(), unwoven(context)));
    Report report = run(request, method.getTargetClass().getClassLoader());
    Path json = written(request, report);
    context.publishReportEntry(KEY, report.text().lines().findFirst().orElse(""));
    if (report.verdict() == Report.Verdict.ABORTED) {
      throw new TestAbortedException(report.text().stripTrailing());
    }
    if (!report.isPass()) {
      throw failed(request, report, json);
    }
  }

  /** Which set of arguments it is, as JUnit numbers them; empty if the test has no parameters. */
  private static String set(ExtensionContext context, ReflectiveInvocationContext<Method> method) {
    Matcher matcher = NUMBER.matcher(context.getUniqueId());
    boolean isOneOfMany = isMadeByAnother(method.getExecutable()) && matcher.find();
    return isOneOfMany ? matcher.group(1) : "";
  }

  /** What is said for all tests, in junit-platform.properties or by a system property. */
  private static List<String> unwoven(ExtensionContext context) {
    return context.getConfigurationParameter(UNWOVEN).stream()
        .flatMap(all -> Arrays.stream(all.split(",")))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .toList();
  }

  private static Report run(Request request, ClassLoader classes)
      throws IOException, InterruptedException {
    return Explorer.canExplore() && HERE.isFree()
        ? HERE.run(request, classes)
        : ExploringJvm.ofThisJvm().run(request);
  }

  private static AssertionFailedError failed(Request request, Report report, Path json) {
    String head = report.text().stripTrailing();
    String again =
        report.schedule().isEmpty()
            ? ""
            : """


              To run this schedule alone:
                @Interleavings(replay = "%s")
              Picture: %s
              """
                .formatted(report.schedule(), json.resolveSibling(request.fileName() + ".svg"));
    AssertionFailedError error = new AssertionFailedError(head + again.stripTrailing());
    Report.Cause cause = report.cause();
    if (cause != null) {
      error.initCause(cause.shown());
    }
    return error;
  }

  /** Writes what came of it, beside what the build makes; a full disk is no reason to fail. */
  private static Path written(Request request, Report report) {
    Path root =
        Stream.of("target", "build")
            .map(Path::of)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(Path.of("target"));
    Path folder = root.resolve("interleavings");
    Path json = folder.resolve(request.fileName() + ".json");
    try {
      Files.createDirectories(folder);
      Files.writeString(json, Json.of(request, report));
      Path svg = folder.resolve(request.fileName() + ".svg");
      if (report.svg().isEmpty()) {
        Files.deleteIfExists(svg);
      } else {
        Files.writeString(svg, report.svg());
      }
    } catch (IOException cannot) {
      System.getLogger("oversell.junit")
          .log(System.Logger.Level.WARNING, "no report was written to " + json + ": " + cannot);
    }
    return json;
  }

  /** A report as JSON, which is too small to need a library. */
  private static final class Json {
    private Json() {}

    static String of(Request request, Report report) {
      List<String> fields =
          List.of(
              field("test", text(request.type() + "." + request.method())),
              field("set", request.set().isEmpty() ? "null" : request.set()),
              field("verdict", text(report.verdict().name().toLowerCase(Locale.ROOT))),
              field("executions", Long.toString(report.executions())),
              field("aborted", Long.toString(report.aborted())),
              field("schedules", report.schedules().isEmpty() ? "null" : report.schedules()),
              field("millis", Long.toString(report.millis())),
              field("schedule", report.schedule().isEmpty() ? "null" : text(report.schedule())),
              field(
                  "uncontrolled",
                  report.uncontrolled().stream()
                      .map(Json::text)
                      .collect(Collectors.joining(", ", "[", "]"))),
              field("text", text(report.text())));
      return "{\n" + String.join(",\n", fields) + "\n}\n";
    }

    private static String field(String name, String value) {
      return "  " + text(name) + ": " + value;
    }

    private static String text(String any) {
      StringBuilder text = new StringBuilder("\"");
      for (int i = 0; i < any.length(); i++) {
        char one = any.charAt(i);
        switch (one) {
          case '"' -> text.append("\\\"");
          case '\\' -> text.append("\\\\");
          case '\n' -> text.append("\\n");
          default -> text.append(one < ' ' ? "\\u%04x".formatted((int) one) : String.valueOf(one));
        }
      }
      return text.append('"').toString();
    }
  }
}
