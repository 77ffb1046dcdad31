package oversell.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import oversell.lab.experiment.ExperimentError.Place;

/** YAML text as values with places. */
final class YamlText {
  private static final int DEEPEST = 8;

  private final String source;

  /**
   * For one source.
   *
   * @param source how error messages call it
   */
  YamlText(String source) {
    this.source = source;
  }

  /**
   * Reads a text whose top is a mapping.
   *
   * @throws InvalidExperiment if it is not YAML, or no mapping
   */
  Value.Pairs read(String text) throws InvalidExperiment {
    Value value;
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(source).setMaxAliasesForCollections(0).build();
      checkDepth(new Parse(settings).parseString(text));
      Optional<Node> top = new Compose(settings).composeString(text);
      value = top.isPresent() ? value(top.get()) : new Value.Text(Place.startOf(source), "");
    } catch (MarkedYamlEngineException broken) {
      String problem =
          Optional.ofNullable(broken.getProblem()).orElse("something else").replace('\n', ' ');
      throw error(
          broken.getProblemMark().map(this::place).orElse(Place.startOf(source)),
          "text that is no YAML: " + problem);
    } catch (YamlEngineException broken) {
      throw error(
          Place.startOf(source),
          "text that is no YAML: "
              + String.valueOf(broken.getMessage()).lines().findFirst().orElse(""));
    }
    if (value instanceof Value.Pairs pairs) {
      return pairs;
    }
    throw error(value.place(), value.quoted());
  }

  private static InvalidExperiment error(Place place, String found) {
    return new ExperimentError(place, "experiment", found, "lines of the form key: value").alone();
  }

  /**
   * Rejects deep nesting while it is still a flat sequence of events: nodes are nested, and reading
   * them recursively could overflow the stack.
   */
  private void checkDepth(Iterable<Event> events) throws InvalidExperiment {
    int depth = 0;
    for (Event event : events) {
      depth +=
          event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
      if (depth > DEEPEST) {
        Place place = event.getStartMark().map(this::place).orElse(Place.startOf(source));
        throw error(place, "values within values, more than %d deep".formatted(DEEPEST));
      }
    }
  }

  private Value value(Node node) throws InvalidExperiment {
    Place place = node.getStartMark().map(this::place).orElse(Place.startOf(source));
    return switch (node) {
      case ScalarNode scalar -> new Value.Text(place, scalar.getValue().strip());
      case SequenceNode sequence -> {
        List<Value> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(value(item));
        }
        yield new Value.Items(place, items);
      }
      case MappingNode mapping -> {
        List<Value.Pair> pairs = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
          Value name = value(tuple.getKeyNode());
          if (!(name instanceof Value.Text text)) {
            throw error(name.place(), name.quoted() + " as a key");
          }
          pairs.add(new Value.Pair(text, value(tuple.getValueNode())));
        }
        yield new Value.Pairs(place, pairs);
      }
      default -> throw error(place, "an alias");
    };
  }

  private Place place(Mark mark) {
    return new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
