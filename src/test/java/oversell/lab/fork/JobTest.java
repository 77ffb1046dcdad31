package oversell.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the buyers of a sale are divided. */
class JobTest {
  @ParameterizedTest
  @CsvSource({"20, 3, 7 7 6", "800, 8, 100 100 100 100 100 100 100 100", "2, 8, 1 1", "5, 1, 5"})
  void sharesAreAsEvenAsTheyGetAndNoneIsEmpty(int buyers, int jvms, String expected) {
    List<Integer> shares = SharingJvms.shares(buyers, jvms);

    assertThat(shares).extracting(Object::toString).containsExactly(expected.split(" "));
  }

  /** Of whichever JVM they are sold by: who gets no answer is found by its key. */
  @ParameterizedTest
  @CsvSource({"1, 20, 3", "3, 20, 3", "100, 7, 2", "7, 1000, 4"})
  void everyBuyerOfASaleHasAKeyOfItsOwn(int articles, int buyers, int jvms) {
    List<Long> numbers = new ArrayList<>();
    for (long article = 1; article <= articles; article++) {
      numbers.add(article);
    }
    Job.Terms terms = new Job.Terms(numbers, 0, false);
    List<Integer> shares = SharingJvms.shares(buyers, jvms);

    List<String> keys = new ArrayList<>();
    for (int i = 0; i < shares.size(); i++) {
      List<List<String>> ofShare = terms.keys(i + 1, shares.get(i));
      assertThat(ofShare).hasSize(articles);
      ofShare.forEach(keys::addAll);
    }

    assertThat(keys).hasSize(buyers).doesNotHaveDuplicates();
  }

  /** As a sale lets them take the articles in turn. */
  @Test
  void theFirstArticlesHaveTheBuyersThatAreLeftOver() {
    List<List<String>> keys = new Job.Terms(List.of(5L, 6L, 7L), 0, false).keys(2, 4);

    assertThat(keys).containsExactly(List.of("5-2-1", "5-2-2"), List.of("6-2-1"), List.of("7-2-1"));
  }
}
