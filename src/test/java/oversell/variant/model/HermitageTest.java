package oversell.variant.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.FailureKind;
import oversell.explorer.Options;
import oversell.explorer.Scenario;
import oversell.explorer.ScenarioFactory;
import oversell.variant.model.Database.Level;

/**
 * The rows of PostgreSQL in Hermitage's table, of a model: each anomaly is refuted at every level
 * that allows it, and proved impossible at every level that forbids it.
 */
@Timeout(300)
class HermitageTest {
  /** Each anomaly, and the weakest level that forbids it. */
  enum Row {
    G0(Anomaly.DirtyWrite.class, Level.READ_COMMITTED),
    G1A(Anomaly.AbortedRead.class, Level.READ_COMMITTED),
    G1B(Anomaly.IntermediateRead.class, Level.READ_COMMITTED),
    G1C(Anomaly.CircularFlow.class, Level.READ_COMMITTED),
    OTV(Anomaly.TransactionVanishes.class, Level.READ_COMMITTED),
    PMP(Anomaly.PredicateManyPreceders.class, Level.SNAPSHOT),
    P4(Anomaly.LostUpdate.class, Level.SNAPSHOT),
    G_SINGLE(Anomaly.ReadSkew.class, Level.SNAPSHOT),
    G2_ITEM(Anomaly.WriteSkew.class, Level.SERIALIZABLE),
    G2(Anomaly.PredicateWriteSkew.class, Level.SERIALIZABLE),
    G2_READ_ONLY(Anomaly.ReadOnly.class, Level.SERIALIZABLE);

    private final Class<? extends Anomaly> scenario;
    private final Level forbiddenAt;

    Row(Class<? extends Anomaly> scenario, Level forbiddenAt) {
      this.scenario = scenario;
      this.forbiddenAt = forbiddenAt;
    }
  }

  /** An anomaly at a level. */
  record Case(Row row, Level level) implements ScenarioFactory<String> {
    boolean isAllowed() {
      return level.compareTo(row.forbiddenAt) < 0;
    }

    @Override
    public String name() {
      return row + " at " + level;
    }

    @Override
    public ClassLoader classes() {
      return Anomaly.class.getClassLoader();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Scenario<String> make(ClassLoader woven, Consumer<Object> created) throws Exception {
      var maker = woven.loadClass(row.scenario.getName()).getDeclaredConstructor(String.class);
      maker.setAccessible(true);
      try {
        Scenario<String> made = (Scenario<String>) maker.newInstance(level.name());
        created.accept(made);
        return made;
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause() instanceof Exception cause ? cause : thrown;
      }
    }

    Exploration<String> explored(Options options) {
      return Explorer.explore(this, options, (executions, failures, share, running) -> {});
    }

    @Override
    public String toString() {
      return name();
    }
  }

  private static Stream<Case> all() {
    return Arrays.stream(Row.values())
        .flatMap(row -> Arrays.stream(Level.values()).map(level -> new Case(row, level)));
  }

  static Stream<Case> allowed() {
    return all().filter(Case::isAllowed);
  }

  static Stream<Case> forbidden() {
    return all().filter(one -> !one.isAllowed());
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void whatALevelAllowsIsFound(Case one) {
    Exploration<String> explored = one.explored(Options.exhaustive());

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.THREW);
              assertThat(failure.cause()).get().asString().endsWith(" happens");
            });
  }

  /** The twin: the same transactions, and not only because all of them are rolled back. */
  @ParameterizedTest
  @MethodSource("forbidden")
  void whatALevelForbidsIsProvedImpossible(Case one) {
    Exploration<String> explored = one.explored(Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet())
        .anyMatch(endings -> endings.matches("committed(, committed)*(, rolled back)?"));
  }
}
