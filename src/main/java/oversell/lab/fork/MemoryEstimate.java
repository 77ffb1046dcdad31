package oversell.lab.fork;

import oversell.lab.experiment.Conduct;
import oversell.lab.experiment.Experiment;
import oversell.lab.experiment.Workload;

/**
 * How much memory a trial needs, so that the lab refuses it before the run rather than fails during
 * it. The constants are from runs of a million buyers: those that wait, for the gate or a guard or
 * in a sleep, each have a stack on the heap; those that never wait have none.
 *
 * @param bytes what the buyers of the largest trial are estimated to take
 * @param available what the objects of a fork may take
 */
public record MemoryEstimate(long bytes, long available) {
  private static final long WAITING = 1_100;
  private static final long PASSING = 450;
  private static final long PLATFORM = 100_000;
  private static final long JVM = 48L << 20;
  private static final int DEFAULT_SHARE = 4;

  /**
   * The estimate for the largest trial of an experiment.
   *
   * @param machineBytes the machine's memory, of which a JVM takes a quarter unless told otherwise
   */
  public static MemoryEstimate of(Experiment experiment, long machineBytes) {
    long largest = experiment.workloads().stream().mapToLong(MemoryEstimate::bytes).max().orElse(0);
    long heap =
        experiment.runs().heapMebibytes().isPresent()
            ? (long) experiment.runs().heapMebibytes().getAsInt() << 20
            : machineBytes / DEFAULT_SHARE;
    return new MemoryEstimate(largest, heap);
  }

  private static long bytes(Workload workload) {
    boolean waiting = workload.gate() || !workload.hold().isZero();
    long each =
        workload.conduct().threads() == Conduct.Threads.PLATFORM
            ? PLATFORM
            : waiting ? WAITING : PASSING;
    return JVM + each * workload.buyers();
  }

  /** Whether a fork has too little; never where the machine's memory is unknown. */
  public boolean isTooMuch() {
    return available > 0 && bytes > available;
  }
}
