/**
 * What is guarded, as buyers and experiments see it: the door through which variants, the lab's own
 * and anybody's, come in.
 *
 * <p>This room imports nothing of the lab, so that what is measured is plain Java. Start reading at
 * {@link oversell.inventory.Inventory}, then {@link oversell.inventory.InventoryProvider}.
 */
@NullMarked
package oversell.inventory;

import org.jspecify.annotations.NullMarked;
