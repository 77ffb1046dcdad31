/**
 * Runs seen together: the page of all that have results, and two of them side by side.
 *
 * <p>May import {@code experiment}, {@code trial}, {@code plan}, {@code fork}, {@code stats},
 * {@code results} and {@code report}. Start reading at {@link oversell.report.overview.Overview}
 * and {@link oversell.report.overview.RunComparison}.
 */
@NullMarked
package oversell.report.overview;

import org.jspecify.annotations.NullMarked;
