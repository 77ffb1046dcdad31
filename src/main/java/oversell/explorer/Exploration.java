package oversell.explorer;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import oversell.text.Words;

/**
 * The result of exploring a scenario.
 *
 * @param <R> what the scenario returns
 */
public final class Exploration<R> {
  private final String scenario;
  private final Options options;
  private final Findings<ScenarioResult<R>> findings;
  private final Optional<Failure> failure;

  private Exploration(
      String scenario,
      Options options,
      Findings<ScenarioResult<R>> findings,
      Optional<Failure> failure) {
    this.scenario = scenario;
    this.options = options;
    this.findings = findings;
    this.failure = failure;
  }

  static <R> Exploration<R> of(
      ScenarioFactory<R> factory,
      Options options,
      Findings<ScenarioResult<R>> findings,
      Optional<Found<ScenarioResult<R>>> found) {
    return new Exploration<>(
        factory.name(), options, findings, found.flatMap(one -> Failures.of(factory, one)));
  }

  /**
   * Whether every schedule was run or is stood for by one that was, and everything was under
   * control.
   */
  public boolean isComplete() {
    return findings.complete();
  }

  /** How many executions were run to their end: with the reduction, the number of traces. */
  public long executions() {
    return findings.executions();
  }

  /**
   * How many executions were begun and cut, since the rest of them would have shown nothing new.
   */
  public long blocked() {
    return findings.blocked();
  }

  /** How many schedules the executions stand for; empty if they cannot be counted. */
  public Optional<BigInteger> schedules() {
    return findings.standsFor();
  }

  /**
   * By outcome how many executions ended so; those that failed or were aborted are not in it. Of an
   * array the key is its text.
   */
  public Map<R, Long> outcomes() {
    Map<R, Long> outcomes = new LinkedHashMap<>();
    for (Findings.Share<ScenarioResult<R>> share : findings.outcomes()) {
      if (share.outcome() instanceof ScenarioResult.Returned<R> returned) {
        outcomes.merge(returned.outcome(), share.executions(), Long::sum);
      }
    }
    return Collections.unmodifiableMap(outcomes);
  }

  /** How many executions threw, deadlocked or went on for ever. */
  public long failures() {
    return findings.failures();
  }

  /**
   * How many executions were aborted: they did not fail, and what is proved does not cover them.
   */
  public long aborted() {
    return aborts().executions();
  }

  private Aborts aborts() {
    return Aborts.of(findings);
  }

  /** The shortest failure that was found. */
  public Optional<Failure> failure() {
    return failure;
  }

  /**
   * What the scenario did that is not under control, each with its place. If there is anything, the
   * exploration is not complete.
   */
  public List<String> uncontrolled() {
    return findings.uncontrolled();
  }

  /** Which bound was reached and what to do about it; empty if none was. */
  public Optional<String> bound() {
    return Optional.of(findings.bound()).filter(reached -> !reached.isEmpty());
  }

  /** The classes that were used and are not woven: a call to one of them counts as one step. */
  public List<String> notWoven() {
    return findings.notWoven();
  }

  /** How many executions were run a second time, and did the same. */
  public long runTwice() {
    return findings.runTwice();
  }

  /**
   * What was proved; empty unless it is complete, nothing failed, and not all of it was aborted.
   */
  public Optional<Certificate> certificate() {
    return isComplete() && failures() == 0 && aborted() < executions()
        ? Optional.of(
            new Certificate(
                scenario,
                options,
                executions(),
                schedules(),
                aborts(),
                runTwice(),
                findings.notWoven(),
                findings.assumed()))
        : Optional.empty();
  }

  /** The result in a few lines: the certificate, or the failure, or why nothing is proved. */
  @Override
  public String toString() {
    String first =
        certificate()
            .map(Certificate::toString)
            .or(() -> failure.map(Failure::toString))
            .orElseGet(this::withoutProof);
    boolean isAlone = failure.map(one -> one.story().threads().size() <= 1).orElse(true);
    return first + (isAlone && findings.steps() == 0 && executions() > 0 ? "\n" + alone() : "");
  }

  private String alone() {
    return scenario
        + " starts no thread, so it has one schedule: start threads in run() to explore them.";
  }

  private String withoutProof() {
    List<String> reasons =
        Stream.concat(
                uncontrolled().stream().map(what -> "not under control: " + what), bound().stream())
            .toList();
    return Words.text(
        "%s: not proved: %s. %s run (%s), %s of them failed%s.",
        scenario,
        reasons.isEmpty() ? whyNotAll() : String.join("; ", reasons),
        Words.many(executions(), "execution"),
        options,
        failures() == 0 ? "none" : Words.text("%,d", failures()),
        aborts().clause());
  }

  private String whyNotAll() {
    if (isComplete() && failures() == 0) {
      return "every schedule was aborted";
    }
    return options.strategy() == Strategy.EXHAUSTIVE
        ? "the most schedules that were asked for were run"
        : "not every schedule was run";
  }
}
