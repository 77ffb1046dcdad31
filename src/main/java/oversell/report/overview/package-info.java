/**
 * Several runs together: the page of all results, and two runs side by side.
 *
 * <p>Start reading at {@link oversell.report.overview.Overview} and {@link
 * oversell.report.overview.RunComparison}.
 */
@NullMarked
package oversell.report.overview;

import org.jspecify.annotations.NullMarked;
