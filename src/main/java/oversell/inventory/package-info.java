/**
 * What is guarded: inventories that buyers purchase units from, one guard each around the same racy
 * shelf.
 *
 * <p>This room imports nothing of the lab, so that what is measured is plain Java. Start reading at
 * {@link oversell.inventory.Shelf}, then put {@link oversell.inventory.UnlockedInventory}, {@link
 * oversell.inventory.SynchronizedInventory} and {@link oversell.inventory.ReentrantLockInventory}
 * side by side.
 */
@NullMarked
package oversell.inventory;

import org.jspecify.annotations.NullMarked;
