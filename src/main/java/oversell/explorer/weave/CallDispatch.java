package oversell.explorer.weave;

import oversell.explorer.hook.Dispatch;

/** Decides how a call counts when it is made, and says what it has to be shown for that. */
interface CallDispatch extends Dispatch {
  /** The arguments that it is to be shown, by number. */
  int[] looked();
}
