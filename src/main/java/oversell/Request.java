package oversell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import oversell.lab.experiment.ExperimentError;
import oversell.lab.experiment.Experiments;
import oversell.lab.experiment.InvalidExperiment;
import oversell.lab.experiment.Key;

/** What the command line asks for. */
sealed interface Request {
  /** The settings that ask for something, of which one at most can be given. */
  List<String> REQUESTS = List.of("exp", "report", "compare", "join");

  /** The setting that changes what is asked of an experiment. */
  String REPLAY = "replay";

  /** To list the experiments. */
  record ListExperiments() implements Request {}

  /**
   * To run one.
   *
   * @param experiment its name, or the path of a file; empty for one that the settings make up
   * @param settings what holds instead of the file
   */
  record Run(String experiment, Map<Key<?>, String> settings) implements Request {}

  /**
   * To run every one.
   *
   * @param settings what holds instead of each file
   */
  record RunAll(Map<Key<?>, String> settings) implements Request {}

  /**
   * To run one schedule of an experiment once more.
   *
   * @param experiment its name, or the path of a file
   * @param settings what holds instead of the file
   * @param schedule a variant and a schedule, separated by a colon
   */
  record Replay(String experiment, Map<Key<?>, String> settings, String schedule)
      implements Request {}

  /**
   * To make a folder's tables again.
   *
   * @param folder holds a raw log
   */
  record Remake(String folder) implements Request {}

  /**
   * To hold the times of one run against those of another.
   *
   * @param folders two, separated by a comma, each with a raw log
   */
  record Compare(String folders) implements Request {}

  /**
   * To take part in a run that another machine hosts.
   *
   * @param url of the database of the run
   */
  record Join(String url) implements Request {}

  /**
   * A request, and what was noticed beside it.
   *
   * @param ignored settings that mean nothing to the lab: other tools have theirs
   */
  record Understood(Request request, List<String> ignored) {}

  /**
   * Understands settings of the form {@code name=value}.
   *
   * @throws InvalidExperiment if a name looks like a misspelt one, which would otherwise change
   *     nothing silently
   */
  static Understood parse(List<String> arguments) throws InvalidExperiment {
    Map<String, String> given = new TreeMap<>();
    Map<Key<?>, String> settings = new TreeMap<>();
    List<ExperimentError> errors = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    List<String> known = new ArrayList<>(Key.names());
    known.addAll(REQUESTS);
    known.addAll(List.of("log", REPLAY));
    for (String argument : arguments) {
      String[] sides = argument.split("=", 2);
      String value = sides.length > 1 ? sides[1] : "";
      Optional<Key<?>> key = Key.of(sides[0]);
      if (key.isPresent()) {
        settings.put(key.get(), value);
      } else if (known.contains(sides[0])) {
        given.put(sides[0], value);
      } else {
        ExperimentError.nearest(known, sides[0])
            .ifPresentOrElse(
                near ->
                    errors.add(
                        new ExperimentError(
                            ExperimentError.Place.startOf("-D" + sides[0]),
                            "setting",
                            "an unknown name",
                            "-D" + near + " perhaps")),
                () -> ignored.add(sides[0]));
      }
    }
    List<String> asked =
        REQUESTS.stream().filter(name -> !given.getOrDefault(name, "").isEmpty()).toList();
    if (asked.size() > 1) {
      errors.add(
          new ExperimentError(
              ExperimentError.Place.startOf("-D" + asked.get(1)),
              "setting",
              "-D" + asked.getFirst() + " beside it",
              "one of them"));
    }
    boolean isOfScenario = asked.isEmpty() && settings.containsKey(Key.SCENARIO);
    if (given.containsKey(REPLAY) && !asked.equals(List.of("exp")) && !isOfScenario) {
      errors.add(
          new ExperimentError(
              ExperimentError.Place.startOf("-D" + REPLAY),
              "setting",
              "no -Dexp beside it",
              "-Dexp with the experiment that the schedule is of"));
    }
    String level = given.getOrDefault("log", "warn");
    if (!LogSetup.LEVELS.contains(level)) {
      errors.add(
          new ExperimentError(
              ExperimentError.Place.startOf("-Dlog"),
              "log",
              '"' + level + '"',
              ExperimentError.oneOf(LogSetup.LEVELS, level)));
    }
    if (!errors.isEmpty()) {
      throw new InvalidExperiment(errors);
    }
    return new Understood(request(given, settings), ignored);
  }

  private static Request request(Map<String, String> given, Map<Key<?>, String> settings) {
    String report = given.getOrDefault("report", "");
    String experiment = given.getOrDefault("exp", "");
    if (!report.isEmpty()) {
      return new Remake(report);
    }
    String folders = given.getOrDefault("compare", "");
    if (!folders.isEmpty()) {
      return new Compare(folders);
    }
    String url = given.getOrDefault("join", "");
    if (!url.isEmpty()) {
      return new Join(url);
    }
    if (given.containsKey(REPLAY)) {
      return new Replay(experiment, settings, given.get(REPLAY));
    }
    return switch (experiment) {
      case "" ->
          settings.containsKey(Key.SCENARIO)
              ? new Run(experiment, settings)
              : new ListExperiments();
      case Experiments.ALL -> new RunAll(settings);
      default -> new Run(experiment, settings);
    };
  }
}
