/**
 * Who goes next: strategies that choose one of the threads that can go on, and what they choose
 * from. Pure algorithms over numbers; no thread is ever seen here.
 *
 * <p>This room imports nothing of the lab. Start reading at {@link oversell.schedule.Strategy},
 * then {@link oversell.schedule.Trace} and {@link oversell.schedule.DepthFirst}.
 */
@NullMarked
package oversell.schedule;

import org.jspecify.annotations.NullMarked;
