/**
 * What woven classes say, each before it takes a step: the static methods that are woven into them,
 * and the door behind which somebody hears it.
 *
 * <p>This room imports nothing of the lab, since every woven class can see it. Start reading at
 * {@link oversell.explorer.hook.Controller}.
 */
@NullMarked
package oversell.explorer.hook;

import org.jspecify.annotations.NullMarked;
