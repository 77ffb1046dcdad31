package oversell.lab.experiment;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown if what the lab was asked makes no sense; has every mistake that was found, in the order
 * of the file.
 */
public final class InvalidExperiment extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ExperimentError> errors;

  /**
   * With the mistakes.
   *
   * @param errors one or more
   */
  public InvalidExperiment(List<ExperimentError> errors) {
    super(errors.stream().map(ExperimentError::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /** The mistakes. */
  public List<ExperimentError> errors() {
    return errors;
  }
}
