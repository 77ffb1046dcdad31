/**
 * What a run's raw log comes to: tables, verdicts, and the folder where they are kept.
 *
 * <p>May import {@code experiment}, {@code trial}, {@code fork} (whose messages it reads) and
 * {@code stats}. Start reading at {@link oversell.report.Results}; everything here can be made
 * again from a raw log.
 */
@NullMarked
package oversell.report;

import org.jspecify.annotations.NullMarked;
