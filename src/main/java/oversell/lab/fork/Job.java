package oversell.lab.fork;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import oversell.lab.experiment.Workload;
import oversell.store.JoinedStore;

/**
 * What a JVM has to know that sells for a fork. It says what is sold, and never what is run: a
 * machine that joins starts nothing but its own program, with flags of its own making.
 *
 * @param workload of the fork
 * @param heapMebibytes as in {@link Fork}
 * @param jdk the feature number of the JDK that the row is of
 */
record Job(Workload workload, OptionalInt heapMebibytes, int jdk) {
  List<String> flags() {
    return Fork.flags(workload, heapMebibytes);
  }

  /**
   * The terms of a sale.
   *
   * @param articles what is sold
   * @param trial its number
   * @param warmup whether it is not to be counted
   */
  record Terms(List<Long> articles, int trial, boolean warmup) {
    /** Copies its list. */
    Terms {
      articles = List.copyOf(articles);
    }

    /**
     * The keys of the purchases of a share, for each article. Its buyers take the articles in turn,
     * whichever JVM sells to them.
     */
    List<List<String>> keys(int share, int buyers) {
      int count = articles.size();
      return IntStream.range(0, count)
          .mapToObj(i -> JoinedStore.keys(articles.get(i), share, (buyers + count - 1 - i) / count))
          .toList();
    }
  }
}
