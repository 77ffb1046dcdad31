/**
 * The stores of {@code oversell.store} as models, small enough to be run in every order of their
 * steps: a database that keeps versions of its rows, and a lock with a lease. What was measured
 * there in trials is proved or refuted here, of the model.
 *
 * <p>Start reading at {@link oversell.variant.model.Database}.
 */
@NullMarked
package oversell.variant.model;

import org.jspecify.annotations.NullMarked;
