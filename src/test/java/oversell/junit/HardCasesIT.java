package oversell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of tests that are hard to explore: an ending with a name, and never a hang. */
@Timeout(120)
class HardCasesIT {
  private static Request request(String name) throws NoSuchMethodException {
    Method method = HardCase.class.getDeclaredMethod(name);
    return new Request(
        HardCase.class.getName(),
        name,
        List.of(),
        "",
        Arguments.NONE,
        Map.of(),
        List.of(),
        Request.How.of(method.getAnnotation(Interleavings.class), List.of()));
  }

  private static Report run(ExploringJvm jvm, String name) throws Exception {
    return jvm.run(request(name));
  }

  private static void awaitWork(ExploringJvm jvm) {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> jvm.handle().info().totalCpuDuration().orElseThrow().toMillis() > 500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          neverEnds                | FAILED     | never ends: the threads that are left repeat what they do
          countsForEver            | NOT_PROVED | not proved: a busy-wait: it ends only if another thread runs
          neverEndsWithoutAStep    | FAILED     | never ends: the threads that are left repeat what they do
          startsTenThousandThreads | NOT_PROVED | more than 63 threads were started
          exits                    | NOT_PROVED | not under control: System.exit (it is the outside
          halts                    | NOT_PROVED | not under control: Runtime.halt (it is the outside
          blocksOnASocket          | NOT_PROVED | not under control: InetAddress.getLoopbackAddress (it is the outside
          readsAFile               | NOT_PROVED | not under control: Files.readString (it is the outside
          readsStandardInput       | NOT_PROVED | not under control: System.in, in HardCase
          loadsNativeCode          | NOT_PROVED | not under control: System.load (it is the outside
          runsNativeCode           | FAILED     | throws java.lang.UnsatisfiedLinkError
          runsOutOfMemory          | FAILED     | throws java.lang.OutOfMemoryError
          overflowsItsStack        | FAILED     | throws java.lang.StackOverflowError
          assertsByTheKeyword      | FAILED     | throws java.lang.AssertionError: an update was lost
          printsMuch               | PROVED     | ends without a failure
          """)
  void eachHasAnEndingWithAName(String test, Report.Verdict verdict, String text) throws Exception {
    Report report = run(ExploringJvm.ofThisJvm(), test);

    assertThat(report.text()).contains(text);
    assertThat(report.verdict()).isEqualTo(verdict);
  }

  @Test
  void aTestThatBlocksInTheJdkIsGivenUpAndTheNextOneIsRunInAnotherJvm() throws Exception {
    ExploringJvm jvm = new ExploringJvm(Duration.ofSeconds(2));

    Report report = run(jvm, "neverEndsInTheJdk");

    assertThat(report.verdict()).isEqualTo(Report.Verdict.GIVEN_UP);
    assertThat(report.text()).contains("HardCase.neverEndsInTheJdk: not proved", "within 4 s");
    await().atMost(30, TimeUnit.SECONDS).until(() -> !jvm.isAlive());
    assertThat(run(ExploringJvm.ofThisJvm(), "printsMuch").isPass()).isTrue();
  }

  @Test
  void aJvmThatIsKilledIsNamedWithTheTestThatItRan() throws Exception {
    ExploringJvm jvm = new ExploringJvm(Duration.ofSeconds(60));
    FutureTask<Report> running = new FutureTask<>(() -> run(jvm, "neverEndsInTheJdk"));
    Thread.ofPlatform().start(running);
    awaitWork(jvm);

    jvm.handle().destroyForcibly();
    Report report = running.get(60, TimeUnit.SECONDS);

    assertThat(report.verdict()).isEqualTo(Report.Verdict.GIVEN_UP);
    assertThat(report.text()).contains("HardCase.neverEndsInTheJdk: not proved", "signal 9");
  }

  @Test
  void aJvmThatIsDeadBeforeItIsAskedIsNamedToo() throws Exception {
    ExploringJvm jvm = new ExploringJvm(Duration.ofSeconds(60));
    jvm.handle().destroyForcibly();
    await().atMost(30, TimeUnit.SECONDS).until(() -> !jvm.isAlive());

    assertThat(run(jvm, "printsMuch").text()).contains("ended while it ran this");
  }

  @Test
  void aCallerThatIsInterruptedEndsTheJvmWhoseAnswerNobodyWaitsFor()
      throws IOException, InterruptedException {
    ExploringJvm jvm = new ExploringJvm(Duration.ofSeconds(60));
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    var unused = run(jvm, "neverEndsInTheJdk");
                  } catch (Exception expected) {
                    // It ends.
                  }
                });

    awaitWork(jvm);
    caller.interrupt();
    assertThat(caller.join(Duration.ofSeconds(60))).isTrue();

    await().atMost(30, TimeUnit.SECONDS).until(() -> !jvm.isAlive());
  }
}
