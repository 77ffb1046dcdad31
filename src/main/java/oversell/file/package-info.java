/**
 * What a user wrote: the text of an experiment, and what is wrong with it, place by place.
 *
 * <p>May import {@code inventory}, for the names of variants, and {@code experiment}, which it
 * makes. Start reading at {@link oversell.file.ExperimentFile}.
 */
@NullMarked
package oversell.file;

import org.jspecify.annotations.NullMarked;
