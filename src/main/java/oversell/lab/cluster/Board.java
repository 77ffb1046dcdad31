package oversell.lab.cluster;

import java.io.Closeable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import oversell.store.Statements;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/**
 * What the JVMs that sell for one fork know of one another. The fork divides each sale into shares
 * of its buyers and sends the signal to begin; JVMs take shares, and report.
 *
 * <p>A share has an attempt, which grows when a JVM takes it. It is a fencing token: a JVM that was
 * taken for dead and is not can neither report nor tell anybody that it has bought, once another
 * one has taken its share.
 */
public final class Board implements Closeable {
  static final String CHANNEL = "oversell_signal";

  private static final String TABLES = "tables.sql";
  private static final String FORK = "fork";

  private final Sql sql;
  private final Engine engine;
  private final StoreAccess access;
  private final Consumer<Board> onLost;
  private Optional<Pulse> pulse = Optional.empty();

  private Board(Sql sql, Engine engine, StoreAccess access, Consumer<Board> onLost) {
    this.sql = sql;
    this.engine = engine;
    this.access = access;
    this.onLost = onLost;
  }

  /**
   * A share of the buyers of a sale.
   *
   * @param number from 1, as a fork hands them out
   * @param buyers how many
   * @param takings the names of those who have taken it, in this order; only the last may report
   * @param told the purchases that buyers were told they made, before the last has taken it
   * @param report of the last
   */
  public record Share(
      int number, int buyers, List<String> takings, List<String> told, String report) {
    /** Copies its lists. */
    public Share {
      takings = List.copyOf(takings);
      told = List.copyOf(told);
    }
  }

  /**
   * A share as the JVM gets it that takes it.
   *
   * @param id of the share
   * @param sale it is of
   * @param terms of the sale, as the fork has written them
   * @param number of the share
   * @param buyers how many
   * @param attempt from 1; more if another JVM has had it before
   * @param told the purchases that buyers were told they made by those others
   */
  public record Taken(
      String id, long sale, String terms, int number, int buyers, int attempt, List<String> told) {
    /** Copies its list. */
    public Taken {
      told = List.copyOf(told);
    }
  }

  /**
   * Makes the tables beside a stock.
   *
   * @param job what those who come have to know, as text
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @throws StoreFailure if that cannot be done; the text says why
   */
  public static Board open(StoreAccess access, String job, LongSupplier nanoTime) {
    Board board = join(access, nanoTime, lost -> {});
    board.ask(
        in -> {
          for (String table : Sql.script(TABLES)) {
            var unused = in.update(table);
          }
          Pulse.makeTable(in);
          return true;
        });
    board.appear(FORK, job);
    return board;
  }

  /**
   * Reaches the tables that a fork has made.
   *
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @param onLost is given this if the database has not answered for too long
   * @throws StoreFailure if that cannot be done; the text says why
   */
  public static Board join(StoreAccess access, LongSupplier nanoTime, Consumer<Board> onLost) {
    Sql sql = Sql.open(access);
    try {
      return new Board(sql, Engine.maker().make(sql.connections(), nanoTime), access, onLost);
    } catch (SQLException thrown) {
      sql.close();
      throw StoreFailure.whileMeeting(thrown);
    } catch (RuntimeException thrown) {
      sql.close();
      throw thrown;
    }
  }

  /** Lets others know from now on that this JVM lives. */
  public void appear(String name, String note) {
    try {
      pulse = Optional.of(Pulse.start(sql, name, note, () -> onLost.accept(this)));
    } catch (SQLException thrown) {
      throw StoreFailure.whileMeeting(thrown);
    }
  }

  /** The names of those who sell, as far as they live. */
  public List<String> members() {
    try {
      return Pulse.seen(sql, access.schema()).stream()
          .filter(Pulse.Seen::isAlive)
          .map(Pulse.Seen::name)
          .filter(name -> !name.equals(FORK))
          .toList();
    } catch (SQLException thrown) {
      throw StoreFailure.whileMeeting(thrown);
    }
  }

