package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;

/** A future is complete before those that depend on it, which here takes one step. */
class StagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          var asked = used.thenApply(one -> one + 1); | asked.isDone()                   | true
          var asked = used.thenAccept(one -> {});     | asked.isCompletedExceptionally() | true
          var asked = used.copy();                    | asked.getNow(null) == null       | true
          var asked = CompletableFuture.allOf(used);  | asked.isDone()                   | true
          Future<?> asked = CompletableFuture.anyOf(used); | asked.state() == Future.State.RUNNING | true
          var asked = used.thenApply(one -> one + 1); | used.isDone()                    | false
          var asked = CompletableFuture.supplyAsync(() -> 1); | asked.isDone()           | false
          var asked = used.thenApply(one -> one + 1); | asked.join() == 2                | false
          """)
  void whoAsksForOneThatDependsOnAnotherIsToldThatItMayComeLate(
      String made, String asks, boolean isNamed) {
    Exploration<Integer> explored =
        Explorer.explore(
            Sources.scenario(
                """
                var used = new CompletableFuture<Integer>();
                %s
                Thread beside = Thread.startVirtualThread(() -> used.complete(1));
                int seen = %s ? 1 : 2;
                beside.join();
                return seen;
                """
                    .formatted(made, asks)),
            Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.toString().contains("when one is on which it depends")).isEqualTo(isNamed);
  }
}
