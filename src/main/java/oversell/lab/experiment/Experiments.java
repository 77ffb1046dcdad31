package oversell.lab.experiment;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import oversell.inventory.Inventories;

/** The experiments of the project: the files in its folder {@code experiments}, by name. */
public final class Experiments {
  /** The name that stands for all experiments, so no experiment can have it. */
  public static final String ALL = "all";

  private static final String ENDING = ".yaml";

  // Those of the second take a database, which Maven fetches for them alone: see pom.xml.
  private static final List<String> FOLDERS = List.of("experiments", "experiments/stores");

  private final Path project;
  private final Variants variants;

  /** Finds the inventories of an experiment. */
  @FunctionalInterface
  public interface Variants {
    /**
     * The variants that there are for an experiment.
     *
     * @param settings what the command line says instead of the file
     * @throws InvalidExperiment if the classes of the user's own cannot be used
     */
    Inventories of(ExperimentFile file, Map<Key<?>, String> settings) throws InvalidExperiment;
  }

  /**
   * The experiments of a project.
   *
   * @param variants finds the variants that there are for one
   */
  public Experiments(Path project, Variants variants) {
    this.project = project;
    this.variants = variants;
  }

  /**
   * The file that a user means.
   *
   * @param experiment a name, or a path, which has a separator or an ending; empty for one of a
   *     scenario that the command line names
   * @throws InvalidExperiment if there is none
   */
  public ExperimentFile find(String experiment) throws InvalidExperiment {
    if (experiment.isEmpty()) {
      return ExperimentFile.ofCommandLine();
    }
    if (experiment.matches(".*(/|\\\\|\\.ya?ml$).*")) {
      return read(path(experiment), experiment);
    }
    List<String> names = names();
    if (!names.contains(experiment)) {
      throw new ExperimentError(
              ExperimentError.Place.startOf("-Dexp"),
              "experiment",
              '"' + experiment + '"',
              ExperimentError.oneOf(names, experiment))
          .alone();
    }
    String source =
        FOLDERS.stream()
            .map(folder -> folder + "/" + experiment + ENDING)
            .filter(file -> Files.isRegularFile(project.resolve(file)))
            .findFirst()
            .orElseThrow();
    return read(project.resolve(source), source);
  }

  private static ExperimentFile read(Path path, String source) throws InvalidExperiment {
    ExperimentFile file = ExperimentFile.read(path, source);
    if (file.name().equals(ALL)) {
      throw new ExperimentError(
              ExperimentError.Place.startOf(source),
              "file",
              "the name \"" + ALL + '"',
              "another one: -Dexp=" + ALL + " runs every experiment")
          .alone();
    }
    return file;
  }

  /**
   * Every experiment, by name.
   *
   * @param settings what the command line says instead of each file
   * @throws InvalidExperiment with every error of every one, or if there is none
   */
  public List<ExperimentFile> all(Map<Key<?>, String> settings) throws InvalidExperiment {
    List<ExperimentFile> files = new ArrayList<>();
    // A mistake in a setting is a mistake in every experiment, and is reported once.
    Set<ExperimentError> errors = new LinkedHashSet<>();
    for (String name : names()) {
      try {
        ExperimentFile file = find(name);
        Map<Key<?>, String> applicable = applicable(file, settings);
        var unused = file.parse(applicable, variants.of(file, applicable));
        files.add(file);
      } catch (InvalidExperiment broken) {
        errors.addAll(broken.errors());
      }
    }
    if (files.isEmpty() && errors.isEmpty()) {
      errors.add(
          new ExperimentError(
              ExperimentError.Place.startOf("-Dexp"),
              "experiment",
              '"' + ALL + "\", but no file in experiments/",
              "one or more"));
    }
    if (!errors.isEmpty()) {
      throw new InvalidExperiment(List.copyOf(errors));
    }
    return files;
  }

  /**
   * The settings that mean something in the mode of an experiment, of those that are given for
   * several experiments at once; all of them if the file cannot be read.
   */
  public static Map<Key<?>, String> applicable(ExperimentFile file, Map<Key<?>, String> settings) {
    Fields fields = new Fields(file.source(), Set.of());
    try {
      fields.addFile(new YamlText(file.source()).read(file.text()));
    } catch (InvalidExperiment saidElsewhere) {
      return settings;
    }
    settings.forEach(fields::override);
    Map<Key<?>, String> applicable = new TreeMap<>();
    applicable.putAll(settings);
    Explorations.foreignTo(Key.MODE.read(fields), Explorations.subject(fields))
        .forEach(applicable::remove);
    return applicable;
  }

  /**
   * The file or folder that a user names: from where the command was typed, from the project, or in
   * experiments.
   */
  public Path path(String given) {
    return path(project, given);
  }

  /** What a user means who names a file or folder beside a project, as {@link #path(String)}. */
  public static Path path(Path project, String given) {
    return Stream.of(Path.of("").toAbsolutePath(), project, project.resolve("experiments"))
        .map(folder -> folder.resolve(given).normalize())
        .filter(Files::exists)
        .findFirst()
        .orElse(project.resolve(given));
  }

  /** Prints each name with its question, or with what is wrong with it. */
  public void list(PrintStream out) {
    List<String> names = names();
    int widest = names.stream().mapToInt(String::length).max().orElse(0);
    out.println("Experiments (run one with: mvn exec:java -Dexp=NAME):");
    for (String name : names) {
      out.printf("  %-" + widest + "s  %s%n", name, question(name));
    }
  }

  private String question(String name) {
    try {
      ExperimentFile file = find(name);
      return file.parse(Map.of(), variants.of(file, Map.of())).page().question();
    } catch (InvalidExperiment broken) {
      return "(cannot be run: " + broken.errors().getFirst() + ")";
    }
  }

  private List<String> names() {
    return FOLDERS.stream().flatMap(this::names).sorted().toList();
  }

  private Stream<String> names(String folder) {
    try (Stream<Path> files = Files.list(project.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .toList()
          .stream();
    } catch (IOException none) {
      return Stream.of();
    }
  }
}
