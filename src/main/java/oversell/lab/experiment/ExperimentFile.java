package oversell.lab.experiment;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import oversell.inventory.Inventories;

/**
 * The text of an experiment.
 *
 * @param name what its results folder will be called
 * @param source how error messages call it: its path as the user knows it
 * @param text YAML
 */
public record ExperimentFile(String name, String source, String text) {
  private static final long LARGEST_BYTES = 64 * 1024;
  private static final int MOST_BUYERS = 10_000_000;
  private static final int MOST = 1_000_000;
  private static final int MOST_CARRIERS = 32_767;
  private static final int MOST_FORKS = 10_000;
  private static final int SMALLEST_HEAP = 32;
  private static final Pattern EXPECTED_ON = Pattern.compile("(.+) on \\d{2,3}");
  private static final Duration LONGEST_HOLD = Duration.ofHours(1);
  private static final Duration LONGEST_TRIAL = Duration.ofDays(1);
  private static final Duration SHORTEST_DEADLINE = Duration.ofMillis(1);
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

  /**
   * Reads a file.
   *
   * @throws InvalidExperiment if it is missing, unreadable, too large, or named as no results
   *     folder can be
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

  private static InvalidExperiment error(String source, String found, String expected) {
    return new ExperimentError(ExperimentError.Place.startOf(source), "file", found, expected)
        .alone();
  }

  /**
   * Checks it and makes it an experiment.
   *
   * @param settings what the command line says instead of the file
   * @param inventories the variants that there are
   * @throws InvalidExperiment with every error there is
   */
  public Experiment parse(Map<Key, String> settings, Inventories inventories)
      throws InvalidExperiment {
    Fields fields = new Fields(source);
    fields.addFile(new YamlText(source).read(text));
    settings.forEach(fields::override);
    Experiment experiment = experiment(fields, inventories.names());
    checkSizes(fields, experiment);
    if (!fields.errors().isEmpty()) {
      throw new InvalidExperiment(fields.errors());
    }
    return experiment;
  }

  private Experiment experiment(Fields fields, Set<String> known) {
    List<Conduct> conducts = Conducts.read(fields);
    return new Experiment(
        name,
        oneLine(fields.one(Key.QUESTION, Kind.text())),
        fields.list(Key.ANSWER, Kind.text()).stream()
            .map(ExperimentFile::oneLine)
            .filter(clause -> !clause.isEmpty())
            .toList(),
        fields.has(Key.STOCK_PER_BUYER)
            ? new Experiment.Stock.PerBuyer(fields.one(Key.STOCK_PER_BUYER, Kind.whole(0, MOST)))
            : new Experiment.Stock.Fixed(fields.one(Key.STOCK, Kind.whole(0, Integer.MAX_VALUE))),
        fields.one(Key.UNITS, Kind.whole(1, MOST)),
        fields.list(Key.BUYERS, Kind.whole(1, MOST_BUYERS)),
        fields.list(Key.HOLD, Kind.duration(Duration.ZERO, LONGEST_HOLD)),
        fields.list(Key.ARTICLES, Kind.whole(1, MOST)),
        fields.list(Key.VARIANTS, Kind.oneOf(known)),
        fields.one(Key.TRIALS, Kind.whole(1, MOST)),
        Conducts.warmups(fields, conducts),
        fields.one(Key.FORKS, Kind.whole(1, MOST_FORKS)),
        fields.list(Key.JDKS, jdk()),
        fields.list(Key.CARRIERS, numberOrDefault(1, MOST_CARRIERS)),
        fields.one(Key.GATE, Kind.yesOrNo()),
        conducts,
        fields.one(Key.PINNING, Kind.yesOrNo()),
        fields.one(Key.HEAP, numberOrDefault(SMALLEST_HEAP, MOST)),
        fields.one(Key.DEADLINE, deadline()),
        fields.one(Key.SEED, Kind.wholeLong()),
        fields.map(Key.EXPECT, known, EXPECTED_ON, Kind.oneOf(List.of(Expectation.values()))));
  }

  private static void checkSizes(Fields fields, Experiment experiment) {
    long forks = 1;
    for (int factor :
        List.of(
            experiment.buyers().size(),
            experiment.holds().size(),
            experiment.articles().size(),
            experiment.carriers().size(),
            experiment.variants().size(),
            experiment.jdks().size(),
            experiment.conducts().size(),
            experiment.forks() + (experiment.pinning() ? 1 : 0))) {
      // Stays far from where it would overflow, however long the lists are.
      forks = Math.min(forks * factor, MOST_FORKS + 1L);
    }
    if (forks > MOST_FORKS) {
      fields.error(Key.FORKS, "more than " + MOST_FORKS + " forks in all", "at most so many");
    }
    long most = Collections.max(experiment.buyers());
    if (experiment.stock() instanceof Experiment.Stock.PerBuyer stock
        && most * stock.units() > Integer.MAX_VALUE) {
      fields.error(
          Key.STOCK_PER_BUYER,
          "a stock of " + most * stock.units(),
          "at most " + Integer.MAX_VALUE);
    }
    if (most * experiment.units() > Integer.MAX_VALUE) {
      fields.error(
          Key.UNITS,
          "buyers who want " + most * experiment.units() + " units",
          "at most " + Integer.MAX_VALUE);
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

  private static Kind<JdkRequest> jdk() {
    Kind<JdkRequest> word = Kind.oneOf(List.of(new JdkRequest.Host(), new JdkRequest.All()));
    return word.or(Kind.whole(JdkRequest.Feature.FIRST, MOST).as(JdkRequest.Feature::new));
  }

  private static Kind<OptionalInt> numberOrDefault(int least, int most) {
    Kind<OptionalInt> word = Kind.oneOf(List.of("default")).as(defaultWord -> OptionalInt.empty());
    return word.or(Kind.whole(least, most).as(OptionalInt::of));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static Kind<Optional<Duration>> deadline() {
    Kind<Optional<Duration>> word = Kind.oneOf(List.of("auto")).as(auto -> Optional.empty());
    return word.or(Kind.duration(SHORTEST_DEADLINE, LONGEST_DEADLINE).as(Optional::of));
  }
}
