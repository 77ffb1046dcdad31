/**
 * What a run's raw log comes to: pages, tables and plots.
 *
 * <p>May import {@code experiment}, {@code trial}, {@code plan}, {@code fork}, {@code stats} and
 * {@code results}. Start reading at {@link oversell.report.Report}; everything here can be made
 * again from a raw log.
 */
@NullMarked
package oversell.report;

import org.jspecify.annotations.NullMarked;
