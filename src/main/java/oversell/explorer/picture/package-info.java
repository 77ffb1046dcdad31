/**
 * What explorations came to, told: the claim that may be made of each, its outcomes, and how the
 * shortest counterexample goes, step by step, as a table and as a picture.
 *
 * <p>May import {@code experiment}, {@code explore}, {@code plan}, {@code fork}, {@code results},
 * {@code format} and {@code plot}. Start reading at {@link
 * oversell.explorer.picture.ExplorationPage}.
 */
@NullMarked
package oversell.explorer.picture;

import org.jspecify.annotations.NullMarked;
