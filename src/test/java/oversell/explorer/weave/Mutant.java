package oversell.explorer.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import oversell.explorer.hook.Treatment;
import oversell.explorer.weave.JdkCalls.Row;
import oversell.explorer.weave.Meaning.Arguments;

/**
 * The table of calls with one row that is wrong.
 *
 * @param row which, by number
 * @param how it is wrong
 */
public record Mutant(int row, How how) {
  /** What is done to the row. */
  public enum How {
    /** It is taken away: the rows after it decide, or the default. */
    AWAY,
    /** Its calls touch nothing. */
    HARMLESS,
    /** Its calls read nothing of their arguments. */
    BLIND,
    /**
     * Its calls read what they change: a compare-and-set that succeeds counts as one that fails.
     */
    READING
  }

  private static final Pattern CHANGES = Pattern.compile("^(attempt|change)(?=At|By|$)");

  private static final List<Row> ROWS = JdkCalls.standard().table();

  /** Every one that there is. */
  public static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>();
    for (int row = 0; row < ROWS.size(); row++) {
      Meaning meaning = ROWS.get(row).meaning();
      all.add(new Mutant(row, How.AWAY));
      if (meaning.treatment() != Treatment.NOTHING) {
        all.add(new Mutant(row, How.HARMLESS));
      }
      boolean takesNone = ROWS.get(row).methods().pattern().endsWith("\\(\\)V");
      boolean asks =
          switch (meaning.treatment()) {
            case NOTHING, READING, RECEIVER, PART -> true;
            case GUARD, EVERYTHING, UNCONTROLLED -> false;
          };
      if (asks && !takesNone && meaning.arguments() != Arguments.KEPT) {
        all.add(new Mutant(row, How.BLIND));
      }
      if (meaning.hook().filter(hook -> CHANGES.matcher(hook).find()).isPresent()) {
        all.add(new Mutant(row, How.READING));
      }
    }
    return all;
  }

  /**
   * Whether its row is about scopes, scoped values and builders of threads, which inventories do
   * not use.
   */
  public boolean isOfScopes() {
    Row of = ROWS.get(row);
    if (of.meaning().hook().filter(hook -> hook.startsWith("ThreadHooks.")).isPresent()) {
      return false;
    }
    return of.owners()
            .pattern()
            .matches(".*(StructuredTaskScope|ScopedValue|Thread\\\\[$]Builder).*")
        || of.methods().pattern().startsWith("ofVirtual");
  }

  /**
   * Whether its row is about pools whose tasks fork or have delays, about timers, about threads
   * that the JDK knows by others, about arrays in parallel, or about another call that few
   * inventories use.
   */
  public boolean isOfPools() {
    Row of = ROWS.get(row);
    String owners = of.owners().pattern();
    boolean isUncontrolled = of.meaning().treatment() == Treatment.UNCONTROLLED;
    return owners.startsWith("java/util/Timer")
        || (owners.equals("java/util/Arrays") && of.methods().pattern().startsWith("parallel"))
        || (owners.equals("java/util/concurrent/(Executor)?CompletionService")
            && of.methods().pattern().startsWith("take"))
        || (owners.equals("java/util/concurrent/(CompletableFuture|CompletionStage)")
            && of.methods().pattern().contains("Async"))
        || (isUncontrolled
            ? owners.matches("java/util/concurrent/(Executors|.*AbstractQueued.*)")
            : owners.matches(".*concurrent/[(]?(ForkJoin|Scheduled|CountedCompleter).*")
                || of.meaning()
                    .hook()
                    .filter(
                        hook ->
                            hook.matches(
                                "(Fork|Invoke|Array|Scheduled)Hooks.*|ThreadHooks.get(Name|ThreadGroup)"
                                    + "|ThreadHooks.set(Name|ContextClassLoader)"
                                    + "|PoolHooks.(setRejectedExecutionHandler|defaultThreadFactory)"
                                    + "|ShutdownHooks.shutdown(Now)?"))
                    .isPresent());
  }

  /** Whether its row is about views, entries, iterators and streams. */
  public boolean isOfParts() {
    return ROWS.get(row).reason().matches("(An iterator is|A view of a map|A stream is).*");
  }

  /** Whether its row is about what this JDK has. */
  public boolean isOfThisJdk() {
    boolean isOld =
        ROWS.get(row).owners().pattern().contains("StructuredTaskScope\\$Shutdown")
            || ROWS.get(row).methods().pattern().startsWith("joinUntil");
    return Runtime.version().feature() < 25 ? true : !isOld;
  }

  /** The table as it should be, which was asked about nothing yet. */
  public static JdkCalls none() {
    return new JdkCalls(ROWS);
  }

  /** The rows, by number, that decided what calls mean which it was asked about. */
  public static Set<Integer> decided(JdkCalls calls) {
    Set<Integer> rows = new TreeSet<>();
    for (String call : calls.asked()) {
      String owner = call.substring(0, call.indexOf('.'));
      String method = call.substring(call.indexOf('.') + 1);
      IntStream.range(0, ROWS.size())
          .filter(row -> ROWS.get(row).fits(owner, method))
          .findFirst()
          .ifPresent(rows::add);
    }
    return rows;
  }

  /** The table with it. */
  public JdkCalls table() {
    List<Row> rows = new ArrayList<>(ROWS);
    Row right = rows.remove(row);
    Meaning meaning = right.meaning();
    switch (how) {
      case AWAY -> {}
      case HARMLESS -> rows.add(row, with(right, Meaning.pure(Arguments.KEPT)));
      case BLIND ->
          rows.add(
              row,
              with(
                  right,
                  new Meaning(
                      meaning.treatment(),
                      Arguments.KEPT,
                      meaning.operation(),
                      meaning.hook(),
                      meaning.replaces())));
      case READING ->
          rows.add(
              row,
              with(
                  right,
                  Meaning.ofOnePlace(
                      CHANGES.matcher(meaning.hook().orElseThrow()).replaceFirst("look"))));
    }
    return new JdkCalls(rows);
  }

  private static Row with(Row row, Meaning meaning) {
    return new Row(row.reason(), row.advice(), row.owners(), row.methods(), meaning);
  }

  @Override
  public String toString() {
    return "%s %d, %s".formatted(how, row, ROWS.get(row));
  }
}
