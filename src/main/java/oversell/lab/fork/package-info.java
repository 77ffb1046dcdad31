/**
 * Other JVMs: how they are launched, what they are told, and what they send back.
 *
 * <p>Start reading at {@link oversell.lab.fork.ForkRunner} for the host's side and {@link
 * oversell.lab.fork.ForkMain} for the fork's. They send each other {@link
 * oversell.lab.fork.Message}s, one JSON line each, over a loopback socket, since HotSpot itself
 * prints on standard output; {@link oversell.lab.fork.Invitation} says how each knows the other.
 */
@NullMarked
package oversell.lab.fork;

import org.jspecify.annotations.NullMarked;
