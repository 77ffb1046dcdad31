package oversell.lab.trial;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.IntStream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.LinearizabilityVerifier;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;
import oversell.versus.Operations;

/**
 * Tells <a href="https://github.com/JetBrains/lincheck">Lincheck</a> of a program: one scenario,
 * with a call for each thread and one that follows. All that is compiled against Lincheck is here,
 * and it is compiled only where Maven has fetched that.
 */
final class LincheckDriver implements LincheckExplorer.Driver {
  private static final String HUNG = "= The execution has hung =";

  /** Counts the invocations, each of which Lincheck verifies; it makes the verifier itself. */
  public static final class Counting implements Verifier {
    private static long invocations;
    private static long wrong;

    private final LinearizabilityVerifier verifier;

    /** For Lincheck. */
    public Counting(Class<?> specification) {
      verifier = new LinearizabilityVerifier(specification);
    }

    @Override
    public boolean verifyResults(ExecutionScenario scenario, ExecutionResult result) {
      boolean isRight = verifier.verifyResults(scenario, result);
      invocations++;
      wrong += isRight ? 0 : 1;
      return isRight;
    }
  }

  @Override
  public LincheckExplorer.Checked check(Class<? extends Operations> program, int mostInvocations) {
    Counting.invocations = 0;
    Counting.wrong = 0;
    try {
      new ModelCheckingOptions()
          .addCustomScenario(scenario(program))
          // No others, which it would draw.
          .iterations(0)
          .invocationsPerIteration(mostInvocations)
          // It has one call a thread.
          .minimizeFailedScenario(false)
          .verifier(Counting.class)
          .check(program);
      return checked(LincheckExplorer.How.PASSED, 0, "");
    } catch (LincheckAssertionError failure) {
      return judged(failure);
    } catch (Exception | Error broken) {
      return checked(LincheckExplorer.How.BROKE, 0, broken.toString());
    }
  }

  private static ExecutionScenario scenario(Class<? extends Operations> program)
      throws ReflectiveOperationException {
    Method call = program.getMethod("call", int.class);
    Method afterwards = program.getMethod("afterwards");
    int threads = program.getDeclaredConstructor().newInstance().threads();
    return new ExecutionScenario(
        List.of(),
        IntStream.range(0, threads)
            .mapToObj(thread -> List.of(new Actor(call, List.of(thread))))
            .toList(),
        List.of(new Actor(afterwards, List.of())),
        null);
  }

  /** An error of Lincheck's own has the type of a verdict, too. */
  private static LincheckExplorer.Checked judged(LincheckAssertionError failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    String headline = message.lines().findFirst().orElse("").strip();
    String said = "LincheckAssertionError: " + headline.replace("=", "").strip();
    if (Counting.wrong > 0) {
      return checked(LincheckExplorer.How.WRONG, 0, said);
    }
    // Of one that hangs there is nothing to verify, and so it is not among the invocations.
    return headline.equals(HUNG)
        ? checked(LincheckExplorer.How.HUNG, 1, said)
        : checked(LincheckExplorer.How.BROKE, 1, said);
  }

  private static LincheckExplorer.Checked checked(
      LincheckExplorer.How how, long notVerified, String message) {
    return new LincheckExplorer.Checked(how, Counting.invocations + notVerified, message);
  }
}
