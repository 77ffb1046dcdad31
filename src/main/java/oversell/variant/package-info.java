/**
 * The variants of the lab: inventories with one guard each, most around the same racy shelf, and
 * nothing else, so that they can be read side by side.
 *
 * <p>This room imports what is guarded, {@link oversell.inventory}, and nobody imports it: its
 * variants are found by name. Start reading at {@link oversell.variant.Shelf}, then put {@link
 * oversell.variant.UnlockedInventory} and {@link oversell.variant.ReentrantLockInventory} beside
 * it.
 */
@NullMarked
package oversell.variant;

import org.jspecify.annotations.NullMarked;
