/**
 * Pure mathematics over plain arrays, by way of Apache Commons Statistics; imports nothing of the
 * lab, reads no clock and draws no random number.
 *
 * <p>Start reading at {@link oversell.stats.Comparison}.
 */
@NullMarked
package oversell.stats;

import org.jspecify.annotations.NullMarked;
