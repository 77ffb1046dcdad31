/**
 * What is asked: an experiment, and every point of its matrix.
 *
 * <p>Imports nothing of the lab. Start reading at {@link oversell.lab.experiment.Key}, which
 * documents every key of a file and its default, then {@link oversell.lab.experiment.Experiment}.
 */
@NullMarked
package oversell.lab.experiment;

import org.jspecify.annotations.NullMarked;
