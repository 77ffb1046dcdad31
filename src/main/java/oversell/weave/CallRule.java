package oversell.weave;

import oversell.hook.Operation;

/**
 * How a call from a woven class into a class that is not woven is announced.
 *
 * @param how where the announcement goes
 * @param operation what it is of
 * @param hook the method of {@link oversell.hook.Hooks} that is called; empty if none is
 */
record CallRule(How how, Operation operation, String hook) {
  /** No announcement: what is called can be shared by nobody, or changes nothing. */
  static final CallRule NONE = new CallRule(How.NOT, Operation.CALL, "");

  enum How {
    /** None. */
    NOT,
    /** Before the call, with its receiver. */
    WITH_RECEIVER,
    /** Before the call. */
    BEFORE,
    /** Instead of the call, with its receiver and its arguments. */
    INSTEAD
  }

  /** Whether it is of a call that is made, during which the JDK may call back. */
  boolean isOfCall() {
    return how == How.WITH_RECEIVER || hook.equals("callAnything");
  }

  static CallRule guard() {
    return new CallRule(How.WITH_RECEIVER, Operation.GUARD, "guard");
  }

  /** Of a lock that is taken, by a method of that name. */
  static CallRule lock(String name) {
    return new CallRule(How.WITH_RECEIVER, Operation.GUARD, name);
  }

  static CallRule receiver() {
    return new CallRule(How.WITH_RECEIVER, Operation.CALL, "call");
  }

  static CallRule anything(Operation operation) {
    return new CallRule(How.BEFORE, operation, "callAnything");
  }

  static CallRule spawn() {
    return new CallRule(How.BEFORE, Operation.SPAWN, "spawn");
  }

  static CallRule escape() {
    return new CallRule(How.BEFORE, Operation.ESCAPE, "escape");
  }

  static CallRule instead(Operation operation, String hook) {
    return new CallRule(How.INSTEAD, operation, hook);
  }
}
