package oversell.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oversell.Golden;
import oversell.explorer.picture.Story.Step;

class TimelineTest {
  private static final Golden GOLDEN = Golden.of("report");
  private static final int LARGEST = 60_000;

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  private static List<Step> lostUpdate() {
    return List.of(
        Told.step(0, "begins", "", "10"),
        Told.step(0, "reads stock", "10", "10"),
        Told.step(1, "begins", "", "10", 2),
        Told.step(1, "reads stock", "10", "10", 2),
        Told.step(1, "writes stock", "-2", "-2", 2),
        Told.step(1, "calls unlock", "", "-2"),
        Told.step(0, "writes stock", "7", "7"),
        Told.step(2, "calls lock", "", ""));
  }

  private static String draw(int threads, int brokenAt, List<Step> steps) {
    return new StepWords(Told.counterexample(threads, brokenAt, steps), 10).timeline("any").svg();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "ru", "ar-EG"})
  void looksTheSameInEveryLocale(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    GOLDEN.check("lost-update.svg", draw(3, 6, lostUpdate()));
  }

  @Test
  void saysInWordsWhatItShows() {
    String svg = draw(3, 6, lostUpdate());

    assertThat(svg)
        .contains(
            "It breaks at step 7, where buyer 1 writes stock = 7 (Shelf.java:18)",
            "any fails in 8 steps and 1 switch",
            ">has to wait<",
            ">0 sold and 7 left, of 10<");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 12, 40})
  void isWellFormedWhateverTheThreads(int threads) throws Exception {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      steps.add(Told.step(i, "calls a<b>&\"c\"", "\u0001", "1", threads - 1));
    }
    String svg = draw(threads, threads - 1, steps);

    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("path").getLength()).isPositive();
    assertThat(svg).doesNotContain("NaN", "Infinity");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 999})
  void ofALongOneTheStepsAroundTheBreakAreDrawn(int brokenAt) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      steps.add(Told.step(i % 5, "writes aFieldWithALongName", "12345", "" + i % 10));
    }

    String svg = draw(5, brokenAt, steps);

    assertThat(svg).contains(">" + (brokenAt + 1) + "<", "class=\"band\"");
    assertThat(svg.length()).isLessThan(LARGEST);
  }
}
