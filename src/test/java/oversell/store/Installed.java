package oversell.store;

import java.io.IOException;
import java.util.Optional;

/** What tests need and Maven does not have. */
final class Installed {
  static final String WHY_NO_REDIS = "a redis-server on the PATH";

  private Installed() {}

  /** A Redis, which whoever asks has to close; empty where none is installed. */
  static Optional<LocalRedis> redis() throws IOException {
    try {
      return Optional.of(LocalRedis.start());
    } catch (IOException refused) {
      if (String.valueOf(refused.getMessage()).contains("on the PATH")) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
