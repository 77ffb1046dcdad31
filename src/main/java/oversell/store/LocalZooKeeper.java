package oversell.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A ZooKeeper of our own, for as long as a run lasts. */
public interface LocalZooKeeper extends Closeable {
  /** Starts one. */
  interface Starter {
    /**
     * Starts one that keeps its data in a folder of its own.
     *
     * @param temporary the folder of that folder
     * @throws IOException if it cannot be started; the text says why
     */
    LocalZooKeeper start(Path temporary) throws IOException;
  }

  /**
   * Starts one.
   *
   * @throws IOException if it cannot be started here; the text says why
   */
  static LocalZooKeeper start() throws IOException {
    return start(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Starts one that keeps its data in a folder of its own in a temporary one. */
  static LocalZooKeeper start(Path temporary) throws IOException {
    return Optionally.make("ZooKeeperCluster$Starting", "ZooKeeper", Starter.class)
        .start(temporary);
  }

  /** Where its members listen: host and port of each, with commas between them. */
  String address();
}
