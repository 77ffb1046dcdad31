/**
 * What a run came to, read again from its raw log: rows, verdicts, columns, and the folder where
 * they are kept.
 *
 * <p>May import {@code experiment}, {@code trial}, {@code plan}, {@code fork} (whose messages it
 * reads) and {@code stats}. Start reading at {@link oversell.report.table.Results}.
 */
@NullMarked
package oversell.report.table;

import org.jspecify.annotations.NullMarked;
