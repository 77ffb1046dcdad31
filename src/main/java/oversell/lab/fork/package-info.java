/**
 * Other JVMs: how they are launched, what they are told, and what they send back.
 *
 * <p>Start reading at {@link oversell.lab.fork.ForkRunner} for the host's side and {@link
 * oversell.lab.fork.ForkMain} for the fork's. They send each other {@link
 * oversell.lab.fork.Message}s, one JSON line each, over a loopback socket, since HotSpot itself
 * prints on standard output; {@link oversell.lab.fork.Invitation} says how each knows the other.
 *
 * <p>Where several JVMs sell from PostgreSQL, they and their fork know one another by its tables
 * alone, so they may be on other machines: {@link oversell.lab.fork.SharingJvms} is the fork's
 * side, {@link oversell.lab.fork.ShareMain} theirs, and {@link oversell.lab.fork.Joiner} what
 * launches one on another machine.
 */
@NullMarked
package oversell.lab.fork;

import org.jspecify.annotations.NullMarked;
