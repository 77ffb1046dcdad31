package oversell.explorer.hook;

import org.jspecify.annotations.Nullable;

/**
 * The static methods by which woven classes report the values that they read and write, if they
 * were woven to do so.
 */
public final class Values {
  private Values() {}

  public static void told(@Nullable Object value) {
    Hooks.controller.told(value);
  }

  public static void told(boolean value) {
    Hooks.controller.told(value);
  }

  public static void told(char value) {
    Hooks.controller.told(value);
  }

  public static void told(int value) {
    Hooks.controller.told(value);
  }

  public static void told(long value) {
    Hooks.controller.told(value);
  }

  public static void told(float value) {
    Hooks.controller.told(value);
  }

  public static void told(double value) {
    Hooks.controller.told(value);
  }

  public static void told(@Nullable Object value, boolean isOfStep) {
    if (isOfStep) {
      Hooks.controller.told(value);
    }
  }

  public static void told(boolean value, boolean isOfStep) {
    if (isOfStep) {
      Hooks.controller.told(value);
    }
  }

  public static void told(char value, boolean isOfStep) {
    if (isOfStep) {
      Hooks.controller.told(value);
    }
  }

  public static void told(int value, boolean isOfStep) {
    if (isOfStep) {
      Hooks.controller.told(value);
    }
  }

  public static void told(long value, boolean isOfStep) {
    if (isOfStep) {
      Hooks.controller.told(value);
    }
  }

  public static void told(float value, boolean isOfStep) {
    if (isOfStep) {
      Hooks.controller.told(value);
    }
  }

  public static void told(double value, boolean isOfStep) {
    if (isOfStep) {
      Hooks.controller.told(value);
    }
  }
}
