package oversell.lab.experiment;

import java.util.List;
import java.util.stream.Collectors;

/** What the lab was asked makes no sense: every reason found, in the order of the file. */
public final class InvalidExperiment extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ExperimentError> errors;

  /**
   * With its reasons.
   *
   * @param errors one or more
   */
  public InvalidExperiment(List<ExperimentError> errors) {
    super(errors.stream().map(ExperimentError::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /** The reasons. */
  public List<ExperimentError> errors() {
    return errors;
  }
}
