/**
 * Classes whose every step announces itself, made from classes that know nothing of it: a class
 * loader that weaves calls into what it loads, and the door through which they arrive.
 *
 * <p>This room imports nothing of the lab. Start reading at {@link oversell.weave.Controller},
 * which is what a woven class talks to, then {@link oversell.weave.MethodWeaver}, which says where.
 */
@NullMarked
package oversell.weave;

import org.jspecify.annotations.NullMarked;
