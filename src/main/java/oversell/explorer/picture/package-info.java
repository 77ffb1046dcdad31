/**
 * An execution as text and as a picture.
 *
 * <p>Start reading at {@link oversell.explorer.picture.Story}.
 */
@NullMarked
package oversell.explorer.picture;

import org.jspecify.annotations.NullMarked;
