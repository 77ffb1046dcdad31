/**
 * What copies of the JDK's classes, and libraries, use instead of what the JDK keeps to itself:
 * woven, so that it announces what it does. The weaver puts its names in place of the JDK's.
 *
 * <p>Start reading at {@link oversell.explorer.inside.Unsafe}.
 */
@NullMarked
package oversell.explorer.inside;

import org.jspecify.annotations.NullMarked;
