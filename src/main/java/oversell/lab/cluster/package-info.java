/**
 * How JVMs of several machines share the buyers of a sale. They meet in the PostgreSQL that they
 * sell from, and nowhere else: db-scheduler hands out the shares and gives those of a dead JVM to
 * another one, NOTIFY is the signal to begin, and a table takes the reports.
 *
 * <p>Start reading at {@link oversell.lab.cluster.Board}, which has every statement. What needs
 * db-scheduler or PostgreSQL's driver to compile has a name that begins with "Postgres".
 */
@NullMarked
package oversell.lab.cluster;

import org.jspecify.annotations.NullMarked;
