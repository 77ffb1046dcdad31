package oversell.explorer.control;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import oversell.explorer.hook.Operation;
import oversell.explorer.schedule.Locations;

/**
 * The structured task scopes that controlled threads open: the threads that were forked in each,
 * and when it can be joined.
 *
 * <p>A join is made only when it need not wait: all threads of the scope have ended, or it was
 * cancelled. Nobody can tell that from a join that began earlier and waited, and so it is no step
 * of its own that would have to be tried between any two others. The end of a subtask that
 * succeeded commutes with the ends of the others, if the scope's policy looks at failures alone;
 * any other end may cancel the scope, and conflicts with everything.
 */
final class Scopes {
  // A subtask that succeeds changes nothing that another thread could see before the join.
  private static final Set<String> QUIET =
      Set.of(
          "java.util.concurrent.StructuredTaskScope",
          "java.util.concurrent.StructuredTaskScope$ShutdownOnFailure",
          "java.util.concurrent.Joiners$AllSuccessful",
          "java.util.concurrent.Joiners$AwaitSuccessful",
          // A class without a name goes by the method that it is in.
          "java.util.concurrent.StructuredTaskScope$Joiner.awaitAll");
  private static final String SUCCESS = "SUCCESS";
  private static final String UNAVAILABLE = "UNAVAILABLE";

  private final Points points;
  private final Locations locations;
  private final Consumer<Object> created;
  private final IdentityHashMap<Object, Scope> known = new IdentityHashMap<>();

  /**
   * Those of an engine.
   *
   * @param created hears of each scope that is seen for the first time
   */
  Scopes(Points points, Locations locations, Consumer<Object> created) {
    this.points = points;
    this.locations = locations;
    this.created = created;
  }

  void clear() {
    known.clear();
  }

  /** A scope and the threads that were forked in it. */
  final class Scope implements Task.Wanted {
    private final Object scope;
    private final Task owner;
    private final boolean isQuiet;
    private final List<Task> members = new ArrayList<>();
    private boolean isJoined;

    private Scope(Object scope, Task owner) {
      this.scope = scope;
      this.owner = owner;
      isQuiet = QUIET.contains(Reflected.policyOf(scope));
    }

    /** A thread was forked in it. */
    void add(Task member) {
      members.add(member);
      member.scope = this;
    }

    /** One of its threads has ended. */
    void end(Task member) {
      Object subtask = member.subtask;
      if (isQuiet && subtask != null && Reflected.stateOf(subtask).equals(SUCCESS)) {
        points.scheduler().steps.touch(location(), 0);
      } else {
        // Others may come between the last step of its code and this.
        points.matters().addEnds();
        points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
      }
    }

