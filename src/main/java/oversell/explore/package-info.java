/**
 * Every interleaving of a sale: virtual threads whose scheduler is ours, woven classes that
 * announce their steps, and what comes of each order of them.
 *
 * <p>May import {@code inventory}, {@code experiment}, {@code trial} (for the scope), {@code weave}
 * and {@code schedule}. Start reading at {@link oversell.explore.Explorer}, then {@link
 * oversell.explore.Engine}.
 */
@NullMarked
package oversell.explore;

import org.jspecify.annotations.NullMarked;
