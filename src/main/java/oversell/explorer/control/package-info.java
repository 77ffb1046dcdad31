/**
 * Virtual threads under control: run one at a time on one platform thread, stopped where their
 * classes announce a step, with monitors and a clock of their own, and chosen among by a strategy.
 *
 * <p>Start reading at {@link oversell.explorer.control.Engine}, then {@link
 * oversell.explorer.control.Scheduler}.
 */
@NullMarked
package oversell.explorer.control;

import org.jspecify.annotations.NullMarked;
