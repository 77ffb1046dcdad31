package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import oversell.lab.experiment.ExperimentError.Place;

/** What stands behind a key, with its place, before anybody knows whether it makes sense. */
sealed interface Value {
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

  /** The value as a list, which one alone stands for, too. */
  default List<Value> asList() {
    return this instanceof Items list ? list.items() : List.of(this);
  }

  /** What the command line says of a key: lists have commas, pairs a colon or an equals sign. */
  static Value ofSetting(Key key, String text) {
    String source = "-D" + key;
    if (!key.takesList() && key != Key.EXPECT) {
      return new Text(Place.startOf(source), text.strip());
    }
    List<Value> items = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    int start = 0;
    for (String part : text.split(",", -1)) {
      Place place = new Place(source, 1, start + 1);
      String[] sides = part.split("[:=]", 2);
      items.add(new Text(place, part.strip()));
      pairs.add(
          new Pair(
              new Text(place, sides[0].strip()), new Text(place, sides[sides.length - 1].strip())));
      start += part.length() + 1;
    }
    if (key != Key.EXPECT) {
      return new Items(Place.startOf(source), items);
    }
    boolean paired = text.matches("[^,]*[:=][^,]*(,[^,]*[:=][^,]*)*");
    return paired
        ? new Pairs(Place.startOf(source), pairs)
        : new Text(Place.startOf(source), text.strip());
  }
}
