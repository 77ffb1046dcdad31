package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static oversell.explorer.client.AllSchedules.checkAgainstAllSchedules;
import static oversell.explorer.client.AllSchedules.explored;

import java.beans.Expression;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.FailureKind;
import oversell.explorer.Scenario;

/** Platform threads, which a scenario makes in any way, are under control as virtual ones are. */
public class PlatformThreadsTest {
  /** Two threads that add one without a guard, by who makes them. */
  abstract static class Adders implements Scenario<Integer> {
    private int count;

    abstract Thread make(Runnable body);

    void add() {
      count++;
    }

    @Override
    public Integer run() throws InterruptedException {
      Thread one = make(this::add);
      Thread two = make(this::add);
      one.start();
      two.start();
      one.join();
      two.join();
      return count;
    }
  }

  static class OfVirtual extends Adders {
    @Override
    Thread make(Runnable body) {
      return Thread.ofVirtual().unstarted(body);
    }
  }

  static class ByConstructor extends Adders {
    @Override
    Thread make(Runnable body) {
      return new Thread(body);
    }
  }

  static class OfPlatform extends Adders {
    @Override
    Thread make(Runnable body) {
      return Thread.ofPlatform().daemon().name("adder-", 1).unstarted(body);
    }
  }

  static class ByReference extends Adders {
    private final ThreadFactory factory = Thread::new;

    @Override
    Thread make(Runnable body) {
      return factory.newThread(body);
    }
  }

  static class ByFactory extends Adders {
    private final ThreadFactory factory = Thread.ofPlatform().name("adder-", 0).factory();

    @Override
    Thread make(Runnable body) {
      return factory.newThread(body);
    }
  }

  static class BySubclass extends Adders {
    private class Adder extends Thread {
      private final Runnable body;

      Adder(Runnable body) {
        super("an adder");
        this.body = body;
      }

      @Override
      public void run() {
        body.run();
      }
    }

    @Override
    Thread make(Runnable body) {
      return new Adder(body);
    }
  }

  static class InAGroup extends Adders {
    @Override
    Thread make(Runnable body) {
      return new Thread(new ThreadGroup("adders"), body, "adder", 0);
    }
  }

  static class Synchronized extends ByConstructor {
    @Override
    synchronized void add() {
      super.add();
    }
  }

  static class Locked extends BySubclass {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    void add() {
      lock.lock();
      try {
        super.add();
      } finally {
        lock.unlock();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ByConstructor.class,
        OfPlatform.class,
        ByReference.class,
        ByFactory.class,
        BySubclass.class,
        InAGroup.class
      })
  void theyLoseAnUpdateInAsManyTracesAsVirtualThreads(Class<? extends Adders> scenario) {
    Exploration<Integer> virtual = explored(OfVirtual.class);

    Exploration<Integer> platform = explored(scenario);

    assertThat(platform.uncontrolled()).isEmpty();
    assertThat(platform.outcomes()).isEqualTo(virtual.outcomes()).containsOnlyKeys(1, 2);
    assertThat(platform.executions()).isEqualTo(virtual.executions());
    checkAgainstAllSchedules(scenario);
  }

  @ParameterizedTest
  @ValueSource(classes = {Synchronized.class, Locked.class})
  void withALockTheyAreProved(Class<? extends Adders> scenario) {
    Exploration<Integer> explored = explored(scenario);

    assertThat(explored.certificate()).isPresent();
    assertThat(explored.outcomes()).containsOnlyKeys(2);
    checkAgainstAllSchedules(scenario);
  }

  /** What a thread is told about itself, and what others are told about it. */
  static class Identity implements Scenario<List<Object>> {
    private final List<Object> told = new ArrayList<>();

    private class Named extends Thread {
      Named(String name) {
        super(name);
      }

      @Override
      public void run() {
        told.add(Thread.currentThread() == this);
        told.add(getName() + isAlive() + isDaemon() + isVirtual());
      }
    }

    @Override
    public List<Object> run() throws InterruptedException {
      Thread unnamed = new Thread(() -> told.add(Thread.currentThread().getName()));
      told.add(unnamed.getState());
      unnamed.start();
      unnamed.join();
      told.add(unnamed.getState());
      told.add(unnamed.isAlive());
      Thread daemon = new Named("a name");
      daemon.setDaemon(true);
      daemon.start();
      daemon.join();
      told.add(new Thread().getName());
      told.add(daemon.threadId() == unnamed.threadId() + 1);
      try {
        daemon.start();
        told.add("started twice");
      } catch (IllegalThreadStateException expected) {
        told.add("once");
      }
      return told;
    }
  }

