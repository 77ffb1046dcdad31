/**
 * Programs that other tools can be told of as well, so that the same classes are explored by each:
 * operations on one object, called by a few threads at the same time.
 *
 * <p>Start reading at {@link oversell.versus.Operations}.
 */
@NullMarked
package oversell.versus;

import org.jspecify.annotations.NullMarked;
