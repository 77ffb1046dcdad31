package oversell.explore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A monitor of woven classes: who is in it, who wants it, who waits for its signals. */
final class Monitor {
  /** The part of an object that its monitor is. */
  static final int PART = 0x6D6F6E;

  final Object object;
  @Nullable Task owner;
  int entries;
  // Those who can go on as soon as it is free.
  long wanting;
  // In the order in which they came; HotSpot signals to the first.
  final List<Task> waiting = new ArrayList<>(2);

  Monitor(Object object) {
    this.object = object;
  }
}
