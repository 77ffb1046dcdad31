package oversell.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to reach a Redis. Goes where a {@link StoreAccess} goes, and into no log: its text leaves the
 * password out.
 *
 * @param host its name or address
 * @param port it listens at
 * @param user who connects; empty for the one whom Redis calls default
 * @param password of that user; empty if none is asked for
 */
public record RedisAccess(String host, int port, String user, String password) {
  private static final Pattern URL = Pattern.compile("redis://([^\\s@/:?#]+)(?::(\\d{1,5}))?/?");
  private static final int USUAL_PORT = 6_379;
  private static final int LAST_PORT = 65_535;
  private static final String ANY = "check";

  /** Whether a text is the URL of a Redis, without user and password. */
  public static boolean isUrl(String text) {
    Matcher url = URL.matcher(text);
    return url.matches() && port(url) <= LAST_PORT;
  }

  /**
   * A Redis by its URL.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static RedisAccess of(String text, String user, String password) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalArgumentException("no URL of a Redis: " + text);
    }
    return new RedisAccess(url.group(1), port(url), user, password);
  }

  private static int port(Matcher url) {
    return url.group(2) == null ? USUAL_PORT : Integer.parseInt(url.group(2));
  }

  /**
   * Acquires a lease once and gives it back, to see that this can be done.
   *
   * @throws StoreFailure if it cannot; the text says why
   */
  public void requireLeases() throws InterruptedException {
    StoreAccess beside = StoreAccess.inProcess().in(ANY).beside(LockServers.of(this));
    LockService.REDIS.leases().acquire(beside, 0).close();
  }

  @Override
  public String toString() {
    return "redis://%s:%d".formatted(host, port);
  }
}
