/**
 * Who goes next: strategies that choose one of the threads that can go on, and what they choose
 * from. Pure algorithms over numbers; no thread is ever seen here.
 *
 * <p>This room imports nothing of the lab. Start reading at {@link
 * oversell.explorer.schedule.Strategy}, then {@link oversell.explorer.schedule.Trace} and {@link
 * oversell.explorer.schedule.DepthFirst}.
 */
@NullMarked
package oversell.explorer.schedule;

import org.jspecify.annotations.NullMarked;