  /** What the fork has to say to those who come; empty if it is there no more, or silent. */
  static Optional<Pulse.Seen> fork(List<Pulse.Seen> seen) {
    return seen.stream()
        .filter(one -> one.name().equals(FORK))
        .filter(Pulse.Seen::isAlive)
        .findFirst();
  }

  /**
   * Divides a sale.
   *
   * @param sale its number; no other has it
   * @param terms of it, for those who take a share
   * @param buyers of each share
   */
  public void divide(long sale, String terms, List<Integer> buyers) {
    List<String> ids = new ArrayList<>();
    ask(
        in -> {
          var unused =
              in.update("insert into sale (number, terms, open) values (?, ?, false)", sale, terms);
          for (int i = 0; i < buyers.size(); i++) {
            ids.add(id(sale, i + 1));
            unused =
                in.update(
                    "insert into share (id, sale, number, buyers) values (?, ?, ?, ?)",
                    ids.get(i),
                    sale,
                    i + 1,
                    buyers.get(i));
          }
          return true;
        });
    try {
      engine.schedule(ids);
    } catch (SQLException thrown) {
      throw StoreFailure.whileMeeting(thrown);
    }
  }

  /** Lets the buyers of a sale begin. */
  public void open(long sale) {
    ask(
        in -> {
          var unused = in.update("update sale set open = true where number = ?", sale);
          return in.rows(row -> true, "select pg_notify('" + CHANNEL + "', '')");
        });
  }

  /**
   * How far a sale is.
   *
   * @param ready shares whose buyers wait for the signal
   * @param reported shares that are done
   * @param struck the JVMs that wait to be killed
   */
  public record Progress(int ready, int reported, List<String> struck) {
    /** Copies its list. */
    public Progress {
      struck = List.copyOf(struck);
    }
  }

  /** Looks how far a sale is. */
  public Progress progress(long sale) {
    return ask(
        in ->
            in.rows(
                    row ->
                        new Progress(
                            row.getInt(1),
                            row.getInt(2),
                            List.of((String[]) row.getArray(3).getArray())),
                    "select count(*) filter (where ready), count(report),"
                        + " array(select member from taking join share on share.id = taking.share"
                        + " where share.sale = ? and struck order by member)"
                        + " from share where sale = ?",
                    sale,
                    sale)
                .getFirst());
  }

  /** The shares of a sale that are done, by their number. */
  public List<Share> shares(long sale) {
    return ask(
        in -> {
          List<Share> done =
              in.rows(
                  row ->
                      new Share(
                          row.getInt(1), row.getInt(2), List.of(), List.of(), row.getString(3)),
                  "select number, buyers, report from share"
                      + " where sale = ? and report is not null order by number",
                  sale);
          List<Share> all = new ArrayList<>();
          for (Share share : done) {
            String id = id(sale, share.number());
            List<String> takings =
                in.rows(
                    row -> row.getString(1),
                    "select member from taking where share = ? order by attempt",
                    id);
            all.add(
                new Share(share.number(), share.buyers(), takings, told(in, id), share.report()));
          }
          return all;
        });
  }

  private static String id(long sale, int share) {
    return sale + "-" + share;
  }

  /** Of all attempts but the last, whose report has its own. */
  private static List<String> told(Statements in, String share) throws SQLException {
    return in.rows(
        row -> row.getString(1),
        "select purchase from told where share = ? and attempt <"
            + " (select attempt from share where id = ?) order by purchase",
        share,
        share);
  }

  /** Takes the shares that are handed to this JVM, one at a time, as long as it lives. */
  public void work(String member, Consumer<Taken> execution) {
    try {
      engine.start(member, id -> take(id, member).ifPresent(execution));
    } catch (SQLException thrown) {
      throw StoreFailure.whileMeeting(thrown);
    }
  }

