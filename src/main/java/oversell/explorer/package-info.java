/**
 * Every interleaving of a sale: what comes of each order of its buyers' steps, and the shortest
 * order that fails a check, told step by step.
 *
 * <p>May import {@code inventory}, {@code experiment}, {@code trial} (for the scope), {@code hook},
 * {@code weave}, {@code schedule} and {@code control}. Start reading at {@link
 * oversell.explorer.Explorer}.
 */
@NullMarked
package oversell.explorer;

import org.jspecify.annotations.NullMarked;
