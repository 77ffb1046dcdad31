/**
 * One sale: buyers as virtual threads in a structured scope, and what came of it.
 *
 * <p>Start reading at {@code Sale}. It is the same whether {@link oversell.lab.trial.Trial}
 * measures it or {@link oversell.lab.trial.SaleExplorer} explores it; what differs is {@code
 * ThreadControl}. During a sale nothing is logged and nothing is shared but the inventory: each
 * buyer writes into itself, and {@link oversell.lab.trial.TrialResult} is made after the last one
 * has ended.
 */
@NullMarked
package oversell.lab.trial;

import org.jspecify.annotations.NullMarked;
