package oversell.lab.experiment;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oversell.inventory.Inventories;
import oversell.store.Guards;

/**
 * The text of an experiment.
 *
 * @param name what its results folder will be called
 * @param source how error messages call it: its path as the user knows it
 * @param text YAML
 */
public record ExperimentFile(String name, String source, String text) {
  /** The source of an experiment that has no file. */
  public static final String COMMAND_LINE = "-Dscenario";

  private static final long LARGEST_BYTES = 64 * 1024;
  private static final Duration LONGEST_TRIAL = Duration.ofDays(1);

  /**
   * Reads a file.
   *
   * @throws InvalidExperiment if it is missing, unreadable or too large, or if its name cannot be
   *     that of a folder of results
   */
  public static ExperimentFile read(Path file, String source) throws InvalidExperiment {
    try {
      if (Files.isDirectory(file)) {
        throw error(source, "a folder", "an experiment file such as experiments/seed.yaml");
      }
      if (!Files.isRegularFile(file)) {
        throw error(source, "no such file", "an experiment file such as experiments/seed.yaml");
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw error(source, Files.size(file) + " bytes", "at most " + LARGEST_BYTES);
      }
      String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
      if (!name.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
        throw error(
            source,
            "the name \"" + name + "\"",
            "small letters, digits and hyphens: it names the results folder");
      }
      return new ExperimentFile(name, source, Files.readString(file));
    } catch (CharacterCodingException binary) {
      throw error(source, "bytes that are no UTF-8", "text");
    } catch (IOException unreadable) {
      throw error(
          source, "a file that cannot be read (" + unreadable.getMessage() + ")", "a readable one");
    }
  }

  /** An experiment without a file: the command line names the scenarios to explore. */
  static ExperimentFile ofCommandLine() {
    return new ExperimentFile(Key.SCENARIO.toString(), COMMAND_LINE, "mode: explore\n");
  }

  private static InvalidExperiment error(String source, String found, String expected) {
    return new ExperimentError(ExperimentError.Place.startOf(source), "file", found, expected)
        .alone();
  }

  /**
   * Reads the experiment and checks it.
   *
   * @param settings what the command line says instead of the file
   * @param inventories the variants that there are
   * @throws InvalidExperiment with every mistake in it
   */
  public Experiment parse(Map<Key<?>, String> settings, Inventories inventories)
      throws InvalidExperiment {
    Fields fields = fields(settings, inventories.names());
    Experiment experiment = experiment(fields);
    checkSizes(fields, experiment);
    if (!fields.errors().isEmpty()) {
      throw new InvalidExperiment(fields.errors());
    }
    return experiment;
  }

  private Fields fields(Map<Key<?>, String> settings, Set<String> variants)
      throws InvalidExperiment {
    Fields fields = new Fields(source, variants);
    fields.addFile(new YamlText(source).read(text));
    settings.forEach(fields::override);
    return fields;
  }

  /**
   * A text of the file, or of the command line, that names something outside of it.
   *
   * @param place where it is written
   */
  public record Entry(ExperimentError.Place place, String text) {}

  /**
   * What it says of a class path, as written.
   *
   * @throws InvalidExperiment if the file cannot be read that far
   */
  public List<Entry> classPath(Map<Key<?>, String> settings) throws InvalidExperiment {
    return entries(settings, Key.CLASSPATH);
  }

  /**
   * The names of the scenarios that it explores, as written; none if it explores none.
   *
   * @throws InvalidExperiment if the file cannot be read that far
   */
  public List<Entry> scenarios(Map<Key<?>, String> settings) throws InvalidExperiment {
    return entries(settings, Key.SCENARIO);
  }

  /**
   * The tools that explore, as written; none if it says nothing of them.
   *
   * @throws InvalidExperiment if the file cannot be read that far
   */
  public List<Entry> tools(Map<Key<?>, String> settings) throws InvalidExperiment {
    return entries(settings, Key.TOOL);
  }

