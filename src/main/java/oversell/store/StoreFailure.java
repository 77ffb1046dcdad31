package oversell.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A purchase that got no answer from its store. The text says what happened, and names nobody. */
public class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What a failed statement means. */
  static StoreFailure of(SQLException thrown) {
    return switch (SqlState.of(thrown)) {
      case NO_CONNECTION ->
          new StoreFailure("no connection was free in time: " + said(thrown), thrown);
      case LOST -> new Gone(thrown);
      case REPEATED -> new Repeated(thrown);
      case AGAIN, VIOLATED, BROKEN ->
          new StoreFailure("the store refused a statement: " + said(thrown), thrown);
    };
  }

  /** What a failed statement means to who is no buyer, and has nothing to wait for. */
  public static StoreFailure whileMeeting(SQLException thrown) {
    boolean unanswered =
        switch (SqlState.of(thrown)) {
          case NO_CONNECTION, LOST -> true;
          // A server's answer has a SQLSTATE. What the pool says of a connection has none: it has
          // closed it, since it was lost.
          case BROKEN -> thrown.getSQLState() == null;
          case REPEATED, AGAIN, VIOLATED -> false;
        };
    return unanswered
        ? new StoreFailure("the database does not answer: " + said(first(thrown)), thrown)
        : of(thrown);
  }

  /** A pool says that it has no connection, and below that why. */
  private static SQLException first(SQLException thrown) {
    SQLException first = thrown;
    while (first.getCause() instanceof SQLException cause) {
      first = cause;
    }
    return first;
  }

  /** Why a store cannot be opened. */
  public static StoreFailure opening(StoreAccess access, SQLException thrown) {
    String user =
        access.user().isEmpty()
            ? "a user without a name"
            : "the user \"%s\"".formatted(access.user());
    String problem =
        switch (String.valueOf(thrown.getSQLState())) {
          case "42501" -> "%s may not make a schema in %s".formatted(user, access.url());
          case "42P06", "90078" ->
              "the schema \"%s\" exists already in %s".formatted(access.schema(), access.url());
          case "28P01", "28000" ->
              "%s is not let in with this password by %s".formatted(user, access.url());
          default -> "%s cannot connect to %s".formatted(user, access.url());
        };
    return new StoreFailure(problem + ": " + said(thrown), thrown);
  }

  /** What a store said, in one line. */
  static String said(SQLException thrown) {
    String text = String.valueOf(thrown.getMessage()).strip().replaceAll("\\s+", " ");
    return thrown.getSQLState() == null ? text : text + " (SQLSTATE " + thrown.getSQLState() + ")";
  }

  /** A commit without an answer: the purchase may have been made or not. */
  static final class InDoubt extends StoreFailure {
    private static final long serialVersionUID = 1;

    private final SQLException thrown;

    InDoubt(SQLException thrown) {
      super("in doubt, the commit had no answer: " + said(thrown), thrown);
      this.thrown = thrown;
    }

    /** The same for a transaction that has changed nothing. */
    Gone asGone() {
      return new Gone(thrown);
    }
  }

  /** A store that does not answer; what was asked of it last has not happened. */
  static final class Gone extends StoreFailure {
    private static final long serialVersionUID = 1;

    Gone(SQLException thrown) {
      super("the store is gone: " + said(thrown), thrown);
    }
  }

  /** A purchase whose key is in the ledger. */
  static final class Repeated extends StoreFailure {
    private static final long serialVersionUID = 1;

    Repeated(SQLException thrown) {
      super("the purchase is in the ledger already: " + said(thrown), thrown);
    }
  }

  /** A transaction that lost against others every time. */
  static final class Starved extends StoreFailure {
    private static final long serialVersionUID = 1;

    Starved(int attempts, String last) {
      super("gave up after %d attempts, the last: %s".formatted(attempts, last), null);
    }
  }
}
