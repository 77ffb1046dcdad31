package oversell.explorer.hook;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The places where classes of one loader announce steps, by number. Any thread may load a class, so
 * many may add places; reading takes no lock, since each step reads.
 */
public final class Sites {
  private static final int FEW = 256;
  private static final Dispatch EVERYTHING = (receiver, arguments) -> Treatment.EVERYTHING;

  private volatile Entry[] entries = new Entry[FEW];
  private int size;

  private record Entry(Site site, Dispatch dispatch) {}

  /** Gives a place the next number. */
  public int add(Site site) {
    return add(site, null);
  }

  /**
   * Gives a place the next number.
   *
   * @param dispatch decides how the call counts that is made there; null if that is fixed
   */
  public synchronized int add(Site site, @Nullable Dispatch dispatch) {
    Entry[] all = size < entries.length ? entries : Arrays.copyOf(entries, 2 * size);
    all[size] = new Entry(site, dispatch == null ? EVERYTHING : dispatch);
    entries = all;
    return size++;
  }

  /** The place of a number that a woven class announced. */
  public Site get(int number) {
    return entries[number].site();
  }

  /** The object that decides how the call at a place counts. */
  public Dispatch dispatch(int number) {
    return entries[number].dispatch();
  }
}
