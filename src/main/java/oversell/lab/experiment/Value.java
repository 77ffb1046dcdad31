package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import oversell.lab.experiment.ExperimentError.Place;

/** The value of a key and its place, before it is known whether it makes sense. */
sealed interface Value {
  /** Pairs with commas between them. */
  String PAIRS = "[^,]*[:=][^,]*(,[^,]*[:=][^,]*)*";

  /** Where it begins. */
  Place place();

  /** How an error message quotes it. */
  String quoted();

  /** One word, number or text. */
  record Text(Place place, String text) implements Value {
    private static final int LONGEST = 60;

    @Override
    public String quoted() {
      if (text.isEmpty()) {
        return "nothing";
      }
      return '"' + (text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…") + '"';
    }
  }

  /** A list. */
  record Items(Place place, List<Value> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String quoted() {
      return items.isEmpty() ? "an empty list" : "a list";
    }
  }

  /** Names with values. */
  record Pairs(Place place, List<Pair> pairs) implements Value {
    public Pairs {
      pairs = List.copyOf(pairs);
    }

    @Override
    public String quoted() {
      return "a mapping";
    }
  }

  /** A name and its value. */
  record Pair(Text name, Value value) {}

  /** The value as a list; a single value is a list of one. */
  default List<Value> asList() {
    return this instanceof Items list ? list.items() : List.of(this);
  }

  /**
   * The value of a setting of the command line: a list has commas, a pair a colon or an equals
   * sign.
   */
  static Value ofSetting(Key<?> key, String text) {
    String source = "-D" + key;
    Text whole = new Text(Place.startOf(source), text.strip());
    return switch (key.shape()) {
      case ONE -> whole;
      case LIST -> new Items(Place.startOf(source), parts(source, text));
      case BY_VARIANT -> text.matches(PAIRS) ? pairs(source, text) : whole;
    };
  }

  private static List<Value> parts(String source, String text) {
    List<Value> items = new ArrayList<>();
    int start = 0;
    for (String part : text.split(",", -1)) {
      items.add(new Text(new Place(source, 1, start + 1), part.strip()));
      start += part.length() + 1;
    }
    return items;
  }

  private static Pairs pairs(String source, String text) {
    List<Pair> pairs = new ArrayList<>();
    for (Value part : parts(source, text)) {
      String[] sides = ((Text) part).text().split("[:=]", 2);
      pairs.add(
          new Pair(
              new Text(part.place(), sides[0].strip()), new Text(part.place(), sides[1].strip())));
    }
    return new Pairs(Place.startOf(source), pairs);
  }
}
