/** Libraries of others, as they are published, explored. */
@NullMarked
package oversell.conformance.library;

import org.jspecify.annotations.NullMarked;
