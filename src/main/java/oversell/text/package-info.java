/**
 * Words and numbers for people.
 *
 * <p>Start reading at {@link oversell.text.Words}.
 */
@NullMarked
package oversell.text;

import org.jspecify.annotations.NullMarked;
