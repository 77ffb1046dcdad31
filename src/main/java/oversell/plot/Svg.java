package oversell.plot;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A drawing that becomes SVG text. What is drawn later covers what was drawn before. Lengths are
 * pixels, y grows downwards, and the origin lies below the title at the left.
 */
public final class Svg {
  /** The width of a drawing, in pixels: a README or a report shows it without shrinking it. */
  public static final double WIDTH = 820;

  private static final double TITLE_LINE = 20;
  private static final double TITLE_SCALE = 16 / Lettering.SIZE * 1.1; // Its letters are bold.

  // Classes instead of CSS variables: programs that render SVG without a browser do not know
  // variables.
  private static final String STYLE =
      """

      .plot text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #24292f }
      .plot .title { font-size: 16px; font-weight: 600 }
      .plot .quiet { fill: #57606a }
      .plot .middle { text-anchor: middle }
      .plot .end { text-anchor: end }
      .plot path { fill: none; stroke-linejoin: round }
      .plot .grid { stroke: #8c959f; stroke-opacity: .28 }
      .plot .axis { stroke: #57606a }
      .plot .leader { stroke-opacity: .45 }
      .plot .line { stroke-width: 1.75 }
      .plot .whisker { stroke-width: 1.25; stroke-opacity: .7 }
      .plot .mark { stroke: none }
      .plot .bar { fill-opacity: .75 }
      .plot .over { stroke: #24292f; stroke-width: 1.25 }
      .plot .reference { stroke: #24292f; stroke-width: 2 }
      .plot .long { stroke-dasharray: 9 3 }
      .plot .short { stroke-dasharray: 4.5 2.5 }
      .plot .dotted { stroke-dasharray: 1.5 2.5 }
      """;

  private static final String DARK_STYLE =
      """
      .plot text { fill: #e6edf3 }
      .plot .quiet { fill: #9da7b3 }
      .plot .axis { stroke: #9da7b3 }
      .plot .over, .plot .reference { stroke: #e6edf3 }
      """;

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  /**
   * Begins a drawing, with its title above.
   *
   * @param description what it shows, for screen readers
   * @param height of what is drawn below the title
   */
  Svg(String title, String description, double height) {
    this(title, description, height, "", "");
  }

  /**
   * Begins a drawing with classes of its own.
   *
   * @param style rules of its stylesheet, each for {@code .plot} and a class
   * @param darkStyle those that are different on a dark page
   */
  public Svg(String title, String description, double height, String style, String darkStyle) {
    List<String> lines = Lettering.lines(clean(title), WIDTH / TITLE_SCALE);
    double above = lines.size() * TITLE_LINE + 4;
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    String box = "0 0 " + number(WIDTH) + " " + number(above + height);
    start("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "plot", "role", "img");
    attributes("viewBox", box, "width", number(WIDTH), "style", "max-width:100%;height:auto");
    element("title", title);
    element("desc", description);
    String dark = DARK_STYLE + LineStyle.style(LineStyle.DARK) + darkStyle;
    element("style", STYLE + LineStyle.style(LineStyle.LIGHT) + style + dark(dark));
    for (int i = 0; i < lines.size(); i++) {
      text("title", 0, 16 + i * TITLE_LINE, lines.get(i));
    }
    start("g", "transform", "translate(0 " + number(above) + ")");
  }

  private static String dark(String rules) {
    return "@media (prefers-color-scheme: dark) {\n" + rules + "}\n";
  }

  /** Begins a group: what is drawn until it ends shares its classes. */
  public void open(String classes) {
    start("g", "class", classes);
  }

  /** Ends the group that was begun last. */
  public void close() {
    write(XMLStreamWriter::writeEndElement);
  }

  /** A path, as in {@code M10,20H30}. */
  public void path(String classes, String data) {
    start("path", "class", classes, "d", data);
    close();
  }

  /** A text on the line y, from x on unless its classes say otherwise. */
  public void text(String classes, double x, double y, String words) {
    text(classes, x, y, words, "");
  }

  /** A text, followed by some words in a quieter style. */
  void text(String classes, double x, double y, String words, String quiet) {
    start("text", "class", classes, "x", number(x), "y", number(y));
    write(out -> out.writeCharacters(clean(words)));
    if (!quiet.isEmpty()) {
      write(out -> out.writeStartElement("tspan"));
      attributes("class", "quiet", "dx", "8");
      write(out -> out.writeCharacters(clean(quiet)));
      close();
    }
    close();
  }

  /** Ends the drawing, and gives its text. */
  public String end() {
    write(XMLStreamWriter::writeEndDocument);
    return text + "\n";
  }

  /** A pair of coordinates, as in {@code 10.5,20}. */
  public static String at(double x, double y) {
    return number(x) + "," + number(y);
  }

  /** A length to a tenth of a pixel: more digits cannot be seen and make files larger. */
  public static String number(double pixels) {
    return new BigDecimal(Math.round(pixels * 10))
        .movePointLeft(1)
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * A text in which every character that XML cannot hold or would not show is replaced by U+FFFD.
   */
  private static String clean(String words) {
    return words
        .codePoints()
        .map(letter -> Character.isWhitespace(letter) ? ' ' : letter)
        .map(letter -> holds(letter) ? letter : '\ufffd')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean holds(int letter) {
    int type = Character.getType(letter);
    return type != Character.CONTROL
        && type != Character.SURROGATE
        && letter != 0xfffe
        && letter != 0xffff;
  }

  private void element(String name, String content) {
    start(name);
    write(out -> out.writeCharacters(name.equals("style") ? content : clean(content)));
    close();
  }

  private void start(String name, String... attributes) {
    write(out -> out.writeCharacters("\n"));
    write(out -> out.writeStartElement(name));
    attributes(attributes);
  }

  private void attributes(String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      String value = namesAndValues[i + 1];
      write(out -> out.writeAttribute(name, value));
    }
  }

  private void write(Step step) {
    try {
      step.write(xml);
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException("found no way to write into memory", impossible);
    }
  }

  /** A call of the XML writer, which declares a checked exception. */
  private interface Step {
    void write(XMLStreamWriter out) throws XMLStreamException;
  }
}
