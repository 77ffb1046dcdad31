/**
 * Other JVMs: how to start them, and what each of them said.
 *
 * <p>May import {@code boot} (which knows where JDKs are), {@code inventory}, {@code experiment},
 * {@code trial} and {@code plan}. Start reading at {@link oversell.lab.fork.ForkRunner} for the
 * host's side and {@link oversell.lab.fork.ForkMain} for the fork's. They talk in {@link
 * oversell.lab.fork.Message}s, one JSON line each, over a loopback socket: HotSpot itself prints on
 * standard output, so results don't travel there.
 */
@NullMarked
package oversell.lab.fork;

import org.jspecify.annotations.NullMarked;
