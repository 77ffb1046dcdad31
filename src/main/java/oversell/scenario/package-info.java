/**
 * Programs that experiments explore as they would explore yours: classes that know the explorer's
 * library and nothing of the lab.
 *
 * <p>Start reading at {@link oversell.scenario.Bank}.
 */
@NullMarked
package oversell.scenario;

import org.jspecify.annotations.NullMarked;
