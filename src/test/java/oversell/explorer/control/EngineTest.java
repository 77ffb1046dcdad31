package oversell.explorer.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.control.Engine.Ending;
import oversell.explorer.hook.Hooks;
import oversell.explorer.hook.Operation;
import oversell.explorer.hook.Site;
import oversell.explorer.hook.Sites;
import oversell.explorer.schedule.FewestSwitches;

@Timeout(60)
class EngineTest {
  private final Sites sites = new Sites();
  private final int site = sites.add(new Site("Any", "any", "", 0, Operation.READ, "field"));

  private Engine engine() {
    FewestSwitches strategy = new FewestSwitches();
    strategy.begin();
    Engine engine = new Engine(operation -> true, sites, strategy, new Matters(false));
    engine.install();
    engine.clear(false);
    return engine;
  }

  @Test
  void whoIsRunByTheEngineTakesSteps() {
    Engine engine = engine();

    engine.run(() -> Thread.ofVirtual().unstarted(() -> Hooks.read(null, 0, site)).start());

    assertThat(engine.trace().length()).isEqualTo(2);
  }

  /** Such as somebody who took stock for a counterexample, and is late. */
  @Test
  void whoIsNotRunByTheEngineTakesNone() {
    Engine engine = engine();

    engine.run(
        () ->
            Thread.ofVirtual()
                .unstarted(
                    () -> {
                      Thread stranger = Thread.ofPlatform().start(() -> Hooks.read(null, 0, site));
                      while (stranger.isAlive()) {
                        Thread.onSpinWait();
                      }
                    })
                .start());

    assertThat(engine.trace().length()).isEqualTo(1);
  }

  @Test
  void whoAnnouncesAStepAndIsNotRunByTheEngineIsNamed() throws InterruptedException {
    Engine engine = engine();
    engine.run(() -> Thread.ofVirtual().unstarted(() -> Hooks.read(null, 0, site)).start());

    assertThat(engine.uncontrolled()).isEmpty();
    for (boolean virtual : new boolean[] {false, true}) {
      Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
      builder.name("stranger").start(() -> Hooks.read(null, 0, site)).join();
    }

    assertThat(engine.uncontrolled())
        .hasValue("thread \"stranger\" is not under control and runs what is explored");
  }

  @Test
  void aVirtualThreadThatNobodyControlsIsNotTakenForOneThatIsRun() {
    Engine engine = engine();

    Ending ending =
        engine.run(
            () ->
                Thread.ofVirtual()
                    .unstarted(
                        () -> {
                          Thread stranger =
                              Thread.ofPlatform().start(EngineTest::announceVirtually);
                          while (stranger.isAlive()) {
                            Thread.onSpinWait();
                          }
                        })
                    .start());

    assertThat(ending).isEqualTo(Ending.ESCAPED);
    assertThat(engine.trace().length()).isEqualTo(1);
  }

