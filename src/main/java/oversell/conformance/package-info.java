/**
 * Programs of which others have published how many traces or which outcomes they have, written
 * again from their descriptions. The experiment {@code conformance} holds the explorer to those
 * numbers.
 *
 * <p>Start reading at {@link oversell.conformance.Traces}.
 */
@NullMarked
package oversell.conformance;

import org.jspecify.annotations.NullMarked;
