package oversell.explorer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts outcomes, and the schedules that they stand for. */
final class Histogram {
  private final Map<Outcome, Count> counts = new HashMap<>();
  private long executions;
  private long violations;
  private boolean countable = true;

  /** Of one outcome. Schedules are added up in two parts, since big numbers are slow. */
  private static final class Count {
    long executions;
    long schedules;
    BigInteger carried = BigInteger.ZERO;

    void add(long more) {
      if (schedules > Long.MAX_VALUE - more) {
        carried = carried.add(BigInteger.valueOf(schedules));
        schedules = 0;
      }
      schedules += more;
    }

    BigInteger all() {
      return carried.add(BigInteger.valueOf(schedules));
    }
  }

  void add(Outcome outcome, OptionalLong standsFor) {
    Count count = counts.computeIfAbsent(outcome, first -> new Count());
    count.executions++;
    if (standsFor.isPresent()) {
      count.add(standsFor.getAsLong());
    } else {
      countable = false;
    }
    executions++;
    violations += outcome.grade().isViolation() ? 1 : 0;
  }

  long executions() {
    return executions;
  }

  long violations() {
    return violations;
  }

  Optional<BigInteger> standsFor() {
    return countable
        ? Optional.of(
            counts.values().stream().map(Count::all).reduce(BigInteger.ZERO, BigInteger::add))
        : Optional.empty();
  }

  /** The worst first, and of equally bad ones that with the least stock. */
  List<Explored.Share> shares() {
    List<Explored.Share> shares = new ArrayList<>();
    counts.forEach(
        (outcome, count) ->
            shares.add(
                new Explored.Share(
                    outcome,
                    count.executions,
                    countable ? Optional.of(count.all()) : Optional.empty())));
    shares.sort(
        Comparator.comparing((Explored.Share share) -> share.outcome().grade())
            .thenComparingLong(share -> share.outcome().finalStock())
            .thenComparingLong(share -> share.outcome().soldUnits())
            .thenComparing(share -> share.outcome().failure()));
    return shares;
  }
}
