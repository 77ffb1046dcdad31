package oversell.explorer.control;

import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue of a class under test, in which the threads of a pool wait in its own way. Its pool asks
 * this one instead, so that the text of the pool is noticed.
 */
final class OwnQueue extends AbstractQueue<Runnable> implements BlockingQueue<Runnable> {
  private final BlockingQueue<Runnable> tasks;
  private final Runnable sizeIsAsked;

  /**
   * One that hands all calls on.
   *
   * @param sizeIsAsked is run before its size is told
   */
  OwnQueue(BlockingQueue<Runnable> tasks, Runnable sizeIsAsked) {
    this.tasks = tasks;
    this.sizeIsAsked = sizeIsAsked;
  }

  BlockingQueue<Runnable> tasks() {
    return tasks;
  }

  @Override
  public int size() {
    sizeIsAsked.run();
    return tasks.size();
  }

  @Override
  public boolean isEmpty() {
    return tasks.isEmpty();
  }

  @Override
  public boolean offer(Runnable task) {
    return tasks.offer(task);
  }

  @Override
  public boolean offer(Runnable task, long limit, TimeUnit unit) throws InterruptedException {
    return tasks.offer(task, limit, unit);
  }

  @Override
  public void put(Runnable task) throws InterruptedException {
    tasks.put(task);
  }

  @Override
  public Runnable take() throws InterruptedException {
    return tasks.take();
  }

  @Override
  public @Nullable Runnable poll(long limit, TimeUnit unit) throws InterruptedException {
    return tasks.poll(limit, unit);
  }

  @Override
  public @Nullable Runnable poll() {
    return tasks.poll();
  }

  @Override
  public @Nullable Runnable peek() {
    return tasks.peek();
  }

  @Override
  public boolean remove(Object task) {
    return tasks.remove(task);
  }

  @Override
  public int remainingCapacity() {
    return tasks.remainingCapacity();
  }

  @Override
  public int drainTo(Collection<? super Runnable> all) {
    return tasks.drainTo(all);
  }

  @Override
  public int drainTo(Collection<? super Runnable> all, int most) {
    return tasks.drainTo(all, most);
  }

  @Override
  public Iterator<Runnable> iterator() {
    return tasks.iterator();
  }

  @Override
  public Object[] toArray() {
    return tasks.toArray();
  }

  @Override
  public <T> T[] toArray(T[] array) {
    return tasks.toArray(array);
  }
}
