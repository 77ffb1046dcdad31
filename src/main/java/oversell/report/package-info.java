/**
 * Reads raw logs and writes pages, tables and plots.
 *
 * <p>Start reading at {@link oversell.report.Report}; everything here can be made again from a raw
 * log.
 */
@NullMarked
package oversell.report;

import org.jspecify.annotations.NullMarked;
