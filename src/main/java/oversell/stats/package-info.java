/**
 * Pure mathematics over plain arrays, by way of Apache Commons Statistics; imports nothing of the
 * lab.
 *
 * <p>Start reading at {@link oversell.stats.Summary}.
 */
@NullMarked
package oversell.stats;

import org.jspecify.annotations.NullMarked;