  /**
   * Takes a share.
   *
   * @return empty if it is done: who has reported it may be taken for dead after that
   */
  Optional<Taken> take(String id, String member) {
    return ask(
        in -> {
          int taken =
              in.update(
                  "update share set attempt = attempt + 1, ready = false"
                      + " where id = ? and report is null",
                  id);
          if (taken == 0) {
            return Optional.empty();
          }
          var unused =
              in.update(
                  "insert into taking (share, attempt, member)"
                      + " select id, attempt, ? from share where id = ?",
                  member,
                  id);
          List<String> told = told(in, id);
          return in
              .rows(
                  row ->
                      new Taken(
                          id,
                          row.getLong(1),
                          row.getString(2),
                          row.getInt(3),
                          row.getInt(4),
                          row.getInt(5),
                          told),
                  "select sale.number, terms, share.number, buyers, attempt"
                      + " from share join sale on sale.number = share.sale where id = ?",
                  id)
              .stream()
              .findFirst();
        });
  }

  /**
   * Says that the buyers of a share are there, and waits until its sale is open.
   *
   * @throws StoreFailure if the database does not answer
   */
  public void awaitOpening(Taken taken) {
    int changed =
        ask(
            in ->
                in.update(
                    "update share set ready = true where id = ? and attempt = ?",
                    taken.id(),
                    taken.attempt()));
    if (changed == 0) {
      throw new IllegalStateException(
          "share %s was given to another JVM meanwhile".formatted(taken.id()));
    }
    try {
      while (!isOpen(taken.sale())) {
        engine.awaitSignal(Duration.ofSeconds(1));
      }
    } catch (SQLException thrown) {
      throw StoreFailure.whileMeeting(thrown);
    }
  }

  private boolean isOpen(long sale) {
    return ask(in ->
            in.rows(row -> row.getBoolean(1), "select open from sale where number = ?", sale))
        .getFirst();
  }

  /**
   * Whether the JVM that has taken a share is to wait for its end: not more than so many of a sale
   * are. The fork sees it from now on.
   */
  public boolean isStruck(Taken taken, int most) {
    return ask(
        in -> {
          boolean isOne =
              in.update(
                      "update sale set struck = struck + 1 where number = ? and struck < ?",
                      taken.sale(),
                      most)
                  == 1;
          if (isOne) {
            var unused =
                in.update(
                    "update taking set struck = true where share = ? and attempt = ?",
                    taken.id(),
                    taken.attempt());
          }
          return isOne;
        });
  }

  /** Says which buyers were told that they have bought, unless another JVM has the share now. */
  public void tell(Taken taken, List<String> purchases) {
    boolean unused =
        ask(
            in -> {
              if (in.rows(
                      row -> true,
                      "select 1 from share where id = ? and attempt = ? for share",
                      taken.id(),
                      taken.attempt())
                  .isEmpty()) {
                return false;
              }
              int told =
                  in.update(
                      "insert into told (purchase, share, attempt) select unnest(?::text[]), ?, ?",
                      in.connection().createArrayOf("text", purchases.toArray()),
                      taken.id(),
                      taken.attempt());
              return told > 0;
            });
  }

  /**
   * Reports, unless another JVM has the share now.
   *
   * @return whether the report counts
   */
  public boolean report(Taken taken, String report) {
    return ask(
            in ->
                in.update(
                    "update share set report = ? where id = ? and attempt = ? and report is null",
                    report,
                    taken.id(),
                    taken.attempt()))
        == 1;
  }

  private <T> T ask(Sql.Work<T> work) {
    try {
      return sql.run(work);
    } catch (SQLException thrown) {
      throw StoreFailure.whileMeeting(thrown);
    }
  }

  /** Leaves the tables to the fork's schema, which is dropped as a whole. */
  @Override
  public void close() {
    pulse.ifPresent(Pulse::close);
    engine.close();
    sql.close();
  }
}
