package oversell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import oversell.file.ExperimentError;
import oversell.file.ExperimentFile;
import oversell.file.InvalidExperiment;
import oversell.inventory.Inventories;

/** The experiments of the project: the files in its folder {@code experiments}, by name. */
final class Experiments {
  private static final String ENDING = ".yaml";

  private final Path project;
  private final Inventories inventories;

  Experiments(Path project, Inventories inventories) {
    this.project = project;
    this.inventories = inventories;
  }

  /**
   * The file that a user means.
   *
   * @param experiment a name, or a path, which has a separator or an ending
   * @throws InvalidExperiment if there is none
   */
  ExperimentFile find(String experiment) throws InvalidExperiment {
    if (experiment.matches(".*(/|\\\\|\\.ya?ml$).*")) {
      return ExperimentFile.read(path(experiment), experiment);
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
    String source = "experiments/" + experiment + ENDING;
    return ExperimentFile.read(project.resolve(source), source);
  }

  /**
   * The file or folder that a user names: from where the command was typed, from the project, or in
   * experiments.
   */
  Path path(String given) {
    return Stream.of(Path.of("").toAbsolutePath(), project, project.resolve("experiments"))
        .map(folder -> folder.resolve(given).normalize())
        .filter(Files::exists)
        .findFirst()
        .orElse(project.resolve(given));
  }

  /** Prints each name with its question, or with what is wrong with it. */
  void list(PrintStream out) {
    List<String> names = names();
    int widest = names.stream().mapToInt(String::length).max().orElse(0);
    out.println("Experiments (run one with: mvn exec:java -Dexp=NAME):");
    for (String name : names) {
      out.printf("  %-" + widest + "s  %s%n", name, question(name));
    }
  }

  private String question(String name) {
    try {
      return find(name).parse(Map.of(), inventories).question();
    } catch (InvalidExperiment broken) {
      return "(cannot be run: " + broken.errors().getFirst() + ")";
    }
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(project.resolve("experiments"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }
}
