/**
 * Runs every interleaving of a concurrent program: it finds the outcome of each order of steps, and
 * the shortest order that fails, step by step.
 *
 * <p>This package is what users call. It knows no sale and no experiment, and needs nothing but
 * ASM. Start reading at {@link oversell.explorer.Explorer}, and of how it works at {@link
 * oversell.explorer.Search}.
 */
@NullMarked
package oversell.explorer;

import org.jspecify.annotations.NullMarked;
