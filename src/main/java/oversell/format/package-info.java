/**
 * Tables, numbers and labels as text, the same in every locale, and text as files.
 *
 * <p>May import {@code results}. Start reading at {@link oversell.format.MarkdownTable}.
 */
@NullMarked
package oversell.format;

import org.jspecify.annotations.NullMarked;
