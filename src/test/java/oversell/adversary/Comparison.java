package oversell.adversary;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import oversell.explorer.Granularity;
import oversell.explorer.Searches;
import oversell.explorer.Searches.Came;
import oversell.inventory.InventoryProvider;

/**
 * Compares what is explored with and without reduction, and with what an interpreter finds.
 *
 * @param interpreter every outcome of a program; empty if it has too many states
 * @param granularity where a thread may be stopped: at a coarser one than access some outcomes do
 *     not come about
 * @param mostWithout executions that are run without reduction at the most
 * @param mostWith with it
 */
record Comparison(
    Function<Program, Optional<Set<String>>> interpreter,
    Granularity granularity,
    long mostWithout,
    long mostWith) {
  private static final int MOST_STATES = 100_000;

  static Comparison usual() {
    return new Comparison(
        program -> new Interpreter(program, MOST_STATES).outcomes(),
        Granularity.ACCESS,
        2_000,
        5_000);
  }

  Comparison at(Granularity other) {
    return new Comparison(interpreter, other, mostWithout, mostWith);
  }

  Comparison atMost(long without, long with) {
    return new Comparison(interpreter, granularity, without, with);
  }

  Verdict of(Program program, Class<? extends InventoryProvider> provider) {
    try {
      Searches searches = new Searches(provider, program.buyers().size(), granularity);
      return compared(
          searches.run(true, mostWith, Comparison::text),
          searches.run(false, mostWithout, Comparison::text),
          program);
    } catch (RuntimeException | LinkageError failed) {
      return Verdict.of(Verdict.Kind.CRASH, failed.toString());
    }
  }

  private static String text(boolean stuck, long[] stockAndSold) {
    return Interpreter.outcome(stuck, stockAndSold[0], stockAndSold[1]);
  }

  private Verdict compared(Came with, Came without, Program program) {
    if (!with.uncontrolled().isEmpty() || !without.uncontrolled().isEmpty()) {
      return Verdict.of(Verdict.Kind.UNCONTROLLED, with.uncontrolled() + without.uncontrolled());
    }
    Set<String> seen = new TreeSet<>(without.outcomes().keySet());
    if (with.complete() && without.complete() && !with.outcomes().equals(without.outcomes())) {
      return Verdict.of(
          Verdict.Kind.REDUCTION, "with " + with.outcomes() + "\nwithout " + without.outcomes());
    }
    if (with.complete() && !with.outcomes().keySet().containsAll(seen)) {
      return Verdict.of(Verdict.Kind.REDUCTION, "with fewer than " + seen);
    }
    seen.addAll(with.outcomes().keySet());
    Optional<Set<String>> interpreted = interpreter.apply(program);
    if (interpreted.isEmpty()) {
      return Verdict.of(Verdict.Kind.TOO_MUCH, "for the interpreter");
    }
    if (!interpreted.get().containsAll(seen)) {
      return Verdict.of(Verdict.Kind.INVENTED, seen + "\nthere is " + interpreted.get());
    }
    if (!with.complete() && !without.complete()) {
      return Verdict.of(Verdict.Kind.TOO_MUCH, "for the explorer");
    }
    return seen.equals(interpreted.get()) || granularity != Granularity.ACCESS
        ? new Verdict(Verdict.Kind.SAME, "", seen)
        : Verdict.of(Verdict.Kind.MISSED, seen + "\nthere is " + interpreted.get());
  }
}
