/**
 * What is asked: an experiment and every point of its matrix.
 *
 * <p>Start reading at {@link oversell.lab.experiment.Key}, which declares every key of a file, then
 * {@link oversell.lab.experiment.Experiment}.
 */
@NullMarked
package oversell.lab.experiment;

import org.jspecify.annotations.NullMarked;
