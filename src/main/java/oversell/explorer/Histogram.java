package oversell.explorer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts outcomes, and the schedules that they stand for. */
final class Histogram<R> {
  private final Map<R, Count> counts = new LinkedHashMap<>();
  private long executions;
  private long failures;
  private boolean countable = true;

  /** The count of one outcome. Schedules are added up in two parts, since big numbers are slow. */
  private static final class Count {
    final boolean isFailure;
    long executions;
    long schedules;
    BigInteger carried = BigInteger.ZERO;

    Count(boolean isFailure) {
      this.isFailure = isFailure;
    }

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

  void add(R outcome, boolean isFailure, Optional<BigInteger> standsFor) {
    Count count = begin(outcome, isFailure);
    if (standsFor.isPresent()) {
      count.carried = count.carried.add(standsFor.get());
    } else {
      countable = false;
    }
  }

  void add(R outcome, boolean isFailure, long standsFor) {
    begin(outcome, isFailure).add(standsFor);
  }

  private Count begin(R outcome, boolean isFailure) {
    Count count = counts.computeIfAbsent(outcome, first -> new Count(isFailure));
    count.executions++;
    executions++;
    failures += isFailure ? 1 : 0;
    return count;
  }

  /** Whether all schedules could be counted so far. */
  boolean isCountable() {
    return countable;
  }

  long executions() {
    return executions;
  }

  long failures() {
    return failures;
  }

  Optional<BigInteger> standsFor() {
    BigInteger all = BigInteger.ZERO;
    for (Count count : counts.values()) {
      all = all.add(count.all());
    }
    return countable ? Optional.of(all) : Optional.empty();
  }

  /** The outcomes, in the order in which they first came. */
  List<Findings.Share<R>> shares() {
    List<Findings.Share<R>> shares = new ArrayList<>();
    counts.forEach(
        (outcome, count) ->
            shares.add(
                new Findings.Share<>(
                    outcome,
                    count.isFailure,
                    count.executions,
                    countable ? Optional.of(count.all()) : Optional.empty())));
    return shares;
  }
}
