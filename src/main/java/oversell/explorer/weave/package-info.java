/**
 * A class loader that weaves announcements into what it loads: before each step that other threads
 * could tell, a call of {@link oversell.explorer.hook.Hooks}.
 *
 * <p>Start reading at {@link oversell.explorer.weave.WeavingLoader}, then {@link
 * oversell.explorer.weave.AccessWeaver} and {@link oversell.explorer.weave.CallWeaver}, which say
 * where, and {@link oversell.explorer.weave.JdkCalls}, which calls.
 */
@NullMarked
package oversell.explorer.weave;

import org.jspecify.annotations.NullMarked;
