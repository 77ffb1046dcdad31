package oversell.explorer;

import oversell.explorer.picture.Story;

/**
 * An execution that was recorded step by step.
 *
 * @param outcome its outcome
 * @param isFailure whether that is a failure
 * @param ending how it ended
 * @param story its steps
 * @param <R> the outcomes
 */
public record Found<R>(R outcome, boolean isFailure, Ending ending, Story story) {}
