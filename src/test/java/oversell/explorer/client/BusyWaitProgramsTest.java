package oversell.explorer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;
import oversell.explorer.Reduction;
import oversell.explorer.Scenario;

/**
 * Random programs with busy-waits. Their outcomes, and whether they may never end, are found out a
 * second time by a walk through their states, in which a thread that waits takes no step.
 */
class BusyWaitProgramsTest {
  private static final int VARIABLES = 3;
  private static final int MOST_SCHEDULES = 20_000;

  /** What a step does to a variable. */
  private enum Kind {
    WRITE("x%d = %d;"),
    READ("seen[me] = 5 * seen[me] + x%d;"),
    ADD("add%d(%d);"),
    AWAIT("while (x%d != %d) { Thread.onSpinWait(); }"),
    AWAIT_ANOTHER("while (x%d == %d) { Thread.yield(); }"),
    SET("while (!set%d(%d)) { Thread.onSpinWait(); }"),
    AWAIT_ASLEEP("while (x%d < %d) { Thread.sleep(1); }"),
    AWAIT_A_FUNCTION("until(() -> x%d == %d);"),
    EXCHANGE("while (!exchange%d(%d)) { Thread.onSpinWait(); }"),
    ENTER("synchronized (lock) {"),
    LEAVE("}");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    boolean isWait() {
      return code.startsWith("while") || code.startsWith("until");
    }
  }

  /** A step: of a variable, with a number. */
  private record Step(Kind kind, int variable, int number) {
    String code() {
      return kind.code.formatted(variable, number);
    }
  }

  private static List<Step> steps(SplittableRandom random, int most) {
    List<Step> steps = new ArrayList<>();
    int number = 1 + random.nextInt(most);
    int enteredAt = random.nextInt(4) == 0 ? random.nextInt(number) : -1;
    for (int i = 0; i < number; i++) {
      if (i == enteredAt) {
        steps.add(new Step(Kind.ENTER, 0, 0));
      }
      Kind kind = Kind.values()[random.nextInt(Kind.ENTER.ordinal())];
      steps.add(new Step(kind, random.nextInt(VARIABLES), random.nextInt(3)));
    }
    if (enteredAt >= 0) {
      steps.add(new Step(Kind.LEAVE, 0, 0));
    }
    return steps;
  }

