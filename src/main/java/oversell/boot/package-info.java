/**
 * The launcher: finds a JDK that can run the lab and starts the lab there.
 *
 * <p>This room is compiled for Java 8 and imports nothing but the JDK, because it runs inside
 * Maven's own JVM, whichever that is. Start reading at {@link oversell.boot.Launcher}; where JDKs
 * are looked for stands in {@link oversell.boot.JdkFinder}, which the room {@code fork} asks too.
 */
package oversell.boot;
