package oversell.explorer.hook;

/** A loader whose classes announce their steps. */
public interface Woven {
  /** The places where they do so. */
  Sites sites();
}
