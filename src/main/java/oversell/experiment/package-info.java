/**
 * What is asked: an experiment file read, checked in full, and turned into workloads.
 *
 * <p>May import {@code inventory}, to know which variants there are. Start reading at {@link
 * oversell.experiment.Key}, which documents every key and its default, then {@link
 * oversell.experiment.ExperimentFile}.
 */
@NullMarked
package oversell.experiment;

import org.jspecify.annotations.NullMarked;
