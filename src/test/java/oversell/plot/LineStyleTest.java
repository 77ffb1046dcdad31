package oversell.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineStyleTest {
  @Test
  void distinguishesLinesWithAndWithoutColour() {
    assertThat(styles(8).map(LineStyle::colour)).doesNotHaveDuplicates();
    assertThat(styles(16).map(style -> style.mark() + " " + style.dash())).doesNotHaveDuplicates();
    assertThat(styles(32)).doesNotHaveDuplicates();
    assertThat(LineStyle.of(32)).isEqualTo(LineStyle.of(0));
  }

  private static Stream<LineStyle> styles(int count) {
    return IntStream.range(0, count).mapToObj(LineStyle::of);
  }

  /** The contrast that the Web Content Accessibility Guidelines, 1.4.11, require of graphics. */
  @Test
  void everyColourStandsOutFromItsPage() {
    String[] styles = new Svg("t", "d", 1).end().split("@media", -1);

    assertContrast(styles[0], "#ffffff");
    assertContrast(styles[1], "#0d1117");
  }

  private static void assertContrast(String style, String page) {
    Matcher colours = Pattern.compile("\\.colour. path \\{ stroke: (#\\w{6})").matcher(style);
    int found = 0;
    while (colours.find()) {
      double one = luminance(colours.group(1)) + 0.05;
      double other = luminance(page) + 0.05;
      assertThat(Math.max(one, other) / Math.min(one, other))
          .as("%s on %s", colours.group(1), page)
          .isGreaterThan(3);
      found++;
    }
    assertThat(found).isEqualTo(LineStyle.COLOURS);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double part = channel / 255.0;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }
}
