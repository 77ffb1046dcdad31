package oversell.lab.cluster;

import java.io.Closeable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import oversell.store.StoreAccess;
import oversell.store.StoreFailure;

/** Where the host of a run lets others know that they can join it, for as long as the run lasts. */
public final class Meeting implements Closeable {
  private static final String HOST = "host";

  private final Sql sql;
  private final Pulse pulse;

  private Meeting(Sql sql, Pulse pulse) {
    this.sql = sql;
    this.pulse = pulse;
  }

  /**
   * A run as those see it who may join it.
   *
   * @param name eight hexadecimal digits
   * @param host what its host has to say, which is the version of its code
   */
  public record Run(String name, Pulse.Seen host) {}

  /**
   * A fork of a run that has work for those who join.
   *
   * @param schema where it is met
   * @param job what they have to know
   */
  public record Fork(String schema, String job) {}

  /**
   * Opens one, in a schema of its own, which is dropped with those of the run's forks.
   *
   * @param access to the database of the run
   * @param version of the host's code
   * @throws StoreFailure if that cannot be done; the text says why
   */
  public static Meeting open(StoreAccess access, String run, String version) {
    StoreAccess own = access.in(Schemas.ofHost(run));
    Sql sql = Sql.open(own);
    try {
      var unused =
          sql.run(
              in -> {
                int made = in.update("create schema " + Schemas.require(own.schema()));
                Pulse.makeTable(in);
                return made;
              });
      return new Meeting(sql, Pulse.start(sql, HOST, version, () -> {}));
    } catch (SQLException thrown) {
      sql.close();
      throw StoreFailure.whileMeeting(thrown);
    }
  }

  @Override
  public void close() {
    pulse.close();
    sql.close();
  }

  /** Looks for runs in a database. */
  public static final class Guest implements Closeable {
    private static final String NO_TABLE = "42P01";

    private final Sql sql;

    private Guest(Sql sql) {
      this.sql = sql;
    }

    /**
     * Connects.
     *
     * @throws StoreFailure if that cannot be done; the text says why
     */
    public static Guest of(StoreAccess access) {
      return new Guest(Sql.open(access.in("")));
    }

    /** The runs whose host has left a trace here, be it alive or not. */
    public List<Run> runs() {
      return ask(
          () -> {
            List<Run> runs = new ArrayList<>();
            for (String schema : schemas(Schemas::isOfHost)) {
              seen(schema).forEach(host -> runs.add(new Run(Schemas.run(schema), host)));
            }
            return runs;
          });
    }

    /** The fork of a run that has work; empty if none has, at the moment. */
    public Optional<Fork> fork(String run) {
      return ask(
          () -> {
            for (String schema : schemas(name -> isOfFork(name, run))) {
              Optional<Pulse.Seen> fork = Board.fork(seen(schema));
              if (fork.isPresent()) {
                return Optional.of(new Fork(schema, fork.get().note()));
              }
            }
            return Optional.empty();
          });
    }

    private List<Pulse.Seen> seen(String schema) throws SQLException {
      try {
        return Pulse.seen(sql, schema);
      } catch (SQLException thrown) {
        if (NO_TABLE.equals(thrown.getSQLState())) {
          // Dropped since it was listed.
          return List.of();
        }
        throw thrown;
      }
    }

    private static boolean isOfFork(String schema, String run) {
      return Schemas.isOf(run, schema) && !Schemas.isOfHost(schema);
    }

    /** Those that have such a table already: a schema is there before its tables are. */
    private List<String> schemas(Predicate<String> which) throws SQLException {
      return sql
          .run(
              in ->
                  in.rows(
                      row -> row.getString(1),
                      "select table_schema from information_schema.tables"
                          + " where table_name = 'pulse' order by table_schema"))
          .stream()
          .filter(which)
          .toList();
    }

    /**
     * A question to the database.
     *
     * @param <T> its answer
     */
    @FunctionalInterface
    private interface Question<T> {
      T ask() throws SQLException;
    }

    private static <T> T ask(Question<T> question) {
      try {
        return question.ask();
      } catch (SQLException thrown) {
        throw StoreFailure.whileMeeting(thrown);
      }
    }

    @Override
    public void close() {
      sql.close();
    }
  }
}
