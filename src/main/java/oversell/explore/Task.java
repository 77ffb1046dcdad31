package oversell.explore;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One controlled virtual thread. It is its own scheduler: whenever the JDK wants the thread to go
 * on, that arrives here, and it goes on when the engine runs it.
 */
final class Task implements Executor {
  final int index;
  final long bit;
  private final Engine engine;

  @Nullable Thread thread;
  @Nullable Runnable continuation;
  // The step that let it go on, and the place where its next one begins.
  int cause = -1;
  int site = Engine.START;
  // The calls into the JDK that it is in, and what they touch whenever they go on.
  int calls;
  long reads;
  long writes;
  int created;
  boolean yielding;
  boolean ended;
  @Nullable Monitor waitsIn;
  // Of its last wait for a signal: whether an interrupt ended it.
  boolean interrupted;
  @Nullable Monitor wants;

  Task(Engine engine, int index) {
    this.engine = engine;
    this.index = index;
    bit = 1L << index;
  }

  @Override
  public void execute(Runnable next) {
    continuation = next;
    engine.arrived(this);
  }
}