  private static void announceVirtually() {
    try {
      Thread.ofVirtual().start(() -> Hooks.read(null, 0, 0)).join();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aThreadThatWasStartedSinceACensusIsNamed() throws InterruptedException {
    Census census = Census.take();
    CountDownLatch over = new CountDownLatch(1);

    Optional<String> before = census.newcomer();
    Thread newcomer = Thread.ofPlatform().name("newcomer").start(() -> awaitUninterrupted(over));
    Optional<String> during = census.newcomer();
    over.countDown();
    newcomer.join();
    Optional<String> after = census.newcomer();

    assertThat(before).isEmpty();
    assertThat(during).hasValue("thread \"newcomer\" was started by what is explored");
    assertThat(after).hasValue("a platform thread was started by what is explored, and is over");
  }

  /** So does a library that attaches an agent to its own JVM, as Mockito does. */
  @Test
  void theThreadThatWaitsForAProcessIsTheJdks() throws IOException, InterruptedException {
    Census census = Census.take();

    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int unused = started.waitFor();

    assertThat(census.newcomer()).isEmpty();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing of ours would ever let it go on, yet it is no deadlock of theirs. */
  @Test
  void whoWaitsForALockThatAStrangerHoldsIsNotControlled() throws InterruptedException {
    Engine engine = engine();
    ReentrantLock lock = new ReentrantLock();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread stranger =
        Thread.ofPlatform()
            .start(
                () -> {
                  lock.lock();
                  try {
                    held.countDown();
                    over.await();
                  } catch (InterruptedException nobodyDoes) {
                    Thread.currentThread().interrupt();
                  } finally {
                    lock.unlock();
                  }
                });
    held.await();

    Ending ending = engine.run(() -> startAndWaitFor(Thread.ofVirtual().unstarted(lock::lock)));
    over.countDown();
    stranger.join();

    assertThat(ending).isEqualTo(Ending.ESCAPED);
    assertThat(engine.uncontrolled())
        .hasValueSatisfying(what -> assertThat(what).contains("holds"));
  }

  /** As the JDK does up to 23 where it looks for what was collected; later it pins the thread. */
  @ParameterizedTest
  @ValueSource(strings = {"Reference Handler", "stranger"})
  void onlyTheHandlerOfReferencesMayHoldAThreadUpThatGoesOnInItsStep(String name)
      throws InterruptedException {
    Engine engine = engine();
    ReentrantLock lock = new ReentrantLock();
    CountDownLatch held = new CountDownLatch(1);
    Thread holder =
        Thread.ofPlatform()
            .name(name)
            .start(
                () -> {
                  lock.lock();
                  held.countDown();
                  Awaitility.await().until(lock::hasQueuedThreads);
                  lock.unlock();
                });
    held.await();
    AtomicInteger entered = new AtomicInteger();

    Ending ending =
        engine.run(
            () -> {
              lock.lock();
              entered.incrementAndGet();
              lock.unlock();
            });
    holder.join();

    boolean goesOn = name.equals("Reference Handler") && Runtime.version().feature() < 24;
    assertThat(ending).isEqualTo(goesOn ? Ending.DONE : Ending.ESCAPED);
    assertThat(entered).hasValue(goesOn ? 1 : 0);
  }

  @Test
  void aThreadThatIsUnparkedFromOutsideIsNamedAndSoIsTheOneThatDidIt() {
    Engine engine = engine();
    AtomicReference<@Nullable Thread> parked = new AtomicReference<>();

    Ending ending =
        engine.run(
            () -> {
              Thread.ofVirtual()
                  .unstarted(
                      () -> {
                        parked.set(Thread.currentThread());
                        Hooks.read(null, 0, site);
                        LockSupport.park();
                      })
                  .start();
              Thread.ofVirtual()
                  .unstarted(
                      () -> {
                        Thread stranger =
                            Thread.ofPlatform()
                                .name("stranger")
                                .start(() -> LockSupport.unpark(parked.get()));
                        while (stranger.isAlive()) {
                          Thread.onSpinWait();
                        }
                      })
                  .start();
            });

    assertThat(ending).isEqualTo(Ending.ESCAPED);
    assertThat(engine.uncontrolled())
        .hasValueSatisfying(
            what ->
                assertThat(what)
                    .startsWith("thread 1 was unparked by code that is not under control")
                    .contains("\"stranger\"", "Any.any"));
  }

  @Test
  void whoWaitsForALockOfAnotherThreadIsStuck() {
    Engine engine = engine();
    ReentrantLock lock = new ReentrantLock();

    Ending ending =
        engine.run(
            () -> {
              Thread.ofVirtual().unstarted(lock::lock).start();
              startAndWaitFor(Thread.ofVirtual().unstarted(lock::lock));
            });

    assertThat(ending).isEqualTo(Ending.STUCK);
    assertThat(engine.uncontrolled()).isEmpty();
  }

  /**
   * The JDK registers the scopes of other owners, and reads a queue then whose lock its handler of
   * references takes, too: once in a while an owner waited for that.
   */
  @Test
  void theOwnerOfAScopeWasStartedByAnExecutor() throws ReflectiveOperationException {
    Engine engine = engine();
    Field container = Thread.class.getDeclaredField("container");
    container.setAccessible(true);
    AtomicReference<@Nullable Object> ofOwner = new AtomicReference<>();

    engine.run(
        () -> {
          try {
            ofOwner.set(container.get(Thread.currentThread()));
          } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
          }
        });

    assertThat(ofOwner.get()).isInstanceOf(ExecutorService.class);
  }

  private static void startAndWaitFor(Thread thread) {
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }
}
