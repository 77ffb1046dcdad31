/**
 * What copies of the JDK's classes, and libraries, use instead of what the JDK keeps to itself:
 * woven, so that it announces what it does. {@code oversell.explorer.weave} names it to them.
 */
@NullMarked
package oversell.explorer.inside;

import org.jspecify.annotations.NullMarked;
