/**
 * Plain data in, SVG text out: lines with their intervals and horizontal bars, for a light page and
 * a dark one, for eyes that see no colour and for screen readers.
 *
 * <p>Imports nothing of the lab and no library. Start reading at {@link oversell.plot.LinePlot};
 * {@link oversell.plot.Ruler} turns values into pixels, {@link oversell.plot.Svg} pixels into text,
 * of whatever else is drawn, too.
 */
@NullMarked
package oversell.plot;

import org.jspecify.annotations.NullMarked;
