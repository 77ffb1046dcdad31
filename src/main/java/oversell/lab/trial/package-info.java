/**
 * One sale: buyers as virtual threads in a structured scope, and what came of it.
 *
 * <p>Start reading at {@link oversell.lab.trial.Trial}. During a sale nothing is logged and nothing
 * is shared but the inventory: each buyer writes into itself, and {@link
 * oversell.lab.trial.TrialResult} is made after the last one has ended.
 */
@NullMarked
package oversell.lab.trial;

import org.jspecify.annotations.NullMarked;
