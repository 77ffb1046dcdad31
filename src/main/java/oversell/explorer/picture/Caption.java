package oversell.explorer.picture;

import java.util.List;

/**
 * What is said of a story beside its steps.
 *
 * @param title a short title, for those who cannot see the picture
 * @param description the same in a few sentences
 * @param notes lines below the step at which it breaks, the first in bold
 */
public record Caption(String title, String description, List<String> notes) {
  /** Copies its list. */
  public Caption {
    notes = List.copyOf(notes);
  }
}
