package oversell.explorer.hook;

/** A loader whose classes announce themselves. */
public interface Woven {
  /** The places where they do. */
  Sites sites();
}
