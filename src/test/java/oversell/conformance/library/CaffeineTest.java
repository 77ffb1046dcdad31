package oversell.conformance.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oversell.explorer.Exploration;
import oversell.explorer.Explorer;
import oversell.explorer.Options;

/**
 * A cache of Caffeine without a bound, which keeps its entries in a {@code ConcurrentHashMap}. One
 * with a bound hands tasks of a {@code ForkJoinPool} to its executor.
 */
@Timeout(300)
class CaffeineTest {
  /** How often a value is loaded is told by the value. */
  abstract static class Loads extends TwoCalls {
    final Cache<String, Integer> cache = Caffeine.newBuilder().executor(Runnable::run).build();
    private int loaded;

    final synchronized int load(String key) {
      return ++loaded;
    }

    @Override
    final Object end() {
      return loaded;
    }
  }

  /** The cache loads a value that is not there. */
  static final class ByTheCache extends Loads {
    @Override
    Object first() {
      return cache.get("key", this::load);
    }

    @Override
    Object second() {
      return first();
    }
  }

  /** Each thread asks first, and loads it if it is not there. */
  static final class ByItsUsers extends Loads {
    @Override
    @Nullable Object first() {
      Integer known = cache.getIfPresent("key");
      if (known == null) {
        known = load("key");
        cache.put("key", known);
      }
      return known;
    }

    @Override
    @Nullable Object second() {
      return first();
    }
  }

  @Test
  void aCacheLoadsAValueOnce() {
    Exploration<String> explored = Explorer.explore(ByTheCache.class, Options.exhaustive());

    assertThat(explored.certificate()).as(explored.toString()).isPresent();
    assertThat(explored.outcomes().keySet()).containsExactly("1 1 1");
  }

  @Test
  void whoAsksFirstAndLoadsThenLoadsTwice() {
    Exploration<String> explored = Explorer.explore(ByItsUsers.class, Options.exhaustive());

    assertThat(explored.isComplete()).as(explored.toString()).isTrue();
    assertThat(explored.outcomes().keySet()).contains("1 1 1", "1 2 2", "2 1 2");
  }
}
