package oversell.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import oversell.inventory.Inventories;
import oversell.inventory.InventoryProvider;

/** How many schedules there are, and what they come to, against a count that runs nothing. */
@Timeout(120)
class CountsTest {
  private static final List<String> COUNTED =
      List.of(
          "unlocked", "synchronized", "reentrant-lock", "fair-reentrant-lock", "compare-and-set");

  record Sale(String variant, int buyers, int stock, int units, Granularity granularity) {
    Class<? extends InventoryProvider> provider() {
      return Inventories.onClassPath().get(variant).getClass();
    }

    Explorations explorations() {
      return Explorations.of(buyers, stock, units).at(granularity);
    }

    Map<String, BigInteger> bruteForce() {
      return new BruteForce(BruteForce.programOf(variant), granularity, stock, units)
          .outcomes(buyers);
    }
  }

  private static List<Sale> sales(int[][] buyersStockUnits, Granularity... granularities) {
    List<Sale> sales = new ArrayList<>();
    for (String variant : COUNTED) {
      for (Granularity granularity : granularities) {
        for (int[] sale : buyersStockUnits) {
          sales.add(new Sale(variant, sale[0], sale[1], sale[2], granularity));
        }
      }
    }
    return sales;
  }

  static List<Sale> small() {
    List<Sale> sales =
        sales(new int[][] {{2, 3, 3}, {2, 10, 3}, {2, 1, 2}, {2, 5, 3}}, Granularity.values());
    sales.addAll(
        sales(
            new int[][] {{3, 3, 3}, {3, 6, 3}, {3, 10, 3}, {3, 0, 1}},
            Granularity.PAUSE,
            Granularity.GUARD));
    sales.addAll(sales(new int[][] {{4, 10, 3}, {4, 4, 2}}, Granularity.PAUSE));
    return sales;
  }

  static List<Sale> large() {
    List<Sale> sales = small();
    sales.addAll(sales(new int[][] {{3, 10, 3}, {3, 4, 2}, {3, 3, 3}}, Granularity.ACCESS));
    sales.addAll(sales(new int[][] {{4, 10, 3}, {4, 4, 2}}, Granularity.GUARD));
    return sales;
  }

  @ParameterizedTest
  @MethodSource("small")
  void everyScheduleIsRunOnceWithoutReduction(Sale sale) {
    var found = sale.explorations().with(Reduction.NONE).explore(sale.provider());

    assertThat(found.explored().complete()).isTrue();
    assertThat(found.explored().cut()).isZero();
    assertThat(found.outcomes()).isEqualTo(sale.bruteForce());
  }

  @ParameterizedTest
  @MethodSource("large")
  void executionsWithReductionStandForEverySchedule(Sale sale) {
    var found = sale.explorations().explore(sale.provider());

    assertThat(found.explored().complete()).isTrue();
    assertThat(found.outcomes()).isEqualTo(sale.bruteForce());
  }

  @Test
  void twoBuyersAtThePauseOversellInFourOfSixSchedules() {
    Sale sale = new Sale("unlocked", 2, 3, 3, Granularity.PAUSE);

    assertThat(sale.explorations().with(Reduction.NONE).explore(sale.provider()).outcomes())
        .isEqualTo(
            Map.of(
                "negative: -3 left, 6 sold, 0 unanswered", BigInteger.valueOf(4),
                "safe: 0 left, 3 sold, 0 unanswered", BigInteger.valueOf(2)));
  }

  @Test
  void aLostUpdateHidesThatTwoBuyersOversold() {
    Sale sale = new Sale("unlocked", 2, 3, 3, Granularity.ACCESS);

    var found = sale.explorations().explore(sale.provider());

    assertThat(found.outcomes()).containsKey("oversold: 0 left, 6 sold, 0 unanswered");
    assertThat(found.explored().standsFor()).hasValue(BigInteger.valueOf(252));
    assertThat(found.explored().executions()).isEqualTo(6);
  }

  @Test
  void threeBuyersWithoutAGuardHaveMoreThanSevenHundredThousandSchedules() {
    Sale sale = new Sale("unlocked", 3, 10, 3, Granularity.ACCESS);

    var reduced = sale.explorations().explore(sale.provider()).explored();

    assertThat(reduced.standsFor()).hasValue(BigInteger.valueOf(756_756));
    assertThat(reduced.executions()).isEqualTo(108);
  }

  @Test
  void schedulesOfTwoBuyersAtEveryAccessAreAsManyAsCountedByHand() {
    assertThat(count("synchronized", 3)).isEqualTo(16);
    assertThat(count("reentrant-lock", 3)).isEqualTo(16);
    assertThat(count("fair-reentrant-lock", 3)).isEqualTo(66);
    assertThat(count("compare-and-set", 3)).isEqualTo(70);
    // Nobody who is refused: any 7 of 14 steps.
    assertThat(count("two-locks", 10)).isEqualTo(3432);
  }

  private static long count(String variant, int stock) {
    Sale sale = new Sale(variant, 2, stock, 3, Granularity.ACCESS);
    var all = sale.explorations().with(Reduction.NONE).explore(sale.provider());
    assertThat(sale.explorations().explore(sale.provider()).outcomes()).isEqualTo(all.outcomes());
    return all.explored().executions();
  }
}
