package oversell.adversary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What one thread does, as a list of steps, each of which is taken at once. */
final class Code {
  static final int MIX = 1_000_003;
  private static final int FREE = 0;
  private static final int INITIALISED = -1;

  /** The program that it is of: what all its threads share. */
  static final class Layout {
    final Program program;
    final Map<String, Integer> slots = new LinkedHashMap<>();
    final List<Object> initial = new ArrayList<>();
    final List<Code> codes = new ArrayList<>();
    // Threads that are started, in the order of the text.
    int outs;
    int boxes;
    private int saved;

    Layout(Program program) {
      this.program = program;
      for (Thing thing : program.things()) {
        thing.slots.forEach(this::slot);
      }
      int buyers = program.buyers().size();
      for (int i = 0; i < buyers; i++) {
        codes.add(new Code(this, i));
      }
      for (int i = 0; i < buyers; i++) {
        codes.get(i).ops(program.buyers().get(i));
      }
    }

    int slot(String name, Object first) {
      return slots.computeIfAbsent(
          name,
          one -> {
            initial.add(first);
            return initial.size() - 1;
          });
    }

    State start() {
      State state = new State(initial.toArray(), codes.size());
      for (int i = program.buyers().size(); i < codes.size(); i++) {
        state.next[i] = State.NOT_STARTED;
      }
      return state;
    }

    Function<String, Object> reader(State state) {
      return name -> {
        Integer slot = slots.get(name);
        return slot == null ? null : state.memory[slot];
      };
    }
  }

  /** Something that a thread does at once, or cannot do now. */
  @FunctionalInterface
  interface Step {
    /** False if it has to wait. The state is the caller's to throw away then. */
    boolean take(State state, int me);
  }

  /** As a step that never has to wait. */
  @FunctionalInterface
  interface Act {
    void on(State state, int me);
  }

  /**
   * One step.
   *
   * @param local whether no other thread could tell when it is taken
   */
  record Instruction(String what, boolean local, Step step) {}

  /** A place in the code that is named before it is reached. */
  static final class Label {
    int at;
  }

  final Layout layout;
  final int thread;
  final List<Instruction> instructions = new ArrayList<>();
  private final List<Integer> initialising = new ArrayList<>();

  private Code(Layout layout, int thread) {
    this.layout = layout;
    this.thread = thread;
  }

  void ops(List<Op> ops) {
    ops.forEach(op -> op.kind().lowering.lower(this, op));
  }

  int slot(String name) {
    Integer slot = layout.slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return slot;
  }

  /** A step that others may have to wait for, or that has to wait for others. */
  void whenPossible(String what, Step step) {
    instructions.add(new Instruction(what, false, step));
  }

  void step(String what, Act act) {
    instructions.add(new Instruction(what, false, always(act)));
  }

  void local(Act act) {
    instructions.add(new Instruction("", true, always(act)));
  }

  private static Step always(Act act) {
    return (state, me) -> {
      act.on(state, me);
      return true;
    };
  }

  void read(String name) {
    int slot = slot(name);
    step("read " + name, (state, me) -> state.held[me] = state.memory[slot]);
  }

  void write(String name, Object value) {
    int slot = slot(name);
    step("write " + name, (state, me) -> state.memory[slot] = value);
  }

  /** Writes what follows from what was read last. */
  void writeHeld(String name, Function<Object, Object> value) {
    int slot = slot(name);
    step("write " + name, (state, me) -> state.memory[slot] = value.apply(state.held[me]));
  }

  void compute(Function<Object, Object> value) {
    local((state, me) -> state.held[me] = value.apply(state.held[me]));
  }

  /** One call that reads or changes one thing; what it answers is held. */
  void call(String name, Function<Object, Object> after, Function<Object, Object> answer) {
    int slot = slot(name);
    step(
        "call " + name,
        (state, me) -> {
          Object before = state.memory[slot];
          state.memory[slot] = after.apply(before);
          state.held[me] = answer.apply(before);
        });
  }

  void ask(String name, Function<Object, Object> answer) {
    call(name, before -> before, answer);
  }

  /** What is held becomes part of what the thread saw. */
  void see() {
    local(
        (state, me) -> {
          state.seen[me] = state.seen[me] * MIX + state.held(me);
          state.held[me] = null;
        });
  }

  void see(int value) {
    local((state, me) -> state.seen[me] = state.seen[me] * MIX + value);
  }

  void place(Label label) {
    label.at = instructions.size();
  }

  void jump(Label label) {
    local((state, me) -> state.next[me] = label.at);
  }

  void jumpUnless(Function<Object, Boolean> holds, Label label) {
    local(
        (state, me) -> {
          if (!holds.apply(state.held[me])) {
            state.next[me] = label.at;
          }
        });
  }

  /**
   * Who has a lock or a monitor.
   *
   * @param owner the number of the thread; -1 if it is free
   */
  record Owned(int owner, int entries) {
    static final Owned NOBODY = new Owned(-1, 0);
  }

  void enter(String name) {
    int slot = slot(name);
    whenPossible(
        "enter " + name,
        (state, me) -> {
          Owned owned = (Owned) state.memory[slot];
          state.memory[slot] = new Owned(me, owned.entries + 1);
          return owned.entries == 0 || owned.owner == me;
        });
  }

