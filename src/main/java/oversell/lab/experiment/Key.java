package oversell.lab.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import oversell.explorer.Granularity;
import oversell.explorer.Reduction;
import oversell.explorer.Strategy;

/**
 * A key of an experiment file, and with {@code -D} before it a setting of the command line. This is
 * the one place where a key is declared: its name, default, type, the modes in which it means
 * something, and its meaning. Reading, error messages, the command line and the table in {@code
 * experiments/README.md} follow from it. To add a key, add a constant here and use its value in
 * {@link ExperimentFile}.
 *
 * @param <T> the type of its value
 */
public final class Key<T> implements Comparable<Key<?>> {
  static final int MOST_FORKS = 10_000;
  private static final int MOST = 1_000_000;
  private static final int MOST_BUYERS = 10_000_000;
  private static final int MOST_PROCESSES = 64;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_CARRIERS = 32_767;
  private static final int SMALLEST_HEAP = 32;
  private static final Duration LONGEST_HOLD = Duration.ofHours(1);
  // HikariCP takes no less.
  private static final Duration SHORTEST_PATIENCE = Duration.ofMillis(250);
  private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(1);
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);
  private static final Pattern EXPECTED_ON =
      Pattern.compile("(.+) (on \\d{2,3}( on (postgresql|h2|mariadb))?|in 1 JVM|in \\d{1,2} JVMs)");

  // Before the constants, which enter themselves.
  private static final List<Key<?>> ALL = new ArrayList<>();

  public static final Key<String> QUESTION =
      one(
          "question",
          "",
          Kind.text(),
          Modes.ALL,
          "the question that the experiment answers, in one sentence");

  public static final Key<List<String>> ANSWER =
      list(
          "answer",
          "",
          Kind.text(),
          Modes.ALL,
          "the sentence that leads the page, as a list of clauses; {column where key=value} in a"
              + " clause stands for a cell of the run, and a clause is left out if the run has no"
              + " value for it");

  public static final Key<List<String>> SHOW =
      list(
          "show",
          "",
          Kind.text(),
          Modes.ALL,
          "the columns of the page's table, beside those that tell its rows apart; without this key"
              + " those that the answer refers to, and a few that every question needs");

  public static final Key<Integer> STOCK =
      one(
          "stock",
          "10",
          Kind.whole(0, Integer.MAX_VALUE),
          Modes.SALE,
          "units of each article at the start");

  public static final Key<Integer> STOCK_PER_BUYER =
      one(
          "stock-per-buyer",
          "",
          Kind.whole(0, MOST),
          Modes.SALE,
          "instead of stock: units for each buyer, spread over the articles");

  public static final Key<Integer> UNITS =
      one("units", "1", Kind.whole(1, MOST), Modes.SALE, "units that each buyer wants");

  public static final Key<List<Integer>> BUYERS =
      list(
          "buyers",
          "5",
          Kind.whole(1, MOST_BUYERS),
          Modes.SALE,
          "buyers, each of which makes one purchase; at most "
              + Explorations.MOST_BUYERS
              + " if sales are explored");

  public static final Key<List<Duration>> HOLD =
      list(
          "hold",
          "100ms",
          Kind.duration(Duration.ZERO, LONGEST_HOLD),
          Modes.SALE,
          "how long a buyer sleeps between check and act (ns, us, ms, s, min, or 0)");

  public static final Key<List<Integer>> ARTICLES =
      list(
          "articles",
          "1",
          Kind.whole(1, MOST),
          Modes.SALE,
          "articles, each with its own guard and stock; buyers take them in turn");

  public static final Key<List<String>> VARIANTS =
      new Key<>(
          "variants",
          "",
          "names of inventories",
          Shape.LIST,
          Modes.SALE,
          "the inventories to compare; required without scenario",
          (fields, key) -> fields.list(key, Kind.oneOf(fields.variants())));

  public static final Key<List<String>> SCENARIO =
      list(
          "scenario",
          "",
          Scenarios.name(),
          Modes.SCENARIO,
          "instead of variants, and of all that says what is sold: the programs to explore, each a"
              + " class that implements oversell.explorer.Scenario; nested ones follow a dot or a $");

  public static final Key<List<String>> STORE =
      list(
          "store",
          Deployment.MEMORY,
          Deployments.store(),
          Modes.MEASURE,
          "where the stock is kept: memory (an object of the JVM that sells it), postgresql (one that"
              + " the lab starts and removes), h2 (in the JVM that sells), or the URL of a database;"
              + " in a database the variants are those of oversell.store");

  public static final Key<List<Integer>> PROCESSES =
      list(
          "processes",
          "1",
          Kind.whole(1, MOST_PROCESSES),
          Modes.MEASURE,
          "JVMs that the buyers of each trial are spread over, the same for all trials of a fork; more"
              + " than 1 only with a store that they share; where that is PostgreSQL, those of other"
              + " machines that join take part beside them");

  public static final Key<List<Boolean>> DURABLE =
      list(
          "durable",
          "true",
          Kind.yesOrNo(),
          Modes.MEASURE,
          "whether the PostgreSQL that the lab starts waits for its disk before it acknowledges");

  public static final Key<List<Boolean>> IDEMPOTENCY_KEY =
      list(
          "idempotency-key",
          "true",
          Kind.yesOrNo(),
          Modes.MEASURE,
          "whether a buyer that got no answer tries again with the key of the same purchase, or as"
              + " if it had never been there");

  public static final Key<List<String>> ISOLATION =
      list(
          "isolation",
          Deployments.OWN,
          Deployments.isolation(),
          Modes.MEASURE,
          "the level that transactions run at: own (the guard's), default (the product's, named in its"
              + " rows), or one for all guards; only with a store");

  public static final Key<List<OptionalInt>> CONNECTIONS =
      list(
          "connections",
          "default",
          numberOrDefault(1, MOST_CONNECTIONS),
          Modes.MEASURE,
          "connections to the store that the buyers of a JVM share: default (ten, or one a buyer if"
              + " that is less) or a number; only with a store");

  public static final Key<Duration> PATIENCE =
      one(
          "patience",
          "60s",
          Kind.duration(SHORTEST_PATIENCE, LONGEST_HOLD),
          Modes.MEASURE,
          "how long a buyer waits until one of those is free, and then gives up; at least 250ms, only"
              + " with a store");

  public static final Key<Optional<String>> REDIS =
      one(
          "redis",
          "local",
          Deployments.redis(),
          Modes.MEASURE,
          "the Redis of guards that lock in one: local (a redis-server that the lab finds on the PATH,"
              + " starts and removes) or a URL");

  public static final Key<Integer> TRIALS =
      one(
          "trials",
          "10",
          Kind.whole(1, MOST),
          Modes.MEASURE,
          "sales that each fork runs and counts");

  public static final Key<Integer> WARMUPS =
      one(
          "warmups",
          "1",
          Kind.whole(0, MOST),
          Modes.ALL,
          "sales that each fork runs first and does not count; if sales are explored and this key is"
              + " missing, 0");

  public static final Key<Integer> FORKS =
      one(
          "forks",
          "1",
          Kind.whole(1, MOST_FORKS),
          Modes.ALL,
          "JVMs that run each row of the table, one after the other");

  public static final Key<List<JdkRequest>> JDKS =
      list(
          "jdks",
          "host",
          Kind.<JdkRequest>oneOf(List.of(new JdkRequest.Host(), new JdkRequest.All()))
              .or(Kind.whole(JdkRequest.Feature.FIRST, MOST).as(JdkRequest.Feature::new)),
          Modes.ALL,
          "host (the JDK that runs the lab), all (every JDK found from 21 on), or feature numbers");

  public static final Key<List<OptionalInt>> CARRIERS =
      list(
          "carriers",
          "default",
          numberOrDefault(1, MOST_CARRIERS),
          Modes.MEASURE,
          "carrier threads of the virtual threads: default (one for each processor) or a number");

  public static final Key<Boolean> GATE =
      one(
          "gate",
          "true",
          Kind.yesOrNo(),
          Modes.MEASURE,
          "whether buyers wait until the last one has been forked, so that all arrive at once");

  public static final Key<Conduct.Mode> MODE =
      one(
          "mode",
          "sale",
          oneOf(Conduct.Mode.values()),
          Modes.ALL,
          "how buyers come: sale (each buys once), returning (each comes back until it is refused),"
              + " one-by-one (each comes when the one before it waits), standstill (each waits inside"
              + " its guard for one lock that all share), or explore (each buys once, and every order"
              + " of their steps is run, or every order of the steps of a scenario)");

  public static final Key<List<Strategy>> STRATEGY =
      list(
          "strategy",
          "exhaustive",
          oneOf(Strategy.values()),
          Modes.EXPLORE,
          "which schedules are run: exhaustive (every one), fewest-switches (every one, beginning"
              + " with those that have the fewest preemptions), random, or pct (random priorities"
              + " that change twice)");

  public static final Key<List<Granularity>> GRANULARITY =
      list(
          "granularity",
          "access",
          oneOf(Granularity.values()),
          Modes.EXPLORE,
          "where a buyer may be stopped: pause (where it begins and where its pause ends), guard"
              + " (also where it takes or leaves one), or access (also before each access to a field"
              + " that can change)");

  public static final Key<List<Reduction>> REDUCTION =
      list(
          "reduction",
          "source-dpor",
          oneOf(Reduction.values()),
          Modes.EXPLORE,
          "what an exhaustive exploration leaves out: source-dpor (schedules that differ from another"
              + " only in the order of steps that do not conflict) or none");

  public static final Key<OptionalLong> SCHEDULES =
      one(
          "schedules",
          "all",
          Kind.oneOf(List.of("all"))
              .as(all -> OptionalLong.empty())
              .or(Kind.wholeLong(1).as(OptionalLong::of)),
          Modes.EXPLORE,
          "the most schedules that a row runs: all (of random and pct "
              + Explorations.DRAWN
              + ", of lincheck "
              + Explorations.OF_LINCHECK
              + ") or a number");

  public static final Key<Exploration.Until> UNTIL =
      one(
          "until",
          "end",
          oneOf(Exploration.Until.values()),
          Modes.EXPLORE,
          "when an exploration ends: end (when all has been run) or first-failure; with the latter each"
              + " of the warmups begins anew, too, and how long the first one took is shown");

  public static final Key<List<Exploration.Tool>> TOOL =
      list(
          "tool",
          "oversell",
          oneOf(Exploration.Tool.values()),
          Modes.SCENARIO,
          "who explores: oversell or, with until: first-failure, lincheck, a tool of others, which"
              + " takes scenarios that extend oversell.versus.Operations; Maven fetches it for"
              + " -Dexp=versus, and for experiments that are named by a path");

  public static final Key<List<Conduct.Threads>> THREADS =
      list(
          "threads",
          "virtual",
          oneOf(Conduct.Threads.values()),
          Modes.MEASURE,
          "what buyers run on: virtual or platform threads");

  public static final Key<List<Conduct.PauseKind>> PAUSE =
      list(
          "pause",
          "sleep",
          oneOf(Conduct.PauseKind.values()),
          Modes.MEASURE,
          "what buyers do between check and act: sleep for the hold, or yield");

  public static final Key<List<Conduct.Fault>> FAULT =
      list(
          "fault",
          "none",
          oneOf(Conduct.Fault.values()),
          Modes.SALE,
          "what happens to some buyers between check and act: none, throw, interrupt, cancel (throws,"
              + " and cancels all others), timeout (does not end before the scope's deadline), or slow"
              + " (three holds); with a database also, once in each sale, kill-database (every process"
              + " of it is killed, and it is started again), lose-answer (the same, when the next commit"
              + " is on its disk and not answered yet), kill-jvm (that of a buyer who has"
              + " bought and was not told yet, and another one takes its place; of several JVMs one of"
              + " four) or stop-jvm (one of"
              + " two stands still until a buyer of the other has bought)");

  public static final Key<Integer> FAULT_EVERY =
      one(
          "fault-every",
          "3",
          Kind.whole(1, MOST),
          Modes.SALE,
          "the fault hits every n-th buyer; a fault of a process the n-th alone");

  public static final Key<Boolean> BYSTANDER =
      one(
          "bystander",
          "false",
          Kind.yesOrNo(),
          Modes.MEASURE,
          "whether a virtual thread that never touches a guard runs beside the buyers, sleeps 1 ms in"
              + " a loop, and counts how often it wakes up");

  public static final Key<Boolean> PINNING =
      one(
          "pinning",
          "false",
          Kind.yesOrNo(),
          Modes.MEASURE,
          "whether each row gets one more fork, whose times do not count: it runs one trial under"
              + " Flight Recorder and counts pinned threads");

  public static final Key<Conduct.Baseline> BASELINE =
      one(
          "baseline",
          "none",
          oneOf(Conduct.Baseline.values()),
          Modes.MEASURE,
          "what runs in turn with each trial, in the same fork, so that their ratio can be given:"
              + " none, bare (the same purchases in a bare scope), or sleeps (one thread of the"
              + " buyers' kind that sleeps the holds one after the other)");

  public static final Key<OptionalInt> HEAP =
      one(
          "heap",
          "default",
          numberOrDefault(SMALLEST_HEAP, MOST),
          Modes.ALL,
          "the largest heap of each fork: default (the JDK's own) or MiB");

  public static final Key<Optional<Duration>> DEADLINE =
      one(
          "deadline",
          "auto",
          Kind.oneOf(List.of("auto"))
              .as(auto -> Optional.<Duration>empty())
              .or(Kind.duration(SHORTEST_DEADLINE, LONGEST_DEADLINE).as(Optional::of)),
          Modes.ALL,
          "when a fork is killed: a duration, or auto (from the size of its workload)");

  public static final Key<Long> SEED =
      one("seed", "1", Kind.wholeLong(), Modes.ALL, "seed of the order in which forks run");

  public static final Key<Map<String, Expectation>> EXPECT =
      new Key<>(
          "expect",
          "",
          Kind.oneOf(Expectation.of(false)).expected()
              + ", for each variant; or one of safe, fails, hangs, any, for each scenario",
          Shape.BY_VARIANT,
          Modes.ALL,
          "what is expected of a variant, or of \"variant on 21\", \"variant on 21 on h2\" or \"variant in"
              + " 2 JVMs\"; without it a variant that claims to be safe must be safe, and of the others any outcome passes; a scenario must be safe",
          (fields, key) ->
              fields.byVariant(key, EXPECTED_ON, Kind.oneOf(Expectation.of(fields.has(SCENARIO)))));

  public static final Key<Map<String, Long>> TRACES =
      new Key<>(
          "traces",
          "",
          Kind.wholeLong(1).expected() + ", for each scenario",
          Shape.BY_VARIANT,
          Modes.SCENARIO,
          "how many traces others have published that a scenario has; any other number, or a search"
              + " that is not complete, fails",
          (fields, key) -> fields.byVariant(key, Kind.wholeLong(1)));

  public static final Key<Map<String, List<String>>> OUTCOMES =
      new Key<>(
          "outcomes",
          "",
          "a text or a list of texts, for each scenario",
          Shape.BY_VARIANT,
          Modes.SCENARIO,
          "the outcomes that others have published that a scenario has, as text; if one is missing"
              + " or there is another, or the search is not complete, it fails",
          (fields, key) -> fields.listsByVariant(key, Kind.text()));

  public static final Key<List<String>> SOURCES =
      list(
          "sources",
          "",
          Kind.text(),
          Modes.SCENARIO,
          "the titles of what traces and outcomes are published in, for the page");

  public static final Key<List<String>> CLASSPATH =
      list(
          "classpath",
          "",
          Kind.of(
              "folders of classes and jars",
              text -> Optional.of(text).filter(path -> !path.isBlank())),
          Modes.ALL,
          "where the classes of your own are, which the scenarios or the variants need: folders and"
              + " jars, beside the experiment's file, below the folder of the lab, or absolute; they"
              + " come after the lab's own");

  /** How values are written. */
  enum Shape {
    /** One value. */
    ONE,
    /** One value or a list of them; every one is run. */
    LIST,
    /** A value for each variant. */
    BY_VARIANT
  }

  /** The modes in which a key means something. */
  enum Modes {
    /** Every mode. */
    ALL,
    /** Every mode, but of sales only. */
    SALE,
    /** Every mode but explore, where nothing is left to chance. */
    MEASURE,
    /** Only explore. */
    EXPLORE,
    /** Only explore, and only if scenarios are explored. */
    SCENARIO;

    boolean include(Conduct.Mode mode, Exploration.Subject subject) {
      boolean explores = mode == Conduct.Mode.EXPLORE;
      boolean ofScenarios = subject == Exploration.Subject.SCENARIO;
      return switch (this) {
        case ALL -> true;
        case SALE -> !ofScenarios;
        case MEASURE -> !explores;
        case EXPLORE -> explores;
        case SCENARIO -> explores && ofScenarios;
      };
    }
  }

  private final String name;
  private final String defaultText;
  private final String takes;
  private final Shape shape;
  private final Modes modes;
  private final String meaning;
  private final BiFunction<Fields, Key<T>, T> reading;
  private final int place;

  private Key(
      String name,
      String defaultText,
      String takes,
      Shape shape,
      Modes modes,
      String meaning,
      BiFunction<Fields, Key<T>, T> reading) {
    this.name = name;
    this.defaultText = defaultText;
    this.takes = takes;
    this.shape = shape;
    this.modes = modes;
    this.meaning = meaning;
    this.reading = reading;
    place = ALL.size();
    ALL.add(this);
  }

  private static <T> Key<T> one(
      String name, String defaultText, Kind<T> kind, Modes modes, String meaning) {
    return new Key<>(
        name,
        defaultText,
        kind.expected(),
        Shape.ONE,
        modes,
        meaning,
        (fields, key) -> fields.one(key, kind));
  }

  private static <T> Key<List<T>> list(
      String name, String defaultText, Kind<T> kind, Modes modes, String meaning) {
    return new Key<>(
        name,
        defaultText,
        kind.expected(),
        Shape.LIST,
        modes,
        meaning,
        (fields, key) -> fields.list(key, kind));
  }

  private static <T> Kind<T> oneOf(T[] values) {
    return Kind.oneOf(List.of(values));
  }

  private static Kind<OptionalInt> numberOrDefault(int least, int most) {
    return Kind.oneOf(List.of("default"))
        .as(word -> OptionalInt.empty())
        .or(Kind.whole(least, most).as(OptionalInt::of));
  }

  /** Reads its value, or what stands in for one that makes no sense. */
  T read(Fields fields) {
    return reading.apply(fields, this);
  }

  /** The name, as files write it. */
  @Override
  public String toString() {
    return name;
  }

  /** The value of a file that leaves the key out, as it would write it; empty if there is none. */
  String defaultText() {
    return defaultText;
  }

  /** The values that it takes. */
  String takes() {
    return takes;
  }

  Shape shape() {
    return shape;
  }

  Modes modes() {
    return modes;
  }

  /** What it means, in a clause without a full stop. */
  String meaning() {
    return meaning;
  }

  /** In the order of declaration. */
  @Override
  public int compareTo(Key<?> other) {
    return Integer.compare(place, other.place);
  }

  /** Every key, in the order of declaration. */
  static List<Key<?>> all() {
    return List.copyOf(ALL);
  }

  /** The key of a name, if there is one. */
  public static Optional<Key<?>> of(String text) {
    return ALL.stream().filter(key -> key.name.equals(text)).findFirst();
  }

  /** The name of every key. */
  public static List<String> names() {
    return ALL.stream().map(Key::toString).toList();
  }
}
