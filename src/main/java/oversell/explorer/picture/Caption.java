package oversell.explorer.picture;

import java.util.List;

/**
 * The texts around the steps of a story.
 *
 * @param title a short title, for readers who cannot see the picture
 * @param description the story in a few sentences
 * @param notes lines below the step at which it breaks, the first in bold
 */
public record Caption(String title, String description, List<String> notes) {
  /** Copies its list. */
  public Caption {
    notes = List.copyOf(notes);
  }
}
