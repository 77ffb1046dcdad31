package oversell.hook;

import java.util.ArrayList;
import java.util.List;

/** The places where classes of one loader announce themselves, by number. Not thread-safe. */
public final class Sites {
  private final List<Site> sites = new ArrayList<>();

  /** Gives a place the next number. */
  public int add(Site site) {
    sites.add(site);
    return sites.size() - 1;
  }

  /** The place of a number that a woven class announced. */
  public Site get(int number) {
    return sites.get(number);
  }
}
