/**
 * The launcher: finds a JDK that can run the lab and starts the lab there.
 *
 * <p>This package is compiled for Java 8 and imports nothing but the JDK, because it runs inside
 * Maven's own JVM, whichever that is. Start reading at {@link oversell.boot.Launcher}; the places
 * where JDKs are looked for are in {@link oversell.boot.JdkFinder}, which {@code lab.fork} uses
 * too.
 */
package oversell.boot;
