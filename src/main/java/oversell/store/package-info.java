/**
 * The same inventory in a database: what people are told to guard it with, one technique a class,
 * and the books that show whether it did.
 *
 * <p>Imports {@code oversell.inventory}, JDBC and a connection pool, and nothing of the lab. The
 * classes that lock in ZooKeeper or Redis import Curator or Jedis, and are made by their names.
 *
 * <p>Start reading at {@link oversell.store.SelectThenUpdate}, then at any other {@link
 * oversell.store.Guard}; {@link oversell.store.Transactions} retries them, {@link
 * oversell.store.Audit} judges them, and an {@link oversell.store.Incident} happens to one.
 */
@NullMarked
package oversell.store;

import org.jspecify.annotations.NullMarked;