  private static List<List<Step>> program(SplittableRandom random) {
    while (true) {
      int threads = 2 + random.nextInt(2);
      List<List<Step>> program = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        program.add(steps(random, threads == 2 ? 4 : 3));
      }
      if (program.stream().flatMap(List::stream).anyMatch(step -> step.kind().isWait())) {
        return program;
      }
    }
  }

  private static String source(List<List<Step>> program) {
    StringBuilder source =
        new StringBuilder(
            """
            class All {
              final Object lock = new Object();
              static java.lang.invoke.VarHandle handle(String field) {
                try {
                  return java.lang.invoke.MethodHandles.lookup()
                      .findVarHandle(All.class, field, int.class);
                } catch (ReflectiveOperationException impossible) {
                  throw new AssertionError(impossible);
                }
              }
              static void until(java.util.function.BooleanSupplier isSo) {
                while (!isSo.getAsBoolean()) {
                  Thread.onSpinWait();
                }
              }
            """);
    source.append("  final int[] seen = new int[%d];%n".formatted(program.size()));
    for (int i = 0; i < VARIABLES; i++) {
      source.append(
          """
            volatile int x%1$d;
            static final java.util.concurrent.atomic.AtomicIntegerFieldUpdater<All> X%1$d =
                java.util.concurrent.atomic.AtomicIntegerFieldUpdater.newUpdater(All.class, "x%1$d");
            static final java.lang.invoke.VarHandle H%1$d = handle("x%1$d");
            void add%1$d(int number) { X%1$d.getAndAdd(this, number + 1); }
            boolean exchange%1$d(int number) {
              return (int) H%1$d.compareAndExchange(this, number, number + 1) == number;
            }
            boolean set%1$d(int number) { return X%1$d.compareAndSet(this, number, number + 1); }
          """
              .formatted(i));
    }
    for (int me = 0; me < program.size(); me++) {
      source.append("  void run%d() throws Exception {%n    int me = %d;%n".formatted(me, me));
      program.get(me).forEach(step -> source.append("    ").append(step.code()).append('\n'));
      source.append("  }\n");
    }
    source.append("}\nAll all = new All();\nThread[] threads = {\n");
    for (int me = 0; me < program.size(); me++) {
      source.append(
          "  Thread.ofVirtual().start(() -> { try { all.run%d(); } catch (Exception no) { throw new AssertionError(no); } }),%n"
              .formatted(me));
    }
    return source
        .append(
            "};\nfor (Thread thread : threads) { thread.join(); }\n"
                + "return java.util.Arrays.hashCode(new int[] {all.x0, all.x1, all.x2, "
                + "java.util.Arrays.hashCode(all.seen)});\n")
        .toString();
  }

  /** Where all threads are: the places, the variables, what each has seen, and who is inside. */
  private record State(
      List<Integer> places, List<Integer> variables, List<Integer> seen, int inside) {
    int outcome() {
      int ofSeen = seen.hashCode();
      return List.of(variables.get(0), variables.get(1), variables.get(2), ofSeen).hashCode();
    }
  }

  /** What can come of a program. */
  private record Truth(Set<Integer> outcomes, boolean mayBeEndless) {}

  private static Truth truth(List<List<Step>> program) {
    Set<Integer> outcomes = new TreeSet<>();
    boolean mayBeEndless = false;
    List<Integer> zeros = new ArrayList<>(java.util.Collections.nCopies(program.size(), 0));
    State first = new State(zeros, List.of(0, 0, 0), zeros, -1);
    Set<State> known = new HashSet<>(Set.of(first));
    Deque<State> left = new ArrayDeque<>(known);
    while (!left.isEmpty()) {
      State state = left.pop();
      boolean hasEnded = true;
      boolean goesOn = false;
      for (int me = 0; me < program.size(); me++) {
        if (state.places().get(me) == program.get(me).size()) {
          continue;
        }
        hasEnded = false;
        State next = next(state, me, program.get(me).get(state.places().get(me)));
        if (next != null) {
          goesOn = true;
          if (known.add(next)) {
            left.push(next);
          }
        }
      }
      if (hasEnded) {
        outcomes.add(state.outcome());
      } else if (!goesOn) {
        mayBeEndless = true;
      }
    }
    return new Truth(outcomes, mayBeEndless);
  }

  /** Null if the thread has to wait. */
  private static @org.jspecify.annotations.Nullable State next(State state, int me, Step step) {
    int old = state.variables().get(step.variable());
    int number = step.number();
    int value = old;
    int inside = state.inside();
    int seen = state.seen().get(me);
    switch (step.kind()) {
      case WRITE -> value = number;
      case READ -> seen = 5 * seen + old;
      case ADD -> value = old + number + 1;
      case AWAIT, AWAIT_A_FUNCTION -> {
        if (old != number) {
          return null;
        }
      }
      case AWAIT_ANOTHER -> {
        if (old == number) {
          return null;
        }
      }
      case AWAIT_ASLEEP -> {
        if (old < number) {
          return null;
        }
      }
      case SET, EXCHANGE -> {
        if (old != number) {
          return null;
        }
        value = number + 1;
      }
      case ENTER -> {
        if (inside >= 0) {
          return null;
        }
        inside = me;
      }
      case LEAVE -> inside = -1;
    }
    return new State(
        with(state.places(), me, state.places().get(me) + 1),
        with(state.variables(), step.variable(), value),
        with(state.seen(), me, seen),
        inside);
  }

  private static List<Integer> with(List<Integer> list, int at, int value) {
    Integer[] changed = list.toArray(new Integer[0]);
    changed[at] = value;
    return Arrays.asList(changed);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomProgramsComeToWhatAWalkThroughTheirStatesComesTo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < Integer.getInteger("busywait.programs", 12); i++) {
      check(program(random));
    }
  }

  private static void check(List<List<Step>> program) {
    Truth truth = truth(program);
    Class<? extends Scenario<Integer>> scenario = Sources.scenario(source(program));

    Exploration<Integer> reduced = Explorer.explore(scenario, Options.exhaustive());

    String what = source(program) + reduced;
    assertThat(reduced.uncontrolled()).as(what).isEmpty();
    assertThat(reduced.failures() > 0).as(what).isEqualTo(truth.mayBeEndless());
    if (!truth.mayBeEndless()) {
      assertThat(reduced.isComplete()).as(what).isTrue();
      assertThat(reduced.outcomes().keySet()).as(what).isEqualTo(truth.outcomes());
      Exploration<Integer> full =
          Explorer.explore(
              scenario, Options.exhaustive().reduction(Reduction.NONE).schedules(MOST_SCHEDULES));
      if (full.isComplete()) {
        assertThat(reduced.schedules()).as(what).hasValue(BigInteger.valueOf(full.executions()));
      }
    } else {
      // The exploration may end with the first that is.
      assertThat(truth.outcomes()).as(what).containsAll(reduced.outcomes().keySet());
    }
  }
}
