/**
 * What is asked: an experiment, and every point of its matrix.
 *
 * <p>Imports nothing of the lab. Start reading at {@link oversell.experiment.Key}, which documents
 * every key of a file and its default, then {@link oversell.experiment.Experiment}.
 */
@NullMarked
package oversell.experiment;

import org.jspecify.annotations.NullMarked;
