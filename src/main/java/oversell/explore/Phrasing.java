package oversell.explore;

import java.util.List;
import oversell.explore.Counterexample.Step;
import oversell.weave.Site;
import oversell.weave.Sites;

/**
 * A step in words.
 *
 * @param place file and line
 * @param method that it is in
 * @param action what is done, as a clause without a subject
 */
record Phrasing(String place, String method, String action) {
  static Phrasing of(Sites sites, int number) {
    if (number == Engine.START) {
      return new Phrasing("", "", "begins");
    }
    if (number == Engine.PAUSE) {
      return new Phrasing("", "", "ends its pause");
    }
    Site site = sites.get(number);
    String method = site.method().replaceFirst("^oversell\\$\\d+\\$", "");
    return new Phrasing(site.place(), site.type() + "." + method, action(site));
  }

  private static String action(Site site) {
    return switch (site.operation()) {
      case READ -> "reads " + site.subject();
      case WRITE -> "writes " + site.subject();
      case ENTER -> "enters the monitor";
      case EXIT -> "leaves the monitor";
      case WAIT -> "waits for a signal";
      case SIGNAL -> "signals";
      case GUARD, CALL, ESCAPE -> "calls " + site.subject();
      case SLEEP -> "ends its sleep";
      case YIELD -> "goes on after giving way";
      case CLOCK -> "reads the clock";
      case SPAWN -> "starts a thread";
    };
  }

  Step step(int thread, List<String> values, String stock, long sold, List<Integer> waiting) {
    return new Step(thread, place, method, action, values, stock, sold, waiting);
  }
}
