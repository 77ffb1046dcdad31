package oversell.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import oversell.Golden;

/** Compares drawings with {@link Golden} files, which are best viewed in a browser. */
class PlotTest {
  private static final Golden GOLDEN = Golden.of("plot");
  private static final Axis LINEAR = new Axis("buyers", Scale.LINEAR);
  private static final Axis LOGARITHMIC = new Axis("wall time (ms)", Scale.LOGARITHMIC);
  private static final Axis NINES = new Axis("percentile", Scale.NINES);
  private static final String HOSTILE = "<&\"'>]]>\u0000\u001b\ud800\uffff\n😀";

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "ru", "fa-IR"})
  void looksTheSameInEveryLocale(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    GOLDEN.check("wall-times.svg", Samples.wallTimes().svg());
    GOLDEN.check("holds.svg", Samples.holds().svg());
    GOLDEN.check("waits.svg", Samples.waits().svg());
    GOLDEN.check("beats.svg", Samples.beats().svg());
  }

  @Test
  void isWellFormedWithHostileNames() throws Exception {
    Axis axis = new Axis(HOSTILE, Scale.LINEAR);
    Series series = new Series(HOSTILE, List.of(Point.of(1, 1)), LineStyle.of(0));
    Document lines = parsed(new LinePlot(HOSTILE, HOSTILE, axis, axis, List.of(series)).svg());
    Bar bar = new Bar(HOSTILE, 1, 1, 1, OptionalDouble.of(2), 0);
    Document bars = parsed(new BarPlot(HOSTILE, HOSTILE, axis, HOSTILE, List.of(bar)).svg());

    String shown = "<&\"'>]]>\ufffd\ufffd\ufffd\ufffd 😀";
    assertThat(lines.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(shown);
    assertThat(lines.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo(shown);
    assertThat(texts(lines)).filteredOn(shown::equals).hasSize(4);
    assertThat(texts(bars)).contains(shown, "1" + shown + " 2");
  }

  @Test
  void hasATitleAndADescriptionForScreenReaders() throws Exception {
    LinePlot plot = Samples.waits();
    Document svg = parsed(plot.svg());

    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(plot.title());
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo(plot.description());
  }

  @Test
  void namesEveryLineOnceAndAPercentileAtEachTick() throws Exception {
    assertThat(texts(parsed(Samples.waits().svg())))
        .contains("synchronized", "reentrant-lock", "fair-reentrant-lock")
        .contains("0 %", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "100 %")
        .doesNotHaveDuplicates();
  }

  @Test
  void staysSmallWithManyPoints() {
    assertThat(Samples.crowd(12, 40).svg().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(60_000);
  }

  @Test
  void growsWithTheNamesOfItsLines() throws Exception {
    Document svg = parsed(Samples.crowd(60, 2).svg());
    String[] box = svg.getDocumentElement().getAttribute("viewBox").split(" ");

    assertThat(Double.parseDouble(box[3])).isGreaterThan(60 * Legend.LINE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 5, -5, 1e15, 1e-15, -1e15})
  void drawsASinglePoint(double value) {
    Series series = new Series("one", List.of(Point.of(value, value)), LineStyle.of(0));

    assertThat(new LinePlot("t", "d", LINEAR, LINEAR, List.of(series)).svg())
        .doesNotContain("NaN", "Infinity");
    assertThat(new BarPlot("t", "d", LINEAR, "", List.of(Bar.of("one", value, 0))).svg())
        .doesNotContain("NaN", "Infinity");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 5, 7, 1e15, 1e-15})
  void drawsEqualValues(double value) {
    Series nines = new Series("all", List.of(Point.of(100, value)), LineStyle.of(0));
    Series equal =
        new Series(
            "equal",
            IntStream.range(0, 20).mapToObj(x -> Point.of(x, value)).toList(),
            LineStyle.of(1));

    assertThat(new LinePlot("t", "d", NINES, LOGARITHMIC, List.of(nines)).svg())
        .doesNotContain("NaN", "Infinity");
    assertThat(new LinePlot("t", "d", LINEAR, LOGARITHMIC, List.of(equal)).svg())
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void onALogarithmicAxisBarsAreDots() {
    String svg = new BarPlot("t", "d", LOGARITHMIC, "", List.of(Bar.of("one", 3e6, 0))).svg();

    assertThat(svg).contains(">3M<", LineStyle.Mark.CIRCLE.at(0, 0).substring("M0,0".length()));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e16, 1e-16})
  void rejectsNumbersThatCannotBeShown(double number) {
    rejects(() -> Point.of(number, 1));
    rejects(() -> Point.of(1, number));
    rejects(() -> new Point(1, 1, 1, number));
    rejects(() -> new Point(1, 1, number, 1));
    rejects(() -> Bar.of("bar", number, 0));
    rejects(() -> new Bar("bar", 1, 1, 1, OptionalDouble.of(number), 0));
  }

  @Test
  void rejectsBlankTexts() {
    Series line = new Series("line", List.of(Point.of(1, 1)), LineStyle.of(0));

    rejects(() -> new Axis(" ", Scale.LINEAR));
    rejects(() -> new Series("", List.of(Point.of(1, 1)), LineStyle.of(0)));
    rejects(() -> new Series("line", List.of(), LineStyle.of(0)));
    rejects(() -> new LinePlot("", "d", LINEAR, LINEAR, List.of(line)));
    rejects(() -> new LinePlot("t", "", LINEAR, LINEAR, List.of(line)));
    rejects(() -> new LinePlot("t", "d", LINEAR, LINEAR, List.of()));
    rejects(() -> new BarPlot("t", "d", LINEAR, "", List.of()));
    rejects(() -> Bar.of("", 1, 0));
  }

  @Test
  void rejectsValuesWithoutAPlaceOnTheAxis() {
    Series zero = new Series("zero", List.of(Point.of(0, 0)), LineStyle.of(0));
    Series much = new Series("much", List.of(Point.of(100.5, 1)), LineStyle.of(0));
    Bar due = new Bar("due", 1, 1, 1, OptionalDouble.of(2), 0);

    assertThatThrownBy(() -> new LinePlot("t", "d", LINEAR, LOGARITHMIC, List.of(zero)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("wall time (ms): 0.0 has no place on a logarithmic axis");
    rejects(() -> new LinePlot("t", "d", LOGARITHMIC, LINEAR, List.of(zero)));
    rejects(() -> new LinePlot("t", "d", NINES, LINEAR, List.of(much)));
    rejects(() -> new LinePlot("t", "d", LINEAR, NINES, List.of(zero)));
    rejects(() -> new BarPlot("t", "d", NINES, "", List.of(Bar.of("bar", 1, 0))));
    rejects(() -> new BarPlot("t", "d", LOGARITHMIC, "", List.of(Bar.of("bar", 0, 0))));
    rejects(() -> new BarPlot("t", "d", LINEAR, "", List.of(due)));
    rejects(() -> new Point(1, 1, 2, 3));
    rejects(() -> new Point(1, 4, 2, 3));
    rejects(() -> Bar.of("bar", 1, LineStyle.COLOURS));
    rejects(() -> LineStyle.of(-1));
  }

  private static void rejects(Runnable nonsense) {
    assertThatThrownBy(nonsense::run).isInstanceOf(IllegalArgumentException.class);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document svg) {
    NodeList texts = svg.getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(index -> texts.item(index).getTextContent())
        .toList();
  }
}
