/**
 * Draws SVG from plain data: lines with their intervals and horizontal bars, for light and dark
 * pages, for readers who cannot see colours, and for screen readers.
 *
 * <p>Imports nothing of the lab and no library. Start reading at {@link oversell.plot.LinePlot};
 * {@link oversell.plot.Ruler} turns values into pixels, and {@link oversell.plot.Svg} turns pixels
 * into text, for other drawings, too.
 */
@NullMarked
package oversell.plot;

import org.jspecify.annotations.NullMarked;
