/**
 * The command line: reads what was asked, connects the packages, prints, and exits with a status.
 *
 * <p>May import every package. Start reading at {@link oversell.Main}.
 */
@NullMarked
package oversell;

import org.jspecify.annotations.NullMarked;
