/**
 * A class loader that weaves announcements into what it loads: before each step that other threads
 * could tell, a call of {@link oversell.hook.Hooks}.
 *
 * <p>May import {@code hook}. Start reading at {@link oversell.weave.WeavingLoader}, then {@link
 * oversell.weave.AccessWeaver} and {@link oversell.weave.CallWeaver}, which say where, and {@link
 * oversell.weave.JdkCalls}, which calls.
 */
@NullMarked
package oversell.weave;

import org.jspecify.annotations.NullMarked;