  /** Holds whether it was entered. */
  void tryToEnter(String name) {
    int slot = slot(name);
    step(
        "try " + name,
        (state, me) -> {
          Owned owned = (Owned) state.memory[slot];
          boolean entered = owned.entries == 0 || owned.owner == me;
          state.memory[slot] = entered ? new Owned(me, owned.entries + 1) : owned;
          state.held[me] = entered;
        });
  }

  void exit(String name) {
    int slot = slot(name);
    step(
        "exit " + name,
        (state, me) -> {
          Owned owned = (Owned) state.memory[slot];
          state.memory[slot] = owned.entries == 1 ? Owned.NOBODY : new Owned(me, owned.entries - 1);
        });
  }

  /** Leaves a monitor, waits for a signal, and enters it again as often as before. */
  void await(String name) {
    int slot = slot(name);
    step(
        "wait in " + name,
        (state, me) -> {
          state.aside[me] = ((Owned) state.memory[slot]).entries;
          state.memory[slot] = Owned.NOBODY;
          state.waitsIn[me] = slot;
        });
    whenPossible(
        "enter again " + name,
        (state, me) -> {
          boolean free =
              state.waitsIn[me] == State.NOTHING && ((Owned) state.memory[slot]).entries == 0;
          state.memory[slot] = new Owned(me, (int) state.aside[me]);
          state.aside[me] = null;
          return free;
        });
  }

  void signalAll(String name) {
    int slot = slot(name);
    step(
        "notify all of " + name,
        (state, me) -> {
          for (int i = 0; i < state.waitsIn.length; i++) {
            if (state.waitsIn[i] == slot) {
              state.waitsIn[i] = State.NOTHING;
            }
          }
        });
  }

  /**
   * As {@link #await} of the condition of a lock. Those who were signalled to ask for the lock in
   * the order in which they waited, as the JDK has it.
   */
  void awaitCondition(String name) {
    int slot = slot(name);
    int waiters = slot(name + ".waiters");
    int queue = slot(name + ".queue");
    step(
        "await " + name,
        (state, me) -> {
          state.aside[me] = ((Owned) state.memory[slot]).entries;
          state.memory[slot] = Owned.NOBODY;
          state.memory[waiters] = Thing.plus((List<?>) state.memory[waiters], me);
        });
    whenPossible(
        "lock again " + name,
        (state, me) -> {
          List<?> asking = (List<?>) state.memory[queue];
          if (asking.isEmpty() || (int) asking.get(0) != me) {
            return false;
          }
          boolean free = ((Owned) state.memory[slot]).entries == 0;
          state.memory[queue] = asking.subList(1, asking.size());
          state.memory[slot] = new Owned(me, (int) state.aside[me]);
          state.aside[me] = null;
          return free;
        });
  }

  void signalAllOfCondition(String name) {
    int waiters = slot(name + ".waiters");
    int queue = slot(name + ".queue");
    step(
        "signal all of " + name,
        (state, me) -> {
          List<Object> asking = new ArrayList<>((List<?>) state.memory[queue]);
          asking.addAll((List<?>) state.memory[waiters]);
          state.memory[queue] = asking;
          state.memory[waiters] = List.of();
        });
  }

  /** Starts a thread; its number. */
  int start(Consumer body) {
    int site = layout.outs++;
    Code started = new Code(layout, layout.codes.size());
    layout.codes.add(started);
    body.accept(started);
    int out = layout.slot("out" + site, 0);
    started.step("write out", (state, me) -> state.memory[out] = state.seen[me]);
    step("start", (state, me) -> state.next[started.thread] = 0);
    return started.thread;
  }

  /** Takes the code of a thread. */
  @FunctionalInterface
  interface Consumer {
    void accept(Code code);
  }

  void join(int other) {
    Code joined = layout.codes.get(other);
    whenPossible("join", (state, me) -> state.next[other] == joined.instructions.size());
  }

  /** The class is about to be used: initialises it as JLS 12.4.2 says. */
  void use(int holder) {
    if (initialising.contains(holder)) {
      return;
    }
    int state = slot("H" + holder);
    int saved = layout.slot("saved" + layout.saved++, 0);
    Label initialised = new Label();
    whenPossible(
        "initialise H" + holder,
        (now, me) -> {
          int initialiser = now.number(state);
          if (initialiser == INITIALISED || initialiser == me + 1) {
            now.next[me] = initialised.at;
            return true;
          }
          now.memory[state] = me + 1;
          return initialiser == FREE;
        });
    initialising.add(holder);
    if (holder == 1 && layout.program.inherits()) {
      use(0);
    }
    local(
        (now, me) -> {
          now.memory[saved] = now.seen[me];
          now.seen[me] = 1;
        });
    ops(layout.program.initialisers().get(holder));
    int field = slot("H" + holder + ".x");
    step("write x", (now, me) -> now.memory[field] = now.seen[me]);
    initialising.remove((Integer) holder);
    local(
        (now, me) -> {
          now.seen[me] = (int) now.memory[saved];
          now.memory[saved] = 0;
        });
    step("end initialisation", (now, me) -> now.memory[state] = INITIALISED);
    place(initialised);
  }
}
