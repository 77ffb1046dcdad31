package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.explorer.weave.Mutant;

/**
 * Each row of the table of calls that is about scopes is needed: some program notices if it is
 * taken away or made weaker, by its outcomes, its verdict, or, of a row that only spares schedules,
 * by their number.
 */
@Tag("mutations")
class ScopeMutationsTest {
  private static final List<String> PROGRAMS =
      List.of(
          // An update is lost, and the scope is closed when all is over.
          """
          try (var scope = StructuredTaskScope.open()) {
            scope.fork(() -> { count++; return null; });
            scope.fork(() -> { count++; return null; });
            scope.join();
          }
          return count;
          """,
          // A scope that nobody joins interrupts its subtask.
          """
          try {
            try (var scope = StructuredTaskScope.open()) {
              scope.fork(() -> {
                count = 1;
                count = Thread.currentThread().isInterrupted() ? 2 : 3;
                return null;
              });
            }
          } catch (IllegalStateException notJoined) {
            // Expected.
          }
          return count;
          """,
          // Beside another thread a scope is opened, named, joined and asked, after a plain one.
          """
          Thread beside = Thread.startVirtualThread(() -> { count = 1; count = 2; });
          StructuredTaskScope.open().close();
          int sum = 0;
          try (var scope = StructuredTaskScope.open(
              StructuredTaskScope.Joiner.<Integer>awaitAllSuccessfulOrThrow(),
              config -> config.withName("named"))) {
            var one = scope.fork(() -> 1);
            var other = scope.fork(() -> 2);
            scope.join();
            sum = one.get() + other.get();
          }
          beside.join();
          return sum;
          """,
          // Its threads are platform threads.
          """
          try (var scope = StructuredTaskScope.open(
              StructuredTaskScope.Joiner.<Object>awaitAllSuccessfulOrThrow(),
              config -> config.withThreadFactory(Thread.ofPlatform().factory()))) {
            scope.fork(() -> { count++; return null; });
            count++;
            scope.join();
          }
          return count;
          """,
          // A subtask is asked before the join.
          """
          try (var scope = StructuredTaskScope.open()) {
            var one = scope.fork(() -> { count = 1; return 1; });
            int seen = one.state() == StructuredTaskScope.Subtask.State.SUCCESS ? 1 : 0;
            scope.join();
            return seen;
          }
          """,
          // A value is bound and read beside another thread.
          """
          Thread beside = Thread.startVirtualThread(() -> { count = 1; count = 2; });
          ScopedValue<Integer> value = ScopedValue.newInstance();
          int seen = ScopedValue.where(value, 7).call(() -> value.get());
          beside.join();
          return seen;
          """,
          // It has a limit, which may pass.
          """
          try (var scope = StructuredTaskScope.open(
              StructuredTaskScope.Joiner.awaitAllSuccessfulOrThrow(),
              config -> config.withTimeout(java.time.Duration.ofMillis(1)))) {
            scope.fork(() -> { count = 1; return null; });
            scope.join();
          } catch (StructuredTaskScope.TimeoutException late) {
            return 10 + count;
          }
          return count;
          """,
          // A builder is told two names, one after the other, while other threads run.
          """
          var builder = Thread.ofVirtual().name("a");
          Thread beside = Thread.startVirtualThread(() -> { count = 1; count = 2; });
          Thread one = Thread.startVirtualThread(() -> { builder.name("b"); builder.name("c"); });
          String seen = builder.unstarted(() -> {}).getName();
          one.join();
          beside.join();
          return seen.charAt(0) - 'a';
          """,
          // A builder counts the threads that it names, for two who share it.
          """
          var builder = Thread.ofVirtual().name("n", 0);
          Thread one = Thread.startVirtualThread(
              () -> count += builder.unstarted(() -> {}).getName().equals("n0") ? 1 : 2);
          int mine = builder.unstarted(() -> {}).getName().equals("n0") ? 10 : 20;
          one.join();
          return count + mine;
          """);

  @Test
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  void eachRowAboutScopesIsNeededAsItIs() {
    int release = Runtime.version().feature();
    assumeTrue(release == 25 || release == 26, "scopes are written in another way");
    List<Mutant> mutants =
        Mutant.all().stream().filter(Mutant::isOfScopes).filter(Mutant::isOfThisJdk).toList();
    assertThat(mutants).hasSizeGreaterThan(12);

    assertThat(new MutatedPrograms(PROGRAMS, List.of()).unnoticed(mutants)).isEmpty();
  }
}
