/**
 * What an experiment comes to: the rows of its table, and the JVMs that fill them, in the order in
 * which they run.
 *
 * <p>May import {@code boot} (which knows where JDKs are), {@code inventory} and {@code
 * experiment}. Start reading at {@link oversell.plan.ForkPlan}.
 */
@NullMarked
package oversell.plan;

import org.jspecify.annotations.NullMarked;