  @Test
  void whatTheyAreToldAboutThemselvesIsWhatAPlatformThreadWouldBe() {
    Exploration<List<Object>> explored = explored(Identity.class);

    assertThat(explored.uncontrolled()).isEmpty();
    assertThat(explored.outcomes().keySet())
        .containsExactly(
            List.of(
                Thread.State.NEW,
                "Thread-0",
                Thread.State.TERMINATED,
                false,
                true,
                "a nametruetruefalse",
                "Thread-1",
                true,
                "once"));
  }

  /** An interrupt, which the thread may meet before it sleeps, asleep, or not at all. */
  static class Interrupted implements Scenario<String> {
    private String seen = "slept";

    @Override
    public String run() throws InterruptedException {
      Thread sleeper =
          new Thread(
              () -> {
                try {
                  Thread.sleep(10);
                } catch (InterruptedException interrupted) {
                  seen = "interrupted " + Thread.currentThread().isInterrupted();
                }
              });
      sleeper.start();
      sleeper.interrupt();
      sleeper.join();
      return seen;
    }
  }

  @Test
  void anInterruptEndsASleepOrComesTooLate() {
    assertThat(explored(Interrupted.class).outcomes())
        .containsOnlyKeys("slept", "interrupted false");
    checkAgainstAllSchedules(Interrupted.class);
  }

  /** Its own way to be interrupted, which calls the JDK's. */
  static class OverriddenInterrupt implements Scenario<String> {
    private static class Reader extends Thread {
      private boolean isClosed;
      private String seen = "";

      @Override
      public void interrupt() {
        synchronized (this) {
          isClosed = true;
        }
        super.interrupt();
      }

      @Override
      public void run() {
        synchronized (this) {
          seen = isClosed + " " + isInterrupted();
        }
      }
    }

    @Override
    public String run() throws InterruptedException {
      Reader reader = new Reader();
      Thread any = reader;
      any.start();
      any.interrupt();
      any.join();
      return reader.seen;
    }
  }

  @Test
  void aMethodThatASubclassOverridesIsCalledAndCallsTheOneOfThreads() {
    assertThat(explored(OverriddenInterrupt.class).outcomes())
        .containsOnlyKeys("false false", "true false", "true true");
    checkAgainstAllSchedules(OverriddenInterrupt.class);
  }

  static class Parked implements Scenario<Integer> {
    private volatile boolean isReady;
    private int value;

    @Override
    public Integer run() throws InterruptedException {
      Thread parked =
          new Thread(
              () -> {
                while (!isReady) {
                  LockSupport.park(this);
                }
                value++;
              });
      parked.start();
      value = 1;
      isReady = true;
      LockSupport.unpark(parked);
      parked.join();
      return value;
    }
  }

  /** Whoever is unparked first does not see that it may go on. */
  static class ParkedForEver extends Parked {
    private boolean isReady;

    @Override
    public Integer run() throws InterruptedException {
      Thread parked =
          new Thread(
              () -> {
                while (!isReady) {
                  LockSupport.park();
                }
              });
      parked.start();
      LockSupport.unpark(parked);
      isReady = true;
      parked.join();
      return 0;
    }
  }

  @Test
  void aThreadIsUnparkedByTheThreadThatItsMakerKnows() {
    assertThat(explored(Parked.class).certificate()).isPresent();
    checkAgainstAllSchedules(Parked.class);
  }

  @Test
  void anUnparkThatComesTooEarlyIsADeadlock() {
    Exploration<Integer> explored = explored(ParkedForEver.class);

    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLOCK);
    checkAgainstAllSchedules(ParkedForEver.class);
  }

  static class Uncaught implements Scenario<Integer> {
    @Override
    public Integer run() throws InterruptedException {
      Thread failing =
          new Thread(
              () -> {
                throw new IllegalStateException("no stock");
              });
      failing.start();
      failing.join();
      return 0;
    }
  }

  static class Handled implements Scenario<String> {
    private final AtomicReference<String> told = new AtomicReference<>("");

