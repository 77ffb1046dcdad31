package oversell.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oversell.inventory.Answer;
import oversell.inventory.Pause;

/** Two buyers of three units of four, of whom the second comes while the first is inside. */
class LeasedLockTest {
  private static final int HOUR_MILLIS = 3_600_000;

  private final Clocked service = new Clocked();
  private final List<Answer> answers = new ArrayList<>();
  private Store store;

  /** Grants leases by a clock that can be set, as Redis does by that of its machine. */
  private static final class Clocked implements Lease.Service {
    private long nowMillis;
    private long untilMillis;
    private long granted;

    @Override
    public Lease acquire(StoreAccess access, long article) {
      if (nowMillis < untilMillis) {
        throw new IllegalStateException("another has it");
      }
      long grant = ++granted;
      untilMillis = nowMillis + Lease.MILLIS;
      return new Lease() {
        @Override
        public boolean isMine() {
          return grant == granted && nowMillis < untilMillis;
        }

        @Override
        public void close() {
          if (grant == granted) {
            untilMillis = nowMillis;
          }
        }
      };
    }
  }

  @BeforeEach
  void openStore() {
    store = Store.create(StoreAccess.inProcess(), guard(LeasedLock.Mode.NAIVE), Pool.of(2));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private Guard guard(LeasedLock.Mode mode) {
    return new LeasedLock("clocked", service, Optional.empty(), mode);
  }

  /** Sells, and returns the books. */
  private Audit sell(LeasedLock.Mode mode, Runnable whileTheFirstIsInside)
      throws InterruptedException {
    Guard guard = guard(mode);
    store.stock(guard, 1, 4);
    StoredInventory article =
        new StoredInventory(store, guard, 1, Customers.fresh(1, "0", key -> {}), Incident.none());
    List<Boolean> isSecondThere = new ArrayList<>();
    Pause pause =
        () -> {
          if (isSecondThere.isEmpty()) {
            isSecondThere.add(true);
            whileTheFirstIsInside.run();
            answers.add(article.purchase(3, () -> {}));
          }
        };
    answers.add(article.purchase(3, pause));
    return store.audit(guard, 1, 4, article.books());
  }

  @ParameterizedTest
  @EnumSource(names = {"NAIVE", "ASKED"})
  void aClockOfTheServiceThatIsSetForwardLetsTwoInWhoseActsAreBothDone(LeasedLock.Mode mode)
      throws InterruptedException {
    Audit audit = sell(mode, () -> service.nowMillis += HOUR_MILLIS);

    assertThat(answers).extracting(Answer::sold).containsExactly(3, 3);
    assertThat(audit.left()).isEqualTo(-2);
    assertThat(audit.isBroken()).isTrue();
  }

  /** Beside the one above, so that the difference is the token. */
  @Test
  void butNotIfTheStoreChecksATokenOfItsOwn() throws InterruptedException {
    Audit audit = sell(LeasedLock.Mode.FENCED, () -> service.nowMillis += HOUR_MILLIS);

    assertThat(answers).extracting(Answer::isRefusal).containsExactly(false, true);
    assertThat(audit.left()).isEqualTo(1);
    assertThat(audit.isBroken()).isFalse();
  }

  /** Beside both, so that the difference is the clock. */
  @ParameterizedTest
  @EnumSource
  void aClockThatGoesOnAsItShouldLetsInNobodyElse(LeasedLock.Mode mode) {
    assertThatThrownBy(() -> sell(mode, () -> service.nowMillis += Lease.MILLIS - 1))
        .hasMessage("another has it");
    assertThat(answers).isEmpty();
  }
}
