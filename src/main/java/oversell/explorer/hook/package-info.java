/**
 * The static methods that woven classes call before each step, and the interface of the controller
 * that receives the calls.
 *
 * <p>This package imports nothing of the lab, since every woven class can see it. Start reading at
 * {@link oversell.explorer.hook.Controller}.
 */
@NullMarked
package oversell.explorer.hook;

import org.jspecify.annotations.NullMarked;