    private boolean isOver() {
      for (Task member : members) {
        if (!member.ended) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean isFreeFor(Task task) {
      return isOver() || Reflected.isCancelled(scope) || task.isInterrupted();
    }

    @Override
    public boolean isOfEnds() {
      return true;
    }

    @Override
    public long awaited(Task task) {
      return Reflected.isCancelled(scope) || task.isInterrupted() ? 0 : ended();
    }

    /** Its threads, as bits, if each of them has ended with its last step. */
    private long ended() {
      long ended = 0;
      for (Task member : members) {
        if (!member.ended || member.outlivesItsCode) {
          return 0;
        }
        ended |= member.bit;
      }
      return ended;
    }

    @Override
    public long location() {
      return locations.of(scope, 0);
    }

    @Override
    public Optional<Thread> holder() {
      return members.stream().filter(member -> !member.ended).findFirst().map(one -> one.thread);
    }

    @Override
    public String toString() {
      return "the end of the threads of a scope";
    }

    /**
     * Whether a subtask may have come to its end as well while the scope was being cancelled. The
     * JDK looks whether that is so, and keeps what has come of the subtask if not; others may
     * cancel the scope in between, which here they do before or after both.
     */
    // A subtask is itself and no other.
    @SuppressWarnings("ReferenceEquality")
    private boolean mayHaveDropped(Object subtask) {
      return members.stream().anyMatch(member -> member.subtask == subtask && member.ended)
          && Reflected.isCancelled(scope)
          && Reflected.stateOf(subtask).equals(UNAVAILABLE);
    }

    /** What a call touches during which the scope may run code of its policy. */
    private long touchedByPolicy() {
      return isQuiet ? location() : Locations.ANYTHING;
    }
  }

  private Scope of(Object scope, Task caller) {
    Scope one = known.get(scope);
    if (one == null) {
      created.accept(scope);
      one = new Scope(scope, caller);
      known.put(scope, one);
    }
    return one;
  }

  /** A subtask is about to be forked. */
  void fork(Object scope, int site) {
    Task task = points.announcer();
    if (task == null) {
      return;
    }
    Scope one = of(scope, task);
    points.pass(task, Operation.SPAWN, site);
    points.scheduler().steps.touch(one.location(), Locations.SPAWNS);
    task.forksIn = one;
    task.forked = null;
    task.enterCall(0, one.isQuiet ? 0 : Locations.ANYTHING);
    points.scheduler().steps.touch(task);
  }

  /** It has been, and nobody but the caller knows of it yet. */
  void forked(Object subtask) {
    Task task = points.announcer();
    if (task != null) {
      if (task.forked != null) {
        task.forked.subtask = subtask;
      }
      task.forksIn = null;
      task.forked = null;
    }
  }

  /** A scope is about to be joined. */
  void join(Object scope, int site) {
    Task task = points.announcer();
    if (task == null) {
      return;
    }
    Scope one = of(scope, task);
    boolean isPoint = points.isPoint(Operation.GUARD);
    if (!isPoint) {
      // The step that found it not over goes on to here, so when its threads end matters to that.
      points.scheduler().steps.touch(Locations.ANYTHING, Locations.ANYTHING);
    }
    // One of its own threads would wait for itself, and the JDK throws instead.
    if ((isPoint || !one.isFreeFor(task)) && !one.members.contains(task)) {
      points.scheduler().tasks.want(task, one);
      points.passWhenFree(task, site);
    }
    // It need not wait then, so it matters whether the others have ended.
    points.matters().addEndsIf(task.isInterrupted());
    enterJoin(task, one);
  }

  private void enterJoin(Task task, Scope one) {
    // An interrupt ends it, too, and then those that go on matter as before.
    boolean isCancelled = Reflected.isCancelled(one.scope);
    one.isJoined |= one.isOver() || isCancelled;
    if (isCancelled) {
      noteInterrupts(one);
    }
    boolean isLate = !one.isFreeFor(task);
    task.enterCall(Locations.INTERRUPTS, isLate ? Locations.ANYTHING : one.touchedByPolicy());
    points.scheduler().steps.touch(task);
    points.scheduler().steps.touch(0, one.location());
  }

  /** It interrupts its threads one after the other, and what it does is one step. */
  private void noteInterrupts(Scope one) {
    if (one.members.size() > 1) {
      points.matters().noteInterrupts();
    }
  }

  /** A scope is about to be joined, for no longer than that; whether that has not to wait. */
  boolean joinNow(Object scope, int site) {
    Task task = points.announcer();
    if (task == null) {
      throw new IllegalStateException("nobody would end it");
    }
    Scope one = of(scope, task);
    // When its threads end decides about it.
    points.matters().addEnds();
    points.pass(task, Operation.GUARD, site);
    boolean isFree = one.isFreeFor(task);
    enterJoin(task, one);
    return isFree;
  }

  /** Whether the limit of a scope changes nothing any more. */
  boolean isDecided(Object scope) {
    return Reflected.isCancelled(scope) || of(scope).filter(one -> one.isJoined).isPresent();
  }

  /** The limit of a scope is about to pass; false if that changes nothing any more. */
  boolean enterUndecided(Object scope, int site) {
    Task task = points.announcer();
    if (task == null) {
      return false;
    }
    points.matters().addEnds();
    points.pass(task, Operation.GUARD, site);
    if (isDecided(scope)) {
      points.scheduler().steps.touch(locations.of(scope, 0), 0);
      return false;
    }
    of(scope).ifPresent(this::noteInterrupts);
    task.enterCall(Locations.ANYTHING, Locations.ANYTHING);
    points.scheduler().steps.touch(task);
    return true;
  }

  /** A scope is about to be closed: it waits for its threads, and interrupts them if it has to. */
  void close(Object scope, int site) {
    Task task = points.announcer();
    Optional<Scope> one = of(scope);
    if (task != null && points.matters().ofThreadEnds()) {
      one.filter(closed -> !closed.members.contains(task))
          .filter(closed -> closed.isJoined || Reflected.isCancelled(scope))
          .ifPresent(
              closed -> {
                points.scheduler().tasks.want(task, new Ends(closed));
                points.passWhenFree(task, site);
                points.scheduler().steps.touch(0, closed.location());
              });
    }
    use(one, site);
  }

  /** The ends of the threads of a scope that is closed, which no interrupt lets go on before. */
  private record Ends(Scope scope) implements Task.Wanted {
    @Override
    public boolean isFreeFor(Task task) {
      return scope.isOver();
    }

    @Override
    public boolean isOfEnds() {
      return true;
    }

    @Override
    public long awaited(Task task) {
      return scope.ended();
    }

    @Override
    public long location() {
      return scope.location();
    }

    @Override
    public String toString() {
      return scope.toString();
    }
  }

  /** A scope is asked what came of its subtasks. */
  void ask(Object scope, int site) {
    use(of(scope), site);
  }

  /** A subtask is asked what came of it. */
  // A subtask is itself and no other.
  @SuppressWarnings("ReferenceEquality")
  void askSubtask(Object subtask, int site) {
    Task task = points.announcer();
    if (task != null && task.subtask == subtask) {
      // Only its own thread says what came of it, and it is that.
      task.enterCall(0, 0);
      return;
    }
    Optional<Scope> one =
        known.values().stream()
            .filter(scope -> scope.members.stream().anyMatch(member -> member.subtask == subtask))
            .findFirst();
    points.matters().addEndsIf(one.filter(Scopes.this::isSettled).isEmpty());
    use(one, site);
    boolean isDoubtful = one.filter(scope -> scope.mayHaveDropped(subtask)).isPresent();
    if (isDoubtful && points.announcer() != null) {
      points
          .scheduler()
          .escape(
              site,
              "the state of a subtask that ended while its scope was cancelled, which may have ended"
                  + " before or after that (ask the scope for its result)");
      throw points.scheduler().drop(Engine.Ending.ESCAPED);
    }
  }

  private Optional<Scope> of(Object scope) {
    return Optional.ofNullable(known.get(scope));
  }

  /** Whether nothing about a scope changes any more, for its owner. */
  private boolean isSettled(Scope one) {
    return one.isJoined && one.isOver() && one.owner == points.announcer();
  }

  private void use(Optional<Scope> one, int site) {
    Task task = points.announcer();
    if (task == null) {
      return;
    }
    if (one.filter(this::isSettled).isPresent()) {
      task.enterCall(0, 0);
      return;
    }
    points.pass(task, Operation.GUARD, site);
    task.enterCall(Locations.ANYTHING, Locations.ANYTHING);
    points.scheduler().steps.touch(task);
  }

  /** What a JDK keeps of scopes, each under the names of its release. */
  private static final class Reflected {
    private static final MethodHandle CANCELLED = handle("isCancelled", "isShutdown");
    private static final MethodHandle STATE = state();
    private static final Optional<MethodHandle> JOINER = joiner();

    private Reflected() {}

    private static MethodHandle handle(String... names) {
      ReflectiveOperationException missing = new NoSuchMethodException("none");
      for (String name : names) {
        try {
          return MethodHandles.publicLookup()
              .unreflect(Class.forName("java.util.concurrent.StructuredTaskScope").getMethod(name))
              .asType(MethodType.methodType(boolean.class, Object.class));
        } catch (ReflectiveOperationException ofAnotherRelease) {
          missing = ofAnotherRelease;
        }
      }
      throw new IllegalStateException("a scope of this JDK cannot be explored", missing);
    }

    private static MethodHandle state() {
      try {
        return MethodHandles.publicLookup()
            .unreflect(
                Class.forName("java.util.concurrent.StructuredTaskScope$Subtask")
                    .getMethod("state"))
            .asType(MethodType.methodType(Object.class, Object.class));
      } catch (ReflectiveOperationException missing) {
        throw new IllegalStateException("a scope of this JDK cannot be explored", missing);
      }
    }

    /** Of a JDK whose scopes have joiners; else their class says it. */
    private static Optional<MethodHandle> joiner() {
      try {
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScopeImpl");
        return Optional.of(
            MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .unreflectGetter(type.getDeclaredField("joiner"))
                .asType(MethodType.methodType(Object.class, Object.class)));
      } catch (ClassNotFoundException ofAnotherRelease) {
        return Optional.empty();
      } catch (ReflectiveOperationException closed) {
        throw new IllegalStateException("a scope of this JDK cannot be explored", closed);
      }
    }

    static boolean isCancelled(Object scope) {
      try {
        return (boolean) CANCELLED.invokeExact(scope);
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    static String stateOf(Object subtask) {
      try {
        return ((Enum<?>) (Object) STATE.invokeExact(subtask)).name();
      } catch (Throwable impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** The class that decides what the end of a subtask does. */
    static String policyOf(Object scope) {
      @Nullable Object policy = scope;
      if (JOINER.isPresent()) {
        try {
          policy = (Object) JOINER.get().invokeExact(scope);
        } catch (Throwable impossible) {
          throw new IllegalStateException(impossible);
        }
      }
      if (policy == null) {
        return "";
      }
      Class<?> type = policy.getClass();
      Method method = type.getEnclosingMethod();
      return method == null
          ? type.getName()
          : method.getDeclaringClass().getName() + '.' + method.getName();
    }
  }
}