    @Override
    public String run() throws InterruptedException {
      Thread failing =
          new Thread(
              () -> {
                throw new IllegalStateException("no stock");
              });
      failing.setName("a buyer");
      failing.setUncaughtExceptionHandler(
          (thread, thrown) -> told.set(thread.getName() + ": " + thrown.getMessage()));
      failing.start();
      failing.join();
      return told.get();
    }
  }

  static class HandlerThrows implements Scenario<Integer> {
    @Override
    public Integer run() throws InterruptedException {
      for (Thread failing :
          List.of(new Thread(this::fail), Thread.ofVirtual().unstarted(this::fail))) {
        failing.setUncaughtExceptionHandler(
            (thread, thrown) -> {
              throw new IllegalStateException(thrown);
            });
        failing.start();
        failing.join();
      }
      return 1;
    }

    private void fail() {
      throw new IllegalStateException("no stock");
    }
  }

  @Test
  void whatNobodyCatchesIsAFailure() {
    var failure = explored(Uncaught.class).failure().orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.THREW);
    assertThat(failure.cause().orElseThrow()).hasMessage("no stock");
  }

  @Test
  void aHandlerIsToldOfTheThreadThatItsMakerKnows() {
    assertThat(explored(Handled.class).outcomes()).containsOnlyKeys("a buyer: no stock");
  }

  @Test
  void whatAHandlerThrowsIsIgnoredAsTheJvmDoes() {
    assertThat(explored(HandlerThrows.class).outcomes()).containsOnlyKeys(1);
  }

  /** Each thread has its own, and one of a child begins with that of its parent. */
  static class Locals implements Scenario<Map<String, String>> {
    private final ThreadLocal<String> own = ThreadLocal.withInitial(() -> "new");
    private final InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
    private String seen = "";

    @Override
    public Map<String, String> run() throws InterruptedException {
      own.set("of main");
      inherited.set("of main");
      Thread child = new Thread(() -> seen = own.get() + ", " + inherited.get());
      inherited.set("changed");
      child.start();
      child.join();
      return Map.of("child", seen, "main", own.get() + ", " + inherited.get());
    }
  }

  @Test
  void theyHaveLocalsOfTheirOwnAndInheritThoseOfTheThreadThatMadeThem() {
    assertThat(explored(Locals.class).outcomes())
        .containsOnlyKeys(Map.of("child", "new, of main", "main", "of main, changed"));
  }

  /** Counts how often it is asked what a child begins with. */
  static class CountsChildren implements Scenario<List<Integer>> {
    private int count;
    private final InheritableThreadLocal<Integer> inherited =
        new InheritableThreadLocal<>() {
          @Override
          protected Integer childValue(Integer parent) {
            count++;
            return parent + count;
          }
        };
    private int first;
    private int second;

    @Override
    public List<Integer> run() throws InterruptedException {
      inherited.set(10);
      Thread platform = new Thread(() -> first = inherited.get());
      Thread virtual = Thread.ofVirtual().unstarted(() -> second = inherited.get());
      virtual.start();
      platform.start();
      platform.join();
      virtual.join();
      return List.of(first, second, count);
    }
  }

  @Test
  void whatAChildBeginsWithIsAskedOnceWhenItIsMade() {
    assertThat(explored(CountsChildren.class).outcomes()).containsOnlyKeys(List.of(11, 12, 2));
  }

  /** The number in a name that the JDK gives depends on who makes its thread first. */
  static class NamesInTurn implements Scenario<String> {
    private final AtomicReference<String> first = new AtomicReference<>();

    @Override
    public String run() throws InterruptedException {
      Thread one = new Thread(this::name, "one");
      Thread two = new Thread(() -> new Thread(() -> {}), "two");
      one.start();
      two.start();
      one.join();
      two.join();
      return first.get();
    }

    private void name() {
      first.set(new Thread(() -> {}).getName());
    }
  }

  @Test
  void theNumbersOfThreadsWithoutANameComeInEitherOrder() {
    assertThat(explored(NamesInTurn.class).outcomes()).containsOnlyKeys("Thread-0", "Thread-1");
    checkAgainstAllSchedules(NamesInTurn.class);
  }

  /** A join that comes before the start does not wait. */
  static class JoinsAnUnstartedOne implements Scenario<Integer> {
    private int count;
    private int seen = -1;

    @Override
    public Integer run() throws InterruptedException {
      Thread adder = new Thread(() -> count = 1);
      Thread reader =
          new Thread(
              () -> {
                try {
                  adder.join();
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                }
                seen = count;
              });
      reader.start();
      adder.start();
      reader.join();
      adder.join();
      return seen;
    }
  }

  @Test
  void aJoinThatComesBeforeTheStartDoesNotWait() {
    assertThat(explored(JoinsAnUnstartedOne.class).outcomes()).containsOnlyKeys(0, 1);
    checkAgainstAllSchedules(JoinsAnUnstartedOne.class);
  }

  /** What a thread says of itself, and that a running one cannot become a daemon. */
  static class Described implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      Thread described = new Thread(Described::pause, "a buyer");
      described.start();
      String seen = described.toString().replaceAll(",[^,]*]", "]");
      try {
        described.setDaemon(true);
        seen += " a daemon";
      } catch (IllegalThreadStateException running) {
        seen += " running";
      }
      described.join();
      return seen;
    }

    private static void pause() {
      try {
        Thread.sleep(1);
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  @Test
  void theTextOfAThreadIsTheSameInEveryExecution() {
    assertThat(explored(Described.class).outcomes())
        .containsOnlyKeys("Thread[#65,a buyer,5] running", "Thread[#65,a buyer,5] a daemon");
    checkAgainstAllSchedules(Described.class);
  }

  /** Which of its threads are daemons, by how they were made. */
  static class Daemons implements Scenario<String> {
    @Override
    public String run() throws InterruptedException {
      StringBuilder seen = new StringBuilder();
      Thread child = new Thread(() -> seen.append(new Thread(() -> {}).isDaemon()));
      child.setDaemon(true);
      child.start();
      child.join();
      for (Thread thread :
          List.of(
              new Thread(() -> {}),
              Thread.ofPlatform().unstarted(() -> {}),
              Thread.ofPlatform().daemon().unstarted(() -> {}),
              Thread.ofPlatform().daemon(false).start(() -> {}),
              Thread.ofPlatform().daemon().factory().newThread(() -> {}))) {
        seen.append(' ').append(thread.isDaemon());
      }
      return seen.toString();
    }
  }

  @Test
  void aThreadIsADaemonIfItWasToldSoOrItsMakerIsOne() {
    assertThat(explored(Daemons.class).outcomes())
        .containsOnlyKeys("true false false true false true");
  }

  /** It goes wrong if it finds another thread blocked, or asleep. */
  abstract static class LooksAtWhatAThreadDoes implements Scenario<String> {
    abstract void act() throws InterruptedException;

    @Override
    public String run() throws InterruptedException {
      Thread acting =
          new Thread(
              () -> {
                try {
                  act();
                } catch (InterruptedException impossible) {
                  throw new IllegalStateException(impossible);
                }
              });
      String seen;
      synchronized (this) {
        acting.start();
        seen = acting.getState().toString();
      }
      acting.join();
      return seen;
    }
  }

  static class LooksAtABlockedOne extends LooksAtWhatAThreadDoes {
    @Override
    synchronized void act() {}
  }

  static class LooksAtASleepingOne extends LooksAtWhatAThreadDoes {
    @Override
    void act() throws InterruptedException {
      Thread.sleep(10);
    }
  }

  /** It begins to wait without a step, so no answer is the only one. */
  @ParameterizedTest
  @ValueSource(classes = {LooksAtABlockedOne.class, LooksAtASleepingOne.class})
  void nothingIsProvedOfWhoLooksAtWhatALiveThreadDoes(
      Class<? extends LooksAtWhatAThreadDoes> scenario) {
    assertThat(explored(scenario).certificate()).isEmpty();
    assertThat(explored(scenario).uncontrolled().toString()).contains("getState");
  }

  /** Before there was a join, this was one: a thread gives a signal when it ends. */
  abstract static class WaitsForAThreadByItsMonitor implements Scenario<String> {
    abstract Thread unstarted(Runnable body);

    @Override
    public String run() throws InterruptedException {
      String[] done = {"nothing"};
      Thread thread = unstarted(() -> done[0] = "all");
      synchronized (thread) {
        thread.start();
        while (thread.isAlive()) {
          thread.wait();
        }
      }
      return done[0];
    }
  }

  static class WaitsForAPlatformThread extends WaitsForAThreadByItsMonitor {
    @Override
    Thread unstarted(Runnable body) {
      return new Thread(body);
    }
  }

  /** It gives none. */
  static class WaitsForAVirtualThread extends WaitsForAThreadByItsMonitor {
    @Override
    Thread unstarted(Runnable body) {
      return Thread.ofVirtual().unstarted(body);
    }
  }

  @Test
  void aWaitInTheMonitorOfAPlatformThreadIsNamed() {
    Exploration<String> explored = explored(WaitsForAPlatformThread.class);

    assertThat(explored.failures()).isZero();
    assertThat(explored.uncontrolled().toString())
        .contains("a wait for a signal of a platform thread", "PlatformThreadsTest.java");
  }

  @Test
  void aWaitInTheMonitorOfAVirtualThreadIsADeadlock() {
    Exploration<String> explored = explored(WaitsForAVirtualThread.class);

    assertThat(explored.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLOCK);
  }

  /** Who looks twice may find that another thread has been there. */
  static class LoaderThatIsChanged implements Scenario<Boolean> {
    @Override
    public Boolean run() throws InterruptedException {
      Thread changed = Thread.currentThread();
      ClassLoader before = changed.getContextClassLoader();
      Thread changing = new Thread(() -> changed.setContextClassLoader(null));
      changing.start();
      boolean isSame = changed.getContextClassLoader() == changed.getContextClassLoader();
      changing.join();
      changed.setContextClassLoader(before);
      return isSame;
    }
  }

  @Test
  void anotherThreadMayComeBetweenTwoLooksAtTheLoaderOfAThread() {
    assertThat(explored(LoaderThatIsChanged.class).outcomes()).containsOnlyKeys(true, false);
    checkAgainstAllSchedules(LoaderThatIsChanged.class);
  }

  /** Whether a thread is alive, asked past what shows that it is asked. */
  abstract static class AskedPastTheExplorer implements Scenario<Boolean> {
    abstract boolean isAlive(Thread thread) throws Throwable;

    @Override
    public Boolean run() throws Exception {
      Thread asked = new Thread(() -> {});
      asked.start();
      boolean isAlive;
      try {
        isAlive = isAlive(asked);
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
      asked.join();
      return isAlive;
    }
  }

  static class AskedByReflection extends AskedPastTheExplorer {
    @Override
    boolean isAlive(Thread thread) throws ReflectiveOperationException {
      return (boolean) Thread.class.getMethod("isAlive").invoke(thread);
    }
  }

  static class AskedByAHandle extends AskedPastTheExplorer {
    @Override
    boolean isAlive(Thread thread) throws Throwable {
      return (boolean)
          MethodHandles.lookup()
              .findVirtual(Thread.class, "isAlive", MethodType.methodType(boolean.class))
              .invokeExact(thread);
    }
  }

  static class AskedByAHandleOfAMethod extends AskedPastTheExplorer {
    @Override
    boolean isAlive(Thread thread) throws Throwable {
      return (boolean)
          MethodHandles.lookup().unreflect(Thread.class.getMethod("isAlive")).invokeExact(thread);
    }
  }

  static class AskedByAHandleOfTheObject extends AskedPastTheExplorer {
    @Override
    boolean isAlive(Thread thread) throws Throwable {
      return (boolean)
          MethodHandles.lookup()
              .bind(thread, "isAlive", MethodType.methodType(boolean.class))
              .invokeExact();
    }
  }

  static class AskedByReflectionOfReflection extends AskedPastTheExplorer {
    @Override
    boolean isAlive(Thread thread) throws ReflectiveOperationException {
      return (boolean)
          Method.class
              .getMethod("invoke", Object.class, Object[].class)
              .invoke(Thread.class.getMethod("isAlive"), thread, new Object[0]);
    }
  }

  static class AskedByAnExpression extends AskedPastTheExplorer {
    @Override
    boolean isAlive(Thread thread) throws Exception {
      return (boolean) new Expression(thread, "isAlive", new Object[0]).getValue();
    }
  }

  static class MadeByReflection extends AskedPastTheExplorer {
    @Override
    boolean isAlive(Thread thread) throws ReflectiveOperationException {
      return Thread.class.getConstructor().newInstance().isAlive();
    }
  }

  /** Its platform thread was never started: a stand-in was. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        AskedByReflection.class,
        AskedByAHandle.class,
        AskedByAHandleOfAMethod.class,
        AskedByAHandleOfTheObject.class,
        AskedByReflectionOfReflection.class,
        AskedByAnExpression.class,
        MadeByReflection.class
      })
  void whatTheExplorerAnswersItselfIsNamedWhereItIsAskedByReflection(
      Class<? extends AskedPastTheExplorer> scenario) {
    assertThat(explored(scenario).certificate()).isEmpty();
    assertThat(explored(scenario).uncontrolled().toString()).contains("PlatformThreadsTest.java");
  }

  /** It is loaded by what the JDK calls the loader of the class path. */
  static class KnowsItsLoader implements Scenario<Boolean> {
    @Override
    public Boolean run() throws ClassNotFoundException {
      ClassLoader loader = ClassLoader.getSystemClassLoader();
      return getClass().getClassLoader() == loader
          && Thread.currentThread().getContextClassLoader() == loader
          && loader.loadClass(getClass().getName()) == getClass();
    }
  }

  @Test
  void aProgramFindsItsClassesWithTheLoaderOfTheClassPath() {
    assertThat(explored(KnowsItsLoader.class).certificate()).isPresent();
    assertThat(explored(KnowsItsLoader.class).outcomes()).containsOnlyKeys(true);
  }

  /** Groups as the JDK gives them: a thread is of that of its maker, unless it is told another. */
  static class Groups implements Scenario<List<String>> {
    private final List<String> seen = new ArrayList<>();

    @Override
    public List<String> run() throws InterruptedException {
      add(Thread.currentThread());
      add(new Thread(() -> {}));
      Thread buyer = new Thread(new ThreadGroup("buyers"), () -> add(new Thread(() -> {})));
      buyer.start();
      buyer.join();
      Thread virtual = Thread.startVirtualThread(() -> add(new Thread(() -> {})));
      virtual.join();
      return seen;
    }

    private void add(Thread thread) {
      seen.add(thread.getThreadGroup().getName());
    }
  }

  @Test
  void aThreadIsOfTheGroupOfItsMakerUnlessItIsGivenOne() {
    assertThat(explored(Groups.class).certificate()).isPresent();
    assertThat(explored(Groups.class).outcomes())
        .containsOnlyKeys(List.of("main", "main", "buyers", "VirtualThreads"));
  }

  /** What a thread throws that has no handler goes to the group that it has from its maker. */
  static class HandsOverToItsGroup implements Scenario<String> {
    private volatile String handled = "";

    @Override
    public String run() throws InterruptedException {
      ThreadGroup group =
          new ThreadGroup("buyers") {
            @Override
            public void uncaughtException(Thread thread, Throwable thrown) {
              handled = thread.getName() + ": " + thrown.getMessage();
            }
          };
      Thread maker = new Thread(group, this::makeOneThatThrows);
      maker.start();
      maker.join();
      return handled;
    }

    private void makeOneThatThrows() {
      Thread throwing =
          new Thread(
              () -> {
                throw new IllegalStateException("sold out");
              },
              "buyer");
      throwing.start();
      try {
        throwing.join();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  @Test
  void theGroupOfItsMakerHandlesWhatAThreadThrows() {
    assertThat(explored(HandsOverToItsGroup.class).outcomes()).containsOnlyKeys("buyer: sold out");
    assertThat(explored(HandsOverToItsGroup.class).certificate()).isPresent();
  }

  /** The thread that runs the scenario is as the first thread of a JVM. */
  static class DescribesTheMainThread implements Scenario<String> {
    @Override
    public String run() {
      Thread main = Thread.currentThread();
      main.setPriority(7);
      return "%s %s %s %d %s %s"
          .formatted(
              main.toString(),
              main.isVirtual(),
              main.isDaemon(),
              new Thread(() -> {}).getPriority(),
              main.threadId() < new Thread(() -> {}).threadId(),
              main.getStackTrace()[1].getMethodName());
    }
  }

  @Test
  void theMainThreadIsAsTheFirstOneOfAJvm() {
    assertThat(explored(DescribesTheMainThread.class).certificate()).isPresent();
    assertThat(explored(DescribesTheMainThread.class).outcomes())
        .containsOnlyKeys("Thread[#1,main,7,main] false false 7 true run");
  }

  /** A daemon, since each virtual thread is one. */
  static class MadeByAVirtualThread implements Scenario<Boolean> {
    private boolean isDaemon;

    @Override
    public Boolean run() throws InterruptedException {
      Thread.startVirtualThread(() -> isDaemon = new Thread(() -> {}).isDaemon()).join();
      return isDaemon;
    }
  }

  @Test
  void aThreadThatAVirtualThreadMakesIsADaemon() {
    assertThat(explored(MadeByAVirtualThread.class).outcomes()).containsOnlyKeys(true);
  }

  /** Names that the JDK gives, by whatever makes the thread. */
  static class NamedByTheJdk implements Scenario<List<String>> {
    @Override
    public List<String> run() throws Exception {
      ThreadFactory factory = Executors.defaultThreadFactory();
      try (ExecutorService pool = Executors.newFixedThreadPool(1);
          ExecutorService own = Executors.newFixedThreadPool(1, factory)) {
        return List.of(
            new Thread(() -> {}).getName(),
            Thread.ofPlatform().unstarted(() -> {}).getName(),
            Thread.ofPlatform().factory().newThread(() -> {}).getName(),
            pool.submit(() -> Thread.currentThread().getName()).get(),
            factory.newThread(() -> {}).getName(),
            own.submit(() -> Thread.currentThread().getName()).get());
      }
    }
  }

  @Test
  void aThreadWithoutANameHasTheOneThatTheJdkWouldGiveIt() {
    assertThat(explored(NamedByTheJdk.class).certificate()).isPresent();
    assertThat(explored(NamedByTheJdk.class).outcomes())
        .containsOnlyKeys(
            List.of(
                "Thread-0",
                "Thread-1",
                "Thread-2",
                "pool-2-thread-1",
                "pool-1-thread-1",
                "pool-1-thread-2"));
  }

  /** The text of a lock names the thread that has it, as that is named then. */
  static class WritesALock implements Scenario<String> {
    private final ReentrantLock lock = new ReentrantLock();
    private String seen = "";

    @Override
    public String run() throws InterruptedException {
      write();
      Thread buyer = new Thread(this::write, "buyer");
      buyer.start();
      buyer.join();
      Thread renamed =
          new Thread(
              () -> {
                Thread.currentThread().setName("seller");
                write();
              });
      renamed.start();
      renamed.join();
      return seen;
    }

    private void write() {
      lock.lock();
      try {
        seen += lock.toString().replaceAll(".*\\[", "");
      } finally {
        lock.unlock();
      }
    }
  }

  @Test
  void theTextOfALockNamesItsOwner() {
    assertThat(explored(WritesALock.class).outcomes())
        .containsOnlyKeys("Locked by thread main]Locked by thread buyer]Locked by thread seller]");
  }

  /** Texts of virtual threads as the JDK writes them, with the explorer's numbers. */
  abstract static class WritesAVirtualThread implements Scenario<String> {
    String seen = "";

    abstract Thread thread() throws InterruptedException;

    @Override
    public String run() throws InterruptedException {
      Thread thread = thread();
      seen += thread;
      return seen;
    }
  }

  static class WritesOneThatHasEnded extends WritesAVirtualThread {
    @Override
    Thread thread() throws InterruptedException {
      Thread thread =
          Thread.ofVirtual().name("buyer").start(() -> seen += Thread.currentThread() + " ");
      thread.join();
      return thread;
    }
  }

  @Test
  void theTextOfAVirtualThreadIsAsTheJdkWritesIt() {
    assertThat(explored(WritesOneThatHasEnded.class).outcomes())
        .containsOnlyKeys(
            "VirtualThread[#2,buyer]/runnable@ForkJoinPool-1-worker-1 VirtualThread[#2,buyer]/terminated");
    assertThat(explored(WritesOneThatHasEnded.class).certificate().orElseThrow().toString())
        .contains("a virtual thread that says in its text that another thread carries it");
  }

  /** Here each task of a ForkJoinPool has a thread of its own, which ends with it. */
  static class AsksForTheEndOfAWorker implements Scenario<Boolean> {
    @Override
    public Boolean run() throws Exception {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        return pool.submit(Thread::currentThread).get().isAlive();
      }
    }
  }

  @Test
  void whetherAThreadOfAForkJoinPoolHasEndedIsNamed() {
    assertThat(explored(AsksForTheEndOfAWorker.class).uncontrolled().toString())
        .contains("which lives on after its task", "PlatformThreadsTest.java");
  }

  static class WritesOneThatMayWait extends WritesAVirtualThread {
    @Override
    Thread thread() {
      return Thread.startVirtualThread(Thread::yield);
    }
  }

  static class WritesOneThatHasNotStarted extends WritesAVirtualThread {
    @Override
    Thread thread() {
      return Thread.ofVirtual().unstarted(() -> {});
    }
  }

  @Test
  void whatTheTextOfAVirtualThreadSaysThatNobodyKnowsIsNamed() {
    assertThat(explored(WritesOneThatMayWait.class).uncontrolled().toString())
        .contains("the text of a virtual thread that has not ended", "PlatformThreadsTest.java");
    assertThat(explored(WritesOneThatHasNotStarted.class).uncontrolled().toString())
        .contains("the identifier of a virtual thread that was not started yet");
  }

  /** The JDK makes the text of a list, and that of the thread in it. */
  static class ReturnsTheTextOfAThread implements Scenario<String> {
    @Override
    public String run() {
      return "" + List.of(new Thread(() -> {}));
    }
  }

  @Test
  void aTextThatHasTheNumberOfAThreadIsNoProofAndTheReasonIsGiven() {
    assertThat(explored(ReturnsTheTextOfAThread.class).certificate()).isEmpty();
    assertThat(explored(ReturnsTheTextOfAThread.class).uncontrolled().toString())
        .contains("the JVM's number of it", "call toString or getName of the thread yourself");
  }

  /** The JDK keeps the thread that stands in for a platform thread. */
  static class AsksWhoWaits implements Scenario<Boolean> {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    boolean waits(Thread thread) {
      return lock.hasQueuedThread(thread);
    }

    @Override
    public Boolean run() throws InterruptedException {
      Thread waiting =
          new Thread(
              () -> {
                lock.writeLock().lock();
                lock.writeLock().unlock();
              });
      lock.writeLock().lock();
      waiting.start();
      boolean waits = waits(waiting);
      lock.writeLock().unlock();
      waiting.join();
      return waits;
    }
  }

  static class AsksWhoOwns extends AsksWhoWaits {
    @SuppressWarnings("serial")
    @Override
    boolean waits(Thread thread) {
      class Asked extends ReentrantLock {
        Thread owner() {
          return getOwner();
        }
      }
      Asked asked = new Asked();
      asked.lock();
      return asked.owner() == Thread.currentThread();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {AsksWhoWaits.class, AsksWhoOwns.class})
  void whichThreadALockHasOrKeepsWaitingIsNamed(Class<? extends AsksWhoWaits> scenario) {
    assertThat(explored(scenario).certificate()).isEmpty();
    assertThat(explored(scenario).uncontrolled().toString()).contains("PlatformThreadsTest.java");
  }

  /** Its pool tells it which thread is about to run a task. */
  static class LooksBeforeATask implements Scenario<String> {
    private String seen = "";

    @Override
    public String run() throws Exception {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
              seen = thread.getName() + (thread == Thread.currentThread()) + thread.isVirtual();
            }
          };
      pool.submit(() -> {}).get();
      pool.shutdown();
      return seen;
    }
  }

  @Test
  void aPoolHandsOverTheThreadThatItsFactoryMade() {
    assertThat(explored(LooksBeforeATask.class).certificate()).isPresent();
    assertThat(explored(LooksBeforeATask.class).outcomes())
        .containsOnlyKeys("pool-1-thread-1truefalse");
  }

  static class AskedByAReference extends AskedPastTheExplorer {
    @Override
    boolean isAlive(Thread thread) {
      return Stream.of(thread).anyMatch(Thread::isAlive);
    }
  }

  @Test
  void aReferenceToAMethodIsAsACallOfIt() {
    assertThat(explored(AskedByAReference.class).outcomes()).containsOnlyKeys(true, false);
    checkAgainstAllSchedules(AskedByAReference.class);
  }
}
