/**
 * The lab's front door: reads what was asked, wires the rooms, prints, and exits with a status.
 *
 * <p>May import every room. Start reading at {@link oversell.Main}.
 */
@NullMarked
package oversell;

import org.jspecify.annotations.NullMarked;