  private List<Entry> entries(Map<Key<?>, String> settings, Key<?> key) throws InvalidExperiment {
    return fields(settings, Set.of()).items(key).stream()
        .filter(Value.Text.class::isInstance)
        .map(item -> new Entry(item.place(), ((Value.Text) item).text()))
        .filter(entry -> !entry.text().isBlank())
        .toList();
  }

  private Experiment experiment(Fields fields) {
    boolean ofScenarios = Explorations.subject(fields) == Exploration.Subject.SCENARIO;
    List<String> scenarios = ofScenarios ? Key.SCENARIO.read(fields) : List.of();
    List<Deployment> deployments = Deployments.read(fields);
    if (ofScenarios) {
      fields.compare(scenarios);
    } else if (!deployments.getFirst().isInMemory()) {
      fields.compare(Guards.names());
    }
    List<Conduct> conducts = Conducts.read(fields);
    return new Experiment(
        name,
        new Experiment.Page(
            oneLine(Key.QUESTION.read(fields)),
            lines(Key.ANSWER.read(fields)),
            lines(Key.SHOW.read(fields)),
            lines(Key.SOURCES.read(fields))),
        new Experiment.Terms(
            fields.has(Key.STOCK_PER_BUYER)
                ? new Experiment.Stock.PerBuyer(Key.STOCK_PER_BUYER.read(fields))
                : new Experiment.Stock.Fixed(Key.STOCK.read(fields)),
            Key.UNITS.read(fields),
            Key.GATE.read(fields)),
        new Experiment.Matrix(
            Key.JDKS.read(fields),
            conducts,
            Key.ARTICLES.read(fields),
            Key.BUYERS.read(fields),
            Key.HOLD.read(fields),
            Key.CARRIERS.read(fields),
            ofScenarios ? scenarios : Key.VARIANTS.read(fields),
            deployments),
        new Experiment.Runs(
            Key.TRIALS.read(fields),
            Conducts.warmups(fields, conducts),
            Key.FORKS.read(fields),
            Key.PINNING.read(fields),
            Key.HEAP.read(fields),
            Key.DEADLINE.read(fields),
            Key.SEED.read(fields)),
        Key.EXPECT.read(fields),
        Scenarios.published(fields));
  }

  private static void checkSizes(Fields fields, Experiment experiment) {
    int forksOfOne = experiment.runs().forks() + (experiment.runs().pinning() ? 1 : 0);
    BigInteger forks = experiment.matrix().size().multiply(BigInteger.valueOf(forksOfOne));
    if (forks.compareTo(BigInteger.valueOf(Key.MOST_FORKS)) > 0) {
      fields.error(Key.FORKS, "more than " + Key.MOST_FORKS + " forks in all", "at most so many");
    }
    long most = Collections.max(experiment.matrix().buyers());
    if (experiment.terms().stock() instanceof Experiment.Stock.PerBuyer stock
        && most * stock.units() > Integer.MAX_VALUE) {
      fields.error(
          Key.STOCK_PER_BUYER,
          "a stock of " + most * stock.units(),
          "at most " + Integer.MAX_VALUE);
    }
    if (most * experiment.terms().units() > Integer.MAX_VALUE) {
      fields.error(
          Key.UNITS,
          "buyers who want " + most * experiment.terms().units() + " units",
          "at most " + Integer.MAX_VALUE);
    }
    Deployments.check(fields, experiment);
    if (fields.errors().isEmpty() && experiment.workloads().isEmpty()) {
      fields.error(
          Key.VARIANTS, "none that this store has", "others, or another store, such as postgresql");
    }
    if (fields.errors().isEmpty()) {
      experiment.workloads().stream()
          .map(Workload::allHolds)
          .filter(holds -> holds.compareTo(LONGEST_TRIAL) > 0)
          .findFirst()
          .ifPresent(
              holds ->
                  fields.error(
                      Key.HOLD,
                      "holds of %d s in one trial".formatted(holds.toSeconds()),
                      "at most %d s".formatted(LONGEST_TRIAL.toSeconds())));
    }
  }

  private static List<String> lines(List<String> texts) {
    return texts.stream().map(ExperimentFile::oneLine).filter(line -> !line.isEmpty()).toList();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
