package oversell.explore;

import oversell.weave.Site;
import oversell.weave.Sites;

/**
 * What an execution did that the explorer has no hold on.
 *
 * @param site where, as a number of the loader's; negative if it has no place
 * @param what it was, as a clause or as the name of a method of the JDK
 */
record Uncontrolled(int site, String what) {
  String described(Sites sites) {
    if (site < 0) {
      return what;
    }
    Site place = sites.get(site);
    return "%s, in %s.%s (%s)".formatted(what, place.type(), place.method(), place.place());
  }
}
