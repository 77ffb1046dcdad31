package oversell.lab.experiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * One mistake in what the lab was asked: its place, what was found there, and what was expected.
 *
 * @param place where
 * @param subject the key, or what else it is about
 * @param found what was there
 * @param expected what would be right
 */
public record ExperimentError(Place place, String subject, String found, String expected) {
  private static final int FURTHEST = 3;

  /**
   * A place in what the lab was asked.
   *
   * @param source a file as the user knows it, or a setting of the command line
   * @param line from 1
   * @param column from 1
   */
  public record Place(String source, int line, int column) {
    /** The first character of a source. */
    public static Place startOf(String source) {
      return new Place(source, 1, 1);
    }

    @Override
    public String toString() {
      return "%s:%d:%d".formatted(source, line, column);
    }
  }

  /** The line that a user reads. */
  @Override
  public String toString() {
    return "%s: %s: found %s, expected %s".formatted(place, subject, found, expected);
  }

  /** This error as an exception. */
  public InvalidExperiment alone() {
    return new InvalidExperiment(List.of(this));
  }

  /** What was expected instead of an unknown name: the known names, the most similar one first. */
  public static String oneOf(Collection<String> known, String found) {
    String all = "one of " + String.join(", ", known);
    return nearest(known, found)
        .map(near -> "\"%s\" perhaps, or %s".formatted(near, all))
        .orElse(all);
  }

  /** The known name that a misspelt one most likely means, if any is similar enough. */
  public static Optional<String> nearest(Collection<String> known, String found) {
    String lower = found.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> distance(name, lower) <= Math.min(FURTHEST, name.length() / 2))
        .min(Comparator.comparingInt(name -> distance(name, lower)));
  }

  private static int distance(String name, String other) {
    return LevenshteinDistance.getDefaultInstance().apply(name, other);
  }
}
