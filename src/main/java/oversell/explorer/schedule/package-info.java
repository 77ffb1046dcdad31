/**
 * Strategies that choose which of the enabled threads takes the next step, and the traces that they
 * choose by. Pure algorithms over numbers: there is no thread in this package.
 *
 * <p>This package imports nothing of the lab. Start reading at {@link
 * oversell.explorer.schedule.Strategy}, then {@link oversell.explorer.schedule.Trace} and {@link
 * oversell.explorer.schedule.DepthFirst}.
 */
@NullMarked
package oversell.explorer.schedule;

import org.jspecify.annotations.NullMarked;
