/**
 * The explorer in anybody's tests: one annotation.
 *
 * <p>Start reading at {@link oversell.junit.Interleavings}.
 */
@NullMarked
package oversell.junit;

import org.jspecify.annotations.NullMarked;
