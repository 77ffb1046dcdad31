/** Programs whose traces and outcomes others have published, written anew from descriptions. */
@NullMarked
package oversell.conformance;

import org.jspecify.annotations.NullMarked;
