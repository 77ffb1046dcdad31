package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionsTest {
  private static final Guard ANY = Guards.of("select-for-update");

  private Store store;

  @BeforeEach
  void open() {
    store =
        Store.create(
            StoreAccess.inProcess(), ANY, new Pool(1, Duration.ofMillis(250), Optional.empty()));
    store.stock(ANY, 1, 10);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Optional<Boolean> sellOne(Transaction sql) throws SQLException {
    return Optional.of(sql.update("update stock set units = units - 1 where article = ?", 1) == 1);
  }

  @Test
  void whatLostToAnotherIsRunAgainFromItsBeginning() throws InterruptedException {
    Transactions transactions = store.transactions();
    AtomicInteger attempts = new AtomicInteger();

    transactions.run(
        "buyer",
        sql -> {
          var done = sellOne(sql);
          if (attempts.incrementAndGet() < 4) {
            throw new SQLException("could not serialize access", "40001");
          }
          return done;
        });

    assertThat(store.left(ANY, 1)).isEqualTo(9);
    assertThat(transactions.retries()).isEqualTo(3);
  }

  @Test
  void whoLosesForEverGivesUpAndSaysWithWhat() {
    Transactions transactions = store.transactions(4);

    assertThatThrownBy(
            () ->
                transactions.run(
                    "buyer",
                    sql -> {
                      throw new SQLException("could not serialize access", "40001");
                    }))
        .isInstanceOf(StoreFailure.Starved.class)
        .hasMessage("gave up after 4 attempts, the last: 40001: could not serialize access");
    assertThat(transactions.retries()).isEqualTo(3);
    assertThat(store.left(ANY, 1)).isEqualTo(10);
  }

  @Test
  void whatCannotBeRetriedIsNot() {
    AtomicInteger attempts = new AtomicInteger();

    assertThatThrownBy(
            () ->
                store
                    .transactions()
                    .run(
                        "buyer",
                        sql -> {
                          attempts.incrementAndGet();
                          return Optional.of(sql.number("select units from nowhere"));
                        }))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("the store refused a statement")
        .hasMessageContaining("NOWHERE");
    assertThat(attempts).hasValue(1);
  }

  @Test
  void whoThrowsBetweenTwoStatementsHasDoneNothing() {
    assertThatThrownBy(
            () ->
                store
                    .transactions()
                    .run(
                        "buyer",
                        sql -> {
                          var sold = sellOne(sql);
                          assertThat(sold).contains(true);
                          throw new IllegalStateException("declined");
                        }))
        .hasMessage("declined");

    assertThat(store.left(ANY, 1)).isEqualTo(10);
  }

  /** A pool of one, and a buyer who wants a second connection while it holds the first. */
  @Test
  void whoGetsNoConnectionSaysThatThePoolIsExhausted() {
    Transactions transactions = store.transactions();

    assertThatThrownBy(
            () ->
                transactions.run(
                    "outer",
                    outer -> Optional.of(transactions.run("inner", TransactionsTest::sellOne))))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining("no connection was free in time");
  }

  @ParameterizedTest
  @CsvSource({
    "40001, AGAIN",
    "40P01, AGAIN",
    "HYT00, AGAIN",
    "90131, AGAIN",
    "23514, VIOLATED",
    "23513, VIOLATED",
    "23505, REPEATED",
    "42P01, BROKEN",
    "08006, LOST",
    "57P01, LOST",
  })
  void aStateMeansTheSameWhicheverProductUsesIt(String state, SqlState meaning) {
    assertThat(SqlState.of(new SQLException("", state))).isEqualTo(meaning);
  }

  @Test
  void whatMariaDbHasNoStateForIsKnownByItsCode() {
    assertThat(SqlState.of(new SQLException("", "HY000", 1020))).isEqualTo(SqlState.AGAIN);
    assertThat(SqlState.of(new SQLException("", "HY000", 1205))).isEqualTo(SqlState.AGAIN);
    assertThat(SqlState.of(new SQLException("", "HY000", 1))).isEqualTo(SqlState.BROKEN);
    assertThat(SqlState.of(new SQLException("", "23000", 4025))).isEqualTo(SqlState.VIOLATED);
    assertThat(SqlState.of(new SQLException("", "23000", 1062))).isEqualTo(SqlState.REPEATED);
  }

  /** The pool has lost it, and closed it under whoever was using it. */
  @Test
  void aConnectionThatThePoolHasClosedMeansThatTheDatabaseDoesNotAnswer() throws SQLException {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl("jdbc:h2:mem:");
      Connection lost = pool.getConnection();
      lost.close();

      assertThatThrownBy(lost::createStatement)
          .isInstanceOfSatisfying(
              SQLException.class,
              thrown ->
                  assertThat(StoreFailure.whileMeeting(thrown))
                      .hasMessage("the database does not answer: Connection is closed"));
    }
    assertThat(StoreFailure.whileMeeting(new SQLException("no such table", "42P01")))
        .hasMessageContaining("refused a statement: no such table");
  }
}
