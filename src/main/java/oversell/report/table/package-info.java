/**
 * What a run came to, read from its raw log: rows, columns, cells and verdicts, and the folder in
 * which results are kept.
 *
 * <p>Start reading at {@link oversell.report.table.Results}.
 */
@NullMarked
package oversell.report.table;

import org.jspecify.annotations.NullMarked;
