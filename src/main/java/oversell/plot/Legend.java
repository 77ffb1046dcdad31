package oversell.plot;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The names of lines, each at the height where its line ends, moved apart only as far as needed,
 * and each with a sample of its colour, dash and mark.
 */
final class Legend {
  /** The height of a name, in pixels. */
  static final double LINE = 18;

  private static final double LEADER = 26;
  private static final double KEY = 30;
  private static final double WIDEST_NAME = 300;

  private final List<Entry> entries;

  /**
   * A name of the legend.
   *
   * @param series whose name it is
   * @param y where it ends, in pixels
   * @param atEdge whether that is at the right edge, so that a short line may lead to the name
   */
  record Entry(Series series, double y, boolean atEdge) {}

  Legend(List<Entry> entries) {
    this.entries = entries.stream().sorted(Comparator.comparingDouble(Entry::y)).toList();
  }

  /** The width of the legend of some lines, in pixels. */
  static double width(List<Series> series) {
    double widest = series.stream().mapToDouble(one -> Lettering.width(one.name())).max().orElse(0);
    return LEADER + KEY + 6 + Math.min(widest, WIDEST_NAME);
  }

  /** Draws it right of an edge, within a height that has room for all names. */
  void draw(Svg svg, double edge, double top, double bottom) {
    double[] places = spread(entries.stream().mapToDouble(Entry::y).toArray(), top, bottom);
    for (int i = 0; i < places.length; i++) {
      draw(svg, entries.get(i), edge, places[i]);
    }
  }

  private static void draw(Svg svg, Entry entry, double edge, double y) {
    LineStyle style = entry.series().style();
    double left = edge + LEADER;
    svg.open(style.cssClass());
    if (entry.atEdge()) {
      svg.path("leader", "M" + Svg.at(edge + 2, entry.y()) + "L" + Svg.at(left - 3, y));
    }
    svg.path("line " + style.dash().cssClass(), "M" + Svg.at(left, y) + "h" + Svg.number(KEY));
    svg.path("mark", style.mark().at(left + KEY / 2, y));
    svg.close();
    String name = Lettering.fitting(entry.series().name(), WIDEST_NAME);
    svg.text("name", left + KEY + 6, y + 4, name);
  }

  /**
   * Heights at least a line apart and within bounds, as near to the wanted ones as can be: names
   * that are too near become a block whose middle is where the middle of its names would be.
   *
   * @param wanted in ascending order
   */
  static double[] spread(double[] wanted, double top, double bottom) {
    Deque<Block> blocks = new ArrayDeque<>();
    for (double y : wanted) {
      Block block = new Block(y, 1);
      while (!blocks.isEmpty() && blocks.getLast().touches(block)) {
        block = blocks.removeLast().and(block);
      }
      blocks.addLast(block);
    }
    double[] places = new double[wanted.length];
    int next = 0;
    for (Block block : blocks) {
      for (int i = 0; i < block.size(); i++) {
        double lowest = bottom - (wanted.length - 1 - next) * LINE;
        double highest = top + next * LINE;
        places[next++] = Math.max(highest, Math.min(lowest, block.top() + i * LINE));
      }
    }
    return places;
  }

  /** Names without space between them. */
  private record Block(double middle, int size) {
    double top() {
      return middle - (size - 1) * LINE / 2;
    }

    boolean touches(Block below) {
      return below.top() - top() < size * LINE;
    }

    Block and(Block below) {
      int both = size + below.size;
      return new Block((middle * size + below.middle * below.size) / both, both);
    }
  }
}
